package org.wengert.linalg.matrix;

import org.ejml.data.DMatrixRMaj;

/**
 * The operator X ↦ A·X + X·B as one to be inverted, from the Schur forms of A and B. As with a {@link Solver}, solutions
 * have the tangents that come from A, from B and from the right side.
 *
 * <p>Source: R. Bartels and G. Stewart, "Solution of the matrix equation AX + XB = C", CACM 15 (1972).
 */
final class SylvesterSolver {

    private final Mat a;
    private final Mat b;
    private final ComplexSchur s;
    private final ComplexSchur t;

    private SylvesterSolver(Mat a, Mat b, ComplexSchur s, ComplexSchur t) {
        this.a = a;
        this.b = b;
        this.s = s;
        this.t = t;
    }

    /**
     * The operator.
     *
     * @throws ArithmeticException if an eigenvalue of A is the negative of one of B
     */
    static SylvesterSolver of(Mat a, Mat b) {
        ComplexSchur s = ComplexSchur.of(a.v());
        var solver = new SylvesterSolver(a, b, s, a.v() == b.v() ? s : ComplexSchur.of(b.v()));
        solver.requireRegular();
        return solver;
    }

    private void requireRegular() {
        int n = a.rows();
        int m = b.rows();
        double small = 0x1p-52 * (n + m) * Math.max(s.norm(), t.norm());
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double re = s.tr[i * n + i] + t.tr[j * m + j];
                double im = s.ti[i * n + i] + t.ti[j * m + j];
                if (Math.hypot(re, im) <= small) {
                    throw new ArithmeticException("the equation is singular: no eigenvalue of a may be the negative of one of b, "
                            + "but a has " + complex(s.tr[i * n + i], s.ti[i * n + i]) + " and b has "
                            + complex(t.tr[j * m + j], t.ti[j * m + j]));
                }
            }
        }
    }

    private static String complex(double re, double im) {
        return im == 0 ? String.valueOf(re) : re + " + " + im + "i";
    }

    /** C ↦ X with A·X + X·B = C. */
    LinearMap map() {
        SylvesterSolver transposed = new SylvesterSolver(b, a, t, s);
        return new LinearMap(
                this::solve,
                // AᵀX + XBᵀ = C is BXᵀ + XᵀA = Cᵀ.
                (c, k) -> transposed.solve(c.transpose(k), k).transpose(k));
    }

    Mat solve(Mat c, int lanes) {
        DMatrixRMaj x = solve(c.v(), lanes);
        DMatrixRMaj rest = c.b();
        if (a.b() != null) {
            rest = Mat.sum(rest, Dense.scale(-1, Dense.times(a.b(), x)));
        }
        if (b.b() != null) {
            DMatrixRMaj rows = Dense.reshape(x, x.numRows * lanes, b.rows());
            rest = Mat.sum(rest, Dense.scale(-1, Dense.reshape(Dense.times(rows, b.b()), x.numRows, x.numCols)));
        }
        return new Mat(x, rest == null ? null : solve(rest, lanes));
    }

    private DMatrixRMaj solve(DMatrixRMaj c, int lanes) {
        int m = b.rows();
        if (lanes == 1) {
            return one(c);
        }
        DMatrixRMaj x = Dense.matrix(c.numRows, c.numCols);
        for (int i = 0; i < lanes; i++) {
            DMatrixRMaj y = one(Dense.submatrix(c, 1, 0, i * m, c.numRows, m));
            for (int r = 0; r < c.numRows; r++) {
                System.arraycopy(y.data, r * m, x.data, r * x.numCols + i * m, m);
            }
        }
        return x;
    }

    /** One right side: column by column, (S + tⱼⱼ)·yⱼ = dⱼ - Σ yᵢtᵢⱼ. */
    private DMatrixRMaj one(DMatrixRMaj c) {
        int n = a.rows();
        int m = b.rows();
        DMatrixRMaj[] d = s.transform(c, t);
        double[] yr = d[0].data;
        double[] yi = d[1].data;
        for (int j = 0; j < m; j++) {
            for (int i = 0; i < j; i++) {
                double fr = t.tr[i * m + j];
                double fi = t.ti[i * m + j];
                if (fr != 0 || fi != 0) {
                    for (int r = 0; r < n; r++) {
                        int from = r * m + i;
                        int to = r * m + j;
                        yr[to] -= yr[from] * fr - yi[from] * fi;
                        yi[to] -= yr[from] * fi + yi[from] * fr;
                    }
                }
            }
            for (int r = n - 1; r >= 0; r--) {
                double sr = yr[r * m + j];
                double si = yi[r * m + j];
                for (int q = r + 1; q < n; q++) {
                    double xr = s.tr[r * n + q];
                    double xi = s.ti[r * n + q];
                    sr -= xr * yr[q * m + j] - xi * yi[q * m + j];
                    si -= xr * yi[q * m + j] + xi * yr[q * m + j];
                }
                double[] z = ComplexSchur.divide(
                        sr, si, s.tr[r * n + r] + t.tr[j * m + j], s.ti[r * n + r] + t.ti[j * m + j]);
                yr[r * m + j] = z[0];
                yi[r * m + j] = z[1];
            }
        }
        return s.transformBack(yr, yi, t);
    }

}
