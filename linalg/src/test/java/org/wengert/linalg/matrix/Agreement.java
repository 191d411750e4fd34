package org.wengert.linalg.matrix;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.wengert.core.scalar.Differentiation;
import org.wengert.core.scalar.HyperDual;
import org.wengert.core.scalar.Scalar;

/**
 * How far the derivatives of a rule are from those of an algorithm in numbers: the largest difference in a result over the largest
 * entry of it, or over 1e-3 of the largest that the derivative could be if that is more.
 */
record Agreement(double condition, double value, double first, double second, double reverse, double hvp) {

    static final int LANES = 3;

    static Agreement of(RuleCase c, Random random) {
        DMatrixRMaj[] at = c.point().apply(random);
        DMatrixRMaj[][] a = new DMatrixRMaj[LANES][];
        for (int k = 0; k < LANES; k++) {
            a[k] = c.direction().at(random, at);
        }
        DMatrixRMaj[] b = c.direction().at(random, at);
        var of = new Differentiation(c.name());

        Matrix[] dual = new Matrix[at.length];
        Matrix[] hyper = new Matrix[at.length];
        Scalar[][][] numbers = new Scalar[at.length][][];
        for (int i = 0; i < at.length; i++) {
            DMatrixRMaj[] t = new DMatrixRMaj[LANES];
            for (int k = 0; k < LANES; k++) {
                t[k] = a[k][i];
            }
            dual[i] = DualMatrix.of(of, at[i], t);
            hyper[i] = HyperDualMatrix.of(of, at[i], t, b[i]);
            numbers[i] = ScalarMatrices.toScalars(hyper[i]);
        }
        Scalar[][][] expected = c.algorithm().apply(numbers);
        Matrix[] first = c.rule().apply(dual);
        Matrix[] second = c.rule().apply(hyper);
        var w = new Worst();
        DMatrixRMaj[] adjoint = new DMatrixRMaj[first.length];
        for (int j = 0; j < first.length; j++) {
            adjoint[j] = RuleCase.random(random, first[j].rows(), first[j].columns());
        }
        for (int j = 0; j < first.length; j++) {
            Scalar[][] e = expected[j];
            w.value = Math.max(w.value, distance(values(e, s -> s.value()), first[j].value()));
            if (second[j] instanceof HyperDualMatrix h) {
                w.value = Math.max(w.value, distance(values(e, s -> s.value()), h.value()));
            }
            for (int k = 0; k < LANES; k++) {
                int lane = k;
                DMatrixRMaj da = values(e, s -> s instanceof HyperDual h ? h.a(lane) : 0);
                DMatrixRMaj dab = values(e, s -> s instanceof HyperDual h ? h.ab(lane) : 0);
                if (first[j] instanceof DualMatrix d) {
                    w.first = Math.max(w.first, distance(da, d.tangent(k)));
                }
                if (second[j] instanceof HyperDualMatrix h) {
                    w.first = Math.max(w.first, distance(da, h.a(k)));
                    w.first = Math.max(w.first, distance(values(e, s -> s instanceof HyperDual x ? x.b() : 0), h.b()));
                    w.second = Math.max(w.second, distance(dab, h.ab(k)));
                }
            }
        }
        // Reverse: ⟨Ȳ, dY⟩ = ⟨X̄, dX⟩, and the same for the derivative along b.
        var f = DifferentiableMatrix.ofMany(x -> {
            Matrix[] y = c.rule().apply(x);
            Matrix sum = Matrix.scalar(0);
            for (int j = 0; j < y.length; j++) {
                sum = sum.plus(MatrixMath.inner(Matrix.of(adjoint[j]), y[j]));
            }
            return sum;
        });
        MatrixHvp hvp = f.hvp(at, b);
        for (int k = 0; k < LANES; k++) {
            double forward = 0;
            double size = 1e-3 * Math.max(1, norm(adjoint) * norm(a[k]));
            double mixed = 0;
            double mixedSize = 1e-3 * Math.max(1, norm(adjoint) * norm(a[k]) * norm(b));
            for (int j = 0; j < first.length; j++) {
                DMatrixRMaj t = first[j] instanceof DualMatrix d ? d.tangent(k) : new DMatrixRMaj(first[j].rows(), first[j].columns());
                DMatrixRMaj m = second[j] instanceof HyperDualMatrix d ? d.ab(k) : new DMatrixRMaj(first[j].rows(), first[j].columns());
                for (int e = 0; e < t.data.length; e++) {
                    forward += adjoint[j].data[e] * t.data[e];
                    size += Math.abs(adjoint[j].data[e] * t.data[e]);
                    mixed += adjoint[j].data[e] * m.data[e];
                    mixedSize += Math.abs(adjoint[j].data[e] * m.data[e]);
                }
            }
            double reverse = 0;
            double along = 0;
            for (int i = 0; i < at.length; i++) {
                for (int e = 0; e < at[i].data.length; e++) {
                    double g = hvp.gradient()[i].data[e] * a[k][i].data[e];
                    double h = hvp.product()[i].data[e] * a[k][i].data[e];
                    reverse += g;
                    along += h;
                    size += Math.abs(g);
                    mixedSize += Math.abs(h);
                }
            }
            w.reverse = Math.max(w.reverse, Math.abs(forward - reverse) / size);
            w.hvp = Math.max(w.hvp, Math.abs(mixed - along) / mixedSize);
        }
        return new Agreement(condition(at), w.value, w.first, w.second, w.reverse, w.hvp);
    }

    Agreement worse(Agreement that) {
        return new Agreement(
                Math.max(condition, that.condition), Math.max(value, that.value), Math.max(first, that.first), Math.max(second, that.second),
                Math.max(reverse, that.reverse), Math.max(hvp, that.hvp));
    }

    /**
     * The worst ratio of the largest singular value of an argument, or of 1 as the size of a direction, to the smallest that is not
     * zero; at least 10. A direction that is large beside the argument makes terms that cancel: L of a 1×1 matrix a is 1, and its
     * derivative is computed as ȧ/a − ȧ/a.
     */
    private static double condition(DMatrixRMaj[] at) {
        double worst = 10;
        for (DMatrixRMaj a : at) {
            SingularValues s = SingularValues.of(a);
            worst = Math.max(worst, Math.max(1, s.sigma()[0]) / s.sigma()[s.rank() - 1]);
        }
        return worst;
    }

    private static double norm(DMatrixRMaj[] x) {
        double squares = 0;
        for (DMatrixRMaj m : x) {
            for (double v : m.data) {
                squares += v * v;
            }
        }
        return Math.sqrt(squares);
    }

    private static final class Worst {
        double value;
        double first;
        double second;
        double reverse;
        double hvp;
    }

    private static DMatrixRMaj values(Scalar[][] x, java.util.function.ToDoubleFunction<Scalar> f) {
        DMatrixRMaj v = new DMatrixRMaj(x.length, x[0].length);
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[0].length; j++) {
                v.set(i, j, f.applyAsDouble(x[i][j]));
            }
        }
        return v;
    }

    static double distance(DMatrixRMaj expected, DMatrixRMaj actual) {
        double scale = Math.max(1e-3, Dense.maxAbs(expected));
        double d = Dense.maxAbs(Dense.minus(expected, actual)) / scale;
        return Double.isNaN(d) ? Double.POSITIVE_INFINITY : d;
    }
}
