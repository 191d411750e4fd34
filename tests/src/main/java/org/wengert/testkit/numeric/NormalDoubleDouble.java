package org.wengert.testkit.numeric;

import org.apache.commons.numbers.core.DD;

/**
 * The error function and the normal distribution in double-double arithmetic, to about 28 digits: a series of positive
 * terms below 2, Laplace's continued fraction above (DLMF 7.6.2 and 7.9.1).
 */
final class NormalDoubleDouble {

    private static final DD ROOT_PI = DoubleDouble.PI.sqrt();
    private static final DD TWO_OVER_ROOT_PI = ROOT_PI.reciprocal().scalb(1);
    private static final DD ROOT_HALF = DD.of(0.5).sqrt();
    private static final DD ONE_OVER_ROOT_TWO_PI = ROOT_HALF.divide(ROOT_PI);

    /** From here on the continued fraction takes over. */
    private static final double TAIL = 2;

    private NormalDoubleDouble() {}

    /** e^(-x²). */
    static DD gaussian(DD x) {
        return Math.abs(x.hi()) > 40 ? DD.of(Math.exp(-x.hi() * x.hi())) : DoubleDouble.exp(x.square().negate());
    }

    static DD erf(DD x) {
        if (!(Math.abs(x.hi()) < TAIL)) {
            DD tail = DD.ONE.subtract(erfc(x.abs()));
            return x.hi() < 0 ? tail.negate() : tail;
        }
        DD doubled = x.square().scalb(1);
        DD term = x;
        DD sum = x;
        for (int n = 1; Math.abs(term.hi()) > 1e-34 * Math.abs(sum.hi()); n++) {
            term = term.multiply(doubled).divide(2 * n + 1);
            sum = sum.add(term);
        }
        return sum.multiply(gaussian(x)).multiply(TWO_OVER_ROOT_PI);
    }

    static DD erfc(DD x) {
        return x.hi() < -TAIL ? DD.of(2).subtract(erfc(x.negate()))
                : x.hi() < TAIL ? DD.ONE.subtract(erf(x))
                : x.hi() > 40 ? DD.ZERO
                : gaussian(x).multiply(erfcx(x));
    }

    /** e^(x²) erfc x = 1/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))). */
    static DD erfcx(DD x) {
        if (x.hi() < TAIL) {
            return DoubleDouble.exp(x.square()).multiply(erfc(x));
        }
        if (!DoubleDouble.isFinite(x)) {
            return DD.of(1 / x.hi());
        }
        double reach = 74 / (2 * Math.sqrt(2) * x.hi());
        DD tail = x;
        for (int k = 10 + (int) (reach * reach); k >= 1; k--) {
            tail = DD.of(0.5 * k).divide(tail).add(x);
        }
        return tail.multiply(ROOT_PI).reciprocal();
    }

    static DD logErfc(DD x) {
        return x.hi() < 0.5
                ? DoubleDouble.log1p(erf(x).negate())
                : DoubleDouble.log(erfcx(x)).subtract(x.square());
    }

    static DD normalDensity(DD x) {
        return DoubleDouble.exp(x.square().scalb(-1).negate()).multiply(ONE_OVER_ROOT_TWO_PI);
    }

    static DD normalCdf(DD x) {
        return erfc(x.multiply(ROOT_HALF).negate()).scalb(-1);
    }

    static DD logNormalCdf(DD x) {
        return x.hi() > 0
                ? DoubleDouble.log1p(normalCdf(x.negate()).negate())
                : logErfc(x.multiply(ROOT_HALF).negate()).subtract(DoubleDouble.LN_2);
    }

    static DD inverseMills(DD x) {
        return x.hi() < 0
                ? ONE_OVER_ROOT_TWO_PI.scalb(1).divide(erfcx(x.multiply(ROOT_HALF).negate()))
                : normalDensity(x).divide(normalCdf(x));
    }

    /** Halley's step from the double inverse; near the ends through erfc, where 1 - |x| is exact. */
    static DD erfInv(DD x, double y) {
        if (!(Math.abs(y) <= Double.MAX_VALUE) || y == 0) {
            return y == 0 ? x.divide(TWO_OVER_ROOT_PI) : DD.of(y);
        }
        DD a = DD.of(Math.abs(y));
        DD difference = Math.abs(y) < 0.5
                ? erf(a).subtract(x.abs())
                : DD.ONE.subtract(x.abs()).subtract(erfc(a));
        DD step = difference.divide(TWO_OVER_ROOT_PI.multiply(gaussian(a)));
        DD root = a.subtract(step.divide(a.multiply(step).add(1)));
        return y < 0 ? root.negate() : root;
    }
}
