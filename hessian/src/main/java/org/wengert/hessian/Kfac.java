package org.wengert.hessian;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.Jacobians;
import org.wengert.core.batch.Values;
import org.wengert.core.scalar.Scalar;
import org.wengert.linalg.LinearOperator;

/**
 * K-FAC. For layer l with inputs ā = (a, 1) and derivatives g of the loss by what enters its units, the Fisher matrix is taken for A ⊗ G, A = E[ā·āᵀ],
 * G = E[g·gᵀ], and (A ⊗ G)⁻¹ of a gradient V of its weights is G⁻¹·V·A⁻¹.
 */
final class Kfac {

    private static final double MOST_MEMORY = 0.95;
    private static final double CHANGE = 0.8;
    private static final int MOST_REFUSED = 60;

    private final MinimizerRun run;
    private final DataSum f;
    private final LayeredModel model;
    private final GaussNewtonMinimizer.Curvature rows;

    /** θ, x to what enters the layers; θ, x, what is added to the units, to the outputs. */
    private final Batch entering;
    private final Batch perturbed;

    final DMatrixRMaj[] a;
    final DMatrixRMaj[] g;

    Kfac(MinimizerRun run, DataSum f, LayeredModel model, GaussNewtonMinimizer.Curvature rows) {
        this.run = run;
        this.f = f;
        this.model = model;
        this.rows = rows;
        int p = model.parameters();
        int in = model.width(0);
        int units = model.units();
        int[] theta = IntStream.range(0, p).toArray();
        DifferentiableVector inputs = Differentiable.vector(p + in, model.entering(), s -> {
            Scalar[] entered = new Scalar[model.entering()];
            model.run(Arrays.copyOf(s, p), Arrays.copyOfRange(s, p, p + in), null, entered);
            return entered;
        });
        DifferentiableVector outputs = Differentiable.vector(p + in + units, model.width(model.layers()),
                s -> model.run(Arrays.copyOf(s, p), Arrays.copyOfRange(s, p, p + in), Arrays.copyOfRange(s, p + in, s.length), null));
        this.entering = Batch.of(inputs).withUniform(theta);
        int[] added = IntStream.range(p + in, p + in + units).toArray();
        this.perturbed = Batch.of(outputs).withUniform(IntStream.concat(Arrays.stream(theta), Arrays.stream(added)).toArray())
                .withRespectTo(added);
        this.a = new DMatrixRMaj[model.layers()];
        this.g = new DMatrixRMaj[model.layers()];
        for (int l = 0; l < a.length; l++) {
            a[l] = new DMatrixRMaj(model.width(l) + 1, model.width(l) + 1);
            g[l] = new DMatrixRMaj(model.width(l + 1), model.width(l + 1));
        }
    }

    // ---- factors -------------------------------------------------------------------------------------

    /** Replaces the factors by memory · factors + (1 - memory) · those of a sample. */
    void update(DataSum sample, double[] theta, double memory) {
        Values entered = entering.values(sample.inputPoints(), theta);
        Jacobians j = perturbed.jacobian(sample.inputPoints(), Arrays.copyOf(theta, theta.length + model.units()));
        double share = (1 - memory) / sample.rows();
        int firstInput = 0;
        int firstUnit = 0;
        for (int l = 0; l < a.length; l++) {
            CommonOps_DDRM.scale(memory, a[l]);
            CommonOps_DDRM.scale(memory, g[l]);
            for (int row = 0; row < sample.rows(); row++) {
                addInputs(entered, row, firstInput, share, a[l]);
                addGradients(j, row, firstUnit, share, g[l]);
            }
            firstInput += model.width(l);
            firstUnit += model.width(l + 1);
        }
    }

    private static void addInputs(Values entered, int row, int first, double share, DMatrixRMaj a) {
        int n = a.numRows;
        double[] x = new double[n];
        x[n - 1] = 1;
        for (int i = 0; i < n - 1; i++) {
            x[i] = entered.get(row, first + i);
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                a.data[i * n + k] += share * x[i] * x[k];
            }
        }
    }

    /** Jᵀ·∇²L·J: the expectation of g·gᵀ where targets are drawn from what the model predicts. */
    private void addGradients(Jacobians j, int row, int first, double share, DMatrixRMaj g) {
        int m = j.rows();
        int n = g.numRows;
        double[] z = new double[m];
        Arrays.setAll(z, k -> j.value(row, k));
        double[][] columns = new double[n][m];
        for (int u = 0; u < n; u++) {
            for (int k = 0; k < m; k++) {
                columns[u][k] = j.get(row, k, first + u);
            }
        }
        for (int u = 0; u < n; u++) {
            double[] t = columns[u].clone();
            f.loss().curvature(z, t);
            for (int v = 0; v < n; v++) {
                g.data[u * n + v] += share * MinimizerRun.dot(t, columns[v]);
            }
        }
    }

    /** -(A + π·γ·I)⁻¹ ⊗ (G + γ/π·I)⁻¹ of a gradient, layer by layer; π balances the factors by their mean eigenvalues. */
    double[] direction(double[] gradient, double gamma) {
        double[] d = new double[gradient.length];
        for (int l = 0; l < a.length; l++) {
            double meanA = CommonOps_DDRM.trace(a[l]) / a[l].numRows;
            double meanG = CommonOps_DDRM.trace(g[l]) / g[l].numRows;
            double pi = meanG > 0 && meanA > 0 ? Math.sqrt(meanA / meanG) : 1;
            var v = new DMatrixRMaj(g[l].numRows, a[l].numRows);
            System.arraycopy(gradient, model.offset(l), v.data, 0, v.getNumElements());
            var half = new DMatrixRMaj(v.numRows, v.numCols);
            CommonOps_DDRM.mult(inverse(g[l], gamma / pi), v, half);
            CommonOps_DDRM.mult(-1, half, inverse(a[l], gamma * pi), v);
            System.arraycopy(v.data, 0, d, model.offset(l), v.getNumElements());
        }
        return d;
    }

    private static DMatrixRMaj inverse(DMatrixRMaj factor, double shift) {
        DMatrixRMaj shifted = factor.copy();
        for (int i = 0; i < shifted.numRows; i++) {
            shifted.data[i * shifted.numCols + i] += shift;
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(shifted.numRows);
        if (!solver.setA(shifted)) {
            throw new ArithmeticException("a factor of the Fisher matrix is not positive definite with a damping of " + shift);
        }
        var inverse = new DMatrixRMaj(factor.numRows, factor.numRows);
        solver.invert(inverse);
        return inverse;
    }

    // ---- steps ---------------------------------------------------------------------------------------

    void go() {
        double damping = 1;
        double[] last = new double[run.n];
        for (int k = 1; ; k++) {
            DataSum sample = rows.of(k);
            if (run.rejected == 0) {
                update(sample, run.x, Math.min(1 - 1.0 / k, MOST_MEMORY));
            }
            double[] d = direction(run.gradient, Math.sqrt(damping + f.decay()));
            LinearOperator fisher = run.counted(sample.gaussNewton(run.x));
            double[] step = new double[run.n];
            double promised = longest(fisher, damping, d, last, step);
            double[] there = MinimizerRun.sum(run.x, 1, step);
            double value = run.value(there);
            double slack = 10 * Math.ulp(run.value);
            double ratio = (run.value - value + slack) / (promised + slack);
            damping = Math.max(1e-12, damping * (!(ratio >= 0.25) ? 1 / CHANGE : ratio > 0.75 ? CHANGE : 1));
            boolean accepted = ratio >= 1e-4;
            double[] gradient = new double[run.n];
            if (accepted) {
                value = run.gradient(there, gradient);
                accepted = MinimizerRun.isFinite(value, gradient);
            }
            if (Arrays.equals(there, run.x) || !accepted && ++run.rejected > MOST_REFUSED) {
                run.stuck();
                return;
            }
            if (!accepted) {
                damping *= 4;
                last = new double[run.n];
                if (run.isInterrupted()) {
                    return;
                }
                continue;
            }
            last = step;
            if (!run.moveTo(there, value, gradient, damping)) {
                return;
            }
        }
    }

    /** The step α·d + μ·last that minimizes the model with the exact curvature and the damping; returns what it promises. */
    private double longest(LinearOperator fisher, double damping, double[] d, double[] last, double[] step) {
        double[] fd = fisher.apply(d);
        MinimizerRun.add(fd, damping, d);
        double dd = MinimizerRun.dot(d, fd);
        double gd = MinimizerRun.dot(run.gradient, d);
        double alpha = -gd / dd;
        double mu = 0;
        double gl = MinimizerRun.dot(run.gradient, last);
        if (MinimizerRun.norm(last) > 0) {
            double[] fl = fisher.apply(last);
            MinimizerRun.add(fl, damping, last);
            double dl = MinimizerRun.dot(d, fl);
            double ll = MinimizerRun.dot(last, fl);
            double determinant = dd * ll - dl * dl;
            if (determinant > 1e-10 * dd * ll) {
                alpha = (-gd * ll + gl * dl) / determinant;
                mu = (-gl * dd + gd * dl) / determinant;
            }
        }
        MinimizerRun.add(step, alpha, d);
        MinimizerRun.add(step, mu, last);
        return -(alpha * gd + mu * gl) / 2;
    }
}
