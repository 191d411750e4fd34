package org.wengert.core.elementary;

/** Lambert's W, the inverse of y eʸ. */
public final class LambertFunction {

    /** e in two parts. */
    private static final double E = Math.E;
    private static final double E_LOW = 1.4456468917292502e-16;

    /** W₀(x) ≥ -1 for x ≥ -1/e, the principal branch. */
    public static final Unary LAMBERT_W0 = new Unary(
            "lambertW0", LambertFunction::w0,
            LambertFunction::first,
            (x, y, d) -> x == Double.POSITIVE_INFINITY ? -0.0 : -d * d * (2 + y) / onePlus(x, y),
            "select(x-1,y/x,exp(-y))/(1+y)",
            new Notes(Family.SPECIAL, "y with y*exp(y) = x, y >= -1", 3, 5, 10,
                    "+Inf slope at -1/e, NaN below; the formula of the derivative loses 1/(1+y) ulp next to it",
                    "F. N. Fritsch, R. E. Shafer, W. P. Crowley, CACM 16 (1973)"));

    private LambertFunction() {}

    private static double first(double x, double y) {
        double q = onePlus(x, y);
        // e^(-y) = y/x, which does not suffer from the rounding of a large y.
        return q == 0 ? Double.POSITIVE_INFINITY
                : x == Double.POSITIVE_INFINITY ? 0 : (Math.abs(x) > 1 ? y / x : Math.exp(-y)) / q;
    }

    /** 1 + W₀(x), exact also where W₀ is nearly -1. */
    private static double onePlus(double x, double y) {
        return x < -0.25 ? aboveBranchPoint(x) : 1 + y;
    }

    private static double w0(double x) {
        if (x < -0.25) {
            double q = aboveBranchPoint(x);
            return q - 1;
        }
        if (x == 0 || x == Double.POSITIVE_INFINITY || Double.isNaN(x)) {
            return x;
        }
        double w = x < 3 ? x / (1 + x * (x < 0 ? 1.2 : 0.6)) : Math.log(x) - Math.log(Math.log(x));
        for (int i = 0; i < 4; i++) {
            // Fritsch's iteration on ln(x/w) - w = 0, of fourth order
            double z = Math.log(x / w) - w;
            double q = 2 * (1 + w) * (1 + w + 2 * z / 3);
            double e = z / (1 + w) * ((q - z) / (q - 2 * z));
            w *= 1 + e;
            if (Math.abs(e) < 1e-5) {
                break; // the next error is the fourth power
            }
        }
        return w;
    }

    /** q = 1 + W₀(x) for x next to -1/e, from 1 + (q - 1) e^q = s with s = 1 + e x; NaN below -1/e. */
    private static double aboveBranchPoint(double x) {
        double s = Math.fma(E, x, 1) + E_LOW * x;
        if (!(s > 0)) {
            return s > -0x1p-54 ? 0 : Double.NaN; // -1/e itself is rounded to the far side
        }
        double p = Math.sqrt(2 * s);
        double q = p * (1 - p * (1 / 3.0 - p * (11 / 72.0 - p * (43 / 540.0))));
        for (int i = 0; i < 6; i++) {
            double step = (branch(q) - s) / (q * Math.exp(q));
            q -= step;
            if (Math.abs(step) < 0x1p-54 * q) {
                break;
            }
        }
        return q;
    }

    /** 1 + (q - 1) e^q = Σ (k-1) qᵏ/k!, k from 2 on, without cancellation. */
    private static double branch(double q) {
        double power = q * q / 2;
        double sum = 0;
        for (int k = 2; power > 0x1p-60 * sum; k++) {
            sum += (k - 1) * power;
            power *= q / (k + 1);
        }
        return sum;
    }
}
