package org.wengert.gallery;

/** Small symmetric systems, by Cholesky's method. */
final class LinearSystem {

    private LinearSystem() {}

    /**
     * The solution X of (A + c·I)·X = B.
     *
     * @param a symmetric, n × n
     * @param c so large that the sum is positive definite
     * @param b n rows
     * @throws ArithmeticException if the sum is not positive definite
     */
    static double[][] solve(double[][] a, double c, double[][] b) {
        int n = a.length;
        double[][] root = new double[n][n];
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                double sum = a[i][j] + (i == j ? c : 0);
                for (int k = 0; k < j; k++) {
                    sum -= root[i][k] * root[j][k];
                }
                if (i == j && !(sum > 0)) {
                    throw new ArithmeticException("a + c·I must be positive definite, but pivot " + j + " is " + sum);
                }
                root[i][j] = i == j ? Math.sqrt(sum) : sum / root[j][j];
            }
        }
        double[][] x = new double[n][];
        for (int i = 0; i < n; i++) {
            x[i] = b[i].clone();
            for (int k = 0; k < i; k++) {
                subtract(x[i], root[i][k], x[k]);
            }
            scale(x[i], 1 / root[i][i]);
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                subtract(x[i], root[k][i], x[k]);
            }
            scale(x[i], 1 / root[i][i]);
        }
        return x;
    }

    private static void subtract(double[] row, double factor, double[] other) {
        for (int j = 0; j < row.length; j++) {
            row[j] -= factor * other[j];
        }
    }

    private static void scale(double[] row, double factor) {
        for (int j = 0; j < row.length; j++) {
            row[j] *= factor;
        }
    }
}
