package org.wengert.core.scalar;

import static org.wengert.core.scalar.Lanes.absorb;
import static org.wengert.core.scalar.Lanes.ignores;
import static org.wengert.core.scalar.Lanes.isFinite;

import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Unary;

/**
 * A dual number of 4 lanes; see {@link Dual}.
 *
 * @param of    the differentiation the tangents belong to
 * @param value the value
 * @param t0    the tangent in lane 0
 * @param t1    the tangent in lane 1
 * @param t2    the tangent in lane 2
 * @param t3    the tangent in lane 3
 */
public record Dual4(
        Differentiation of, double value,
        double t0, double t1, double t2, double t3)
        implements Dual {

    @Override
    public int lanes() {
        return 4;
    }

    @Override
    public double tangent(int lane) {
        return switch (lane) {
            case 0 -> t0;
            case 1 -> t1;
            case 2 -> t2;
            case 3 -> t3;
            default -> throw new IndexOutOfBoundsException("lane must be 0 to 3, but was " + lane);
        };
    }

    @Override
    public Scalar plus(Scalar that) {
        if (that instanceof Dual4 y && y.of == of) {
            double z = value + y.value;
            return isFinite(z) ? new Dual4(
                    of, z,
                    t0 + y.t0, t1 + y.t1, t2 + y.t2, t3 + y.t3) : combineAbsorbing(z, 1, y, 1);
        }
        return that instanceof Real y ? plus(y.value()) : Mixed.apply(Operations.PLUS, this, that);
    }

    @Override
    public Dual4 plus(double that) {
        return chain(value + that, 1);
    }

    @Override
    public Scalar minus(Scalar that) {
        if (that instanceof Dual4 y && y.of == of) {
            double z = value - y.value;
            return isFinite(z) ? new Dual4(
                    of, z,
                    t0 - y.t0, t1 - y.t1, t2 - y.t2, t3 - y.t3) : combineAbsorbing(z, 1, y, -1);
        }
        return that instanceof Real y ? minus(y.value()) : Mixed.apply(Operations.MINUS, this, that);
    }

    @Override
    public Dual4 minus(double that) {
        return chain(value - that, 1);
    }

    @Override
    public Scalar times(Scalar that) {
        if (that instanceof Dual4 y && y.of == of) {
            double z = value * y.value;
            // A finite product has finite factors, which are the partials.
            return isFinite(z) ? new Dual4(
                    of, z,
                    y.value * t0 + value * y.t0, y.value * t1 + value * y.t1, y.value * t2 + value * y.t2, y.value * t3 + value * y.t3) : combineAbsorbing(z, y.value, y, value);
        }
        return that instanceof Real y ? times(y.value()) : Mixed.apply(Operations.TIMES, this, that);
    }

    @Override
    public Dual4 times(double that) {
        return chain(value * that, that);
    }

    @Override
    public Scalar div(Scalar that) {
        if (that instanceof Dual4 y && y.of == of) {
            double z = value / y.value;
            double r = 1 / y.value;
            return combine(z, r, y, -z / y.value);
        }
        return that instanceof Real y ? div(y.value()) : Mixed.apply(Operations.DIV, this, that);
    }

    @Override
    public Dual4 div(double that) {
        return chain(value / that, 1 / that);
    }

    @Override
    public Dual4 minusFrom(double left) {
        return chain(left - value, -1);
    }

    @Override
    public Dual4 divFrom(double left) {
        double z = left / value;
        return chain(z, -z / value);
    }

    @Override
    public Dual4 unaryMinus() {
        return new Dual4(
                of, -value,
                -t0, -t1, -t2, -t3);
    }

    @Override
    public Dual4 apply(Unary f) {
        double y = f.value(value);
        double d = f.first(value, y);
        return ignores(f, d) ? constant(y) : chain(y, d);
    }

    @Override
    public Scalar apply(Binary f, Scalar right) {
        if (right instanceof Dual4 y && y.of == of) {
            double z = f.value(value, y.value);
            double fx = f.fx(value, y.value, z);
            double fy = f.fy(value, y.value, z);
            if (ignores(f, fx)) {
                return ignores(f, fy) ? constant(z) : y.chain(z, fy);
            }
            return ignores(f, fy) ? chain(z, fx) : combine(z, fx, y, fy);
        }
        return right instanceof Real y ? apply(f, y.value()) : Mixed.apply(f, this, right);
    }

    @Override
    public Dual4 apply(Binary f, double right) {
        double z = f.value(value, right);
        double d = f.fx(value, right, z);
        return ignores(f, d) ? constant(z) : chain(z, d);
    }

    @Override
    public Dual4 applyRight(double left, Binary f) {
        double z = f.value(left, value);
        double d = f.fy(left, value, z);
        return ignores(f, d) ? constant(z) : chain(z, d);
    }

    @Override
    public Scalar apply(Nary f, Scalar[] x) {
        double[] v = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            if (!(x[i] instanceof Real) && !(x[i] instanceof Dual4 y && y.of == of)) {
                return Mixed.apply(f, x);
            }
            v[i] = x[i].value();
        }
        double z = f.value(v);
        double[] gradient = f.gradient(v, z);
        Dual4 sum = constant(z);
        for (int i = 0; i < x.length; i++) {
            if (x[i] instanceof Dual4 y) {
                double d = gradient[i];
                sum = ignores(f, d) ? sum : sum.combine(z, 1, y, d);
            }
        }
        return sum;
    }

    /** The value y, all tangents zero. */
    private Dual4 constant(double y) {
        return new Dual4(of, y, 0, 0, 0, 0);
    }

    /** The value y with every tangent multiplied by d. */
    private Dual4 chain(double y, double d) {
        // What is rare stays out of line, so that the JIT compiler inlines this everywhere.
        return isFinite(d) && !Double.isNaN(y) ? new Dual4(
                of, y,
                d * t0, d * t1, d * t2, d * t3) : chainAbsorbing(y, d);
    }

    private Dual4 chainAbsorbing(double y, double d) {
        double e = Double.isNaN(y) ? Double.NaN : d;
        return new Dual4(
                of, y,
                absorb(e, t0), absorb(e, t1), absorb(e, t2), absorb(e, t3));
    }

    /** The value z with tangents fx · this + fy · y. */
    private Dual4 combine(double z, double fx, Dual4 y, double fy) {
        return isFinite(fx) && isFinite(fy) && !Double.isNaN(z) ? new Dual4(
                of, z,
                fx * t0 + fy * y.t0, fx * t1 + fy * y.t1, fx * t2 + fy * y.t2, fx * t3 + fy * y.t3) : combineAbsorbing(z, fx, y, fy);
    }

    private Dual4 combineAbsorbing(double z, double fx, Dual4 y, double fy) {
        double dx = Double.isNaN(z) ? Double.NaN : fx;
        double dy = Double.isNaN(z) ? Double.NaN : fy;
        return new Dual4(
                of, z,
                absorb(dx, t0) + absorb(dy, y.t0), absorb(dx, t1) + absorb(dy, y.t1), absorb(dx, t2) + absorb(dy, y.t2), absorb(dx, t3) + absorb(dy, y.t3));
    }

    @Override
    public String toString() {
        return Lanes.toString(this);
    }
}
