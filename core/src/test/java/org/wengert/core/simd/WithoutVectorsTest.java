package org.wengert.core.simd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.CompiledFunction;
import org.wengert.core.batch.Points;

/** A JVM without the module of the Vector API computes the same, and says once that it could be faster. */
class WithoutVectorsTest {

    private static final String NOTICE = "Batches run slower than they could: scalar loops, because the JVM runs without"
            + " --add-modules jdk.incubator.vector";

    @Test
    void withoutTheModuleEverythingWorksAndOneLineSaysSo() throws IOException, InterruptedException {
        List<String> lines = run();
        assertEquals(1, Collections.frequency(lines, "INFO: " + NOTICE) + Collections.frequency(lines, NOTICE), lines::toString);
        assertTrue(lines.contains(results(true)), lines::toString);
        assertTrue(lines.contains(results(false)), lines::toString);
    }

    @Test
    void whoAsksForNoVectorsIsNotTold() throws IOException, InterruptedException {
        List<String> lines = run("-D" + Kernels.BITS + "=none");
        assertEquals(List.of(results(true), results(false)), lines);
    }

    private static List<String> run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Duser.language=en",
                "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(options));
        command.add(Main.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines().toList();
    }

    private static String results(boolean batch) {
        Differentiable f = Differentiable.of(2, x -> exp(x[0].times(x[1])).plus(sin(x[0])));
        if (batch) {
            Points points = Points.ofRows(new double[][] {{0.25, 2}, {3, -1}, {-2, 0.5}});
            return Arrays.toString(Batch.of(f).reproducible().gradient(points).table().row(1));
        }
        double[] gradient = new double[2];
        return CompiledFunction.of(f).gradient(new double[] {3, -1}, gradient) + " " + Arrays.toString(gradient);
    }

    /** What runs in the other JVM. */
    static final class Main {

        private Main() {}

        public static void main(String[] args) {
            System.out.println(results(true));
            System.out.println(results(false));
        }
    }
}
