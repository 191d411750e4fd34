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
 * A hyper-dual number of 8 lanes; see {@link HyperDual}.
 *
 * @param of    the differentiation the derivatives belong to
 * @param value the value
 * @param a0    the tangent in lane 0
 * @param a1    the tangent in lane 1
 * @param a2    the tangent in lane 2
 * @param a3    the tangent in lane 3
 * @param a4    the tangent in lane 4
 * @param a5    the tangent in lane 5
 * @param a6    the tangent in lane 6
 * @param a7    the tangent in lane 7
 * @param b     the tangent along the second direction
 * @param ab0   the mixed second derivative in lane 0
 * @param ab1   the mixed second derivative in lane 1
 * @param ab2   the mixed second derivative in lane 2
 * @param ab3   the mixed second derivative in lane 3
 * @param ab4   the mixed second derivative in lane 4
 * @param ab5   the mixed second derivative in lane 5
 * @param ab6   the mixed second derivative in lane 6
 * @param ab7   the mixed second derivative in lane 7
 */
public record HyperDual8(
        Differentiation of, double value,
        double a0, double a1, double a2, double a3,
        double a4, double a5, double a6, double a7,
        double b,
        double ab0, double ab1, double ab2, double ab3,
        double ab4, double ab5, double ab6, double ab7)
        implements HyperDual {

    @Override
    public int lanes() {
        return 8;
    }

    @Override
    public double a(int lane) {
        return switch (lane) {
            case 0 -> a0;
            case 1 -> a1;
            case 2 -> a2;
            case 3 -> a3;
            case 4 -> a4;
            case 5 -> a5;
            case 6 -> a6;
            case 7 -> a7;
            default -> throw new IndexOutOfBoundsException("lane must be 0 to 7, but was " + lane);
        };
    }

    @Override
    public double ab(int lane) {
        return switch (lane) {
            case 0 -> ab0;
            case 1 -> ab1;
            case 2 -> ab2;
            case 3 -> ab3;
            case 4 -> ab4;
            case 5 -> ab5;
            case 6 -> ab6;
            case 7 -> ab7;
            default -> throw new IndexOutOfBoundsException("lane must be 0 to 7, but was " + lane);
        };
    }

    @Override
    public Scalar plus(Scalar that) {
        if (that instanceof HyperDual8 y && y.of == of) {
            double z = value + y.value;
            return isFinite(z) ? new HyperDual8(
                            of, z,
                            a0 + y.a0, a1 + y.a1, a2 + y.a2, a3 + y.a3,
                            a4 + y.a4, a5 + y.a5, a6 + y.a6, a7 + y.a7,
                            b + y.b,
                            ab0 + y.ab0, ab1 + y.ab1, ab2 + y.ab2, ab3 + y.ab3,
                            ab4 + y.ab4, ab5 + y.ab5, ab6 + y.ab6, ab7 + y.ab7)
                    : combineAbsorbing(z, 1, 0, y, 1, 0);
        }
        return that instanceof Real y ? plus(y.value()) : Mixed.apply(Operations.PLUS, this, that);
    }

    @Override
    public HyperDual8 plus(double that) {
        return chain(value + that, 1, 0);
    }

    @Override
    public Scalar minus(Scalar that) {
        if (that instanceof HyperDual8 y && y.of == of) {
            double z = value - y.value;
            return isFinite(z) ? new HyperDual8(
                            of, z,
                            a0 - y.a0, a1 - y.a1, a2 - y.a2, a3 - y.a3,
                            a4 - y.a4, a5 - y.a5, a6 - y.a6, a7 - y.a7,
                            b - y.b,
                            ab0 - y.ab0, ab1 - y.ab1, ab2 - y.ab2, ab3 - y.ab3,
                            ab4 - y.ab4, ab5 - y.ab5, ab6 - y.ab6, ab7 - y.ab7)
                    : combineAbsorbing(z, 1, 0, y, -1, 0);
        }
        return that instanceof Real y ? minus(y.value()) : Mixed.apply(Operations.MINUS, this, that);
    }

    @Override
    public HyperDual8 minus(double that) {
        return chain(value - that, 1, 0);
    }

    @Override
    public Scalar times(Scalar that) {
        if (that instanceof HyperDual8 y && y.of == of) {
            return combine(value * y.value, y.value, y.b, y, value, b);
        }
        return that instanceof Real y ? times(y.value()) : Mixed.apply(Operations.TIMES, this, that);
    }

    @Override
    public HyperDual8 times(double that) {
        return chain(value * that, that, 0);
    }

    @Override
    public Scalar div(Scalar that) {
        if (that instanceof HyperDual8 y && y.of == of) {
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
    public HyperDual8 div(double that) {
        return chain(value / that, 1 / that, 0);
    }

    @Override
    public HyperDual8 minusFrom(double left) {
        return chain(left - value, -1, 0);
    }

    @Override
    public HyperDual8 divFrom(double left) {
        double z = left / value;
        return chain(z, -z / value, absorb(2 * z / value / value, b));
    }

    @Override
    public HyperDual8 unaryMinus() {
        return new HyperDual8(
                of, -value,
                -a0, -a1, -a2, -a3,
                -a4, -a5, -a6, -a7,
                -b,
                -ab0, -ab1, -ab2, -ab3,
                -ab4, -ab5, -ab6, -ab7);
    }

    @Override
    public HyperDual8 apply(Unary f) {
        double y = f.value(value);
        double d = f.first(value, y);
        return ignores(f, d) ? constant(y) : chain(y, d, absorb(f.second(value, y, d), b));
    }

    @Override
    public Scalar apply(Binary f, Scalar right) {
        if (right instanceof HyperDual8 y && y.of == of) {
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
    public HyperDual8 apply(Binary f, double right) {
        double z = f.value(value, right);
        double d = f.fx(value, right, z);
        return ignores(f, d) ? constant(z) : chain(z, d, absorb(f.fxx(value, right, z), b));
    }

    @Override
    public HyperDual8 applyRight(double left, Binary f) {
        double z = f.value(left, value);
        double d = f.fy(left, value, z);
        return ignores(f, d) ? constant(z) : chain(z, d, absorb(f.fyy(left, value, z), b));
    }

    @Override
    public Scalar apply(Nary f, Scalar[] x) {
        double[] v = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            if (!(x[i] instanceof Real) && !(x[i] instanceof HyperDual8 y && y.of == of)) {
                return Mixed.apply(f, x);
            }
            v[i] = x[i].value();
        }
        double z = f.value(v);
        double[] gradient = f.gradient(v, z);
        double[] along = Lanes.along(f, x, v, z);
        HyperDual8 sum = constant(z);
        for (int i = 0; i < x.length; i++) {
            if (x[i] instanceof HyperDual8 y) {
                double d = gradient[i];
                if (!ignores(f, d)) {
                    sum = sum.combine(z, 1, 0, y, d, along[i]);
                }
            }
        }
        return sum;
    }

    /** The value y, all derivatives zero. */
    private HyperDual8 constant(double y) {
        return new HyperDual8(of, y, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** The value y of a function with first derivative d, which itself has the tangent p along b. */
    private HyperDual8 chain(double y, double d, double p) {
        if (isFinite(d) && !Double.isNaN(y)) {
            HyperDual8 z = new HyperDual8(
                    of, y,
                    d * a0, d * a1, d * a2, d * a3,
                    d * a4, d * a5, d * a6, d * a7,
                    d * b,
                    d * ab0 + p * a0, d * ab1 + p * a1,
                    d * ab2 + p * a2, d * ab3 + p * a3,
                    d * ab4 + p * a4, d * ab5 + p * a5,
                    d * ab6 + p * a6, d * ab7 + p * a7);
            if (z.hasMixed()) {
                return z;
            }
        }
        return chainAbsorbing(y, d, p);
    }

    private HyperDual8 chainAbsorbing(double y, double d, double p) {
        boolean undefined = Double.isNaN(y);
        double e = undefined ? Double.NaN : d;
        double s = undefined ? absorb(Double.NaN, b) : p;
        return new HyperDual8(
                of, y,
                absorb(e, a0), absorb(e, a1), absorb(e, a2), absorb(e, a3),
                absorb(e, a4), absorb(e, a5), absorb(e, a6), absorb(e, a7),
                absorb(e, b),
                absorb(e, ab0) + cross(s, a0), absorb(e, ab1) + cross(s, a1),
                absorb(e, ab2) + cross(s, a2), absorb(e, ab3) + cross(s, a3),
                absorb(e, ab4) + cross(s, a4), absorb(e, ab5) + cross(s, a5),
                absorb(e, ab6) + cross(s, a6), absorb(e, ab7) + cross(s, a7));
    }

    /** The value z of a function of this and y, whose first partial derivatives fx and fy have tangents p and q along b. */
    private HyperDual8 combine(double z, double fx, double p, HyperDual8 y, double fy, double q) {
        if (isFinite(fx) && isFinite(fy) && !Double.isNaN(z)) {
            HyperDual8 w = new HyperDual8(
                    of, z,
                    fx * a0 + fy * y.a0, fx * a1 + fy * y.a1,
                    fx * a2 + fy * y.a2, fx * a3 + fy * y.a3,
                    fx * a4 + fy * y.a4, fx * a5 + fy * y.a5,
                    fx * a6 + fy * y.a6, fx * a7 + fy * y.a7,
                    fx * b + fy * y.b,
                    fx * ab0 + fy * y.ab0 + p * a0 + q * y.a0,
                    fx * ab1 + fy * y.ab1 + p * a1 + q * y.a1,
                    fx * ab2 + fy * y.ab2 + p * a2 + q * y.a2,
                    fx * ab3 + fy * y.ab3 + p * a3 + q * y.a3,
                    fx * ab4 + fy * y.ab4 + p * a4 + q * y.a4,
                    fx * ab5 + fy * y.ab5 + p * a5 + q * y.a5,
                    fx * ab6 + fy * y.ab6 + p * a6 + q * y.a6,
                    fx * ab7 + fy * y.ab7 + p * a7 + q * y.a7);
            if (w.hasMixed()) {
                return w;
            }
        }
        // What is rare stays out of line, so that the JIT compiler inlines this everywhere.
        return combineAbsorbing(z, fx, p, y, fy, q);
    }

    private HyperDual8 combineAbsorbing(double z, double fx, double p, HyperDual8 y, double fy, double q) {
        boolean undefined = Double.isNaN(z);
        double dx = undefined ? Double.NaN : fx;
        double dy = undefined ? Double.NaN : fy;
        double s = undefined ? absorb(Double.NaN, b) + absorb(Double.NaN, y.b) : p;
        double t = undefined ? s : q;
        return new HyperDual8(
                of, z,
                absorb(dx, a0) + absorb(dy, y.a0), absorb(dx, a1) + absorb(dy, y.a1),
                absorb(dx, a2) + absorb(dy, y.a2), absorb(dx, a3) + absorb(dy, y.a3),
                absorb(dx, a4) + absorb(dy, y.a4), absorb(dx, a5) + absorb(dy, y.a5),
                absorb(dx, a6) + absorb(dy, y.a6), absorb(dx, a7) + absorb(dy, y.a7),
                absorb(dx, b) + absorb(dy, y.b),
                absorb(dx, ab0) + absorb(dy, y.ab0) + cross(s, a0) + cross(t, y.a0),
                absorb(dx, ab1) + absorb(dy, y.ab1) + cross(s, a1) + cross(t, y.a1),
                absorb(dx, ab2) + absorb(dy, y.ab2) + cross(s, a2) + cross(t, y.a2),
                absorb(dx, ab3) + absorb(dy, y.ab3) + cross(s, a3) + cross(t, y.a3),
                absorb(dx, ab4) + absorb(dy, y.ab4) + cross(s, a4) + cross(t, y.a4),
                absorb(dx, ab5) + absorb(dy, y.ab5) + cross(s, a5) + cross(t, y.a5),
                absorb(dx, ab6) + absorb(dy, y.ab6) + cross(s, a6) + cross(t, y.a6),
                absorb(dx, ab7) + absorb(dy, y.ab7) + cross(s, a7) + cross(t, y.a7));
    }

    /** Whether no mixed derivative is NaN: then no zero met an infinity, and nothing had to be absorbed. */
    private boolean hasMixed() {
        return !Double.isNaN(ab0 + ab1 + ab2 + ab3 + ab4 + ab5 + ab6 + ab7);
    }

    @Override
    public String toString() {
        return Lanes.toString(this);
    }
}
