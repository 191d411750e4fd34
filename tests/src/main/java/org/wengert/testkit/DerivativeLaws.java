package org.wengert.testkit;

import static org.wengert.core.scalar.ScalarMath.sin;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;
import org.wengert.core.Along;
import org.wengert.core.Derivatives;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Gradient;
import org.wengert.core.Hessian;
import org.wengert.core.Jacobian;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.core.scalar.Scalar;

/**
 * Laws that derivatives of every function obey. Each method checks one law for a function at a point and throws an
 * {@link AssertionFailedError} that names it; where the numbers at the point are not finite there is nothing to check and the try is
 * aborted. {@link FunctionLaws} and {@link RowLaws} are the same as ready-made properties.
 *
 * <p>What holds exactly is asked for bit for bit. Elsewhere both sides may differ by 16 times what random rounding errors make of
 * them.
 */
public final class DerivativeLaws {

    private static final double SPREADS = 16;

    private DerivativeLaws() {}

    // ---- exact laws ----------------------------------------------------------------------------------

    /** f(x) is the same, bit for bit, whether derivatives are taken along or not. */
    public static void valueUnchangedByDifferentiation(Differentiable f, double[] x, double[] v) {
        String law = "the value is unchanged by differentiation";
        double value = f.value(x);
        bits(law + ": gradient", value, f.gradient(x).value());
        bits(law + ": jvp", value, f.jvp(x, v).value());
        bits(law + ": along", value, f.along(x, v).value());
        bits(law + ": hvp", value, f.hvp(x, v).value());
        bits(law + ": hessian", value, f.hessian(x).value());
        if (Double.isFinite(value)) {
            bits(law + ": derivatives", value, f.derivatives(x, v, 3).value());
        }
    }

    /** The derivative along the zero direction is 0, even where partial derivatives are infinite; NaN only with the value. */
    public static void zeroTangentStaysZero(Differentiable f, double[] x) {
        double[] zero = new double[x.length];
        double value = f.value(x);
        double expected = Double.isNaN(value) ? Double.NaN : 0;
        double first = f.jvp(x, zero).tangent();
        Along along = f.along(x, zero);
        if (Double.isNaN(value)) {
            // A function that does not depend on its inputs at such a point may say 0.
            return;
        }
        same("the derivative along 0 is 0", expected, first, 0, x);
        same("the second derivative along 0 is 0", expected, along.second(), 0, x);
    }

    /** No bit of a derivative depends on how many directions travel together. */
    public static void chunkSizeDoesNotMatter(Differentiable f, double[] x, double[] v) {
        String law = "independence of the chunk size";
        Gradient g = f.gradient(x);
        Hessian h = f.hessian(x);
        double[] product = f.hvp(x, v).product();
        for (int lanes : new int[] {1, 4, 8}) {
            Differentiable fixed = f.withLanes(lanes);
            bits(law + ", gradient, " + lanes, g.gradient(), fixed.gradient(x).gradient());
            bits(law + ", hessian, " + lanes, h.entries(), fixed.hessian(x).entries());
            bits(law + ", hvp, " + lanes, product, fixed.hvp(x, v).product());
        }
    }

    /** The gradient of f with its inputs in another order is the gradient of f in that order, bit for bit. */
    public static void laneOrderDoesNotMatter(Differentiable f, double[] x) {
        int n = x.length;
        Differentiable reversed = Differentiable.of(n, z -> f.value(reverse(z)));
        double[] y = new double[n];
        Arrays.setAll(y, i -> x[n - 1 - i]);
        double[] there = reversed.gradient(y).gradient();
        double[] expected = f.gradient(x).gradient();
        for (int i = 0; i < n; i++) {
            bits("independence of the lane order, input " + i, expected[i], there[n - 1 - i]);
        }
    }

    private static Scalar[] reverse(Scalar[] z) {
        Scalar[] y = new Scalar[z.length];
        Arrays.setAll(y, i -> z[z.length - 1 - i]);
        return y;
    }

    // ---- laws up to rounding -------------------------------------------------------------------------

    /** D f(x)(a u + b v) = a D f(x)(u) + b D f(x)(v). */
    public static void jvpIsLinear(Differentiable f, double[] x, double[] u, double[] v, double a, double b) {
        double[] sum = new double[x.length];
        Arrays.setAll(sum, i -> a * u[i] + b * v[i]);
        double left = f.jvp(x, sum).tangent();
        double first = f.jvp(x, u).tangent();
        double second = f.jvp(x, v).tangent();
        double size = 0;
        double[] gradient = f.gradient(x).gradient();
        for (int i = 0; i < x.length; i++) {
            size += Math.abs(gradient[i]) * (Math.abs(a * u[i]) + Math.abs(b * v[i]));
        }
        double tolerance = firstTolerance(f, x, sum) + Math.abs(a) * firstTolerance(f, x, u) + Math.abs(b) * firstTolerance(f, x, v)
                + SPREADS * Math.ulp(size);
        same("the derivative is linear in the direction", a * first + b * second, left, tolerance, x);
    }

    /** D(f g) = f D g + g D f, with g = 2 + sin(x₀ + x₁ + …). */
    public static void productRule(Differentiable f, double[] x, double[] v) {
        Differentiable g = partner(x.length);
        Differentiable product = Differentiable.of(x.length, z -> f.value(z).times(g.value(z)));
        double a = f.value(x);
        double b = g.value(x);
        double expected = a * g.jvp(x, v).tangent() + b * f.jvp(x, v).tangent();
        double tolerance = firstTolerance(product, x, v) + Math.abs(b) * firstTolerance(f, x, v)
                + SPREADS * Math.ulp(Math.abs(a * g.jvp(x, v).tangent()) + Math.abs(b * f.jvp(x, v).tangent()));
        same("the product rule", expected, product.jvp(x, v).tangent(), tolerance + (1 + Math.abs(g.jvp(x, v).tangent())) * valueTolerance(f, x), x);
    }

    /** D(f / g) = (D f - (f/g) D g) / g, with g = 2 + sin(x₀ + x₁ + …). */
    public static void quotientRule(Differentiable f, double[] x, double[] v) {
        Differentiable g = partner(x.length);
        Differentiable quotient = Differentiable.of(x.length, z -> f.value(z).div(g.value(z)));
        double b = g.value(x);
        double first = f.jvp(x, v).tangent() / b;
        double second = f.value(x) / b * g.jvp(x, v).tangent() / b;
        double tolerance = firstTolerance(quotient, x, v) + firstTolerance(f, x, v) / b
                + SPREADS * Math.ulp(Math.abs(first) + Math.abs(second))
                + (1 + Math.abs(g.jvp(x, v).tangent())) * valueTolerance(f, x);
        same("the quotient rule", first - second, quotient.jvp(x, v).tangent(), tolerance, x);
    }

    /** D(arctan f) = D f / (1 + f²). */
    public static void chainRule(Differentiable f, double[] x, double[] v) {
        Differentiable chain = Differentiable.of(x.length, z -> org.wengert.core.scalar.ScalarMath.atan(f.value(z)));
        double y = f.value(x);
        double inner = f.jvp(x, v).tangent();
        double outer = 1 / (1 + y * y);
        double expected = inner == 0 ? 0 : outer * inner;
        double tolerance = firstTolerance(chain, x, v) + outer * firstTolerance(f, x, v)
                + Math.abs(2 * y * outer * outer * inner) * valueTolerance(f, x) + SPREADS * Math.ulp(expected);
        same("the chain rule", expected, chain.jvp(x, v).tangent(), tolerance, x);
    }

    private static Differentiable partner(int n) {
        return Differentiable.of(n, z -> {
            Scalar sum = z[0];
            for (int i = 1; i < n; i++) {
                sum = sum.plus(z[i]);
            }
            return sin(sum).plus(2);
        });
    }

    /** wᵀ(J v) = (wᵀJ) v. */
    public static void duality(DifferentiableVector f, double[] x, double[] v, double[] w) {
        double[] tangent = f.jvp(x, v).tangent();
        double[] adjoint = f.vjp(x, w).adjoint();
        Jacobian jacobian = f.jacobian(x);
        double left = 0;
        double right = 0;
        double size = 0;
        for (int i = 0; i < w.length; i++) {
            left += w[i] == 0 ? 0 : w[i] * tangent[i];
            for (int j = 0; j < x.length; j++) {
                size += w[i] == 0 || v[j] == 0 ? 0 : Math.abs(w[i] * jacobian.get(i, j) * v[j]);
            }
        }
        for (int j = 0; j < x.length; j++) {
            right += v[j] == 0 ? 0 : v[j] * adjoint[j];
        }
        same("duality of Jacobian-vector and vector-Jacobian products", left, right, 64 * Math.ulp(size), x);
    }

    /** uᵀ(H v) = vᵀ(H u), and the Hessian is exactly symmetric. */
    public static void hessianIsSymmetric(Differentiable f, double[] x, double[] u, double[] v) {
        Hessian h = f.hessian(x);
        double size = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                bits("the Hessian is symmetric at (" + i + ", " + j + ")", h.get(i, j), h.get(j, i));
                size += u[i] == 0 || v[j] == 0 ? 0 : Math.abs(u[i] * h.get(i, j) * v[j]);
            }
        }
        double tolerance = secondTolerance(f, x, u, v) + secondTolerance(f, x, v, u) + 64 * Math.ulp(size);
        same("uᵀ(H v) = vᵀ(H u)", dot(u, f.hvp(x, v).product()), dot(v, f.hvp(x, u).product()), tolerance, x);
    }

    /** Euler: a function that is homogeneous of degree k has x·∇f(x) = k f(x). */
    public static void eulerHomogeneity(Differentiable f, double degree, double[] x) {
        double[] gradient = f.gradient(x).gradient();
        double tolerance = firstTolerance(f, x, x) + Math.abs(degree) * valueTolerance(f, x);
        for (int i = 0; i < x.length; i++) {
            tolerance += SPREADS * Math.ulp(x[i] * gradient[i]);
        }
        same("Euler's theorem for degree " + degree, degree * f.value(x), dot(x, gradient), tolerance, x);
    }

    /** s f(x/s) is homogeneous of degree 1 in (x, s), whatever f is. */
    public static void eulerHomogeneity(Differentiable f, double[] x, double s) {
        int n = x.length;
        Differentiable cone = Differentiable.of(n + 1, z -> {
            Scalar[] y = new Scalar[n];
            Arrays.setAll(y, i -> z[i].div(z[n]));
            return z[n].times(f.value(y));
        });
        double[] at = Arrays.copyOf(x, n + 1);
        for (int i = 0; i < n; i++) {
            at[i] *= s;
        }
        at[n] = s;
        eulerHomogeneity(cone, 1, at);
    }

    /** The series of f at x + t v is the series at x, shifted by t: up to the terms that the series leaves out. */
    public static void taylorShift(Differentiable f, double[] x, double[] v, double t) {
        int order = 12;
        Derivatives here = f.derivatives(x, v, order);
        double[] moved = new double[x.length];
        Arrays.setAll(moved, i -> x[i] + t * v[i]);
        Derivatives there = f.derivatives(moved, v, order);
        double[] c = here.coefficients();
        // Terms beyond the order, if they go on to grow as they do.
        double growth = 0;
        for (int k = 1; k <= order; k++) {
            growth = Math.max(growth, Math.pow(Math.abs(c[k]), 1.0 / k));
        }
        double ratio = growth * Math.abs(t);
        if (!(ratio < 0.1)) {
            throw new TestAbortedException("the series does not converge at t = " + t);
        }
        for (int k = 0; k <= 2; k++) {
            double sum = 0;
            double size = 0;
            for (int j = order; j >= k; j--) {
                double term = binomial(j, k) * c[j] * Math.pow(t, j - k);
                sum += term;
                size += Math.abs(term);
            }
            double left = Math.pow(ratio, order) * Math.pow(growth, k) * binomial(order + 1, k) * 4 * (1 + Math.abs(c[0]));
            double tolerance = left + 1e-10 * size + 1e-12 * Math.pow(growth, k) * Math.abs(c[0]);
            same("Taylor shift, coefficient " + k, sum, there.coefficients()[k], tolerance, x);
        }
    }

    private static double binomial(int n, int k) {
        double b = 1;
        for (int i = 0; i < k; i++) {
            b = b * (n - i) / (i + 1);
        }
        return b;
    }

    /** g(f(x)) = x, so g'(f(x)) f'(x) = 1. */
    public static void inverse(UnaryOperator<Scalar> f, UnaryOperator<Scalar> g, double x) {
        Differentiable both = Differentiable.of(1, z -> g.apply(f.apply(z[0])));
        double[] at = {x};
        double[] one = {1};
        double tolerance = valueTolerance(both, at) + Math.ulp(x);
        same("the inverse undoes the function", x, both.value(x), tolerance, at);
        same("the derivatives of a function and its inverse multiply to 1", 1, both.jvp(at, one).tangent(),
                firstTolerance(both, at, one) + 16 * Math.ulp(1.0), at);
    }

    /** F(x(p), p) = 0, so ∂F/∂x · dx + ∂F/∂p · dp = 0. */
    public static void implicitFunction(Differentiable x, Differentiable equation, double[] p, double[] v) {
        double root = x.value(p);
        double slope = x.jvp(p, v).tangent();
        double[] at = new double[p.length + 1];
        double[] along = new double[p.length + 1];
        at[0] = root;
        along[0] = slope;
        System.arraycopy(p, 0, at, 1, p.length);
        System.arraycopy(v, 0, along, 1, p.length);
        double[] gradient = equation.gradient(at).gradient();
        double size = 0;
        for (int i = 0; i < at.length; i++) {
            size += Math.abs(gradient[i] * along[i]);
        }
        same("the implicit function theorem", 0, dot(gradient, along), 1e-9 * size + Math.ulp(1.0), p);
    }

    // ---- comparison ----------------------------------------------------------------------------------

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] == 0 || b[i] == 0 ? 0 : a[i] * b[i];
        }
        return sum;
    }

    private static double firstTolerance(Differentiable f, double[] x, double[] v) {
        double @Nullable [] spread = Subject.firstSpread(Subject.of(f).paths(), x, v);
        double size = Math.abs(f.jvp(x, v).tangent());
        return spread == null ? 1e-10 * (size + 1) : SPREADS * spread[0] + 8 * Math.ulp(size);
    }

    private static double secondTolerance(Differentiable f, double[] x, double[] u, double[] v) {
        double @Nullable [] spread = Subject.secondSpread(Subject.of(f).paths(), x, u, v);
        return spread == null ? 1e-8 * (1 + Math.abs(dot(u, f.hvp(x, v).product()))) : SPREADS * spread[0];
    }

    private static double valueTolerance(Differentiable f, double[] x) {
        PathCache<Program> paths = Subject.of(f).paths();
        double value = Math.abs(f.value(x));
        if (paths == null) {
            return 1e-12 * value;
        }
        try {
            return SPREADS * org.wengert.testkit.numeric.Rounding.spread(paths.at(x), x)[0] + 8 * Math.ulp(value);
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            return 1e-12 * value;
        }
    }

    private static void same(String law, double expected, double actual, double tolerance, double[] x) {
        if (!Double.isFinite(expected) || Double.isInfinite(tolerance)) {
            throw new TestAbortedException(law + ": nothing to compare at x = " + Arrays.toString(x) + ", where a side is " + expected);
        }
        if (!(Math.abs(expected - actual) <= tolerance)) {
            throw new AssertionFailedError(
                    String.format(Locale.ROOT, "%s does not hold at x = %s: %s on one side, %s on the other, tolerance %.1e",
                            law, Arrays.toString(x), expected, actual, tolerance), expected, actual);
        }
    }

    private static void bits(String law, double expected, double actual) {
        if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(actual)) {
            throw new AssertionFailedError(law + ": " + expected + " and " + actual + " are not the same bits", expected, actual);
        }
    }

    private static void bits(String law, double[] expected, double[] actual) {
        for (int i = 0; i < expected.length; i++) {
            bits(law + ", entry " + i, expected[i], actual[i]);
        }
    }
}
