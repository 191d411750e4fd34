package org.wengert.gpu;

import java.util.Objects;
import org.wengert.core.program.Program;

/** The sums of a {@link Reduction}, written down as its description says, with the program's own numbers. */
final class InOrder {

    private InOrder() {}

    static double[] sums(CudaSource source, double[][] in) {
        Program p = source.program();
        var workspace = p.newWorkspace();
        double[][] y = new double[in.length][p.outputs()];
        for (int i = 0; i < in.length; i++) {
            if (!p.run(in[i], y[i], workspace)) {
                y[i] = new double[p.outputs()];
            }
        }
        return added(source, y);
    }

    /** The sums of outputs that are there, one row a point; those of points that drop out are zero. */
    static double[] added(CudaSource source, double[][] y) {
        var entries = Objects.requireNonNull(source.reduction()).entries();
        double[] total = new double[entries.size()];
        for (int e = 0; e < total.length; e++) {
            double fold = 0;
            for (int first = 0; first < y.length; first += CudaSource.CHUNK) {
                fold += chunk(entries.get(e), y, first, source.threads());
                int chunk = first / CudaSource.CHUNK;
                if (chunk % CudaSource.FOLD == CudaSource.FOLD - 1 || first + CudaSource.CHUNK >= y.length) {
                    total[e] += fold;
                    fold = 0;
                }
            }
        }
        return total;
    }

    private static double chunk(int[] pairs, double[][] y, int first, int threads) {
        double sum = 0;
        for (int group = first; group < Math.min(y.length, first + CudaSource.CHUNK); group += threads) {
            double s = 0;
            for (int i = group; i < Math.min(y.length, group + threads); i++) {
                for (int k = 0; k < pairs.length; k += 2) {
                    s = Math.fma(y[i][pairs[k]], pairs[k + 1] == Reduction.ONE ? 1 : y[i][pairs[k + 1]], s);
                }
            }
            sum += s;
        }
        return sum;
    }
}
