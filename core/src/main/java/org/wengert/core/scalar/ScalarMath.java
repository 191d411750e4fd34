package org.wengert.core.scalar;

import org.wengert.core.elementary.Exponentials;
import org.wengert.core.elementary.Trigonometry;

/**
 * The elementary functions on {@link Scalar}, for static import. Functions of doubles only are not here:
 * {@link Math} has them.
 */
public final class ScalarMath {

    private ScalarMath() {}

    /** x + y, the constant on the left. */
    public static Scalar plus(double x, Scalar y) {
        return y.plus(x);
    }

    /** x - y, the constant on the left. */
    public static Scalar minus(double x, Scalar y) {
        return y.minusFrom(x);
    }

    /** x · y, the constant on the left. */
    public static Scalar times(double x, Scalar y) {
        return y.times(x);
    }

    /** x / y, the constant on the left. */
    public static Scalar div(double x, Scalar y) {
        return y.divFrom(x);
    }

    /** eˣ. */
    public static Scalar exp(Scalar x) {
        return x.apply(Exponentials.EXP);
    }

    /** ln x. */
    public static Scalar log(Scalar x) {
        return x.apply(Exponentials.LOG);
    }

    /** sin x, x in radians. */
    public static Scalar sin(Scalar x) {
        return x.apply(Trigonometry.SIN);
    }

    /** cos x, x in radians. */
    public static Scalar cos(Scalar x) {
        return x.apply(Trigonometry.COS);
    }
}
