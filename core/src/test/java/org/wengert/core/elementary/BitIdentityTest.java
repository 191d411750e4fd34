package org.wengert.core.elementary;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.core.scalar.Differentiation;
import org.wengert.core.scalar.Dual;
import org.wengert.core.scalar.HyperDual;
import org.wengert.core.scalar.Real;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.Taylor;

/** The values of numbers with derivatives are those of plain double code, bit for bit. */
class BitIdentityTest {

    private static final int MILLION = 1_000_000;

    /** What Java itself has for a row. */
    private static final Map<String, DoubleUnaryOperator> UNARY = Map.ofEntries(
            entry("negate", x -> -x), entry("reciprocal", x -> 1 / x), entry("square", x -> x * x),
            entry("sqrt", Math::sqrt), entry("cbrt", Math::cbrt), entry("exp", Math::exp), entry("expm1", Math::expm1),
            entry("exp2", x -> Math.pow(2, x)), entry("exp10", x -> Math.pow(10, x)),
            entry("log", Math::log), entry("log10", Math::log10), entry("log1p", Math::log1p), entry("sin", Math::sin),
            entry("cos", Math::cos), entry("tan", Math::tan), entry("asin", Math::asin), entry("acos", Math::acos),
            entry("atan", Math::atan), entry("sinh", Math::sinh), entry("cosh", Math::cosh), entry("tanh", Math::tanh),
            entry("toRadians", Math::toRadians), entry("toDegrees", Math::toDegrees), entry("abs", Math::abs),
            entry("signum", Math::signum), entry("floor", Math::floor), entry("ceil", Math::ceil), entry("rint", Math::rint),
            entry("nextUp", Math::nextUp), entry("relu", x -> Math.max(x, 0)), entry("sinc", x -> x == 0 ? 1 : sinc(x)));

    private static final Map<String, DoubleBinaryOperator> BINARY = Map.ofEntries(
            entry("plus", Double::sum), entry("minus", (x, y) -> x - y), entry("times", (x, y) -> x * y),
            entry("div", (x, y) -> x / y), entry("rem", (x, y) -> x % y), entry("pow", Math::pow),
            entry("hypot", Math::hypot), entry("atan2", Math::atan2), entry("min", Math::min), entry("max", Math::max),
            entry("copySign", Math::copySign), entry("IEEEremainder", Math::IEEEremainder),
            entry("leakyRelu", (x, a) -> x > 0 ? x : a * x), entry("elu", (x, a) -> x > 0 ? x : a * Math.expm1(x)));

    private static final Map<String, ToDoubleFunction<double[]>> NARY = Map.ofEntries(
            entry("fma", x -> Math.fma(x[0], x[1], x[2])), entry("sum", x -> x[0] + x[1] + x[2]),
            entry("product", x -> x[0] * x[1] * x[2]), entry("sumOfSquares", x -> x[0] * x[0] + x[1] * x[1] + x[2] * x[2]),
            entry("clamp", x -> Math.min(x[2], Math.max(x[0], x[1]))), entry("select", x -> x[0] > 0 ? x[1] : x[2]));

    /** Rows with algorithms that take microseconds. */
    private static final Set<String> SLOW = Set.of(
            "erfcxDerivative", "gamma", "logGamma", "digamma", "polygamma", "regularizedGammaP", "regularizedGammaQ",
            "gammaDensity", "regularizedGammaPShape", "gammaDensityShape", "besselJ0", "besselJ1", "besselJ", "sincPi",
            "sphericalBesselJ", "lambertW0", "erfInv", "powDerivative", "powLog", "inverseMills");

    private final Differentiation of = new Differentiation("test");

    private static double sinc(double x) {
        return Double.isInfinite(x) ? 0 : Math.sin(x) / x;
    }

    static List<Elementary> rows() {
        return ElementaryTable.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aMillionValuesOfEachFunctionAreThoseOfPlainCode(Elementary row) {
        var random = new SplittableRandom(row.name().hashCode());
        double[] x = new double[row instanceof Nary ? 3 : row instanceof Binary ? 2 : 1];
        int inputs = SLOW.contains(row.name()) ? MILLION / 100 : MILLION;
        for (int k = 0; k < inputs; k++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = draw(random, k);
            }
            double plain = plain(row, x);
            double actual = apply(row, x, k % 16);
            if (Double.doubleToLongBits(plain) != Double.doubleToLongBits(actual)) { // all NaN are one
                fail(row + " at " + java.util.Arrays.toString(x) + " is " + actual + ", plain code gives " + plain);
            }
        }
    }

    /** Half of them any double whatever, half of them of everyday size. */
    private static double draw(SplittableRandom random, int k) {
        return k % 2 == 0 ? random.nextDouble(-8, 8) : Double.longBitsToDouble(random.nextLong());
    }

    private static double plain(Elementary row, double[] x) {
        return switch (row) {
            case Unary f -> UNARY.getOrDefault(f.name(), f.value()).applyAsDouble(x[0]);
            case Binary f -> BINARY.getOrDefault(f.name(), f.value()).applyAsDouble(x[0], x[1]);
            case Nary f -> NARY.getOrDefault(f.name(), f.value()).applyAsDouble(x);
        };
    }

    private double apply(Elementary row, double[] x, int kind) {
        return switch (row) {
            case Unary f -> number(x[0], kind).apply(f).value();
            case Binary f -> kind == 15
                    ? number(x[1], 1).applyRight(x[0], f).value()
                    : kind == 14 ? number(x[0], 1).apply(f, x[1]).value() : number(x[0], kind).apply(f, number(x[1], kind)).value();
            case Nary f -> {
                Scalar first = number(x[0], kind);
                yield first.apply(f, new Scalar[] {first, number(x[1], kind), number(x[2], kind)}).value();
            }
        };
    }

    /** Mostly duals of one tangent; each other kind now and then. */
    private Scalar number(double x, int kind) {
        return switch (kind) {
            case 0 -> new Real(x);
            case 2 -> Dual.of(of, x, 1, 0, 0, 0);
            case 4 -> Dual.of(of, x, 1, 0, 0, 0, 0, 0, 0, 0);
            default -> Dual.of(of, x, 1);
        };
    }

    @ParameterizedTest
    @MethodSource("rows")
    void numbersOfSecondAndHigherOrderHaveTheSameValues(Elementary row) {
        var random = new SplittableRandom(row.name().hashCode());
        int n = row instanceof Nary ? 3 : row instanceof Binary ? 2 : 1;
        for (int k = 0; k < (SLOW.contains(row.name()) ? 500 : 5000); k++) {
            double[] x = random.doubles(n, -8, 8).toArray();
            Scalar[] second = new Scalar[n];
            Scalar[] series = new Scalar[n];
            for (int i = 0; i < n; i++) {
                second[i] = HyperDual.of(of, x[i], new double[] {1}, 1);
                series[i] = Taylor.line(of, x[i], 1, 2);
            }
            double plain = plain(row, x);
            assertEquals(plain, apply(row, second), () -> row + " of hyper-dual numbers");
            assertEquals(plain, apply(row, series), () -> row + " of series");
        }
    }

    private static double apply(Elementary row, Scalar[] x) {
        return (switch (row) {
            case Unary f -> x[0].apply(f);
            case Binary f -> x[0].apply(f, x[1]);
            case Nary f -> x[0].apply(f, x);
        }).value();
    }

    @Test
    void whatPlainCodeIsComparedWithAreRowsOfTheTable() {
        Set<String> names = rows().stream().map(Elementary::name).collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>(UNARY.keySet());
        unknown.addAll(BINARY.keySet());
        unknown.addAll(NARY.keySet());
        unknown.addAll(SLOW);
        unknown.removeAll(names);
        assertEquals(Set.of(), unknown);
    }
}
