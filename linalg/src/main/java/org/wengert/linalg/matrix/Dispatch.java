package org.wengert.linalg.matrix;

import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.wengert.core.scalar.Differentiation;

/** Applies a rule to matrices of any kind. */
final class Dispatch {

    private Dispatch() {}

    /** A rule with one result. */
    @FunctionalInterface
    interface OneResult {
        Variable at(Variable[] x);
    }

    static Matrix one(OneResult rule, Matrix... x) {
        return apply(v -> new Variable[] {rule.at(v)}, x)[0];
    }

    static Matrix[] apply(Rule rule, Matrix... x) {
        Matrix kind = null;
        for (Matrix a : x) {
            Objects.requireNonNull(a, "a matrix argument must not be null");
            if (!(a instanceof RealMatrix)) {
                if (kind != null) {
                    requireSame(kind, a);
                }
                kind = a;
            }
        }
        return switch (kind) {
            case null -> real(rule, x);
            case RealMatrix _ -> real(rule, x);
            case DualMatrix d -> tangents(rule, d.of(), d.lanes(), false, x);
            case HyperDualMatrix d -> tangents(rule, d.of(), d.lanes(), true, x);
            case RecordedMatrix r -> recorded(rule, r.recording(), x);
        };
    }

    private static void requireSame(Matrix a, Matrix b) {
        boolean same = switch (a) {
            case RealMatrix _ -> true;
            case DualMatrix d -> b instanceof DualMatrix e && e.of() == d.of() && e.lanes() == d.lanes();
            case HyperDualMatrix d -> b instanceof HyperDualMatrix e && e.of() == d.of() && e.lanes() == d.lanes();
            case RecordedMatrix r -> b instanceof RecordedMatrix s && r.recording() == s.recording();
        };
        if (!same) {
            throw new IllegalArgumentException("matrices of one operation must belong to one differentiation and have "
                    + "equally many tangents, but are a " + a + " and a " + b);
        }
    }

    private static Matrix[] real(Rule rule, Matrix[] x) {
        Variable[] y = rule.at(constants(x));
        Matrix[] results = new Matrix[y.length];
        for (int i = 0; i < y.length; i++) {
            results[i] = new RealMatrix(y[i].m().v());
        }
        return results;
    }

    private static Variable[] constants(Matrix[] x) {
        Variable[] v = new Variable[x.length];
        for (int i = 0; i < x.length; i++) {
            v[i] = variable(x[i], Differential.zero(x[i].rows(), x[i].columns()));
        }
        return v;
    }

    private static Variable variable(Matrix x, Differential d) {
        return switch (x) {
            case RealMatrix r -> new Variable(r.mat(), d);
            case DualMatrix a -> new Variable(a.mat(), d);
            case HyperDualMatrix a -> new Variable(a.mat(), d);
            case RecordedMatrix r -> r.variable();
        };
    }

    private static Matrix[] tangents(Rule rule, Differentiation of, int lanes, boolean second, Matrix[] x) {
        Variable[] v = new Variable[x.length];
        var sweep = new Differential.Sweep(lanes);
        for (int i = 0; i < x.length; i++) {
            Mat block = switch (x[i]) {
                case DualMatrix a -> a.block();
                case HyperDualMatrix a -> a.block();
                default -> null;
            };
            Differential d = block == null
                    ? Differential.zero(x[i].rows(), x[i].columns())
                    : Differential.variable(x[i].rows(), x[i].columns());
            if (block != null) {
                sweep.seed(d, block);
            }
            v[i] = variable(x[i], d);
        }
        Variable[] y = rule.at(v);
        Matrix[] results = new Matrix[y.length];
        for (int i = 0; i < y.length; i++) {
            @Nullable Mat t = sweep.forward(y[i].d());
            if (t == null) {
                t = Mat.of(Dense.matrix(y[i].rows(), lanes * y[i].columns()));
            }
            results[i] = second
                    ? new HyperDualMatrix(of, lanes, y[i].m(), t)
                    : new DualMatrix(of, lanes, y[i].m().v(), t.v());
        }
        return results;
    }

    private static Matrix[] recorded(Rule rule, Object recording, Matrix[] x) {
        Variable[] y = rule.at(constants(x));
        Matrix[] results = new Matrix[y.length];
        for (int i = 0; i < y.length; i++) {
            results[i] = new RecordedMatrix(recording, y[i]);
        }
        return results;
    }

    /** The value of a result that may be a constant. */
    static DMatrixRMaj valueOf(Matrix y) {
        return variable(y, Differential.zero(0, 0)).m().v();
    }
}
