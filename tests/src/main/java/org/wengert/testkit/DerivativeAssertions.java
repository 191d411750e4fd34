package org.wengert.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.numeric.Digits;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.core.transform.Pattern;
import org.wengert.testkit.numeric.Line;

/**
 * Assertions that a derivative is right, whoever computes it: hand-written code, Wengert, another library.
 *
 * <pre>{@code
 * assertGradient(x -> x[0] * x[0] * x[1], x -> new double[] {2 * x[0] * x[1], x[0] * x[0]}, 1.5, -2);
 * assertJacobian(f, x -> handWritten(x), 1, 2, 3);      // f a DifferentiableVector: the reference has 20 digits and more
 * assertHessian(f, 1, 2, 3);                            // Wengert's own
 * }</pre>
 *
 * <p><b>What is compared with.</b> Differences of function values, extrapolated to step 0 ({@link
 * org.wengert.testkit.numeric.Differences}). A function written with {@link org.wengert.core.scalar.Scalar} is recorded and evaluated
 * in double-double arithmetic, which makes them exact to 20 digits and more; plain functions, and those with rows that have no
 * such form, are evaluated in doubles, which leaves 10 to 13 digits of first and 7 to 9 of second derivatives. Nothing of
 * this uses a derivative formula.
 *
 * <p><b>Tolerances</b> are not given, they follow: 8 times the error that the reference estimates of itself, 16 times what random
 * rounding errors make of the derivative when it is computed in doubles ({@link org.wengert.testkit.numeric.Rounding}; for plain functions:
 * as many times more than necessary as the values scatter), and 8 units in the last place.
 *
 * <p><b>Outcomes.</b> A wrong derivative is an {@link AssertionFailedError} that tells the point, the direction, both numbers, the likely
 * cause, and the call to repeat. Where nothing can be said (a kink at the point, a pole, values that are NaN, cancellation of all
 * digits) the test is neither passed nor failed but aborted with a {@link org.opentest4j.TestAbortedException} that says why: JUnit
 * reports it as skipped, jqwik tries another point. On a kink, a number that does not even lie between the slopes of the two sides
 * fails.
 *
 * <p>Functions and derivatives get fresh arrays; a derivative that changes its arguments, returns an array of the wrong
 * size, or returns something else when called again, fails. Stateless; costs some hundred evaluations for each entry.
 */
public final class DerivativeAssertions {

    private DerivativeAssertions() {}

    // ---- first derivatives ---------------------------------------------------------------------------

    /** Asserts that Wengert's gradient of a function is right. */
    public static void assertGradient(Differentiable f, double... x) {
        gradient(Subject.of(f), y -> f.gradient(y).gradient(), x, "assertGradient(f, " + list(x) + ")");
    }

    /**
     * Asserts that a gradient is right.
     *
     * @param f        the function, written with our numbers
     * @param gradient ∇f, n entries for n
     * @param x        the point, n entries
     */
    public static void assertGradient(Differentiable f, UnaryOperator<double[]> gradient, double... x) {
        gradient(Subject.of(f), gradient, x, "assertGradient(f, gradient, " + list(x) + ")");
    }

    /**
     * Asserts that a gradient is right.
     *
     * @param f        the function of n numbers
     * @param gradient ∇f, n entries for n
     * @param x        the point, n entries
     */
    public static void assertGradient(ToDoubleFunction<double[]> f, UnaryOperator<double[]> gradient, double... x) {
        gradient(Subject.single(f, x.length), gradient, x, "assertGradient(f, gradient, " + list(x) + ")");
    }

    private static void gradient(Subject f, UnaryOperator<double[]> gradient, double[] x, String call) {
        Supplier<double[]> compute = () -> checked("gradient", gradient, x, x.length);
        double[] actual = compute.get();
        columns("gradient", f, x, actual, compute, 1, call);
    }

    /** Asserts that Wengert's derivative along a direction is right. */
    public static void assertJvp(Differentiable f, double[] x, double[] v) {
        jvp(Subject.of(f), (y, w) -> new double[] {f.jvp(y, w).tangent()}, x, v, "assertJvp(f, " + arrays(x, v) + ")");
    }

    /** Asserts that Wengert's product of the Jacobian with a direction is right. */
    public static void assertJvp(DifferentiableVector f, double[] x, double[] v) {
        jvp(Subject.of(f), (y, w) -> f.jvp(y, w).tangent(), x, v, "assertJvp(f, " + arrays(x, v) + ")");
    }

    /**
     * Asserts that a product of the Jacobian with a direction is right.
     *
     * @param f   the function, written with our numbers
     * @param jvp J(x)·v, for x and v
     * @param x   the point
     * @param v   the direction
     */
    public static void assertJvp(DifferentiableVector f, BinaryOperator<double[]> jvp, double[] x, double[] v) {
        jvp(Subject.of(f), jvp, x, v, "assertJvp(f, jvp, " + arrays(x, v) + ")");
    }

    /** Asserts that a product of the Jacobian with a direction is right; f takes n numbers to m. */
    public static void assertJvp(UnaryOperator<double[]> f, BinaryOperator<double[]> jvp, double[] x, double[] v) {
        jvp(Subject.of(f, x.length), jvp, x, v, "assertJvp(f, jvp, " + arrays(x, v) + ")");
    }

    private static void jvp(Subject f, BinaryOperator<double[]> jvp, double[] x, double[] v, String call) {
        requireSize("v", v, x.length);
        PathCache<Program> paths = f.paths();
        Reference[] references = Reference.first(f, paths, x, v);
        Supplier<double[]> compute = () -> checked("jvp", jvp, x, v, references.length);
        double[] actual = compute.get();
        Check check = new Check("J(x)·v", 1, actual.length, x, call);
        check.direction("v", v);
        for (int i = 0; i < actual.length; i++) {
            check.add(0, i, actual[i], references[i]);
        }
        double[][] along = actual.length == 1 ? new double[][] {v} : new double[0][];
        check.finish(new Diagnosis(f, paths, x, along, compute));
    }

    /** Asserts that Wengert's product of a row with the Jacobian is right. */
    public static void assertVjp(DifferentiableVector f, double[] x, double[] w) {
        vjp(Subject.of(f), (y, row) -> f.vjp(y, row).adjoint(), x, w, "assertVjp(f, " + arrays(x, w) + ")");
    }

    /**
     * Asserts that a product of a row with the Jacobian is right.
     *
     * @param f   the function, written with our numbers
     * @param vjp wᵀJ(x), for x and w
     * @param x   the point
     * @param w   the weights of the outputs
     */
    public static void assertVjp(DifferentiableVector f, BinaryOperator<double[]> vjp, double[] x, double[] w) {
        vjp(Subject.of(f), vjp, x, w, "assertVjp(f, vjp, " + arrays(x, w) + ")");
    }

    /** Asserts that a product of a row with the Jacobian is right; f takes n numbers to m. */
    public static void assertVjp(UnaryOperator<double[]> f, BinaryOperator<double[]> vjp, double[] x, double[] w) {
        vjp(Subject.of(f, x.length), vjp, x, w, "assertVjp(f, vjp, " + arrays(x, w) + ")");
    }

    private static void vjp(Subject f, BinaryOperator<double[]> vjp, double[] x, double[] w, String call) {
        requireSize("w", w, f.plain().apply(x.clone()).length);
        Supplier<double[]> compute = () -> checked("vjp", vjp, x, w, x.length);
        double[] actual = compute.get();
        columns("wᵀJ(x), w = " + Arrays.toString(w), f.weighted(w), x, actual, compute, 1, call);
    }

    /** Asserts that Wengert's Jacobian of a function is right. */
    public static void assertJacobian(DifferentiableVector f, double... x) {
        jacobian(Subject.of(f), y -> rows(f.jacobian(y).entries(), f.outputs(), f.inputs()), x,
                "assertJacobian(f, " + list(x) + ")");
    }

    /**
     * Asserts that a Jacobian is right.
     *
     * @param f        the function, written with our numbers
     * @param jacobian ∂fᵢ/∂xⱼ at [i][j]
     * @param x        the point, n entries
     */
    public static void assertJacobian(DifferentiableVector f, Function<double[], double[][]> jacobian, double... x) {
        jacobian(Subject.of(f), jacobian, x, "assertJacobian(f, jacobian, " + list(x) + ")");
    }

    /** Asserts that a Jacobian, ∂fᵢ/∂xⱼ at [i][j], is right; f takes n numbers to m. */
    public static void assertJacobian(UnaryOperator<double[]> f, Function<double[], double[][]> jacobian, double... x) {
        jacobian(Subject.of(f, x.length), jacobian, x, "assertJacobian(f, jacobian, " + list(x) + ")");
    }

    private static void jacobian(Subject f, Function<double[], double[][]> jacobian, double[] x, String call) {
        int m = f.plain().apply(x.clone()).length;
        Supplier<double[]> compute =
                () -> checked("jacobian", y -> flat("jacobian", jacobian.apply(y), m, x.length), x, m * x.length);
        columns("Jacobian", f, x, compute.get(), compute, m, call);
    }

    /**
     * Asserts that a sparse Jacobian is right, and that outside of its pattern there is nothing.
     *
     * @param f       the function, written with our numbers
     * @param pattern where entries can be other than zero
     * @param entries the entries, in the order of the pattern
     * @param x       the point, n entries
     */
    public static void assertJacobian(DifferentiableVector f, Pattern pattern, UnaryOperator<double[]> entries, double... x) {
        sparse(Subject.of(f), pattern, entries, x, "assertJacobian(f, pattern, entries, " + list(x) + ")");
    }

    /** Asserts that a sparse Jacobian is right, and that outside of its pattern there is nothing; f takes n numbers to m. */
    public static void assertJacobian(
            UnaryOperator<double[]> f, Pattern pattern, UnaryOperator<double[]> entries, double... x) {
        sparse(Subject.of(f, x.length), pattern, entries, x, "assertJacobian(f, pattern, entries, " + list(x) + ")");
    }

    private static void sparse(Subject f, Pattern pattern, UnaryOperator<double[]> entries, double[] x, String call) {
        int m = f.plain().apply(x.clone()).length;
        if (pattern.rows() != m || pattern.columns() != x.length) {
            throw new AssertionFailedError("the pattern must be " + m + " x " + x.length + ", as the function at the point is, but is "
                    + pattern.rows() + " x " + pattern.columns());
        }
        Supplier<double[]> compute = () -> {
            double[] sparse = checked("entries", entries, x, pattern.size());
            double[] dense = new double[m * x.length];
            for (int i = 0; i < m; i++) {
                for (int k = pattern.rowStart()[i]; k < pattern.rowStart()[i + 1]; k++) {
                    dense[i * x.length + pattern.column()[k]] = sparse[k];
                }
            }
            return dense;
        };
        columns("sparse Jacobian of " + pattern.size() + " entries", f, x, compute.get(), compute, m, call);
    }

    /** Compares a matrix of first derivatives, given row by row, with references column by column. */
    private static void columns(
            String quantity, Subject f, double[] x, double[] actual, Supplier<double[]> compute, int rows, String call) {
        int n = x.length;
        PathCache<Program> paths = f.paths();
        Check check = new Check(quantity, rows, n, x, call);
        double[][] units = new double[n][n];
        for (int j = 0; j < n; j++) {
            units[j][j] = 1;
            Reference[] references = Reference.first(f, paths, x, units[j]);
            for (int i = 0; i < rows; i++) {
                check.add(i, j, actual[i * n + j], references[i]);
            }
        }
        check.finish(new Diagnosis(f, paths, x, units, compute));
    }

    // ---- second and higher derivatives ---------------------------------------------------------------

    /** Asserts that Wengert's Hessian of a function is right. */
    public static void assertHessian(Differentiable f, double... x) {
        hessian(Subject.of(f), y -> rows(f.hessian(y).entries(), y.length, y.length), x, "assertHessian(f, " + list(x) + ")");
    }

    /**
     * Asserts that a Hessian is right.
     *
     * @param f       the function, written with our numbers
     * @param hessian ∂²f/∂xᵢ∂xⱼ at [i][j], both halves
     * @param x       the point, n entries
     */
    public static void assertHessian(Differentiable f, Function<double[], double[][]> hessian, double... x) {
        hessian(Subject.of(f), hessian, x, "assertHessian(f, hessian, " + list(x) + ")");
    }

    /** Asserts that a Hessian, ∂²f/∂xᵢ∂xⱼ at [i][j], is right; f takes n numbers to one. */
    public static void assertHessian(ToDoubleFunction<double[]> f, Function<double[], double[][]> hessian, double... x) {
        hessian(Subject.single(f, x.length), hessian, x, "assertHessian(f, hessian, " + list(x) + ")");
    }

    private static void hessian(Subject f, Function<double[], double[][]> hessian, double[] x, String call) {
        int n = x.length;
        Supplier<double[]> compute = () -> checked("hessian", y -> flat("hessian", hessian.apply(y), n, n), x, n * n);
        double[] actual = compute.get();
        PathCache<Program> paths = f.paths();
        Check check = new Check("Hessian", n, n, x, call);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                Reference reference = Reference.second(f, paths, x, unit(n, i), unit(n, j))[0];
                check.add(i, j, actual[i * n + j], reference);
                if (i != j) {
                    check.add(j, i, actual[j * n + i], reference);
                }
            }
        }
        check.finish(new Diagnosis(f, paths, x, new double[0][], compute));
    }

    /** Asserts that Wengert's Hessian-vector product is right. */
    public static void assertHvp(Differentiable f, double[] x, double[] v) {
        hvp(Subject.of(f), (y, w) -> f.hvp(y, w).product(), x, v, "assertHvp(f, " + arrays(x, v) + ")");
    }

    /**
     * Asserts that a Hessian-vector product is right.
     *
     * @param f   the function, written with our numbers
     * @param hvp ∇²f(x)·v, for x and v
     * @param x   the point
     * @param v   the direction
     */
    public static void assertHvp(Differentiable f, BinaryOperator<double[]> hvp, double[] x, double[] v) {
        hvp(Subject.of(f), hvp, x, v, "assertHvp(f, hvp, " + arrays(x, v) + ")");
    }

    /** Asserts that a Hessian-vector product is right; f takes n numbers to one. */
    public static void assertHvp(ToDoubleFunction<double[]> f, BinaryOperator<double[]> hvp, double[] x, double[] v) {
        hvp(Subject.single(f, x.length), hvp, x, v, "assertHvp(f, hvp, " + arrays(x, v) + ")");
    }

    private static void hvp(Subject f, BinaryOperator<double[]> hvp, double[] x, double[] v, String call) {
        requireSize("v", v, x.length);
        Supplier<double[]> compute = () -> checked("hvp", hvp, x, v, x.length);
        double[] actual = compute.get();
        PathCache<Program> paths = f.paths();
        Check check = new Check("∇²f(x)·v", 1, x.length, x, call);
        check.direction("v", v);
        for (int j = 0; j < x.length; j++) {
            check.add(0, j, actual[j], Reference.second(f, paths, x, unit(x.length, j), v)[0]);
        }
        check.finish(new Diagnosis(f, paths, x, new double[0][], compute));
    }

    /**
     * Asserts that Wengert's Taylor coefficients of f(x + t v) up to an order are right.
     *
     * @param order at most 8: differences of higher order hold too few digits
     */
    public static void assertTaylor(Differentiable f, double[] x, double[] v, int order) {
        taylor(Subject.of(f), (y, w) -> f.derivatives(y, w, order).coefficients(), order, x, v,
                "assertTaylor(f, " + arrays(x, v) + ", " + order + ")");
    }

    /**
     * Asserts that Taylor coefficients are right.
     *
     * @param f            the function, written with our numbers
     * @param coefficients for x and v the coefficients of f(x + t v) in t, from t⁰ to t to the power of the order
     * @param order        at most 8
     * @param x            the point
     * @param v            the direction
     */
    public static void assertTaylor(
            Differentiable f, BinaryOperator<double[]> coefficients, int order, double[] x, double[] v) {
        taylor(Subject.of(f), coefficients, order, x, v, "assertTaylor(f, coefficients, " + order + ", " + arrays(x, v) + ")");
    }

    /** Asserts that Taylor coefficients are right; f takes n numbers to one. In doubles, orders beyond 3 are mostly too vague to tell. */
    public static void assertTaylor(
            ToDoubleFunction<double[]> f, BinaryOperator<double[]> coefficients, int order, double[] x, double[] v) {
        taylor(Subject.single(f, x.length), coefficients, order, x, v,
                "assertTaylor(f, coefficients, " + order + ", " + arrays(x, v) + ")");
    }

    private static void taylor(
            Subject f, BinaryOperator<double[]> coefficients, int order, double[] x, double[] v, String call) {
        if (order < 0 || order > 8) {
            throw new IllegalArgumentException("order must be from 0 to 8, but was " + order);
        }
        requireSize("v", v, x.length);
        Supplier<double[]> compute = () -> checked("coefficients", coefficients, x, v, order + 1);
        double[] actual = compute.get();
        PathCache<Program> paths = f.paths();
        double value = f.plain().apply(x.clone())[0];
        if (Double.compare(actual[0] + 0.0, value + 0.0) != 0) {
            throw new AssertionFailedError("Taylor coefficient 0 must be the value of the function, " + value + ", but is "
                    + actual[0] + ". Reproduce: " + call, value, actual[0]);
        }
        Check check = new Check("Taylor series", 1, order + 1, x, call);
        check.direction("v", v);
        List<Line> lines = f.lines(paths, x, v);
        check.add(0, 0, actual[0], Reference.exact(value));
        double factorial = 1;
        for (int k = 1; k <= order; k++) {
            factorial *= k;
            double spread = Reference.sensitivity(f, paths, x, v, k, lines);
            check.add(0, k, actual[k], Reference.of(lines, 0, k, spread, new ArrayList<>()).times(1 / factorial));
        }
        check.finish(new Diagnosis(f, paths, x, new double[0][], compute));
    }

    // ---- against another implementation --------------------------------------------------------------

    /**
     * Asserts that two implementations of a derivative (a gradient, the entries of a Jacobian, …) agree up to rounding: to 8 units in the
     * last place, and 16 times what moving the point by units in the last place changes.
     *
     * @param what     what they compute, for the message
     * @param expected the one that is trusted
     * @param actual   the one that is tested
     * @param x        the point
     */
    public static void assertSame(
            String what, UnaryOperator<double[]> expected, UnaryOperator<double[]> actual, double... x) {
        double[] e = checked(what, expected, x, -1);
        double[] a = checked(what, actual, x, e.length);
        double[] spread = new double[e.length];
        var random = new SplittableRandom(11);
        for (int run = 0; run < 6; run++) {
            double[] moved = Arrays.stream(x).map(t -> t + random.nextInt(-1, 2) * Math.ulp(t)).toArray();
            double[] there = expected.apply(moved);
            for (int i = 0; i < e.length; i++) {
                spread[i] = Math.max(spread[i], Math.abs(there[i] - e[i]));
            }
        }
        for (int i = 0; i < e.length; i++) {
            double tolerance = 8 * Math.ulp(e[i]) + 16 * spread[i];
            if (Double.compare(e[i] + 0.0, a[i] + 0.0) != 0 && !(Math.abs(e[i] - a[i]) <= tolerance)) {
                throw new AssertionFailedError(String.format(Locale.ROOT,
                        "%s: entry %d differs%n  at          x = %s%n  expected    %s ± %.1e%n  but was     %s%n  digits      %.1f shared",
                        what, i, Arrays.toString(x), e[i], tolerance, a[i], Digits.shared(e[i], a[i])), e[i], a[i]);
            }
        }
    }

    // ---- arguments -----------------------------------------------------------------------------------

    private static double[] checked(String what, UnaryOperator<double[]> derivative, double[] x, int size) {
        double[] given = x.clone();
        double[] result = derivative.apply(given);
        requireUnchanged(what, "x", x, given);
        return sized(what, result, size);
    }

    private static double[] checked(String what, BinaryOperator<double[]> derivative, double[] x, double[] v, int size) {
        double[] givenX = x.clone();
        double[] givenV = v.clone();
        double[] result = derivative.apply(givenX, givenV);
        requireUnchanged(what, "its first argument", x, givenX);
        requireUnchanged(what, "its second argument", v, givenV);
        return sized(what, result, size);
    }

    private static void requireUnchanged(String what, String argument, double[] before, double[] after) {
        if (!Arrays.equals(before, after)) {
            throw new AssertionFailedError(what + " changes " + argument + ": it was " + Arrays.toString(before) + " before the call and is "
                    + Arrays.toString(after) + " after it");
        }
    }

    private static double[] sized(String what, double[] result, int size) {
        Objects.requireNonNull(result, "result of " + what);
        if (size >= 0 && result.length != size) {
            throw new AssertionFailedError("the result of " + what + " must have " + size + " entries, but has " + result.length);
        }
        return result.clone();
    }

    private static double[] flat(String what, double[][] matrix, int rows, int columns) {
        boolean transposed = matrix.length == columns && rows != columns
                && Arrays.stream(matrix).allMatch(row -> row.length == rows);
        if (transposed) {
            throw new AssertionFailedError("the " + what + " must be " + rows + " x " + columns + ", but is " + columns + " x " + rows
                    + ": it is transposed");
        }
        if (matrix.length != rows || Arrays.stream(matrix).anyMatch(row -> row.length != columns)) {
            throw new AssertionFailedError("the " + what + " must be " + rows + " x " + columns + ", but has " + matrix.length + " rows of "
                    + Arrays.stream(matrix).map(row -> Integer.toString(row.length)).distinct().collect(Collectors.joining(" or ")) + " entries");
        }
        return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[][] rows(double[] entries, int rows, int columns) {
        double[][] matrix = new double[rows][];
        Arrays.setAll(matrix, i -> Arrays.copyOfRange(entries, i * columns, (i + 1) * columns));
        return matrix;
    }

    private static double[] unit(int n, int j) {
        double[] unit = new double[n];
        unit[j] = 1;
        return unit;
    }

    private static void requireSize(String name, double[] array, int size) {
        if (array.length != size) {
            throw new IllegalArgumentException(name + " must have " + size + " entries, but has " + array.length);
        }
    }

    /** Numbers as Java source. */
    private static String list(double[] x) {
        return Arrays.stream(x).mapToObj(DerivativeAssertions::literal).collect(Collectors.joining(", "));
    }

    private static String literal(double x) {
        return Double.isNaN(x) ? "Double.NaN"
                : Double.isInfinite(x) ? (x > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY") : Double.toString(x);
    }

    private static String arrays(double[] x, double[] v) {
        return "new double[] {" + list(x) + "}, new double[] {" + list(v) + "}";
    }
}
