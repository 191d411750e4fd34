package org.wengert.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;
import static org.wengert.testkit.DerivativeAssertions.assertGradient;
import static org.wengert.testkit.DerivativeAssertions.assertHessian;
import static org.wengert.testkit.DerivativeAssertions.assertHvp;
import static org.wengert.testkit.DerivativeAssertions.assertJacobian;
import static org.wengert.testkit.DerivativeAssertions.assertJvp;
import static org.wengert.testkit.DerivativeAssertions.assertSame;
import static org.wengert.testkit.DerivativeAssertions.assertTaylor;
import static org.wengert.testkit.DerivativeAssertions.assertVjp;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.elementary.Unary;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.core.transform.Pattern;

class DerivativeAssertionsTest {

    /** x²y + sin(xy). */
    private static final Differentiable F =
            Differentiable.of(2, x -> x[0].times(x[0]).times(x[1]).plus(sin(x[0].times(x[1]))));

    private static final double[] AT = {1.5, -2};

    private static double plain(double[] x) {
        return x[0] * x[0] * x[1] + Math.sin(x[0] * x[1]);
    }

    private static double[] gradient(double[] x) {
        double c = Math.cos(x[0] * x[1]);
        return new double[] {2 * x[0] * x[1] + x[1] * c, x[0] * x[0] + x[0] * c};
    }

    private static double[][] hessian(double[] x) {
        double c = Math.cos(x[0] * x[1]);
        double s = Math.sin(x[0] * x[1]);
        double mixed = 2 * x[0] + c - x[0] * x[1] * s;
        return new double[][] {{2 * x[1] - x[1] * x[1] * s, mixed}, {mixed, -x[0] * x[0] * s}};
    }

    /** (xy, eˣ, x + y²). */
    private static final DifferentiableVector G = Differentiable.vector(
            2, 3, x -> new Scalar[] {x[0].times(x[1]), exp(x[0]), x[0].plus(x[1].times(x[1]))});

    private static double[] plainVector(double[] x) {
        return new double[] {x[0] * x[1], Math.exp(x[0]), x[0] + x[1] * x[1]};
    }

    private static double[][] jacobian(double[] x) {
        return new double[][] {{x[1], x[0]}, {Math.exp(x[0]), 0}, {1, 2 * x[1]}};
    }

    private static String failure(Executable assertion) {
        return String.valueOf(assertThrows(AssertionFailedError.class, assertion).getMessage());
    }

    private static void assertSays(Executable assertion, String... parts) {
        String message = failure(assertion);
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + part + "' is missing in: " + message);
        }
    }

    private static void assertSaysOpen(Executable assertion, String part) {
        String message = open(assertion);
        assertTrue(message.contains(part), message);
    }

    private static String open(Executable assertion) {
        return String.valueOf(assertThrows(TestAbortedException.class, assertion).getMessage());
    }

    @Test
    void rightDerivativesPassAgainstBothReferences() {
        assertGradient(F, AT);
        assertGradient(F, DerivativeAssertionsTest::gradient, AT);
        assertGradient(DerivativeAssertionsTest::plain, DerivativeAssertionsTest::gradient, AT);
        assertJacobian(G, AT);
        assertJacobian(G, DerivativeAssertionsTest::jacobian, AT);
        assertJacobian(DerivativeAssertionsTest::plainVector, DerivativeAssertionsTest::jacobian, AT);
        double[] v = {0.3, -1};
        double[] w = {1, -2, 0.5};
        assertJvp(F, AT, v);
        assertJvp(G, AT, v);
        assertVjp(G, AT, w);
        assertVjp(DerivativeAssertionsTest::plainVector, (x, r) -> G.vjp(x, r).adjoint(), AT, w);
        assertJvp(DerivativeAssertionsTest::plainVector, (x, d) -> G.jvp(x, d).tangent(), AT, v);
        assertHessian(F, AT);
        assertHessian(F, DerivativeAssertionsTest::hessian, AT);
        assertHessian(DerivativeAssertionsTest::plain, DerivativeAssertionsTest::hessian, AT);
        assertHvp(F, AT, v);
        assertHvp(DerivativeAssertionsTest::plain, (x, d) -> F.hvp(x, d).product(), AT, v);
        assertTaylor(F, AT, v, 6);
        assertTaylor(DerivativeAssertionsTest::plain, (x, d) -> F.derivatives(x, d, 2).coefficients(), 2, AT, v);
    }

    @Test
    void aSignErrorIsCalledSo() {
        UnaryOperator<double[]> wrong = x -> new double[] {gradient(x)[0], -gradient(x)[1]};
        assertSays(() -> assertGradient(F, wrong, AT), "gradient: entry 1 is wrong: a sign error", "x = [1.5, -2.0]",
                "double-double", "but was", "digits shared", "ulps apart", "complex step",
                "reproduce   assertGradient(f, gradient, 1.5, -2.0)");
        assertSays(() -> assertGradient(DerivativeAssertionsTest::plain, wrong, AT), "a sign error");
        assertSays(() -> assertHessian(F, x -> {
            double[][] h = hessian(x);
            h[1][1] = -h[1][1];
            return h;
        }, AT), "Hessian: entry (1, 1) is wrong: a sign error");
        assertSays(() -> assertJvp(G, (x, v) -> {
            double[] t = G.jvp(x, v).tangent();
            t[2] = -t[2];
            return t;
        }, AT, new double[] {1, 2}), "a sign error", "along       v = [1.0, 2.0]");
    }

    @Test
    void aFactorOfTwoIsCalledSo() {
        assertSays(() -> assertGradient(F, x -> new double[] {gradient(x)[0] / 2, gradient(x)[1]}, AT),
                "entry 0 is wrong: a factor of 2: it is half");
        assertSays(() -> assertHvp(F, (x, v) -> {
            double[] p = F.hvp(x, v).product();
            return new double[] {2 * p[0], 2 * p[1]};
        }, AT, new double[] {1, 0}), "a factor of 2: it is twice", "2 of 2 entries are wrong");
        assertSays(() -> assertTaylor(F, (x, v) -> F.derivatives(x, v, 3).derivatives(), 3, AT, new double[] {1, 0}),
                "Taylor series: entry 3 is wrong");
    }

    @Test
    void degreesForRadiansAreCalledSo() {
        assertSays(() -> assertGradient(x -> Math.sin(x[0]), x -> new double[] {Math.cos(x[0]) * Math.PI / 180}, 0.3), "degrees");
    }

    @Test
    void aTransposedJacobianIsCalledSo() {
        DifferentiableVector square = Differentiable.vector(2, 2, x -> new Scalar[] {x[0].times(x[1]), exp(x[0])});
        assertSays(() -> assertJacobian(square, x -> new double[][] {{x[1], Math.exp(x[0])}, {x[0], 0}}, AT), "transposed");
        assertSays(() -> assertJacobian(G, x -> new double[][] {{x[1], Math.exp(x[0]), 1}, {x[0], 0, 2 * x[1]}}, AT), "transposed");
        assertSays(() -> assertJacobian(G, x -> new double[][] {{x[1], Math.exp(x[0])}, {1, x[0]}, {0, 2 * x[1]}}, AT),
                "transposed: its columns are written one after the other");
    }

    @Test
    void exchangedForgottenAndMissingEntriesAreCalledSo() {
        assertSays(() -> assertGradient(F, x -> new double[] {gradient(x)[1], gradient(x)[0]}, AT), "0 and 1 are exchanged");
        assertSays(() -> assertGradient(F, x -> new double[] {gradient(x)[0], 0}, AT), "forgotten term");
        assertSays(() -> assertGradient(F, x -> new double[] {Double.NaN, 0}, AT), "it is NaN");
        assertSays(() -> assertGradient(F, x -> new double[3], AT), "must have 2 entries, but has 3");
    }

    @Test
    void aDerivativeThatKeepsStateOrChangesItsArgumentFails() {
        var calls = new AtomicInteger();
        assertSays(() -> assertGradient(F, x -> new double[] {calls.incrementAndGet(), 0}, AT), "state kept between calls");
        assertSays(() -> assertGradient(F, x -> {
            x[0] = 0;
            return x;
        }, AT), "changes x");
    }

    @Test
    void theBranchOfAnotherPointIsCalledSo() {
        Differentiable f = Differentiable.of(1, x -> x[0].isLessThan(1) ? x[0].times(x[0]) : x[0].times(3).minus(2));
        assertGradient(f, 0.999);
        assertGradient(f, 1.001);
        assertSays(() -> assertGradient(f, x -> new double[] {3}, 0.9999), "a stale branch");
        assertSays(() -> assertGradient(x -> x[0] < 1 ? x[0] * x[0] : 3 * x[0] - 2, x -> new double[] {3}, 0.9999),
                "a stale branch");
    }

    @Test
    void lostDigitsAreCounted() {
        assertSays(() -> assertGradient(F, x -> {
            double h = 1e-6;
            double[] g = gradient(x);
            g[0] = (F.value(x[0] + h, x[1]) - F.value(x[0], x[1])) / h;
            return g;
        }, AT), "digits are right: cancellation, or differences in place of a derivative");
    }

    @Test
    void aKinkIsSaidAndNotDecided() {
        Differentiable abs = Differentiable.of(1, x -> ScalarMath.abs(x[0]));
        assertTrue(open(() -> assertGradient(abs, 0)).contains("kink"));
        assertTrue(open(() -> assertGradient(x -> Math.abs(x[0]), x -> new double[] {0.25}, 0)).contains("kink"));
        assertSays(() -> assertGradient(abs, x -> new double[] {1.5}, 0), "a kink");
        assertGradient(abs, 1e-12);
        assertSays(() -> assertGradient(abs, x -> new double[] {-1}, 1e-12), "is wrong");
        assertTrue(open(() -> assertHessian(Differentiable.of(1, x -> x[0].times(ScalarMath.abs(x[0]))), 0)).contains("kink"));
        // So near that doubles cannot tell.
        open(() -> assertGradient(x -> Math.abs(x[0] - 1), x -> new double[] {1}, 1 + 1e-15));
    }

    @Test
    void polesEndsOfDomainsAndNaNAreSaid() {
        Differentiable root = Differentiable.of(1, x -> sqrt(x[0]));
        open(() -> assertGradient(root, 0));
        assertTrue(open(() -> assertGradient(root, -1)).contains("NaN"));
        open(() -> assertGradient(x -> 1 / x[0], x -> new double[] {0}, 0));
    }

    @Test
    void aDerivativeWithoutDigitsIsSaid() {
        Differentiable naive = Differentiable.of(1, x -> ScalarMath.cos(x[0]).minusFrom(1).div(x[0].times(x[0])));
        assertSaysOpen(() -> assertGradient(naive, 1e-7), "cancellation");
        assertGradient(naive, 0.5);
    }

    @Test
    void rowsOfTheUsersOwnAreComparedWithDifferencesOfDoubles() {
        Unary good = Unary.of("cube", x -> x * x * x, x -> 3 * x * x, x -> 6 * x);
        Unary bad = Unary.of("cube", x -> x * x * x, x -> 2 * x * x, x -> 6 * x);
        assertGradient(Differentiable.of(1, x -> x[0].apply(good)), 1.25);
        assertHessian(Differentiable.of(1, x -> x[0].apply(good)), 1.25);
        assertSays(() -> assertGradient(Differentiable.of(1, x -> x[0].apply(bad)), 1.25), "differences of doubles");
    }

    @Test
    void sparseJacobiansAreCheckedInsideAndOutsideOfTheirPattern() {
        Pattern pattern = new Pattern(3, 2, new int[] {0, 2, 3, 5}, new int[] {0, 1, 0, 0, 1});
        assertJacobian(G, pattern, x -> new double[] {x[1], x[0], Math.exp(x[0]), 1, 2 * x[1]}, AT);
        assertSays(() -> assertJacobian(G, pattern, x -> new double[] {x[1], x[0], Math.exp(x[0]), 1, x[1]}, AT),
                "entry (2, 1) is wrong: a factor of 2");
        Pattern tooFew = new Pattern(3, 2, new int[] {0, 1, 2, 4}, new int[] {0, 0, 0, 1});
        assertSays(() -> assertJacobian(G, tooFew, x -> new double[] {x[1], Math.exp(x[0]), 1, 2 * x[1]}, AT),
                "entry (0, 1) is wrong", "forgotten");
        assertSays(() -> assertJacobian(DerivativeAssertionsTest::plainVector, new Pattern(2, 2, new int[] {0, 0, 0}, new int[0]),
                x -> new double[0], AT), "the pattern must be 3 x 2");
    }

    @Test
    void twoImplementationsAgreeOrTheEntryIsNamed() {
        assertSame("gradient", DerivativeAssertionsTest::gradient, x -> F.gradient(x).gradient(), AT);
        assertSays(() -> assertSame("gradient", DerivativeAssertionsTest::gradient,
                x -> new double[] {gradient(x)[0], 1.0001 * gradient(x)[1]}, AT), "entry 1 differs", "digits");
    }

    @Test
    void directionsOfTheWrongSizeAreArgumentsNotFailures() {
        var e = assertThrows(IllegalArgumentException.class, () -> assertJvp(F, AT, new double[3]));
        assertEquals("v must have 2 entries, but has 3", e.getMessage());
    }
}
