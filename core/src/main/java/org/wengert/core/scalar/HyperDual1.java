package org.wengert.core.scalar;

import static org.wengert.core.scalar.Lanes.absorb;
import static org.wengert.core.scalar.Lanes.cross;
import static org.wengert.core.scalar.Lanes.ignores;
import static org.wengert.core.scalar.Lanes.isFinite;

import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Unary;

/**
 * A hyper-dual number of 1 lane; see {@link HyperDual}.
 *
 * @param of    the differentiation the derivatives belong to
 * @param value the value
 * @param a0    the tangent in lane 0
 * @param b     the tangent along the second direction
 * @param ab0   the mixed second derivative in lane 0
 */
public record HyperDual1(
        Differentiation of, double value,
        double a0,
        double b,
        double ab0)
        implements HyperDual {

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public double a(int lane) {
        return switch (lane) {
            case 0 -> a0;
            default -> throw new IndexOutOfBoundsException("lane must be 0 to 0, but was " + lane);
        };
    }

    @Override
    public double ab(int lane) {
        return switch (lane) {
            case 0 -> ab0;
            default -> throw new IndexOutOfBoundsException("lane must be 0 to 0, but was " + lane);
        };
    }

    @Override
    public Scalar plus(Scalar that) {
        if (that instanceof HyperDual1 y && y.of == of) {
            double z = value + y.value;
            return isFinite(z) ? new HyperDual1(
                            of, z,
                            a0 + y.a0,
                            b + y.b,
                            ab0 + y.ab0)
                    : combineAbsorbing(z, 1, 0, y, 1, 0);
        }
        return that instanceof Real y ? plus(y.value()) : Mixed.apply(Operations.PLUS, this, that);
    }

    @Override
    public HyperDual1 plus(double that) {
        return chain(value + that, 1, 0);
    }

    @Override
    public Scalar minus(Scalar that) {
        if (that instanceof HyperDual1 y && y.of == of) {
            double z = value - y.value;
            return isFinite(z) ? new HyperDual1(
                            of, z,
                            a0 - y.a0,
                            b - y.b,
                            ab0 - y.ab0)
                    : combineAbsorbing(z, 1, 0, y, -1, 0);
        }
        return that instanceof Real y ? minus(y.value()) : Mixed.apply(Operations.MINUS, this, that);
    }

    @Override
    public HyperDual1 minus(double that) {
        return chain(value - that, 1, 0);
    }

    @Override
    public Scalar times(Scalar that) {
        if (that instanceof HyperDual1 y && y.of == of) {
            return combine(value * y.value, y.value, y.b, y, value, b);
        }
        return that instanceof Real y ? times(y.value()) : Mixed.apply(Operations.TIMES, this, that);
    }

    @Override
    public HyperDual1 times(double that) {
        return chain(value * that, that, 0);
    }

    @Override
    public Scalar div(Scalar that) {
        if (that instanceof HyperDual1 y && y.of == of) {
            double z = value / y.value;
            double r = 1 / y.value;
            double fxy = -r / y.value;
            double fyy = 2 * z / y.value / y.value;
            double q = absorb(fxy, b) + absorb(fyy, y.b);
            return combine(z, r, absorb(fxy, y.b), y, -z / y.value, q);
        }
        return that instanceof Real y ? div(y.value()) : Mixed.apply(Operations.DIV, this, that);
    }

    @Override
    public HyperDual1 div(double that) {
        return chain(value / that, 1 / that, 0);
    }

    @Override
    public HyperDual1 minusFrom(double left) {
        return chain(left - value, -1, 0);
    }

    @Override
    public HyperDual1 divFrom(double left) {
        double z = left / value;
        return chain(z, -z / value, absorb(2 * z / value / value, b));
    }

    @Override
    public HyperDual1 unaryMinus() {
        return new HyperDual1(
                of, -value,
                -a0,
                -b,
                -ab0);
    }

    @Override
    public HyperDual1 apply(Unary f) {
        double y = f.value(value);
        double d = f.first(value, y);
        return ignores(f, d) ? constant(y) : chain(y, d, absorb(f.second(value, y, d), b));
    }

    @Override
    public Scalar apply(Binary f, Scalar right) {
        if (right instanceof HyperDual1 y && y.of == of) {
            double u = value;
            double v = y.value;
            double z = f.value(u, v);
            double fx = f.fx(u, v, z);
            double fy = f.fy(u, v, z);
            if (ignores(f, fx)) {
                return ignores(f, fy) ? constant(z) : y.chain(z, fy, absorb(f.fyy(u, v, z), y.b));
            }
            if (ignores(f, fy)) {
                return chain(z, fx, absorb(f.fxx(u, v, z), b));
            }
            double fxy = f.fxy(u, v, z);
            double p = absorb(f.fxx(u, v, z), b) + absorb(fxy, y.b);
            double q = absorb(fxy, b) + absorb(f.fyy(u, v, z), y.b);
            return combine(z, fx, p, y, fy, q);
        }
        return right instanceof Real y ? apply(f, y.value()) : Mixed.apply(f, this, right);
    }

    @Override
    public HyperDual1 apply(Binary f, double right) {
        double z = f.value(value, right);
        double d = f.fx(value, right, z);
        return ignores(f, d) ? constant(z) : chain(z, d, absorb(f.fxx(value, right, z), b));
    }

    @Override
    public HyperDual1 applyRight(double left, Binary f) {
        double z = f.value(left, value);
        double d = f.fy(left, value, z);
        return ignores(f, d) ? constant(z) : chain(z, d, absorb(f.fyy(left, value, z), b));
    }

    @Override
    public Scalar apply(Nary f, Scalar[] x) {
        double[] v = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            if (!(x[i] instanceof Real) && !(x[i] instanceof HyperDual1 y && y.of == of)) {
                return Mixed.apply(f, x);
            }
            v[i] = x[i].value();
        }
        double z = f.value(v);
        double[] gradient = f.gradient(v, z);
        double[] along = Lanes.along(f, x, v, z);
        HyperDual1 sum = constant(z);
        for (int i = 0; i < x.length; i++) {
            if (x[i] instanceof HyperDual1 y) {
                double d = gradient[i];
                if (!ignores(f, d)) {
                    sum = sum.combine(z, 1, 0, y, d, along[i]);
                }
            }
        }
        return sum;
    }

    /** The value y, all derivatives zero. */
    private HyperDual1 constant(double y) {
        return new HyperDual1(of, y, 0, 0, 0);
    }

    /** The value y of a function with first derivative d, which itself has the tangent p along b. */
    private HyperDual1 chain(double y, double d, double p) {
        if (isFinite(d) && !Double.isNaN(y)) {
            HyperDual1 z = new HyperDual1(
                    of, y,
                    d * a0,
                    d * b,
                    d * ab0 + p * a0);
            if (z.hasMixed()) {
                return z;
            }
        }
        return chainAbsorbing(y, d, p);
    }

    private HyperDual1 chainAbsorbing(double y, double d, double p) {
        boolean undefined = Double.isNaN(y);
        double e = undefined ? Double.NaN : d;
        double s = undefined ? absorb(Double.NaN, b) : p;
        return new HyperDual1(
                of, y,
                absorb(e, a0),
                absorb(e, b),
                absorb(e, ab0) + cross(s, a0));
    }

    /** The value z of a function of this and y, whose first partial derivatives fx and fy have tangents p and q along b. */
    private HyperDual1 combine(double z, double fx, double p, HyperDual1 y, double fy, double q) {
        if (isFinite(fx) && isFinite(fy) && !Double.isNaN(z)) {
            HyperDual1 w = new HyperDual1(
                    of, z,
                    fx * a0 + fy * y.a0,
                    fx * b + fy * y.b,
                    fx * ab0 + fy * y.ab0 + p * a0 + q * y.a0);
            if (w.hasMixed()) {
                return w;
            }
        }
        // What is rare stays out of line, so that the JIT compiler inlines this everywhere.
        return combineAbsorbing(z, fx, p, y, fy, q);
    }

    private HyperDual1 combineAbsorbing(double z, double fx, double p, HyperDual1 y, double fy, double q) {
        boolean undefined = Double.isNaN(z);
        double dx = undefined ? Double.NaN : fx;
        double dy = undefined ? Double.NaN : fy;
        double s = undefined ? absorb(Double.NaN, b) + absorb(Double.NaN, y.b) : p;
        double t = undefined ? s : q;
        return new HyperDual1(
                of, z,
                absorb(dx, a0) + absorb(dy, y.a0),
                absorb(dx, b) + absorb(dy, y.b),
                absorb(dx, ab0) + absorb(dy, y.ab0) + cross(s, a0) + cross(t, y.a0));
    }

    /** Whether no mixed derivative is NaN: then no zero met an infinity, and nothing had to be absorbed. */
    private boolean hasMixed() {
        return !Double.isNaN(ab0);
    }

    @Override
    public String toString() {
        return Lanes.toString(this);
    }
}
