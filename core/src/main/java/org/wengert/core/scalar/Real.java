package org.wengert.core.scalar;

import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

/**
 * A plain number without derivatives: a constant of every differentiation.
 *
 * @param value the value
 */
public record Real(double value) implements Scalar {

    /** Zero. */
    public static final Real ZERO = new Real(0);

    /** One. */
    public static final Real ONE = new Real(1);

    @Override
    public boolean isConstant() {
        return true;
    }

    @Override
    public int order() {
        return 0;
    }

    @Override
    public Scalar plus(Scalar that) {
        return that instanceof Real r ? new Real(value + r.value) : that.plus(value);
    }

    @Override
    public Real plus(double that) {
        return new Real(value + that);
    }

    @Override
    public Scalar minus(Scalar that) {
        return that instanceof Real r ? new Real(value - r.value) : that.minusFrom(value);
    }

    @Override
    public Real minus(double that) {
        return new Real(value - that);
    }

    @Override
    public Scalar times(Scalar that) {
        return that instanceof Real r ? new Real(value * r.value) : that.times(value);
    }

    @Override
    public Real times(double that) {
        return new Real(value * that);
    }

    @Override
    public Scalar div(Scalar that) {
        return that instanceof Real r ? new Real(value / r.value) : that.divFrom(value);
    }

    @Override
    public Real div(double that) {
        return new Real(value / that);
    }

    @Override
    public Real minusFrom(double left) {
        return new Real(left - value);
    }

    @Override
    public Real divFrom(double left) {
        return new Real(left / value);
    }

    @Override
    public Real unaryMinus() {
        return new Real(-value);
    }

    @Override
    public Real apply(Unary f) {
        return new Real(f.value(value));
    }

    @Override
    public Scalar apply(Binary f, Scalar right) {
        return right instanceof Real r ? new Real(f.value(value, r.value)) : right.applyRight(value, f);
    }

    @Override
    public Real apply(Binary f, double right) {
        return new Real(f.value(value, right));
    }

    @Override
    public Real applyRight(double left, Binary f) {
        return new Real(f.value(left, value));
    }

    @Override
    public Scalar apply(Nary f, Scalar[] x) {
        double[] v = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            if (!(x[i] instanceof Real r)) {
                return x[i].apply(f, x);
            }
            v[i] = r.value;
        }
        return new Real(f.value(v));
    }

    @Override
    public String toString() {
        return Double.toString(value);
    }
}
