package org.wengert.linalg.chain;

import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.ops.DConvertMatrixStruct;
import org.ejml.sparse.csc.CommonOps_DSCC;
import org.wengert.core.DifferentiableVector;
import org.wengert.linalg.Arguments;
import org.wengert.linalg.Linearization;
import org.wengert.linalg.Linearizer;

/**
 * Products of Jacobians in the order that a {@link ChainPlan} finds best: of matrices, and of the stages of a composed
 * function, each differentiated in the mode the plan says.
 *
 * <pre>{@code
 * JacobianChain chain = JacobianChain.of(x, encode, hidden, decode);   // encode is applied first
 * DMatrixRMaj j = chain.jacobian(x);                                // of decode(hidden(encode(x)))
 * System.out.println(chain.plan());
 * }</pre>
 *
 * <p>Safe to share between threads if the stages are.
 */
public final class JacobianChain {

    private final Linearizer[] stages;
    private volatile ChainPlan plan;

    private JacobianChain(Linearizer[] stages, ChainPlan plan) {
        this.stages = stages;
        this.plan = plan;
    }

    // ---- composed functions --------------------------------------------------------------------------

    /**
     * A composed function, planned for its first point.
     *
     * @param x      a point: tells what each stage costs
     * @param stages the stages in the order in which they are applied
     * @throws IllegalArgumentException if a stage does not have as many inputs as the one before has results
     */
    public static JacobianChain of(double[] x, DifferentiableVector... stages) {
        Arguments.atLeast(stages.length, 1, "the number of stages");
        Linearizer[] linearizers = new Linearizer[stages.length];
        for (int i = 0; i < stages.length; i++) {
            linearizers[i] = Linearizer.of(Objects.requireNonNull(stages[i], "stages[" + i + "]"));
            if (i > 0 && stages[i].inputs() != stages[i - 1].outputs()) {
                throw new IllegalArgumentException("stage " + i + " must have as many inputs as stage " + (i - 1)
                        + " has results, " + stages[i - 1].outputs() + ", but has " + stages[i].inputs());
            }
        }
        Arguments.length(x, stages[0].inputs(), "x");
        return new JacobianChain(linearizers, plan(linearizations(linearizers, x), linearizers));
    }

    private static Linearization[] linearizations(Linearizer[] stages, double[] x) {
        Linearization[] all = new Linearization[stages.length];
        double[] at = x;
        for (int i = 0; i < all.length; i++) {
            all[i] = stages[i].at(at);
            at = all[i].value();
        }
        return all;
    }

    private static ChainPlan plan(Linearization[] at, Linearizer[] stages) {
        Factor[] factors = new Factor[at.length];
        Arrays.setAll(factors, i -> new Factor.Stage(stages[i].function(), at[i].multiplications()));
        return ChainPlan.of(factors);
    }

    /** The order of multiplication. */
    public ChainPlan plan() {
        return plan;
    }

    /**
     * The Jacobian of the composed function.
     *
     * @param x the point, as many entries as the first stage has inputs; not changed
     * @return results of the last stage × inputs of the first; the caller's own
     */
    public DMatrixRMaj jacobian(double... x) {
        Arguments.length(x, stages[0].function().inputs(), "x");
        Linearization[] at = linearizations(stages, x);
        ChainPlan current = plan;
        for (int i = 0; i < at.length; i++) {
            if (current.factor(i) instanceof Factor.Stage s && s.edges() != at[i].multiplications()) {
                current = plan(at, stages); // another path, with another cost
                plan = current;
                break;
            }
        }
        return current.run(new StageWork(at));
    }

    /** f(x), stage after stage; the caller's own. */
    public double[] value(double... x) {
        Arguments.length(x, stages[0].function().inputs(), "x");
        double[] at = x;
        for (Linearizer stage : stages) {
            at = stage.value(at);
        }
        return at;
    }

    private record StageWork(Linearization[] at) implements ChainPlan.Work<DMatrixRMaj> {

        @Override
        public DMatrixRMaj given(int factor) {
            throw new AssertionError("all factors are stages");
        }

        @Override
        public DMatrixRMaj stage(int factor, boolean forward) {
            Linearization j = at[factor];
            return forward ? j.jvp(CommonOps_DDRM.identity(j.columns()))
                    : CommonOps_DDRM.transpose(j.vjp(CommonOps_DDRM.identity(j.rows())), null);
        }

        @Override
        public DMatrixRMaj multiply(DMatrixRMaj left, DMatrixRMaj right) {
            DMatrixRMaj product = new DMatrixRMaj(left.numRows, right.numCols);
            CommonOps_DDRM.mult(left, right, product);
            return product;
        }

        @Override
        public DMatrixRMaj forward(int i, int j, DMatrixRMaj right) {
            DMatrixRMaj product = right;
            for (int f = i; f <= j; f++) {
                product = at[f].jvp(product);
            }
            return product;
        }

        @Override
        public DMatrixRMaj reverse(int i, int j, DMatrixRMaj left) {
            DMatrixRMaj transposed = CommonOps_DDRM.transpose(left, null);
            for (int f = j; f >= i; f--) {
                transposed = at[f].vjp(transposed);
            }
            return CommonOps_DDRM.transpose(transposed, null);
        }
    }

    // ---- matrices ------------------------------------------------------------------------------------

    /**
     * The product of matrices, sparse ones as sparse as long as both sides of a product are.
     *
     * @param factors in the order in which they are applied, the rightmost factor of the product first; no stages
     * @return the product; the caller's own
     */
    public static DMatrixRMaj multiply(Factor... factors) {
        ChainPlan plan = ChainPlan.of(factors);
        for (int i = 0; i < factors.length; i++) {
            if (factors[i] instanceof Factor.Stage) {
                throw new IllegalArgumentException("factors must be matrices, but factor " + i + " is a stage");
            }
        }
        return dense(plan.run(new MatrixWork(factors)));
    }

    /** Either a dense or a sparse matrix. */
    private static DMatrixRMaj dense(DMatrix a) {
        return a instanceof DMatrixRMaj d ? d.copy() : DConvertMatrixStruct.convert((DMatrixSparseCSC) a, (DMatrixRMaj) null);
    }

    private record MatrixWork(Factor[] factors) implements ChainPlan.Work<DMatrix> {

        @Override
        public DMatrix given(int factor) {
            return switch (factors[factor]) {
                case Factor.Dense d -> d.matrix();
                case Factor.Sparse s -> s.matrix();
                case Factor.Stage _ -> throw new AssertionError("stages are refused");
            };
        }

        @Override
        public DMatrix stage(int factor, boolean forward) {
            throw new AssertionError("stages are refused");
        }

        @Override
        public DMatrix forward(int i, int j, DMatrix right) {
            throw new AssertionError("stages are refused");
        }

        @Override
        public DMatrix reverse(int i, int j, DMatrix left) {
            throw new AssertionError("stages are refused");
        }

        @Override
        public DMatrix multiply(DMatrix left, DMatrix right) {
            if (left instanceof DMatrixSparseCSC a && right instanceof DMatrixSparseCSC b) {
                DMatrixSparseCSC product = new DMatrixSparseCSC(a.numRows, b.numCols);
                return CommonOps_DSCC.mult(a, b, product);
            }
            DMatrixRMaj product = new DMatrixRMaj(left.getNumRows(), right.getNumCols());
            if (left instanceof DMatrixSparseCSC a && right instanceof DMatrixRMaj b) {
                CommonOps_DSCC.mult(a, b, product);
            } else if (left instanceof DMatrixRMaj a && right instanceof DMatrixSparseCSC b) {
                timesSparse(a, b, product);
            } else {
                CommonOps_DDRM.mult((DMatrixRMaj) left, (DMatrixRMaj) right, product);
            }
            return product;
        }

        private static void timesSparse(DMatrixRMaj a, DMatrixSparseCSC b, DMatrixRMaj product) {
            for (int i = 0; i < a.numRows; i++) {
                for (int j = 0; j < b.numCols; j++) {
                    double sum = 0;
                    for (int q = b.col_idx[j]; q < b.col_idx[j + 1]; q++) {
                        sum += a.data[i * a.numCols + b.nz_rows[q]] * b.nz_values[q];
                    }
                    product.data[i * b.numCols + j] = sum;
                }
            }
        }
    }
}
