package org.wengert.testkit.numeric;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.apache.commons.numbers.core.DD;

/**
 * Elementary functions of double-double numbers: two doubles whose sum is the number, 106 bits together.
 *
 * <p>Results are right to a relative error of about 10⁻³⁰ (10⁻²⁸ for powers and exponentials of large arguments), where
 * neither they nor what they are made from leave the range 10⁻²⁷⁰ to 10²⁹⁰. Outside, the lower double has no room and
 * accuracy falls to that of a double. Infinities and NaN come out as the double functions have them.
 *
 * <p>Methods: argument reduction and Taylor series for the exponential and the sine, one step of Halley's or Newton's
 * iteration from the double result for their inverses. Sources: Y. Hida, X. S. Li and D. H. Bailey, "Algorithms for
 * quad-double precision floating point arithmetic", ARITH-15 (2001); J.-M. Muller, "Elementary Functions", 3rd ed. (2016).
 */
final class DoubleDouble {

    private static final MathContext DIGITS = new MathContext(420, RoundingMode.HALF_EVEN);

    /** π to 400 digits: enough to reduce the largest double. */
    private static final BigDecimal LONG_PI = machin();

    static final DD PI = DD.from(LONG_PI);
    static final DD HALF_PI = PI.scalb(-1);
    static final DD LN_2 = DD.from(new BigDecimal("0.69314718055994530941723212145817656807550013436025525412068"));
    static final DD LN_10 = DD.from(new BigDecimal("2.30258509299404568401799145468436420760110148862877297603333"));

    private static final int TERMS = 32;
    /** 1/n!. */
    private static final DD[] INVERSE_FACTORIAL = inverseFactorials();

    /** π/2 in three doubles. */
    private static final double HALF_PI_1 = HALF_PI.hi();
    private static final double HALF_PI_2 = HALF_PI.lo();
    private static final double HALF_PI_3 = LONG_PI.divide(BigDecimal.valueOf(2), DIGITS)
            .subtract(new BigDecimal(HALF_PI_1)).subtract(new BigDecimal(HALF_PI_2)).doubleValue();

    /** Beyond, arguments are reduced in decimal arithmetic. */
    private static final double LARGE_ANGLE = 1e5;

    private DoubleDouble() {}

    /** J. Machin, 1706: π = 16 arctan(1/5) - 4 arctan(1/239). */
    private static BigDecimal machin() {
        return inverseArctan(5).multiply(BigDecimal.valueOf(16)).subtract(inverseArctan(239).multiply(BigDecimal.valueOf(4)));
    }

    private static BigDecimal inverseArctan(int n) {
        BigDecimal square = BigDecimal.valueOf((long) n * n);
        BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(n), DIGITS);
        BigDecimal sum = power;
        for (int k = 3; power.signum() != 0 && power.precision() - power.scale() > -DIGITS.getPrecision(); k += 2) {
            power = power.divide(square, DIGITS).negate();
            sum = sum.add(power.divide(BigDecimal.valueOf(k), DIGITS));
        }
        return sum;
    }

    private static DD[] inverseFactorials() {
        DD[] inverse = new DD[TERMS];
        inverse[0] = DD.ONE;
        for (int n = 1; n < TERMS; n++) {
            inverse[n] = inverse[n - 1].divide(n);
        }
        return inverse;
    }

    /** Whether the number has a value that can be computed with. */
    static boolean isFinite(DD x) {
        return Math.abs(x.hi()) <= Double.MAX_VALUE;
    }

    /** The number, without a lower part that is the debris of an overflow. */
    static DD tidy(DD x) {
        return Double.isNaN(x.lo()) || !isFinite(x) ? DD.of(x.hi()) : x;
    }

    static int sign(DD x) {
        return (int) Math.signum(x.hi() == 0 ? x.lo() : x.hi());
    }

    static int compare(DD x, DD y) {
        return x.hi() != y.hi() ? Double.compare(x.hi(), y.hi()) : Double.compare(x.lo() + 0.0, y.lo() + 0.0);
    }

    static DD rint(DD x) {
        DD floor = x.floor();
        DD rest = x.subtract(floor);
        int against = compare(rest, DD.of(0.5));
        boolean even = Math.IEEEremainder(floor.hi(), 2) + Math.IEEEremainder(floor.lo(), 2) == 0
                || Math.abs(Math.IEEEremainder(floor.hi(), 2) + Math.IEEEremainder(floor.lo(), 2)) == 2;
        return against < 0 || against == 0 && even ? floor : floor.add(1);
    }

    // ---- exponentials --------------------------------------------------------------------------------

    static DD exp(DD x) {
        double k = Math.rint(x.hi() / LN_2.hi());
        if (!(Math.abs(x.hi()) < 745)) {
            return DD.of(Math.exp(x.hi()));
        }
        DD e = expm1Reduced(x.subtract(LN_2.multiply(k))).add(1);
        int half = (int) k / 2;
        return tidy(e.scalb(half).scalb((int) k - half));
    }

    static DD expm1(DD x) {
        double k = Math.rint(x.hi() / LN_2.hi());
        return k == 0 ? expm1Reduced(x) : !isFinite(x) ? DD.of(Math.expm1(x.hi())) : exp(x).subtract(1);
    }

    /** eˣ - 1 for |x| ≤ ln 2: e²ʳ - 1 = e(e + 2) with e = eʳ - 1, nine times. */
    private static DD expm1Reduced(DD x) {
        DD r = x.scalb(-9);
        DD sum = INVERSE_FACTORIAL[11];
        for (int n = 10; n >= 1; n--) {
            sum = sum.multiply(r).add(INVERSE_FACTORIAL[n]);
        }
        DD e = sum.multiply(r);
        for (int i = 0; i < 9; i++) {
            e = e.multiply(e.add(2));
        }
        return e;
    }

    static DD log(DD x) {
        if (!(x.hi() > 0) || !isFinite(x)) {
            return DD.of(Math.log(x.hi()));
        }
        if (x.hi() > 0.5 && x.hi() < 2) {
            return log1p(x.subtract(1));
        }
        int[] exponent = new int[1];
        DD m = x.frexp(exponent);
        return log1p(m.subtract(1)).add(LN_2.multiply((double) exponent[0]));
    }

    /** Halley's step for e^y - 1 = x from the double y. */
    static DD log1p(DD x) {
        double y = Math.log1p(x.hi());
        if (!(Math.abs(y) <= Double.MAX_VALUE) || y == 0) {
            return y == 0 ? x : DD.of(y);
        }
        if (Math.abs(x.hi()) < 0x1p-60) {
            return x.subtract(x.square().scalb(-1));
        }
        DD e = expm1(DD.of(y));
        DD numerator = x.subtract(e);
        DD denominator = x.add(e).add(2);
        return numerator.divide(denominator).scalb(1).add(y);
    }

    /** xʸ: by products for whole exponents of moderate size, else e^(y ln x). */
    static DD pow(DD x, DD y) {
        double plain = Math.pow(x.hi(), y.hi());
        if (!(Math.abs(plain) <= Double.MAX_VALUE) || plain == 0 || x.hi() == 0 || y.hi() == 0) {
            return DD.of(plain);
        }
        boolean whole = y.lo() == 0 && y.hi() == Math.rint(y.hi());
        if (whole && Math.abs(y.hi()) <= 64) {
            return tidy(x.pow((int) y.hi()));
        }
        if (x.hi() < 0 && !whole) {
            return DD.of(Double.NaN);
        }
        DD power = exp(log(x.abs()).multiply(y));
        return plain < 0 ? power.negate() : power;
    }

    static DD sqrt(DD x) {
        return x.hi() > 0 && isFinite(x) ? x.sqrt() : DD.of(Math.sqrt(x.hi()));
    }

    /** One and a half steps of Newton's iteration from the double root. */
    static DD cbrt(DD x) {
        double y0 = Math.cbrt(x.hi());
        if (x.hi() == 0 || !isFinite(x)) {
            return DD.of(y0);
        }
        DD y = DD.of(y0);
        for (int i = 0; i < 2; i++) {
            DD square = y.square();
            y = y.subtract(square.multiply(y).subtract(x).divide(square.multiply(3.0)));
        }
        return y;
    }

    /** Two of Halley's steps for w eʷ = x from a double w. */
    static DD lambertW(DD x, double start) {
        DD w = DD.of(start);
        if (!isFinite(w) || start == 0) {
            return start == 0 ? x : w;
        }
        for (int i = 0; i < 2; i++) {
            DD e = exp(w);
            DD difference = w.multiply(e).subtract(x);
            DD above = w.add(1);
            DD curvature = w.add(2).multiply(difference).divide(above.scalb(1));
            w = w.subtract(difference.divide(e.multiply(above).subtract(curvature)));
        }
        return w;
    }

    // ---- trigonometric functions ---------------------------------------------------------------------

    /** sin x and cos x. */
    static DD[] sinCos(DD x) {
        if (!isFinite(x)) {
            return new DD[] {DD.of(Double.NaN), DD.of(Double.NaN)};
        }
        long quadrant;
        DD r;
        if (Math.abs(x.hi()) < LARGE_ANGLE) {
            double q = Math.rint(x.hi() / HALF_PI_1);
            quadrant = (long) q;
            r = x.subtract(DD.ofProduct(q, HALF_PI_1)).subtract(DD.ofProduct(q, HALF_PI_2)).subtract(q * HALF_PI_3);
        } else {
            BigDecimal half = LONG_PI.divide(BigDecimal.valueOf(2), DIGITS);
            BigDecimal exact = new BigDecimal(x.hi()).add(new BigDecimal(x.lo()));
            BigDecimal q = exact.divide(half, DIGITS).setScale(0, RoundingMode.HALF_EVEN);
            quadrant = q.toBigInteger().mod(java.math.BigInteger.valueOf(4)).longValue();
            r = DD.from(exact.subtract(q.multiply(half)));
        }
        return quarterTurns(sinCosReduced(r), quadrant);
    }

    private static DD[] quarterTurns(DD[] sinCos, long quadrant) {
        DD s = sinCos[0];
        DD c = sinCos[1];
        return switch ((int) Math.floorMod(quadrant, 4L)) {
            case 0 -> new DD[] {s, c};
            case 1 -> new DD[] {c, s.negate()};
            case 2 -> new DD[] {s.negate(), c.negate()};
            default -> new DD[] {c.negate(), s};
        };
    }

    private static DD[] sinCosReduced(DD r) {
        DD square = r.square();
        DD s = INVERSE_FACTORIAL[29];
        DD c = INVERSE_FACTORIAL[28];
        for (int n = 27; n >= 1; n -= 2) {
            s = INVERSE_FACTORIAL[n].subtract(s.multiply(square));
            c = INVERSE_FACTORIAL[n - 1].subtract(c.multiply(square));
        }
        return new DD[] {s.multiply(r), c};
    }

    static DD sinPi(DD x) {
        return sinCosPi(x)[0];
    }

    static DD cosPi(DD x) {
        return sinCosPi(x)[1];
    }

    private static DD[] sinCosPi(DD x) {
        if (!isFinite(x)) {
            return new DD[] {DD.of(Double.NaN), DD.of(Double.NaN)};
        }
        DD r = x.subtract(rint(x.scalb(-1)).scalb(1));
        double q = Math.rint(2 * r.hi());
        return quarterTurns(sinCosReduced(r.subtract(q / 2).multiply(PI)), (long) q);
    }

    static DD tan(DD x) {
        DD[] sinCos = sinCos(x);
        return sinCos[0].divide(sinCos[1]);
    }

    /** arctan x = y + arctan((x cos y - sin y)/(cos y + x sin y)) for the double y, of which the cube is below all digits. */
    static DD atan(DD x) {
        double y = Math.atan(x.hi());
        if (!isFinite(x)) {
            return Double.isNaN(x.hi()) ? x : x.hi() > 0 ? HALF_PI : HALF_PI.negate();
        }
        if (Math.abs(x.hi()) > 1e20) {
            return (x.hi() > 0 ? HALF_PI : HALF_PI.negate()).subtract(x.reciprocal());
        }
        if (x.hi() == 0) {
            return x;
        }
        DD[] sinCos = sinCosReduced(DD.of(y));
        if (Math.abs(y) > 0.8) {
            sinCos = sinCos(DD.of(y));
        }
        DD delta = x.multiply(sinCos[1]).subtract(sinCos[0]).divide(sinCos[1].add(x.multiply(sinCos[0])));
        return delta.add(y);
    }

    static DD asin(DD x) {
        DD cosine = sqrt(DD.ONE.subtract(x).multiply(x.add(1)));
        return Double.isNaN(cosine.hi()) ? cosine
                : cosine.hi() == 0 ? (x.hi() > 0 ? HALF_PI : HALF_PI.negate())
                : atan(x.divide(cosine));
    }

    static DD acos(DD x) {
        DD above = x.add(1);
        return above.hi() == 0 ? PI : atan(sqrt(DD.ONE.subtract(x).divide(above))).scalb(1);
    }

    static DD atan2(DD y, DD x) {
        double plain = Math.atan2(y.hi(), x.hi());
        if (x.hi() == 0 && y.hi() == 0 || !isFinite(x) || !isFinite(y)) {
            return DD.of(plain);
        }
        if (Math.abs(x.hi()) >= Math.abs(y.hi())) {
            DD angle = atan(y.divide(x));
            return x.hi() > 0 ? angle : plain > 0 ? angle.add(PI) : angle.subtract(PI);
        }
        DD angle = atan(x.divide(y)).negate();
        return y.hi() > 0 ? angle.add(HALF_PI) : angle.subtract(HALF_PI);
    }

    // ---- hyperbolic functions ------------------------------------------------------------------------

    static DD sinh(DD x) {
        if (Math.abs(x.hi()) > 700) {
            DD e = exp(x.abs().subtract(LN_2));
            return x.hi() > 0 ? e : e.negate();
        }
        DD e = expm1(x);
        return e.add(e.divide(e.add(1))).scalb(-1);
    }

    static DD cosh(DD x) {
        if (Math.abs(x.hi()) > 700) {
            return exp(x.abs().subtract(LN_2));
        }
        DD e = exp(x);
        return e.add(e.reciprocal()).scalb(-1);
    }

    static DD tanh(DD x) {
        if (!(Math.abs(x.hi()) <= 350)) {
            return DD.of(Math.tanh(x.hi()));
        }
        DD e = expm1(x.abs().scalb(1));
        DD t = e.divide(e.add(2));
        return x.hi() < 0 ? t.negate() : t;
    }

    static DD sechSquared(DD x) {
        DD e = exp(x.abs().scalb(1).negate());
        return e.divide(e.add(1).square()).scalb(2);
    }

    static DD asinh(DD x) {
        DD a = x.abs();
        if (x.hi() == 0 || !isFinite(x)) {
            return x;
        }
        DD y = a.hi() > 1e60
                ? log(a).add(LN_2)
                : log1p(a.add(a.square().divide(sqrt(a.square().add(1)).add(1))));
        return x.hi() < 0 ? y.negate() : y;
    }

    static DD acosh(DD x) {
        if (x.hi() > 1e60) {
            return log(x).add(LN_2);
        }
        DD t = x.subtract(1);
        return log1p(t.add(sqrt(t.scalb(1).add(t.square()))));
    }

    static DD atanh(DD x) {
        if (!(Math.abs(x.hi()) < 1)) {
            return DD.of(Math.abs(x.hi()) == 1 ? x.hi() * Double.POSITIVE_INFINITY : Double.NaN);
        }
        DD a = x.abs();
        DD y = log1p(a.scalb(1).divide(DD.ONE.subtract(a))).scalb(-1);
        return x.hi() < 0 ? y.negate() : y;
    }
}
