package org.wengert.benchmarks;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.Array2DRowFieldMatrix;
import org.hipparchus.linear.FieldLUDecomposition;
import org.hipparchus.linear.FieldMatrix;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.wengert.core.scalar.Differentiation;
import org.wengert.linalg.matrix.DualMatrix;
import org.wengert.linalg.matrix.Matrix;
import org.wengert.linalg.matrix.MatrixMath;

/** Matrices with 8 tangents, as {@link DualMatrix} and as matrices of {@link Gradient} elements. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls setUp before it reads a field
public class MatrixCase {

    private static final int TANGENTS = 8;

    /** Relative to the largest entry. */
    private static final double TOLERANCE = 1e-11;

    /** Rows and columns. */
    @Param({"10", "50"})
    public int n;

    DualMatrix a;
    DualMatrix b;
    Matrix column;
    DualMatrix definite;
    FieldMatrix<Gradient> fieldA;
    FieldMatrix<Gradient> fieldB;
    FieldMatrix<Gradient> fieldColumn;
    FieldMatrix<Gradient> fieldDefinite;

    /** Makes the matrices, and asserts that both sides compute the same. */
    @Setup
    public void setUp() {
        var random = new Random(n);
        var of = new Differentiation("matrices of a benchmark");
        a = matrix(of, random, n, false);
        b = matrix(of, random, 0, false);
        column = b.column(0);
        definite = matrix(of, random, 4 * n, true);
        fieldA = field(a);
        fieldB = field(b);
        fieldColumn = fieldB.getColumnMatrix(0);
        fieldDefinite = field(definite);
        check("multiply", a.times(b), fieldA.multiply(fieldB));
        check("solve", MatrixMath.solve(a, column), solve(fieldA, fieldColumn));
        check("solve for a matrix", MatrixMath.solve(a, b), solve(fieldA, fieldB));
        check("cholesky", MatrixMath.cholesky(definite), cholesky(fieldDefinite));
    }

    private DualMatrix matrix(Differentiation of, Random random, double diagonal, boolean symmetric) {
        DMatrixRMaj[] all = new DMatrixRMaj[1 + TANGENTS];
        for (int k = 0; k < all.length; k++) {
            all[k] = new DMatrixRMaj(n, n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    all[k].set(i, j, symmetric && j < i ? all[k].get(j, i) : random.nextGaussian());
                }
                if (k == 0) {
                    all[k].add(i, i, diagonal);
                }
            }
        }
        return DualMatrix.of(of, all[0], Arrays.copyOfRange(all, 1, all.length));
    }

    private static FieldMatrix<Gradient> field(DualMatrix x) {
        Gradient[][] g = new Gradient[x.rows()][x.columns()];
        for (int i = 0; i < g.length; i++) {
            for (int j = 0; j < g[i].length; j++) {
                double[] t = new double[TANGENTS];
                for (int k = 0; k < TANGENTS; k++) {
                    t[k] = x.tangent(k, i, j);
                }
                g[i][j] = new Gradient(x.value(i, j), t);
            }
        }
        return new Array2DRowFieldMatrix<>(g[0][0].getField(), g);
    }

    static FieldMatrix<Gradient> solve(FieldMatrix<Gradient> a, FieldMatrix<Gradient> b) {
        return new FieldLUDecomposition<>(a).getSolver().solve(b);
    }

    /** The algorithm of the textbooks; Hipparchus has none for field elements. */
    static FieldMatrix<Gradient> cholesky(FieldMatrix<Gradient> a) {
        int n = a.getRowDimension();
        Gradient[][] l = new Gradient[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                Gradient sum = j <= i ? a.getEntry(i, j) : a.getField().getZero();
                for (int k = 0; k < j && j <= i; k++) {
                    sum = sum.subtract(l[i][k].multiply(l[j][k]));
                }
                l[i][j] = j < i ? sum.divide(l[j][j]) : j == i ? sum.sqrt() : sum;
            }
        }
        return new Array2DRowFieldMatrix<>(a.getField(), l, false);
    }

    private static void check(String what, Matrix x, FieldMatrix<Gradient> y) {
        for (int k = -1; k < TANGENTS; k++) {
            double worst = 0;
            double scale = 0;
            for (int i = 0; i < x.rows(); i++) {
                for (int j = 0; j < x.columns(); j++) {
                    Gradient g = y.getEntry(i, j);
                    double theirs = k < 0 ? g.getValue() : g.getFreeParameters() == 0 ? 0 : g.getPartialDerivative(k);
                    double ours = k < 0 ? x.value(i, j) : ((DualMatrix) x).tangent(k, i, j);
                    worst = Math.max(worst, Math.abs(ours - theirs));
                    scale = Math.max(scale, Math.abs(theirs));
                }
            }
            if (!(worst <= TOLERANCE * scale)) {
                throw new AssertionError(what + ", tangent " + k + ": differ by " + worst + " of " + scale);
            }
        }
    }
}
