package org.wengert.gpu;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.wengert.core.program.Program;

/** The points of {@link GpuResults}: numbers that single precision has too. */
final class ResultPoints {

    private ResultPoints() {}

    static double[] rounded(double[] x) {
        return Arrays.stream(x).map(y -> (float) y).toArray();
    }

    private static double[][] rows(int n, Supplier<double[]> row) {
        double[][] rows = new double[n][];
        Arrays.setAll(rows, _ -> rounded(row.get()));
        return rows;
    }

    static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                columns[j][i] = rows[i][j];
            }
        }
        return columns;
    }

    /** Cameras and points, far from the poles; the one called bad has no derivative. */
    static double[][] observations(int n) {
        var random = new SplittableRandom(21);
        Program p = Sources.BUNDLE.program();
        double[][] rows = rows(n, () -> {
            double[] x = Functions.bundlePoint(random);
            while (Arrays.stream(p.value(x)).anyMatch(y -> Math.abs(y) > 100)) {
                x = Functions.bundlePoint(random);
            }
            return x;
        });
        Arrays.fill(rows[Sources.BAD], 0, 3, 0.0);
        return rows;
    }

    /** Points of a mixture. */
    static double[][] samples(int n) {
        var random = new SplittableRandom(22);
        return rows(n, () -> random.doubles(2, -2, 2).toArray());
    }

    /** The parameters of the mixture, and room for the point. */
    static double[] parameters(int seed) {
        return Arrays.copyOf(new SplittableRandom(seed).doubles(Functions.PARAMETERS, -1, 1).toArray(), Functions.PARAMETERS + 2);
    }

    static double[][] options(int n) {
        var random = new SplittableRandom(24);
        return rows(n, () -> Functions.option(random));
    }
}
