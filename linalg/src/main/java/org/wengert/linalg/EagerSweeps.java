package org.wengert.linalg;

import org.jspecify.annotations.Nullable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Jacobian;

/**
 * Products with the Jacobian by running the function itself on numbers that carry tangents: for functions that cannot be
 * recorded. Reverse products come from the Jacobian, which is computed when the first of them is asked for.
 */
final class EagerSweeps implements Sweeps {

    private final DifferentiableVector f;
    private final double[] x;
    private final double[] value;

    /** Computed by whoever needs it first; two threads may compute the same. */
    private volatile @Nullable Jacobian jacobian;

    EagerSweeps(DifferentiableVector f, double[] x) {
        this.f = f;
        this.x = x;
        this.value = f.value(x);
    }

    @Override
    public double[] value() {
        return value;
    }

    @Override
    public long edges() {
        return 0;
    }

    @Override
    public void forward(double[] v, int k, double[] result) {
        if (k == 0) {
            return;
        }
        int n = f.inputs();
        int m = f.outputs();
        double[][] directions = new double[k][n];
        for (int j = 0; j < n; j++) {
            for (int lane = 0; lane < k; lane++) {
                directions[lane][j] = v[j * k + lane];
            }
        }
        double[][] tangents = new double[k][m];
        f.jvpsInto(x, directions, new double[m], tangents);
        for (int i = 0; i < m; i++) {
            for (int lane = 0; lane < k; lane++) {
                result[i * k + lane] = tangents[lane][i];
            }
        }
    }

    @Override
    public void reverse(double[] w, int k, double[] result) {
        Jacobian j = jacobian();
        int n = f.inputs();
        for (int column = 0; column < n; column++) {
            for (int lane = 0; lane < k; lane++) {
                double sum = 0;
                for (int i = 0; i < f.outputs(); i++) {
                    double weight = w[i * k + lane];
                    sum += weight == 0 ? 0 : weight * j.entries()[i * n + column];
                }
                result[column * k + lane] = sum;
            }
        }
    }

    private Jacobian jacobian() {
        Jacobian known = jacobian;
        if (known == null) {
            known = f.jacobian(x);
            jacobian = known;
        }
        return known;
    }
}
