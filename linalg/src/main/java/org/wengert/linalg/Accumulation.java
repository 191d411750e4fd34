package org.wengert.linalg;

import org.ejml.data.DMatrixRMaj;

/** Dense Jacobians by sweeps along unit vectors. */
final class Accumulation {

    /** How many unit vectors go into one call: a multiple of what sweeps take together. */
    private static final int CHUNK = 16;

    private Accumulation() {}

    /** n forward sweeps. */
    static DMatrixRMaj byColumns(Sweeps sweeps, int m, int n) {
        DMatrixRMaj jacobian = new DMatrixRMaj(m, n);
        if (n <= CHUNK) {
            sweeps.forward(units(n, 0, n), n, jacobian.data);
            return jacobian;
        }
        for (int first = 0; first < n; first += CHUNK) {
            int k = Math.min(CHUNK, n - first);
            double[] part = new double[m * k];
            sweeps.forward(units(n, first, k), k, part);
            for (int i = 0; i < m; i++) {
                System.arraycopy(part, i * k, jacobian.data, i * n + first, k);
            }
        }
        return jacobian;
    }

    /** m reverse sweeps. */
    static DMatrixRMaj byRows(Sweeps sweeps, int m, int n) {
        DMatrixRMaj jacobian = new DMatrixRMaj(m, n);
        for (int first = 0; first < m; first += CHUNK) {
            int k = Math.min(CHUNK, m - first);
            double[] part = new double[n * k];
            sweeps.reverse(units(m, first, k), k, part);
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < k; i++) {
                    jacobian.data[(first + i) * n + j] = part[j * k + i];
                }
            }
        }
        return jacobian;
    }

    /** Unit vectors {@code first} to {@code first + k - 1} of n entries, as columns. */
    private static double[] units(int n, int first, int k) {
        double[] units = new double[Math.multiplyExact(n, k)];
        for (int i = 0; i < k; i++) {
            units[(first + i) * k + i] = 1;
        }
        return units;
    }
}
