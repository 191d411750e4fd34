package org.wengert.core.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.engine.FusedEngine;
import org.wengert.core.engine.PointEngine;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;

/**
 * Functions that come and go leave nothing behind: a JVM with 256 MiB of heap and 48 MiB for classes runs fifty thousand
 * ({@code -Dwengert.functions=1000000}: a million), a class generated for every two hundredth.
 */
class ShortLivedFunctionsTest {

    @Test
    void fiftyThousandFunctionsAndTheirClassesComeAndGoInASmallHeap() throws IOException, InterruptedException {
        int functions = Integer.getInteger("wengert.functions", 50_000);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m", "-XX:MaxMetaspaceSize=48m", "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector",
                        "-cp", System.getProperty("java.class.path"), Main.class.getName(), Integer.toString(functions))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertEquals("wrong: 0", output.lines().toList().getLast(), output);
    }

    /** What runs in the small heap. */
    static final class Main {

        private static final int CLASS_EACH = 200;

        private Main() {}

        public static void main(String[] args) {
            int wrong = 0;
            double[] x = {0.5, 0.25};
            double[] gradient = new double[2];
            double[] out = new double[1];
            Points points = Points.ofRows(new double[][] {{0.5, 0.25}, {1, 2}});
            for (int k = 0; k < Integer.parseInt(args[0]); k++) {
                double c = k;
                // Each function has constants of its own, so no two programs are equal.
                Differentiable f = Differentiable.of(2, v -> exp(v[0].times(v[1])).times(c).plus(sin(v[0])));
                CompiledFunction.of(f).gradient(x, gradient);
                double expected = c * 0.25 * Math.exp(0.125) + Math.cos(0.5);
                wrong += Math.abs(gradient[0] - expected) <= 1e-14 * (1 + expected) ? 0 : 1;
                if (k % CLASS_EACH == 0) {
                    Program p = Tracer.trace(x, v -> new Scalar[] {v[0].times(c).plus(v[1])});
                    PointEngine.compiled().compile(p).run(x, out);
                    wrong += out[0] == 0.5 * c + 0.25 ? 0 : 1;
                    double value = Batch.of(f).withThreads(1).withEngine(FusedEngine.fast()).values(points).get(0, 0);
                    wrong += Math.abs(value - (c * Math.exp(0.125) + Math.sin(0.5))) <= 1e-14 * (1 + expected) * 10 ? 0 : 1;
                }
            }
            System.out.println("wrong: " + wrong);
        }
    }
}
