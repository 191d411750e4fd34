package org.wengert.linalg.matrix;

import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.wengert.core.scalar.Differentiation;
import org.wengert.core.scalar.Dual;
import org.wengert.core.scalar.DualWindow;
import org.wengert.core.scalar.HyperDual;
import org.wengert.core.scalar.HyperDual1;
import org.wengert.core.scalar.HyperDual4;
import org.wengert.core.scalar.HyperDual8;
import org.wengert.core.scalar.Real;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.Traced;

/** Matrices of {@link Scalar} numbers as matrices of this package, and back. Stateless. */
public final class ScalarMatrices {

    private ScalarMatrices() {}

    /** What the numbers of some matrices have in common. */
    private static final class Kind {
        @Nullable Scalar example;
        @Nullable Differentiation of;
        int lanes;
        boolean window;

        void meet(Scalar x) {
            Differentiation owner = switch (x) {
                case Real _ -> null;
                case Dual d -> d.of();
                case HyperDual d -> d.of();
                case Traced _ -> null;
                default -> throw new IllegalArgumentException(
                        "entries must be plain, dual or hyper-dual numbers or nodes of a recording, but one is " + x);
            };
            if (x instanceof Real) {
                return;
            }
            Scalar known = example;
            if (known != null && (owner != of || x instanceof Dual != known instanceof Dual
                    || x instanceof Traced t && known instanceof Traced u && t.recorder() != u.recorder())) {
                throw new IllegalArgumentException(
                        "entries must be numbers of one differentiation, but some are " + known + " and " + x);
            }
            example = x;
            of = owner;
            lanes = Math.max(lanes, x instanceof Dual d ? d.lanes() : x instanceof HyperDual d ? d.lanes() : 0);
            window |= x instanceof DualWindow;
        }
    }

    /**
     * A matrix of numbers as one of this package: a {@link RealMatrix} of constants, a {@link DualMatrix} or a
     * {@link HyperDualMatrix}.
     *
     * @param x the entries by rows, all rows equally long; copied
     * @throws IllegalArgumentException if rows differ in length or numbers are not of one differentiation
     */
    public static Matrix toMatrix(Scalar[][] x) {
        return toMatrices(new Scalar[][][] {x})[0];
    }

    /** Several matrices, whose numbers are of one differentiation, as in {@link #toMatrix}. */
    public static Matrix[] toMatrices(Scalar[][]... x) {
        Kind kind = kind(x);
        if (kind.example instanceof Traced) {
            throw new IllegalArgumentException(
                    "nodes of a recording are no matrix: use DifferentiableMatrix.apply, which records one operation");
        }
        Matrix[] r = new Matrix[x.length];
        for (int i = 0; i < r.length; i++) {
            r[i] = toMatrix(x[i], kind);
        }
        return r;
    }

    private static Kind kind(Scalar[][][] x) {
        var kind = new Kind();
        for (int i = 0; i < x.length; i++) {
            Objects.requireNonNull(x[i], "a matrix of numbers must not be null");
            for (int r = 0; r < x[i].length; r++) {
                if (x[i][r].length != x[i][0].length) {
                    throw new IllegalArgumentException("rows must be equally long, but row " + r + " has "
                            + x[i][r].length + " entries and row 0 has " + x[i][0].length);
                }
                for (Scalar s : x[i][r]) {
                    kind.meet(Objects.requireNonNull(s, "an entry must not be null"));
                }
            }
        }
        return kind;
    }

    private static Matrix toMatrix(Scalar[][] x, Kind kind) {
        int n = x.length;
        int m = n == 0 ? 0 : x[0].length;
        int k = kind.lanes;
        DMatrixRMaj value = Dense.matrix(n, m);
        DMatrixRMaj a = Dense.matrix(n, k * m);
        DMatrixRMaj b = Dense.matrix(n, m);
        DMatrixRMaj ab = Dense.matrix(n, k * m);
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < m; c++) {
                Scalar s = x[r][c];
                value.set(r, c, s.value());
                if (s instanceof HyperDual h) {
                    b.set(r, c, h.b());
                }
                switch (s) {
                    case Dual d -> {
                        for (int lane = 0; lane < d.lanes(); lane++) {
                            a.set(r, lane * m + c, d.tangent(lane));
                        }
                    }
                    case HyperDual h -> {
                        for (int lane = 0; lane < h.lanes(); lane++) {
                            a.set(r, lane * m + c, h.a(lane));
                            ab.set(r, lane * m + c, h.ab(lane));
                        }
                    }
                    default -> {}
                }
            }
        }
        Differentiation of = kind.of;
        if (of == null || k == 0) {
            return new RealMatrix(value);
        }
        return kind.example instanceof Dual
                ? new DualMatrix(of, k, value, a)
                : new HyperDualMatrix(of, k, new Mat(value, b), new Mat(a, ab));
    }

    /**
     * The entries of a matrix as numbers, by rows: {@link Real}, {@link Dual} or {@link HyperDual}.
     *
     * @throws IllegalArgumentException for a matrix of a reverse differentiation, or more than 8 tangents with second ones
     */
    public static Scalar[][] toScalars(Matrix x) {
        return toScalars(x, false);
    }

    private static Scalar[][] toScalars(Matrix x, boolean window) {
        Scalar[][] y = new Scalar[x.rows()][x.columns()];
        for (int r = 0; r < y.length; r++) {
            for (int c = 0; c < y[r].length; c++) {
                y[r][c] = switch (x) {
                    case RealMatrix m -> new Real(m.value(r, c));
                    case DualMatrix m -> dual(m, r, c, window);
                    case HyperDualMatrix m -> hyperDual(m, r, c);
                    case RecordedMatrix m -> throw new IllegalArgumentException("a " + m + " has no numbers");
                };
            }
        }
        return y;
    }

    private static Dual dual(DualMatrix x, int row, int column, boolean window) {
        // More than 8 make a window, the kind that other windows mix with.
        double[] t = new double[window ? Math.max(9, x.lanes()) : x.lanes()];
        for (int lane = 0; lane < x.lanes(); lane++) {
            t[lane] = x.tangent(lane, row, column);
        }
        return Dual.of(x.of(), x.value(row, column), t);
    }

    private static HyperDual hyperDual(HyperDualMatrix x, int row, int column) {
        int k = x.lanes();
        if (k > 8) {
            throw new IllegalArgumentException("hyper-dual numbers carry at most 8 tangents, but the matrix has " + k);
        }
        double[] a = new double[8];
        double[] ab = new double[8];
        for (int lane = 0; lane < k; lane++) {
            a[lane] = Blocks.entry(x.block().v(), k, lane, row, column);
            DMatrixRMaj mixed = x.mixed();
            ab[lane] = mixed == null ? 0 : Blocks.entry(mixed, k, lane, row, column);
        }
        DMatrixRMaj along = x.mat().b();
        double b = along == null ? 0 : along.get(row, column);
        double v = x.value(row, column);
        if (k == 1) {
            return new HyperDual1(x.of(), v, a[0], b, ab[0]);
        }
        return k <= 4
                ? new HyperDual4(x.of(), v, a[0], a[1], a[2], a[3], b, ab[0], ab[1], ab[2], ab[3])
                : new HyperDual8(
                        x.of(), v, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], b,
                        ab[0], ab[1], ab[2], ab[3], ab[4], ab[5], ab[6], ab[7]);
    }

    /** f of matrices of numbers of any kind. */
    static Scalar[][] apply(DifferentiableMatrix f, Scalar[][]... x) {
        Kind kind = kind(x);
        if (kind.example instanceof Traced) {
            return new TracedOperation(f, x).apply(x);
        }
        Matrix[] a = toMatrices(x);
        return toScalars(f.apply(a), kind.window);
    }
}
