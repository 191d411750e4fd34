package org.wengert.core.scalar;

import java.util.List;
import org.wengert.core.elementary.Arithmetic;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

/**
 * The arithmetic of {@link Scalar}: with it a formula is evaluated in whatever kind of number its arguments
 * are, and so differentiated. Stateless.
 */
public final class ScalarArithmetic implements Arithmetic<Scalar> {

    /** The only one that is needed. */
    public static final ScalarArithmetic INSTANCE = new ScalarArithmetic();

    private ScalarArithmetic() {}

    @Override
    public Scalar constant(double c) {
        return new Real(c);
    }

    @Override
    public Scalar apply(Unary f, Scalar x) {
        return x.apply(f);
    }

    @Override
    public Scalar apply(Binary f, Scalar x, Scalar y) {
        return x.apply(f, y);
    }

    @Override
    public Scalar apply(Nary f, List<Scalar> x) {
        return x.getFirst().apply(f, x.toArray(Scalar[]::new));
    }
}
