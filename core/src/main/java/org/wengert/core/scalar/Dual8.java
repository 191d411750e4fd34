package org.wengert.core.scalar;

import static org.wengert.core.scalar.Lanes.absorb;
import static org.wengert.core.scalar.Lanes.ignores;
import static org.wengert.core.scalar.Lanes.isFinite;

import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Unary;

/**
 * A dual number of 8 lanes; see {@link Dual}.
 *
 * @param of    the differentiation the tangents belong to
 * @param value the value
 * @param t0    the tangent in lane 0
 * @param t1    the tangent in lane 1
 * @param t2    the tangent in lane 2
 * @param t3    the tangent in lane 3
 * @param t4    the tangent in lane 4
 * @param t5    the tangent in lane 5
 * @param t6    the tangent in lane 6
 * @param t7    the tangent in lane 7
 */
public record Dual8(
        Differentiation of, double value,
        double t0, double t1, double t2, double t3,
        double t4, double t5, double t6, double t7)
        implements Dual {

    @Override
    public int lanes() {
        return 8;
    }

    @Override
    public double tangent(int lane) {
        return switch (lane) {
            case 0 -> t0;
            case 1 -> t1;
            case 2 -> t2;
            case 3 -> t3;
            case 4 -> t4;
            case 5 -> t5;
            case 6 -> t6;
            case 7 -> t7;
            default -> throw new IndexOutOfBoundsException("lane must be 0 to 7, but was " + lane);
        };
    }

    @Override
    public Scalar plus(Scalar that) {
        if (that instanceof Dual8 y && y.of == of) {
            double z = value + y.value;
            return isFinite(z) ? new Dual8(
                    of, z,
                    t0 + y.t0, t1 + y.t1, t2 + y.t2, t3 + y.t3,
                    t4 + y.t4, t5 + y.t5, t6 + y.t6, t7 + y.t7) : combineAbsorbing(z, 1, y, 1);
        }
        return that instanceof Real y ? plus(y.value()) : Mixed.apply(Operations.PLUS, this, that);
    }

    @Override
    public Dual8 plus(double that) {
        return chain(value + that, 1);
    }

    @Override
    public Scalar minus(Scalar that) {
        if (that instanceof Dual8 y && y.of == of) {
            double z = value - y.value;
            return isFinite(z) ? new Dual8(
                    of, z,
                    t0 - y.t0, t1 - y.t1, t2 - y.t2, t3 - y.t3,
                    t4 - y.t4, t5 - y.t5, t6 - y.t6, t7 - y.t7) : combineAbsorbing(z, 1, y, -1);
        }
        return that instanceof Real y ? minus(y.value()) : Mixed.apply(Operations.MINUS, this, that);
    }

    @Override
    public Dual8 minus(double that) {
        return chain(value - that, 1);
    }

    @Override
    public Scalar times(Scalar that) {
        if (that instanceof Dual8 y && y.of == of) {
            double z = value * y.value;
            // A finite product has finite factors, which are the partials.
            return isFinite(z) ? new Dual8(
                    of, z,
                    y.value * t0 + value * y.t0, y.value * t1 + value * y.t1, y.value * t2 + value * y.t2, y.value * t3 + value * y.t3,
                    y.value * t4 + value * y.t4, y.value * t5 + value * y.t5, y.value * t6 + value * y.t6, y.value * t7 + value * y.t7) : combineAbsorbing(z, y.value, y, value);
        }
        return that instanceof Real y ? times(y.value()) : Mixed.apply(Operations.TIMES, this, that);
    }

    @Override
    public Dual8 times(double that) {
        return chain(value * that, that);
    }

    @Override
    public Scalar div(Scalar that) {
        if (that instanceof Dual8 y && y.of == of) {
            double z = value / y.value;
            double r = 1 / y.value;
            return combine(z, r, y, -z / y.value);
        }
        return that instanceof Real y ? div(y.value()) : Mixed.apply(Operations.DIV, this, that);
    }

    @Override
    public Dual8 div(double that) {
        return chain(value / that, 1 / that);
    }

    @Override
    public Dual8 minusFrom(double left) {
        return chain(left - value, -1);
    }

    @Override
    public Dual8 divFrom(double left) {
        double z = left / value;
        return chain(z, -z / value);
    }

    @Override
    public Dual8 unaryMinus() {
        return new Dual8(
                of, -value,
                -t0, -t1, -t2, -t3,
                -t4, -t5, -t6, -t7);
    }

    @Override
    public Dual8 apply(Unary f) {
        double y = f.value(value);
        double d = f.first(value, y);
        return ignores(f, d) ? constant(y) : chain(y, d);
    }

    @Override
    public Scalar apply(Binary f, Scalar right) {
        if (right instanceof Dual8 y && y.of == of) {
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
    public Dual8 apply(Binary f, double right) {
        double z = f.value(value, right);
        double d = f.fx(value, right, z);
        return ignores(f, d) ? constant(z) : chain(z, d);
    }

    @Override
    public Dual8 applyRight(double left, Binary f) {
        double z = f.value(left, value);
        double d = f.fy(left, value, z);
        return ignores(f, d) ? constant(z) : chain(z, d);
    }

    @Override
    public Scalar apply(Nary f, Scalar[] x) {
        double[] v = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            if (!(x[i] instanceof Real) && !(x[i] instanceof Dual8 y && y.of == of)) {
                return Mixed.apply(f, x);
            }
            v[i] = x[i].value();
        }
        double z = f.value(v);
        double[] gradient = f.gradient(v, z);
        Dual8 sum = constant(z);
        for (int i = 0; i < x.length; i++) {
            if (x[i] instanceof Dual8 y) {
                double d = gradient[i];
                sum = ignores(f, d) ? sum : sum.combine(z, 1, y, d);
            }
        }
        return sum;
    }

    /** The value y, all tangents zero. */
    private Dual8 constant(double y) {
        return new Dual8(of, y, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** The value y with every tangent multiplied by d. */
    private Dual8 chain(double y, double d) {
        // What is rare stays out of line, so that the JIT compiler inlines this everywhere.
        return isFinite(d) && !Double.isNaN(y) ? new Dual8(
                of, y,
                d * t0, d * t1, d * t2, d * t3,
                d * t4, d * t5, d * t6, d * t7) : chainAbsorbing(y, d);
    }

    private Dual8 chainAbsorbing(double y, double d) {
        double e = Double.isNaN(y) ? Double.NaN : d;
        return new Dual8(
                of, y,
                absorb(e, t0), absorb(e, t1), absorb(e, t2), absorb(e, t3),
                absorb(e, t4), absorb(e, t5), absorb(e, t6), absorb(e, t7));
    }

    /** The value z with tangents fx · this + fy · y. */
    private Dual8 combine(double z, double fx, Dual8 y, double fy) {
        return isFinite(fx) && isFinite(fy) && !Double.isNaN(z) ? new Dual8(
                of, z,
                fx * t0 + fy * y.t0, fx * t1 + fy * y.t1, fx * t2 + fy * y.t2, fx * t3 + fy * y.t3,
                fx * t4 + fy * y.t4, fx * t5 + fy * y.t5, fx * t6 + fy * y.t6, fx * t7 + fy * y.t7) : combineAbsorbing(z, fx, y, fy);
    }

    private Dual8 combineAbsorbing(double z, double fx, Dual8 y, double fy) {
        double dx = Double.isNaN(z) ? Double.NaN : fx;
        double dy = Double.isNaN(z) ? Double.NaN : fy;
        return new Dual8(
                of, z,
                absorb(dx, t0) + absorb(dy, y.t0), absorb(dx, t1) + absorb(dy, y.t1), absorb(dx, t2) + absorb(dy, y.t2), absorb(dx, t3) + absorb(dy, y.t3),
                absorb(dx, t4) + absorb(dy, y.t4), absorb(dx, t5) + absorb(dy, y.t5), absorb(dx, t6) + absorb(dy, y.t6), absorb(dx, t7) + absorb(dy, y.t7));
    }

    @Override
    public String toString() {
        return Lanes.toString(this);
    }
}
