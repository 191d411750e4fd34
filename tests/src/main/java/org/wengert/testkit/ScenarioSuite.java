package org.wengert.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;
import org.wengert.core.Differentiable;
import org.wengert.core.Formulas;
import org.wengert.core.formula.Formula;
import org.wengert.testkit.DifferentiationBackend.Operator;

/**
 * Runs a {@link DifferentiationBackend} through all operators, over functions of many shapes and over the edges at which
 * derivatives go wrong, prepared once or for every point, into fresh arrays and into the caller's; arguments must come back unchanged.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> ourBackend() {
 *     return ScenarioSuite.tests(new OurBackend());
 * }
 * }</pre>
 *
 * <p>Results at ordinary points are compared with differences in double-double arithmetic, those at edges with what mathematics says.
 */
public final class ScenarioSuite {

    /** How far a result at an edge may be from the exact one. */
    private static final double EDGE_ULPS = 16;

    private ScenarioSuite() {}

    /**
     * A function at a point, with what comes out there.
     *
     * @param name     what it is about
     * @param formula  the function
     * @param x        the point; wrapped
     * @param expected the exact results by operator; operators that are missing are compared with differences
     * @param edge     whether only the operators with an exact result are asked for
     * @param ulps     how far from an exact result a backend may be
     */
    public record Scenario(
            String name, Formula formula, double[] x, Map<Operator, double[]> expected, boolean edge, double ulps) {

        @Override
        public String toString() {
            return name + ": " + formula + " at " + Arrays.toString(x);
        }
    }

    /**
     * What came of one operator in one scenario.
     *
     * @param scenario the scenario
     * @param operator the operator
     * @param mode     prepared or not, in place or not
     * @param failure  what was wrong
     */
    public record Outcome(Scenario scenario, Operator operator, String mode, Optional<String> failure) {}

    private static final List<Scenario> ALL = scenarios();

    /** Results that have been found right before, by scenario and operator. */
    private static final Map<String, List<double[]>> ACCEPTED = new ConcurrentHashMap<>();

    /** All scenarios, unmodifiable. */
    public static List<Scenario> all() {
        return ALL;
    }

    /** One test for each scenario, operator and mode that the backend can do. */
    public static Stream<DynamicTest> tests(DifferentiationBackend backend) {
        return ALL.stream().flatMap(s -> Arrays.stream(Operator.values())
                .filter(o -> applies(backend, s, o))
                .flatMap(o -> Arrays.stream(Mode.values()).map(mode -> DynamicTest.dynamicTest(
                        backend.name() + ", " + o.name().toLowerCase(Locale.ROOT) + " of " + s + ", " + mode.text,
                        () -> run(backend, s, o, mode)))));
    }

    /** Runs everything and tells the outcomes, for a report; scenarios that the backend cannot do are left out. */
    public static List<Outcome> outcomes(DifferentiationBackend backend) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Scenario s : ALL) {
            for (Operator o : Operator.values()) {
                for (Mode mode : Mode.values()) {
                    if (applies(backend, s, o)) {
                        outcome(backend, s, o, mode).ifPresent(outcomes::add);
                    }
                }
            }
        }
        return outcomes;
    }

    /** Empty if the backend lacks one of the functions. */
    private static Optional<Outcome> outcome(DifferentiationBackend backend, Scenario s, Operator o, Mode mode) {
        try {
            run(backend, s, o, mode);
            return Optional.of(new Outcome(s, o, mode.text, Optional.empty()));
        } catch (AssertionFailedError e) {
            return Optional.of(new Outcome(s, o, mode.text, Optional.of(String.valueOf(e.getMessage()))));
        } catch (TestAbortedException e) {
            return Optional.empty();
        }
    }

    private enum Mode {
        FRESH("not prepared", false, false),
        FRESH_IN_PLACE("not prepared, in place", false, true),
        PREPARED("prepared elsewhere", true, false),
        PREPARED_IN_PLACE("prepared elsewhere, in place", true, true);

        private final String text;
        private final boolean prepared;
        private final boolean inPlace;

        Mode(String text, boolean prepared, boolean inPlace) {
            this.text = text;
            this.prepared = prepared;
            this.inPlace = inPlace;
        }
    }

    private static boolean applies(DifferentiationBackend backend, Scenario s, Operator o) {
        boolean needsOne = o == Operator.GRADIENT || o == Operator.HESSIAN || o == Operator.HVP || o == Operator.TAYLOR;
        return backend.operators().contains(o) && (!needsOne || s.formula.outputs() == 1)
                && (!s.edge || s.expected.containsKey(o));
    }

    private static void run(DifferentiationBackend backend, Scenario s, Operator o, Mode mode) {
        int n = s.x.length;
        double[] seed = seed(o, n, s.formula.outputs());
        DifferentiationBackend.Prepared prepared;
        double[] x = s.x.clone();
        double[] given = seed.clone();
        double[] result;
        try {
            prepared = backend.prepare(s.formula);
            if (mode.prepared) {
                // Whatever is prepared must not remember this other point.
                double[] other = x.clone();
                Arrays.setAll(other, i -> other[i] + 0.25);
                prepared.apply(o, other, seed.clone());
            }
            if (mode.inPlace) {
                result = new double[size(o, n, s.formula.outputs())];
                Arrays.fill(result, -7e77);
                prepared.applyInto(o, x, given, result);
            } else {
                result = prepared.apply(o, x, given);
            }
        } catch (UnsupportedOperationException e) {
            throw new TestAbortedException(backend.name() + " cannot do it: " + e.getMessage());
        }
        if (!Arrays.equals(x, s.x) || !Arrays.equals(given, seed)) {
            throw new AssertionFailedError(s + ": " + o + " changed its arguments");
        }
        compare(s, o, seed, result);
    }

    private static double[] seed(Operator o, int n, int m) {
        int size = switch (o) {
            case JVP, HVP, TAYLOR -> n;
            case VJP -> m;
            default -> 0;
        };
        double[] seed = new double[size];
        Arrays.setAll(seed, i -> i % 3 == 2 ? 0 : 1 - 0.5 * (i % 4));
        return seed;
    }

    private static int size(Operator o, int n, int m) {
        return switch (o) {
            case VALUE, JVP -> m;
            case VJP, GRADIENT, HVP -> n;
            case JACOBIAN -> m * n;
            case HESSIAN -> n * n;
            case TAYLOR -> DifferentiationBackend.TAYLOR_ORDER + 1;
        };
    }

    private static void compare(Scenario s, Operator o, double[] seed, double[] result) {
        int m = s.formula.outputs();
        if (result.length != size(o, s.x.length, m)) {
            throw new AssertionFailedError(s + ": " + o + " must have " + size(o, s.x.length, m) + " entries, but has " + result.length);
        }
        double[] exact = s.expected.get(o);
        if (exact != null) {
            for (int i = 0; i < exact.length; i++) {
                boolean same = Double.compare(exact[i] + 0.0, result[i] + 0.0) == 0
                        || Math.abs(exact[i] - result[i]) <= s.ulps * Math.ulp(exact[i]);
                if (!same) {
                    throw new AssertionFailedError(s + ": " + o + " entry " + i + " is " + result[i] + ", should be " + exact[i],
                            exact[i], result[i]);
                }
            }
            return;
        }
        // Most modes and backends give the same bits: they need to be compared with differences but once.
        List<double[]> accepted = ACCEPTED.computeIfAbsent(s.name + " " + o, _ -> new CopyOnWriteArrayList<>());
        if (accepted.stream().anyMatch(known -> Arrays.equals(known, result))) {
            return;
        }
        try {
            smooth(s, o, seed, result, m);
            accepted.add(result.clone());
        } catch (AssertionFailedError e) {
            throw new AssertionFailedError(s + ": " + o + ": " + e.getMessage(), e);
        }
    }

    private static void smooth(Scenario s, Operator o, double[] seed, double[] result, int m) {
        var vector = Formulas.vector(s.formula);
        switch (o) {
            case VALUE -> {
                double[] value = s.formula.values(s.x);
                for (int i = 0; i < m; i++) {
                    if (value[i] != result[i]) {
                        throw new AssertionFailedError("value " + i + " must be that of plain double code, " + value[i] + ", but is "
                                + result[i], value[i], result[i]);
                    }
                }
            }
            case JVP -> DerivativeAssertions.assertJvp(vector, (x, v) -> result.clone(), s.x, seed);
            case VJP -> DerivativeAssertions.assertVjp(vector, (x, w) -> result.clone(), s.x, seed);
            case JACOBIAN -> DerivativeAssertions.assertJacobian(vector, x -> rows(result, m, s.x.length), s.x);
            default -> scalar(s, o, seed, result, Formulas.differentiable(s.formula));
        }
    }

    private static void scalar(Scenario s, Operator o, double[] seed, double[] result, Differentiable f) {
        int n = s.x.length;
        switch (o) {
            case GRADIENT -> DerivativeAssertions.assertGradient(f, x -> result.clone(), s.x);
            case HESSIAN -> DerivativeAssertions.assertHessian(f, x -> rows(result, n, n), s.x);
            case HVP -> DerivativeAssertions.assertHvp(f, (x, v) -> result.clone(), s.x, seed);
            default -> DerivativeAssertions.assertTaylor(
                    f, (x, v) -> result.clone(), DifferentiationBackend.TAYLOR_ORDER, s.x, seed);
        }
    }

    private static double[][] rows(double[] entries, int rows, int columns) {
        double[][] matrix = new double[rows][];
        Arrays.setAll(matrix, i -> Arrays.copyOfRange(entries, i * columns, (i + 1) * columns));
        return matrix;
    }

    // ---- the scenarios -------------------------------------------------------------------------------

    private static List<Scenario> scenarios() {
        List<Scenario> all = new ArrayList<>();
        all.add(smooth("1 to 1", "exp(sin(x)) * x", 0.7));
        all.add(smooth("1 to 3", "sin(x); x^3; 1/x", 1.25));
        all.add(smooth("2 to 1", "x*y + sin(x)/y", 0.8, 1.7));
        all.add(smooth("3 to 1", "log(x^2 + y^2 + z^2) * atan(x*y)", 0.5, -1.5, 2));
        all.add(smooth("4 to 4", "a*b; b + c*d; exp(a - d); sqrt(a^2 + b^2 + 1)", 0.3, 1.1, -0.4, 0.9));
        all.add(smooth("2 to 5", "x; y; x*y; x/y; 3", 1.5, -2.5));
        all.add(smooth("5 to 2", "a*b*c*d*f; a + b^2 + c^3 + d^4", 1.1, 0.9, -1.2, 0.7, 2));
        all.add(smooth("wide: 9 to 1", chained(9), points(9)));
        all.add(smooth("wide: 17 to 1", chained(17), points(17)));
        all.add(smooth("sparse: 10 to 10", tridiagonal(10), points(10)));
        all.add(smooth("hyperbolic functions", "tanh(x)*cosh(y) + asinh(x*y) + atanh(x/4)", 0.9, -1.3));
        all.add(smooth("powers", "x^y + y^2.5 + 2^x + cbrt(x*y)", 1.3, 0.8));
        all.add(smooth("inverse trigonometric functions", "asin(x/2) + acos(y/3)*atan2(x, y)", 0.6, 1.4));
        all.add(smooth("an input that is not used", "x*x + 0*y", 1.5, 2));
        all.add(smooth("logarithms", "log1p(x) + expm1(y) + log10(x + 2)", 1e-3, -1e-4));

        double quotient = 10.0 / 49;
        all.add(new Scenario("a quotient is the quotient, bit for bit", Formula.parse("x/y"), at(10, 49),
                Map.of(Operator.VALUE, at(quotient)), true, 0));
        all.add(edge("division of tiny numbers", "x/y", at(1e-200, 1e-200), first(1e200, -1e200)));
        all.add(edge("division of huge numbers", "x/y", at(1e200, 1e200), first(1e-200, -1e-200)));
        all.add(edge("a power at zero", "x^y", at(0, 2), first(0, 0)));
        all.add(edge("a square at zero", "x^2", at(0), both(at(0), 2)));
        all.add(edge("a cube at zero", "x^3", at(0), both(at(0), 0)));
        all.add(edge("power one at zero", "x^1", at(0), both(at(1), 0)));
        all.add(edge("power zero at zero", "x^0", at(0), both(at(0), 0)));
        all.add(edge("a power of a negative number", "x^3", at(-2), both(at(12), -12)));
        all.add(edge("arsinh of a huge number", "asinh(x)", at(1e200), with(Operator.VALUE, at(461.2101657793691), first(1e-200))));
        all.add(edge("arsinh of a huge negative number", "asinh(x)", at(-1e200),
                with(Operator.VALUE, at(-461.2101657793691), first(1e-200))));
        all.add(edge("tanh far out", "tanh(x)", at(20), first(1.6993417021166355e-17)));
        all.add(edge("angle of a huge point", "atan2(y, x)", at(1e200, 1e200), first(5e-201, -5e-201)));
        all.add(edge("length of a huge vector", "hypot(x, y)", at(3e200, 4e200), first(0.6, 0.8)));
        all.add(edge("length of a tiny vector", "hypot(x, y)", at(3e-200, 4e-200), first(0.6, 0.8)));
        all.add(edge("length along nearly one axis: the small tangent stays", "hypot(x, y)", at(3e-10, -4e25), first(7.5e-36, -1)));
        all.add(edge("logarithm near one", "log1p(x)", at(1e-300), with(Operator.VALUE, at(1e-300), first(1))));
        all.add(edge("a product that underflows", "x*x", at(1e-200), both(at(2e-200), 2)));
        all.add(edge("a root that is infinitely steep beside a plain variable", "sqrt(x) + y", at(0, 1),
                Map.of(Operator.GRADIENT, at(Double.POSITIVE_INFINITY, 1))));
        all.add(edge("absolute value of a negative number", "abs(x)", at(-3), both(at(-1), 0)));
        all.add(edge("the larger of two", "max(x, y)", at(1, 2), first(0, 1)));
        all.add(edge("no derivative where there is no value", "log(x)", at(-1), first(Double.NaN)));
        return List.copyOf(all);
    }

    private static Scenario smooth(String name, String formula, double... x) {
        return new Scenario(name, Formula.parse(formula), x, Map.of(), false, 0);
    }

    private static Scenario edge(String name, String formula, double[] x, Map<Operator, double[]> expected) {
        return new Scenario(name, Formula.parse(formula), x, expected, true, EDGE_ULPS);
    }

    private static double[] at(double... x) {
        return x;
    }

    private static Map<Operator, double[]> first(double... gradient) {
        return new EnumMap<>(Map.of(Operator.GRADIENT, gradient, Operator.JACOBIAN, gradient));
    }

    private static Map<Operator, double[]> both(double[] gradient, double second) {
        return with(Operator.HESSIAN, at(second), first(gradient));
    }

    private static Map<Operator, double[]> with(Operator o, double[] result, Map<Operator, double[]> others) {
        Map<Operator, double[]> all = new EnumMap<>(others);
        all.put(o, result);
        return all;
    }

    private static String chained(int n) {
        var text = new StringBuilder();
        for (int i = 0; i + 1 < n; i++) {
            text.append(i == 0 ? "" : " + ").append("(v").append(i + 1).append(" - v").append(i).append("^2)^2 + sin(v").append(i).append(")");
        }
        return text.toString();
    }

    private static String tridiagonal(int n) {
        var text = new StringBuilder();
        for (int i = 0; i < n; i++) {
            text.append(i == 0 ? "" : "; ").append("v").append(i).append("^2");
            if (i > 0) {
                text.append(" - v").append(i - 1).append("*v").append(i);
            }
            if (i + 1 < n) {
                text.append(" + exp(v").append(i + 1).append(")");
            }
        }
        return text.toString();
    }

    private static double[] points(int n) {
        double[] x = new double[n];
        Arrays.setAll(x, i -> Math.sin(1 + 2.3 * i) + 0.1 * (i % 3));
        return x;
    }
}
