package org.wengert.core.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.square;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Zeros;

/** How much memory large programs take: a JVM with a small heap records and differentiates them. */
class ProgramMemoryTest {

    private static final int VARIABLES = 170_000;

    @Test
    void recordingAMillionNodesTakesAHundredBytesANode() throws IOException, InterruptedException {
        assertEquals("nodes: 1189998", inHeap(112, "trace"));
    }

    @Test
    void recordingAndDifferentiatingThreeMillionNodesTakesEightyBytesANode() throws IOException, InterruptedException {
        assertEquals("nodes: 3569990", inHeap(256, "gradient"));
    }

    private static String inHeap(int mebibytes, String what) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + mebibytes + "m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                        Large.class.getName(), what)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor() == 0, output);
        return output.lines().filter(line -> line.startsWith("nodes")).findFirst().orElse(output);
    }

    /** What runs in the small heap. */
    static final class Large {

        private Large() {}

        public static void main(String[] args) {
            Program p = Tracer.trace(new double[VARIABLES], x -> {
                Scalar sum = Scalar.of(0);
                for (int i = 0; i + 1 < x.length; i++) {
                    sum = sum.plus(square(x[i + 1].minus(square(x[i]))).times(100)).plus(square(minus(1, x[i])));
                }
                return new Scalar[] {sum};
            });
            int nodes = p.nodes();
            if (args[0].equals("gradient")) {
                nodes += Adjoint.gradient(p, Zeros.GUARDED, 0, IntStream.range(0, VARIABLES).toArray()).nodes();
            }
            System.out.println("nodes: " + nodes);
        }
    }
}
