package org.wengert.linalg.matrix;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.wengert.core.scalar.Differentiation;
import org.wengert.core.scalar.Scalar;

/**
 * A function of matrices together with its derivatives.
 *
 * <pre>{@code
 * var f = DifferentiableMatrix.of((a, b) -> trace(solve(a, b)));
 * MatrixGradient g = f.gradient(a, b);       // value, ∂f/∂A, ∂f/∂B: reverse mode
 * MatrixHvp h = f.hvp(at, along);            // and the Hessian times a direction: forward over reverse
 * }</pre>
 *
 * <p>Arguments are never changed, results are the caller's own. Immutable; as safe to share between threads as the function itself.
 */
public final class DifferentiableMatrix {

    private final MatrixFunction function;

    private DifferentiableMatrix(MatrixFunction function) {
        this.function = function;
    }

    /** A function of any number of matrices. */
    public static DifferentiableMatrix ofMany(MatrixFunction function) {
        return new DifferentiableMatrix(Objects.requireNonNull(function, "function"));
    }

    /** A function of one matrix. */
    public static DifferentiableMatrix of(UnaryOperator<Matrix> function) {
        Objects.requireNonNull(function, "function");
        return ofMany(x -> function.apply(arguments(x, 1)[0]));
    }

    /** A function of two matrices. */
    public static DifferentiableMatrix of(BinaryOperator<Matrix> function) {
        Objects.requireNonNull(function, "function");
        return ofMany(x -> function.apply(arguments(x, 2)[0], x[1]));
    }

    private static Matrix[] arguments(Matrix[] x, int count) {
        if (x.length != count) {
            throw new IllegalArgumentException("arguments must be " + count + ", but were " + x.length);
        }
        return x;
    }

    /** The result for matrices of any kind. */
    public Matrix apply(Matrix... x) {
        return Objects.requireNonNull(function.apply(x.clone()), "result of the function");
    }

    /** f at a point. */
    public DMatrixRMaj value(DMatrixRMaj... at) {
        Matrix[] x = new Matrix[at.length];
        Arrays.setAll(x, i -> Matrix.of(at[i]));
        return apply(x).value();
    }

    /**
     * f and its derivative along a direction, by forward mode.
     *
     * @param at    the arguments
     * @param along a direction, one matrix for each argument, of its shape
     */
    public MatrixJvp jvp(DMatrixRMaj[] at, DMatrixRMaj[] along) {
        MatrixJvps all = jvps(at, new DMatrixRMaj[][] {along});
        return new MatrixJvp(all.value(), all.tangents()[0]);
    }

    /**
     * f and its derivatives along several directions, by forward mode in one pass.
     *
     * @param at    the arguments
     * @param along at least one direction, each with one matrix for each argument, of its shape
     */
    public MatrixJvps jvps(DMatrixRMaj[] at, DMatrixRMaj[]... along) {
        for (DMatrixRMaj[] direction : along) {
            requireAlong(at, direction);
        }
        int k = along.length;
        var of = new Differentiation("a matrix function along " + k + " directions");
        Matrix[] x = new Matrix[at.length];
        for (int i = 0; i < x.length; i++) {
            DMatrixRMaj[] tangents = new DMatrixRMaj[k];
            for (int j = 0; j < k; j++) {
                tangents[j] = along[j][i];
            }
            x[i] = DualMatrix.of(of, at[i], tangents);
        }
        Matrix y = apply(x);
        DMatrixRMaj[] tangents = new DMatrixRMaj[k];
        Arrays.setAll(tangents, j -> switch (y) {
            case DualMatrix d when d.of() == of -> d.tangent(j);
            case RealMatrix _ -> Dense.matrix(y.rows(), y.columns());
            default -> throw foreign(y);
        });
        return new MatrixJvps(y.value(), tangents);
    }

    /** f and all its partial derivatives, by reverse mode, for an f that is 1 × 1. */
    public MatrixGradient gradient(DMatrixRMaj... at) {
        Recording r = new Recording(at, null);
        r.requireScalar();
        Mat[] adjoint = r.pull(Mat.ones(1, 1), 1);
        return new MatrixGradient(r.result.value(0, 0), values(adjoint));
    }

    /**
     * f, its gradient, and the derivative of the gradient along a direction, forward over reverse, for an f that is 1 × 1.
     *
     * @param at    the arguments
     * @param along a direction, one matrix for each argument, of its shape
     */
    public MatrixHvp hvp(DMatrixRMaj[] at, DMatrixRMaj[] along) {
        requireAlong(at, along);
        Recording r = new Recording(at, along);
        r.requireScalar();
        Mat[] adjoint = r.pull(Mat.ones(1, 1), 1);
        DMatrixRMaj[] product = new DMatrixRMaj[at.length];
        Arrays.setAll(product, i -> tangent(adjoint[i]));
        return new MatrixHvp(r.result.value(0, 0), values(adjoint), product);
    }

    /** f and its pullback: recorded once, applied to any number of adjoints. */
    public Pullback pullback(DMatrixRMaj... at) {
        return new Pullback(new Recording(at, null));
    }

    /**
     * The result for matrices of {@link Scalar} numbers: plain numbers, {@link org.wengert.core.scalar.Dual} or
     * {@link org.wengert.core.scalar.HyperDual} numbers of one differentiation, or nodes of a recording. In a recording the whole
     * function becomes one operation, whose results share a factorization wherever the program is run, with first and second
     * derivatives; the function itself is never looked into.
     *
     * @param x the arguments; not changed
     * @return the result; the caller's own
     * @throws IllegalArgumentException if numbers are of several differentiations or of other kinds
     */
    public Scalar[][] apply(Scalar[][]... x) {
        return ScalarMatrices.apply(this, x);
    }

    private static DMatrixRMaj[] values(Mat[] x) {
        DMatrixRMaj[] v = new DMatrixRMaj[x.length];
        // Two arguments may have one adjoint.
        Arrays.setAll(v, i -> x[i].v().copy());
        return v;
    }

    static DMatrixRMaj tangent(Mat x) {
        DMatrixRMaj b = x.b();
        return b == null ? Dense.matrix(x.rows(), x.columns()) : b.copy();
    }

    private static void requireAlong(DMatrixRMaj[] at, DMatrixRMaj[] along) {
        if (at.length != along.length) {
            throw new IllegalArgumentException("along must have " + at.length
                    + " matrices, one for each argument, but has " + along.length);
        }
        for (int i = 0; i < at.length; i++) {
            if (at[i].numRows != along[i].numRows || at[i].numCols != along[i].numCols) {
                throw new IllegalArgumentException("along[" + i + "] must be " + Shapes.of(at[i])
                        + " like the argument, but is " + Shapes.of(along[i]));
            }
        }
    }

    private static IllegalArgumentException foreign(Matrix y) {
        return new IllegalArgumentException(
                "the function must return a matrix made of its arguments or a constant, but returned a " + y);
    }

    /** One run of the function in reverse mode. */
    final class Recording {

        private final Variable[] inputs;
        final Variable y;
        final RecordedMatrix result;

        /**
         * Runs the function.
         *
         * @param along a direction for second derivatives, or null
         */
        Recording(DMatrixRMaj[] at, DMatrixRMaj @Nullable [] along) {
            inputs = new Variable[at.length];
            Matrix[] x = new Matrix[at.length];
            for (int i = 0; i < at.length; i++) {
                Mat m = new Mat(at[i].copy(), along == null ? null : along[i].copy());
                inputs[i] = new Variable(m, Differential.variable(m.rows(), m.columns()));
                x[i] = new RecordedMatrix(this, inputs[i]);
            }
            y = switch (apply(x)) {
                case RecordedMatrix r when r.recording() == this -> r.variable();
                case RealMatrix r -> Variable.constant(r.mat());
                case Matrix r -> throw foreign(r);
            };
            result = new RecordedMatrix(this, y);
        }

        void requireScalar() {
            if (y.rows() != 1 || y.columns() != 1) {
                throw new IllegalArgumentException(
                        "a gradient needs a function whose result is 1 x 1, but it is " + Shapes.of(y));
            }
        }

        /** The adjoints of the inputs, for a block of adjoints of the result. */
        Mat[] pull(Mat adjoints, int lanes) {
            var sweep = new Differential.Sweep(lanes);
            if (!y.d().isZero()) {
                sweep.seed(y.d(), adjoints);
                sweep.reverse(List.of(y.d()));
            }
            Mat[] r = new Mat[inputs.length];
            for (int i = 0; i < r.length; i++) {
                @Nullable Mat adjoint = sweep.of(inputs[i].d());
                r[i] = adjoint == null
                        ? Mat.of(Dense.matrix(inputs[i].rows(), lanes * inputs[i].columns()))
                        : adjoint;
            }
            return r;
        }
    }
}
