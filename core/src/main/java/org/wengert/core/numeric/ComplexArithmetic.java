package org.wengert.core.numeric;

import java.util.List;
import org.wengert.core.elementary.Arithmetic;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

/**
 * The arithmetic of complex numbers, for rows that are analytic functions and have a complex form here. All
 * others are refused by name. Stateless.
 */
public final class ComplexArithmetic implements Arithmetic<Complex> {

    /** The only one that is needed. */
    public static final ComplexArithmetic INSTANCE = new ComplexArithmetic();

    private static final double LN2 = Math.log(2);
    private static final double LN10 = Math.log(10);

    private ComplexArithmetic() {}

    @Override
    public Complex constant(double c) {
        return new Complex(c, 0);
    }

    /** @throws IllegalArgumentException if the row has no complex form here */
    @Override
    public Complex apply(Unary f, Complex x) {
        requireKnown(f);
        return switch (f.name()) {
            case "negate" -> x.negate();
            case "square" -> x.times(x);
            case "reciprocal" -> Complex.ONE.div(x);
            case "sqrt" -> x.sqrt();
            case "exp" -> x.exp();
            case "exp2" -> x.times(LN2).exp();
            case "exp10" -> x.times(LN10).exp();
            case "expm1" -> x.expm1();
            case "log" -> x.log();
            case "log2" -> x.log().times(1 / LN2);
            case "log10" -> x.log().times(1 / LN10);
            case "log1p" -> x.log1p();
            case "sin" -> x.sin();
            case "cos" -> x.cos();
            case "tan" -> x.tan();
            case "asin" -> x.asin();
            case "acos" -> x.acos();
            case "atan" -> x.atan();
            case "sinPi" -> x.times(Math.PI).sin();
            case "cosPi" -> x.times(Math.PI).cos();
            case "toRadians" -> x.times(Math.toRadians(1));
            case "toDegrees" -> x.times(Math.toDegrees(1));
            case "sinh" -> x.sinh();
            case "cosh" -> x.cosh();
            case "tanh" -> x.tanh();
            case "asinh" -> x.asinh();
            case "acosh" -> x.acosh();
            case "atanh" -> x.atanh();
            case "sechSquared" -> Complex.ONE.div(x.cosh().times(x.cosh()));
            case "gaussian" -> x.times(x).negate().exp();
            case "normalDensity" -> x.times(x).times(-0.5).exp().times(1 / Math.sqrt(2 * Math.PI));
            case "sigmoid" -> sigmoid(x);
            case "silu" -> x.times(sigmoid(x));
            case "softplus" -> softplus(x);
            case "logSigmoid" -> softplus(x.negate()).negate();
            case "logCosh" -> softplus(x.times(-2)).plus(x).minus(new Complex(LN2, 0));
            case "xlogx" -> x.times(x.log());
            case "entr" -> x.times(x.log()).negate();
            default -> throw refused(f);
        };
    }

    /** @throws IllegalArgumentException if the row has no complex form here */
    @Override
    public Complex apply(Binary f, Complex x, Complex y) {
        requireKnown(f);
        return switch (f.name()) {
            case "plus" -> x.plus(y);
            case "minus" -> x.minus(y);
            case "times" -> x.times(y);
            case "div" -> x.div(y);
            case "pow" -> x.pow(y);
            case "atan2" -> Complex.atan2(x, y);
            case "hypot" -> norm(List.of(x, y));
            case "xlogy" -> x.times(y.log());
            case "xlog1py" -> x.times(y.log1p());
            default -> throw refused(f);
        };
    }

    /** @throws IllegalArgumentException if the row has no complex form here */
    @Override
    public Complex apply(Nary f, List<Complex> x) {
        requireKnown(f);
        return switch (f.name()) {
            case "fma" -> x.get(0).times(x.get(1)).plus(x.get(2));
            case "sum" -> sum(x);
            case "product" -> x.stream().reduce(Complex.ONE, Complex::times);
            case "sumOfSquares" -> sum(x.stream().map(z -> z.times(z)).toList());
            case "norm" -> norm(x);
            case "logSumExp" -> {
                Complex top = new Complex(x.stream().mapToDouble(Complex::re).max().orElse(0), 0);
                yield sum(x.stream().map(z -> z.minus(top).exp()).toList()).log().plus(top);
            }
            default -> throw refused(f);
        };
    }

    private static Complex sigmoid(Complex x) {
        return x.re() >= 0
                ? Complex.ONE.div(x.negate().exp().plus(Complex.ONE))
                : x.exp().div(x.exp().plus(Complex.ONE));
    }

    private static Complex softplus(Complex x) {
        return x.re() > 0 ? x.plus(x.negate().exp().log1p()) : x.exp().log1p();
    }

    private static Complex sum(List<Complex> x) {
        return x.stream().reduce(new Complex(0, 0), Complex::plus);
    }

    /** √(Σ z²), with the largest modulus taken out, so that the squares stay in range. */
    private static Complex norm(List<Complex> x) {
        double size = x.stream().mapToDouble(z -> Math.max(Math.abs(z.re()), Math.abs(z.im()))).max().orElse(0);
        if (size == 0 || !Double.isFinite(size)) {
            return new Complex(size, 0);
        }
        return sum(x.stream().map(z -> new Complex(z.re() / size, z.im() / size)).map(z -> z.times(z)).toList()).sqrt().times(size);
    }

    private static void requireKnown(Elementary f) {
        if (f.notes().family() == Family.USER) {
            throw refused(f);
        }
    }

    private static IllegalArgumentException refused(Elementary f) {
        return new IllegalArgumentException("a complex step needs functions with a complex form, but '" + f.name()
                + "' is not analytic or has none here; use finite differences");
    }
}
