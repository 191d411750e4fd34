package org.wengert.gallery;

import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.Formulas;
import org.wengert.core.batch.CompiledFunction;
import org.wengert.core.formula.Formula;
import org.wengert.core.numeric.ComplexStep;
import org.wengert.core.numeric.Digits;
import org.wengert.core.numeric.FiniteDifferences;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Report;
import org.wengert.core.transform.Tangent;

/** Chapter 1: analytic, numeric, symbolic and algorithmic derivatives of the same functions. */
final class OnAComputer implements Chapter {

    static final Formula CLASSIC = Formula.parse("exp(x) / sqrt(sin(x)^3 + cos(x)^3)");
    static final double AT = 1.5;

    /**
     * Relative errors of the derivative, by the step.
     *
     * @param step       h
     * @param forward    of the forward difference
     * @param central    of the central difference
     * @param richardson of four central differences, extrapolated
     */
    record Errors(double step, double forward, double central, double richardson) {}

    /**
     * Sizes of a nested function and of its derivative.
     *
     * @param depth    how often the function is nested
     * @param program  operations of the program of the function
     * @param tangent  operations of the program of value and derivative
     * @param symbolic operations of the derivative when it is written out as one formula
     */
    record Sizes(int depth, int program, int tangent, double symbolic) {}

    @Override
    public String name() {
        return "on-a-computer";
    }

    @Override
    public String title() {
        return "Derivatives on a computer";
    }

    @Override
    public String claim() {
        return "Differences lose digits whatever the step, and formulas grow without bound as functions are nested. "
                + "Algorithmic differentiation is exact to the last bits, and its program stays within a constant of the function's.";
    }

    /** The derivative by the quotient rule, as one writes it on paper. */
    static double analytic(double x) {
        double s = Math.sin(x);
        double c = Math.cos(x);
        double d = s * s * s + c * c * c;
        return Math.exp(x) * (d - 1.5 * (s * s * c - c * c * s)) / (d * Math.sqrt(d));
    }

    static double algorithmic() {
        return Formulas.differentiable(CLASSIC).gradient(AT).gradient()[0];
    }

    /** Errors for the steps 10^(-k/2). */
    static List<Errors> errors() {
        DoubleUnaryOperator f = CLASSIC::value;
        double exact = analytic(AT);
        return IntStream.rangeClosed(2, 30).mapToObj(k -> {
            double h = Math.pow(10, -0.5 * k);
            return new Errors(h, error(FiniteDifferences.forward(f, AT, h), exact),
                    error(FiniteDifferences.central(f, AT, h), exact),
                    error(FiniteDifferences.richardson(f, AT, h, 4).value(), exact));
        }).toList();
    }

    static double error(double approximate, double exact) {
        return Math.abs(approximate - exact) / Math.abs(exact);
    }

    /** The logistic map x -> 4x(1-x), nested. */
    static Scalar[] logistic(Scalar[] x, int depth) {
        Scalar y = x[0];
        for (int i = 0; i < depth; i++) {
            y = y.times(minus(1, y)).times(4);
        }
        return new Scalar[] {y};
    }

    static Sizes sizes(int depth) {
        Program function = Tracer.trace(new double[] {0.3}, x -> logistic(x, depth));
        Program tangent = Tangent.of(function);
        return new Sizes(depth, Report.operations(function), Report.operations(tangent), writtenOut(tangent));
    }

    /** How many operations the last output of a program has as a formula without names for what is used twice. */
    private static double writtenOut(Program p) {
        double[] size = new double[p.nodes()];
        for (int v = 0; v < size.length; v++) {
            if (p.isOperation(v)) {
                size[v] = 1;
                for (int i = 0; i < p.operandCount(v); i++) {
                    size[v] += size[p.operand(v, i)];
                }
            }
        }
        return size[p.output(p.outputs() - 1)];
    }

    @Override
    public void write(Page page, boolean quick) {
        writeErrors(page);
        writeCancellation(page);
        writeSizes(page);
        writeTimes(page, quick);
    }

    private static void writeErrors(Page page) {
        List<Errors> errors = errors();
        double[] h = errors.stream().mapToDouble(Errors::step).toArray();
        double ours = Math.max(error(algorithmic(), analytic(AT)), 0x1p-53);
        double complex = Math.max(error(ComplexStep.gradient(CLASSIC, AT)[0], analytic(AT)), 0x1p-53);
        page.figure("step-size", new Plot("Error of finite differences against the step", "step h", "relative error")
                .logX().logY()
                .line("forward difference", h, errors.stream().mapToDouble(Errors::forward).toArray())
                .line("central difference", h, errors.stream().mapToDouble(Errors::central).toArray())
                .line("Richardson, 4 levels", h, errors.stream().mapToDouble(Errors::richardson).toArray())
                .line("complex step, h = 2^-300", new double[] {h[0], h[h.length - 1]}, new double[] {complex, complex})
                .line("algorithmic, no step", new double[] {h[0], h[h.length - 1]}, new double[] {ours, ours}).svg(),
                "f(x) = exp(x) / √(sin³x + cos³x) at x = 1.5. From right to left each method first gains digits, then loses them to "
                        + "rounding. Errors below 2^-53, half a unit in the last place, are drawn there.");
        page.code("""
                Formula f = Formula.parse("exp(x) / sqrt(sin(x)^3 + cos(x)^3)");
                double algorithmic = Formulas.differentiable(f).gradient(1.5).gradient()[0];
                double forward     = FiniteDifferences.forward(f::value, 1.5, h);
                double central     = FiniteDifferences.central(f::value, 1.5, h);
                double richardson  = FiniteDifferences.richardson(f::value, 1.5, h, 4).value();
                double complex     = ComplexStep.gradient(f, 1.5)[0];
                """);
    }

    private static void writeCancellation(Page page) {
        page.text("Why small steps fail: A + ε keeps few digits of ε, and the difference A − A, of two numbers that are nearly "
                + "the same, shows only what was kept. Here ε = 1.23456789e-10 is added and A subtracted again:");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("A", "A + ε as stored", "(A + ε) − A", "digits of ε left"));
        double epsilon = 1.23456789e-10;
        for (double a : new double[] {0.001, 1, 1000, 1e6}) {
            double back = a + epsilon - a;
            rows.add(List.of(Double.toString(a), new BigDecimal(a + epsilon).round(new MathContext(20)).toPlainString(),
                    Double.toString(back), String.format(Locale.ROOT, "%.1f", Math.max(0, Digits.shared(back, epsilon)))));
        }
        page.table(rows);
    }

    private static void writeSizes(Page page) {
        List<Sizes> sizes = IntStream.rangeClosed(1, 12).mapToObj(OnAComputer::sizes).toList();
        double[] depth = sizes.stream().mapToDouble(Sizes::depth).toArray();
        page.figure("expression-swell", new Plot("Size of the derivative as a function is nested", "times nested", "operations")
                .logY()
                .line("symbolic: written out", depth, sizes.stream().mapToDouble(Sizes::symbolic).toArray())
                .line("program of the derivative", depth, sizes.stream().mapToDouble(Sizes::tangent).toArray())
                .line("program of the function", depth, sizes.stream().mapToDouble(Sizes::program).toArray()).svg(),
                "The logistic map 4x(1−x), nested. Written out as one formula its derivative doubles at each level and more; "
                        + "as a program it grows by the same few operations.");
        page.code("""
                Program function = Tracer.trace(new double[] {0.3}, x -> logistic(x, depth));
                Program derivative = Tangent.of(function);
                int operations = Report.operations(derivative);
                """);
    }

    private static void writeTimes(Page page, boolean quick) {
        Differentiable f = Formulas.differentiable(CLASSIC);
        Differentiable java = Differentiable.of(1, OnAComputer::classic);
        CompiledFunction compiled = CompiledFunction.of(java);
        double[] x = {AT};
        double[] gradient = new double[1];
        String[] names = {"analytic, by hand", "central difference", "complex step", "dual numbers", "compiled program"};
        double[] times = {
            Stopwatch.nanoseconds(() -> analytic(x[0]), quick),
            Stopwatch.nanoseconds(() -> FiniteDifferences.central(OnAComputer::classic, x[0]), quick),
            Stopwatch.nanoseconds(() -> ComplexStep.gradient(CLASSIC, x)[0], quick),
            Stopwatch.nanoseconds(() -> java.gradientInto(x, gradient), quick),
            Stopwatch.nanoseconds(() -> compiled.gradient(x, gradient) + gradient[0], quick),
        };
        page.figure("times", Plot.bars("Time of one derivative", names, times, "%.0f ns"),
                "Time of value and derivative at one point, the median of seven rounds after warming up. The analytic derivative is the "
                        + "symbolic one with common parts shared by hand, and computes the derivative alone. The complex step reads the formula anew each time.");
        page.remark(String.format(Locale.ROOT, "At x = 1.5: by hand %s, algorithmic %s, from the formula %s.",
                analytic(AT), java.gradient(AT).gradient()[0], f.gradient(AT).gradient()[0]));
    }

    private static Scalar classic(Scalar[] x) {
        Scalar s = sin(x[0]);
        Scalar c = cos(x[0]);
        return exp(x[0]).div(sqrt(s.times(s).times(s).plus(c.times(c).times(c))));
    }

    private static double classic(double x) {
        double s = Math.sin(x);
        double c = Math.cos(x);
        return Math.exp(x) / Math.sqrt(s * s * s + c * c * c);
    }
}
