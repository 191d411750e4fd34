package org.wengert.testkit.numeric;

import java.util.List;
import java.util.function.BinaryOperator;
import org.apache.commons.numbers.core.DD;
import org.wengert.core.elementary.Arithmetic;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

/**
 * The arithmetic of double-double numbers, 106 bits: formulas and programs evaluated in it are right to about 30 digits, so
 * that differences of their values tell derivatives to 20 digits and more.
 *
 * <p>A row computes here what its notes say it means, by ways that share nothing with its {@code double} code: e^x from its
 * series, logarithms by Halley's iteration, the error function from series and continued fraction. Rows that have no such form
 * (user-defined ones above all) are refused by name.
 *
 * <p><b>Accuracy.</b> Relative errors of about 10⁻³⁰; 10⁻²⁸ for powers and exponentials that come near to
 * overflow and for the functions of the normal distribution. Results outside of 10⁻²⁷⁰ to 10²⁹⁰ hold no more digits than
 * doubles do. The step functions act as they do on doubles. Stateless.
 */
public final class DoubleDoubleArithmetic implements Arithmetic<DD> {

    /** The only one that is needed. */
    public static final DoubleDoubleArithmetic INSTANCE = new DoubleDoubleArithmetic();

    private DoubleDoubleArithmetic() {}

    /** The relative error that a result may be taken to have, with room for what later operations make of it. */
    public static final double NOISE = 0x1p-94;

    @Override
    public DD constant(double c) {
        return DD.of(c);
    }

    /** @throws IllegalArgumentException if the row has no form here */
    @Override
    public DD apply(Unary f, DD x) {
        requireKnown(f);
        if (!DoubleDouble.isFinite(x)) {
            return DD.of(f.value(x.hi()));
        }
        return orPlain(f.value(x.hi()), switch (f.name()) {
            case "negate" -> x.negate();
            case "square" -> x.square();
            case "reciprocal" -> x.hi() == 0 || !DoubleDouble.isFinite(x) ? DD.of(1 / x.hi()) : x.reciprocal();
            case "sqrt" -> DoubleDouble.sqrt(x);
            case "cbrt" -> DoubleDouble.cbrt(x);
            case "exp" -> DoubleDouble.exp(x);
            case "exp2" -> DoubleDouble.exp(x.multiply(DoubleDouble.LN_2));
            case "exp10" -> DoubleDouble.exp(x.multiply(DoubleDouble.LN_10));
            case "expm1" -> DoubleDouble.expm1(x);
            case "log" -> DoubleDouble.log(x);
            case "log2" -> DoubleDouble.log(x).divide(DoubleDouble.LN_2);
            case "log10" -> DoubleDouble.log(x).divide(DoubleDouble.LN_10);
            case "log1p" -> DoubleDouble.log1p(x);
            case "sin" -> DoubleDouble.sinCos(x)[0];
            case "cos" -> DoubleDouble.sinCos(x)[1];
            case "tan" -> DoubleDouble.tan(x);
            case "asin" -> DoubleDouble.asin(x);
            case "acos" -> DoubleDouble.acos(x);
            case "atan" -> DoubleDouble.atan(x);
            case "sinPi" -> DoubleDouble.sinPi(x);
            case "cosPi" -> DoubleDouble.cosPi(x);
            case "sinc" -> x.hi() == 0 ? DD.ONE : DoubleDouble.sinCos(x)[0].divide(x);
            case "sincPi" -> x.hi() == 0 ? DD.ONE : DoubleDouble.sinPi(x).divide(x.multiply(DoubleDouble.PI));
            case "lambertW0" -> DoubleDouble.lambertW(x, f.value(x.hi()));
            case "toRadians" -> x.multiply(DoubleDouble.PI).divide(180);
            case "toDegrees" -> x.multiply(180.0).divide(DoubleDouble.PI);
            case "sinh" -> DoubleDouble.sinh(x);
            case "cosh" -> DoubleDouble.cosh(x);
            case "tanh" -> DoubleDouble.tanh(x);
            case "sechSquared" -> DoubleDouble.sechSquared(x);
            case "asinh" -> DoubleDouble.asinh(x);
            case "acosh" -> DoubleDouble.acosh(x);
            case "atanh" -> DoubleDouble.atanh(x);
            case "gaussian" -> NormalDoubleDouble.gaussian(x);
            case "erf" -> NormalDoubleDouble.erf(x);
            case "erfc" -> NormalDoubleDouble.erfc(x);
            case "erfcx" -> NormalDoubleDouble.erfcx(x);
            case "logErfc" -> NormalDoubleDouble.logErfc(x);
            case "erfInv" -> NormalDoubleDouble.erfInv(x, f.value(x.hi()));
            case "normalDensity" -> NormalDoubleDouble.normalDensity(x);
            case "normalCdf" -> NormalDoubleDouble.normalCdf(x);
            case "logNormalCdf" -> NormalDoubleDouble.logNormalCdf(x);
            case "inverseMills" -> NormalDoubleDouble.inverseMills(x);
            case "sigmoid" -> sigmoid(x);
            case "logSigmoid" -> softplus(x.negate()).negate();
            case "softplus" -> softplus(x);
            case "gelu" -> x.multiply(NormalDoubleDouble.normalCdf(x));
            case "silu" -> x.multiply(sigmoid(x));
            case "logCosh" -> logCosh(x);
            case "xlogx" -> x.hi() == 0 ? DD.ZERO : x.multiply(DoubleDouble.log(x));
            case "entr" -> x.hi() == 0 ? DD.ZERO : x.multiply(DoubleDouble.log(x)).negate();
            case "relu" -> DoubleDouble.sign(x) > 0 ? x : DD.ZERO;
            case "step" -> DoubleDouble.sign(x) > 0 ? DD.ONE : DD.ZERO;
            case "abs" -> x.abs();
            case "signum" -> DD.of(DoubleDouble.sign(x));
            case "floor" -> x.floor();
            case "ceil" -> x.ceil();
            case "rint" -> DoubleDouble.rint(x);
            case "nextUp" -> x.add(Math.ulp(x.hi()));
            default -> throw refused(f);
        });
    }

    /** @throws IllegalArgumentException if the row has no form here */
    @Override
    public DD apply(Binary f, DD x, DD y) {
        requireKnown(f);
        if (!DoubleDouble.isFinite(x) || !DoubleDouble.isFinite(y)) {
            return DD.of(f.value(x.hi(), y.hi()));
        }
        return orPlain(f.value(x.hi(), y.hi()), switch (f.name()) {
            case "plus" -> x.add(y);
            case "minus" -> x.subtract(y);
            case "times" -> x.multiply(y);
            case "div" -> divide(x, y);
            case "pow" -> DoubleDouble.pow(x, y);
            case "powDerivative" -> y.hi() == 0 ? DD.ZERO : y.multiply(DoubleDouble.pow(x, y.subtract(1)));
            case "powLog" -> powLog(x, y);
            case "rootN" -> rootN(f, x, y);
            case "hypot" -> norm(List.of(x, y));
            case "atan2" -> DoubleDouble.atan2(x, y);
            case "xlogy" -> x.hi() == 0 ? DD.ZERO : x.multiply(DoubleDouble.log(y));
            case "xlog1py" -> x.hi() == 0 ? DD.ZERO : x.multiply(DoubleDouble.log1p(y));
            case "leakyRelu" -> DoubleDouble.sign(x) > 0 ? x : x.multiply(y);
            case "elu" -> DoubleDouble.sign(x) > 0 ? x : DoubleDouble.expm1(x).multiply(y);
            case "min" -> DoubleDouble.compare(x, y) <= 0 ? x : y;
            case "max" -> DoubleDouble.compare(x, y) >= 0 ? x : y;
            case "copySign" -> Double.doubleToRawLongBits(x.hi()) < 0 == Double.doubleToRawLongBits(y.hi()) < 0 ? x : x.negate();
            case "rem" -> remainder(f, x, y, t -> DoubleDouble.sign(t) < 0 ? t.ceil() : t.floor());
            case "floorMod" -> remainder(f, x, y, DD::floor);
            case "IEEEremainder" -> remainder(f, x, y, DoubleDouble::rint);
            case "absorb" -> y.hi() == 0 ? DD.ZERO : x.multiply(y);
            case "absorbEither" -> x.hi() == 0 || y.hi() == 0 ? DD.ZERO : x.multiply(y);
            case "whereNumber" -> x;
            default -> throw refused(f);
        });
    }

    /** @throws IllegalArgumentException if the row has no form here */
    @Override
    public DD apply(Nary f, List<DD> x) {
        requireKnown(f);
        double plain = f.value(x.stream().mapToDouble(DD::hi).toArray());
        if (!x.stream().allMatch(DoubleDouble::isFinite)) {
            return DD.of(plain);
        }
        return orPlain(plain, switch (f.name()) {
            case "fma" -> x.get(0).multiply(x.get(1)).add(x.get(2));
            case "sum" -> reduce(x, DD.ZERO, DD::add);
            case "product" -> reduce(x, DD.ONE, DD::multiply);
            case "sumOfSquares" -> reduce(x.stream().map(DD::square).toList(), DD.ZERO, DD::add);
            case "norm" -> norm(x);
            case "logSumExp" -> logSumExp(x);
            case "select" -> DoubleDouble.sign(x.get(0)) > 0 ? x.get(1) : x.get(2);
            case "clamp" -> clamp(x.get(0), x.get(1), x.get(2));
            default -> throw refused(f);
        });
    }

    /** The result, or what doubles make of it where intermediate numbers have left their range. */
    private static DD orPlain(double plain, DD result) {
        return DoubleDouble.isFinite(result) && Double.isFinite(result.lo()) ? result : DD.of(plain);
    }

    private static DD divide(DD x, DD y) {
        return y.hi() == 0 ? DD.of(x.hi() / y.hi()) : x.divide(y);
    }

    private static DD powLog(DD x, DD y) {
        if (x.hi() < 0) {
            return DD.of(Double.NaN);
        }
        DD power = DoubleDouble.pow(x, y);
        return power.hi() == 0 ? DD.ZERO : power.multiply(DoubleDouble.log(x));
    }

    private static DD rootN(Binary f, DD x, DD n) {
        double plain = f.value(x.hi(), n.hi());
        if (!(Math.abs(plain) <= Double.MAX_VALUE) || x.hi() == 0) {
            return DD.of(plain);
        }
        DD root = DoubleDouble.exp(DoubleDouble.log(x.abs()).divide(n));
        return plain < 0 ? root.negate() : root;
    }

    /** √(Σ x²), scaled by a power of two so that no square leaves the range. */
    private static DD norm(List<DD> x) {
        double most = x.stream().mapToDouble(t -> Math.abs(t.hi())).max().orElse(0);
        if (most == 0) {
            return DD.ZERO;
        }
        int scale = Math.getExponent(most);
        DD sum = reduce(x.stream().map(t -> t.scalb(-scale).square()).toList(), DD.ZERO, DD::add);
        return DoubleDouble.sqrt(sum).scalb(scale);
    }

    private static DD logSumExp(List<DD> x) {
        if (x.isEmpty()) {
            return DD.of(Double.NEGATIVE_INFINITY);
        }
        DD top = x.stream().max(DoubleDouble::compare).orElseThrow();
        int at = x.indexOf(top);
        DD others = DD.ZERO;
        for (int i = 0; i < x.size(); i++) {
            others = i == at ? others : others.add(DoubleDouble.exp(x.get(i).subtract(top)));
        }
        return DoubleDouble.log1p(others).add(top);
    }

    private static DD clamp(DD x, DD low, DD high) {
        DD raised = DoubleDouble.compare(x, low) >= 0 ? x : low;
        return DoubleDouble.compare(raised, high) <= 0 ? raised : high;
    }

    private static DD sigmoid(DD x) {
        DD e = DoubleDouble.exp(x.abs().negate());
        return (x.hi() < 0 ? e : DD.ONE).divide(e.add(1));
    }

    private static DD softplus(DD x) {
        DD tail = DoubleDouble.log1p(DoubleDouble.exp(x.abs().negate()));
        return DoubleDouble.sign(x) > 0 ? x.add(tail) : tail;
    }

    private static DD logCosh(DD x) {
        DD a = x.abs();
        if (a.hi() < 1) {
            return DoubleDouble.log1p(DoubleDouble.sinh(a.scalb(-1)).square().scalb(1));
        }
        return a.add(DoubleDouble.log1p(DoubleDouble.exp(a.scalb(1).negate()))).subtract(DoubleDouble.LN_2);
    }

    private static DD remainder(Binary f, DD x, DD y, java.util.function.UnaryOperator<DD> whole) {
        return y.hi() == 0 ? DD.of(f.value(x.hi(), y.hi())) : x.subtract(y.multiply(whole.apply(x.divide(y))));
    }

    private static DD reduce(List<DD> x, DD start, BinaryOperator<DD> f) {
        DD result = start;
        for (DD t : x) {
            result = f.apply(result, t);
        }
        return result;
    }

    private static void requireKnown(Elementary f) {
        if (f.notes().family() == Family.USER) {
            throw refused(f);
        }
    }

    private static IllegalArgumentException refused(Elementary f) {
        return new IllegalArgumentException("'" + f.name() + "' has no double-double form here; use differences of doubles");
    }
}
