package org.wengert.hessian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.log;
import static org.wengert.core.scalar.ScalarMath.square;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wengert.core.Differentiable;
import org.wengert.core.scalar.Scalar;
import org.wengert.linalg.LinearOperator;

class MinimizerTest {

    private static final List<MinimizeMethod> SECOND_ORDER = Arrays.stream(MinimizeMethod.values())
            .filter(MinimizeMethod::isSecondOrder).toList();

    private static final Differentiable ROSENBROCK = Differentiable.of(2,
            x -> square(x[1].minus(square(x[0]))).times(100).plus(square(x[0].minusFrom(1))));

    // ---- known minima --------------------------------------------------------------------------------

    /** The documented minimum of every classic problem, from the standard start. */
    @ParameterizedTest
    @EnumSource(names = {"NEWTON_CG", "TRUST_REGION", "LANCZOS_TRUST_REGION", "EXACT_TRUST_REGION", "CUBIC"})
    void classicProblemsComeToTheDocumentedMinimum(MinimizeMethod method) {
        List<String> failures = new ArrayList<>();
        for (Object o : (List<?>) Reference.read("mgh")) {
            Map<String, Object> expected = Reference.map(o);
            int number = (int) Reference.number(expected.get("no"));
            var problem = MoreGarbowHillstrom.ALL.stream().filter(p -> p.number() == number).findFirst().orElseThrow();
            var f = TwiceDifferentiable.of(MghObjective.of(problem));
            Minimum m = new Minimizer(method).withTolerance(1e-10).withMostIterations(3000).minimize(f, Reference.numbers(expected.get("x0")));
            double least = least(expected);
            boolean right = m.value() <= least + 1e-7 * Math.max(least, 1e-3);
            // Without preconditioning some methods creep along the curved valley of problem 3, whose curvatures differ by a factor of 10¹⁶.
            boolean creeps = number == 3 && right;
            if (!m.converged() && !creeps || !right) {
                failures.add(problem + ": " + m.message() + ", should be " + least + " at " + Arrays.toString(m.point()));
            }
        }
        assertEquals(List.of(), failures);
    }

    static double least(Map<String, Object> expected) {
        String text = String.valueOf(expected.get("f_star_refined")).strip().split("[ (]", 2)[0];
        return Double.parseDouble(text);
    }

    @ParameterizedTest
    @EnumSource(names = {"NEWTON_CG", "TRUST_REGION", "LANCZOS_TRUST_REGION", "EXACT_TRUST_REGION", "CUBIC", "LBFGS"})
    void scalableProblemsAreSolved(MinimizeMethod method) {
        List<String> failures = new ArrayList<>();
        for (int n : new int[] {100, 1000}) {
            if (n == 1000 && method == MinimizeMethod.EXACT_TRUST_REGION) {
                continue; // eigenvalues of a full matrix: for some hundred variables
            }
            for (ScalableProblem p : ScalableProblem.values()) {
                Minimum m = new Minimizer(method).withTolerance(1e-6).minimize(TwiceDifferentiable.of(p.function(n)), p.start(n));
                double least = p.least(n);
                // These have local minima too.
                boolean right = Double.isNaN(least) || m.value() <= least + 1e-5 * Math.max(1, Math.abs(least))
                        || p == ScalableProblem.CHNROSENBROCK && Math.abs(m.value() - 3.986) < 0.01
                        || p == ScalableProblem.COSINE && m.value() < -0.9 * n
                        || p == ScalableProblem.BRTRIDIA && m.value() < 1 && method == MinimizeMethod.LBFGS;
                if (!m.converged() || !right) {
                    failures.add(p + " n=" + n + ": " + m.message());
                }
                if (Boolean.getBoolean("wengert.print")) {
                    System.out.printf("%s %s %d: f=%.8g g=%.2e it=%d %s%n", method, p, n, m.value(), m.gradientNorm(), m.iterations(), m.evaluations());
                }
            }
        }
        assertEquals(List.of(), failures);
    }

    @ParameterizedTest
    @EnumSource
    void rosenbrocksValleyIsWalkedToItsEnd(MinimizeMethod method) {
        var minimizer = new Minimizer(method).withRate(method == MinimizeMethod.ADAM ? 1e-2 : 2e-4).withTolerance(1e-7);
        Minimum m = minimizer.minimize(ROSENBROCK, -1.2, 1);
        assertTrue(m.converged(), m.message());
        assertArrayEquals(new double[] {1, 1}, m.point(), 1e-5);
        assertEquals(m.iterations() + 1, m.history().size());
        assertEquals(24.2, m.history().getFirst().value(), 1e-12);
        assertEquals(m.value(), m.history().getLast().value());
        assertTrue(method.isSecondOrder() == m.evaluations().products() > 0, m.evaluations().toString());
        Minimum again = minimizer.minimize(ROSENBROCK, -1.2, 1);
        assertArrayEquals(m.point(), again.point(), 0, "deterministic");
        assertEquals(m.evaluations(), again.evaluations());
    }

    // ---- the hard case -------------------------------------------------------------------------------

    @Test
    void exactStepsSolveTheHardCase() {
        // g has no part along the eigenvector of the eigenvalue -1.
        var h = new DMatrixRMaj(new double[][] {{-1, 0, 0}, {0, 2, 0}, {0, 0, 4}});
        double[] g = {0, 1, 1};
        TrustRegion.Step s = EigenModel.of(h, g).withinRadius(3);
        assertEquals(3, s.length(), 1e-12);
        assertEquals(-1.0 / 3, s.step()[1], 1e-12);
        assertEquals(-1.0 / 5, s.step()[2], 1e-12);
        TrustRegion.Step cubic = EigenModel.of(h, g).withCube(0.1);
        assertEquals(10, cubic.length(), 1e-9); // λ = σ‖s‖ = 1
    }

    /** The conditions that make a step the global minimizer of the model: no other step of the length does better. */
    @Test
    void exactAndLanczosStepsAreGlobalMinimizersOfTheModel() {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            int n = 2 + seed % 6;
            var h = new DMatrixRMaj(n, n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    double t = random.nextGaussian();
                    h.set(i, j, t);
                    h.set(j, i, t);
                }
            }
            double[] g = random.doubles(n, -1, 1).toArray();
            double radius = 0.1 + random.nextDouble() * 3;
            TrustRegion.Step exact = EigenModel.of(h, g).withinRadius(radius);
            assertTrue(exact.length() <= radius * (1 + 1e-9));
            assertEquals(-model(h, g, exact.step()), exact.promised(), 1e-9 * Math.max(1, exact.promised()));
            for (int k = 0; k < 300; k++) {
                double[] s = random.doubles(n, -1, 1).toArray();
                double length = MinimizerRun.norm(s);
                double to = radius * random.nextDouble();
                Arrays.setAll(s, i -> s[i] / length * to);
                assertTrue(model(h, g, s) >= -exact.promised() - 1e-9);
            }
            TrustRegion.Step lanczos = new LanczosModel(LinearOperator.of(h), g, false).step(radius);
            TrustRegion.Step steihaug = TrustRegion.steihaug(LinearOperator.of(h), g, radius);
            assertTrue(lanczos.promised() <= exact.promised() + 1e-9 && steihaug.promised() <= exact.promised() + 1e-9);
            assertTrue(steihaug.promised() >= 0.3 * exact.promised() - 1e-9 || lanczos.promised() >= steihaug.promised() - 1e-9);
            assertEquals(-model(h, g, steihaug.step()), steihaug.promised(), 1e-9 * Math.max(1, steihaug.promised()));
        }
    }

    private static double model(DMatrixRMaj h, double[] g, double[] s) {
        return MinimizerRun.dot(g, s) + MinimizerRun.dot(s, LinearOperator.of(h).apply(s)) / 2;
    }

    @Test
    void saddlesAreLeftWhereCurvatureIsSeen() {
        // x² - y² + y⁴ has a saddle at 0; the start is a hair off the ridge.
        Differentiable f = Differentiable.of(2, x -> square(x[0]).minus(square(x[1])).plus(square(square(x[1]))));
        for (MinimizeMethod method : SECOND_ORDER) {
            Minimum m = new Minimizer(method).minimize(f, 1, 1e-7);
            assertEquals(-0.25, m.value(), 1e-9, method + ": " + m.message());
        }
    }

    // ---- bounds and equations ------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(names = {"NEWTON_CG", "TRUST_REGION", "LBFGS"})
    void boundsHold(MinimizeMethod method) {
        var box = new Bounds(new double[] {-2, -2}, new double[] {0.5, 2});
        double[][] outside = new double[1][];
        Differentiable watched = Differentiable.of(2, x -> {
            if (x[0].value() > 0.5 || Math.abs(x[1].value()) > 2) {
                outside[0] = new double[] {x[0].value(), x[1].value()};
            }
            return square(x[1].minus(square(x[0]))).times(100).plus(square(x[0].minusFrom(1)));
        });
        Minimum m = new Minimizer(method).within(box).minimize(watched, -1.2, 1);
        assertTrue(m.converged(), m.message());
        assertArrayEquals(new double[] {0.5, 0.25}, m.point(), 1e-6);
        assertEquals(null, outside[0]);
        // A fixed variable, and a minimum inside.
        Minimum fixed = new Minimizer(method).within(new Bounds(new double[] {-1, -5}, new double[] {-1, 5})).minimize(ROSENBROCK, -1, 3);
        assertArrayEquals(new double[] {-1, 1}, fixed.point(), 1e-6);
        Minimum inside = new Minimizer(method).within(new Bounds(new double[] {-5, -5}, new double[] {5, 5})).minimize(ROSENBROCK, -1.2, 1);
        assertArrayEquals(new double[] {1, 1}, inside.point(), 1e-5);
    }

    @Test
    void manyBoundsAreFoundTogether() {
        int n = 200;
        Differentiable f = ScalableProblem.EDENSCH.function(n);
        double[] upper = new double[n];
        Arrays.setAll(upper, i -> i % 2 == 0 ? 1 : 10);
        double[] lower = new double[n];
        Arrays.fill(lower, -10);
        Minimum m = new Minimizer().within(new Bounds(lower, upper)).withTolerance(1e-7).minimize(f, new double[n]);
        assertTrue(m.converged(), m.message());
        double[] g = f.gradient(m.point()).gradient();
        for (int i = 0; i < n; i++) {
            assertTrue(m.point()[i] == upper[i] ? g[i] <= 1e-7 * Math.abs(m.value()) : Math.abs(g[i]) <= 1e-7 * Math.abs(m.value()), "variable " + i);
        }
    }

    @Test
    void equationsHoldAtTheMinimum() {
        // Hock and Schittkowski 7: log(1 + x²) - y under (1 + x²)² + y² = 4; f* = -√3.
        Differentiable f = Differentiable.of(2, x -> log(square(x[0]).plus(1)).minus(x[1]));
        var c = Differentiable.vector(2, 1, x -> new Scalar[] {square(square(x[0]).plus(1)).plus(square(x[1])).minus(4)});
        var m = new AugmentedLagrangian(new Minimizer(MinimizeMethod.LANCZOS_TRUST_REGION)).minimize(f, c, 2, 2);
        assertTrue(m.converged(), m.minimum().message());
        assertEquals(-Math.sqrt(3), m.value(), 1e-7);
        assertTrue(m.violation() <= 1e-9);
        assertEquals(1 / (2 * Math.sqrt(3)), m.multipliers()[0], 1e-6);
        // Hock and Schittkowski 28: f* = 0 at (1/2, -1/2, 1/2).
        Differentiable g = Differentiable.of(3, x -> square(x[0].plus(x[1])).plus(square(x[1].plus(x[2]))));
        var d = Differentiable.vector(3, 1, x -> new Scalar[] {x[0].plus(x[1].times(2)).plus(x[2].times(3)).minus(1)});
        assertArrayEquals(new double[] {0.5, -0.5, 0.5}, new AugmentedLagrangian(new Minimizer()).minimize(g, d, -4, 1, 1).point(), 1e-6);
    }

    // ---- trouble -------------------------------------------------------------------------------------

    @Test
    void runsEndForTheRightReason() {
        for (MinimizeMethod method : SECOND_ORDER) {
            assertEquals(StopReason.UNBOUNDED, new Minimizer(method).withMostIterations(5000)
                    .minimize(Differentiable.of(2, x -> square(x[0]).minus(square(x[1]))), 1, 1).reason(), method.name());
            assertEquals(StopReason.START_NOT_FINITE, new Minimizer(method)
                    .minimize(Differentiable.of(1, x -> log(x[0])), -1).reason());
            assertEquals(StopReason.ITERATION_LIMIT, new Minimizer(method).withMostIterations(2).minimize(ROSENBROCK, -1.2, 1).reason());
            assertEquals(2, new Minimizer(method).withMostIterations(2).minimize(ROSENBROCK, -1.2, 1).iterations());
            // Beyond x = 0 there is no logarithm: steps there are turned back.
            Minimum m = new Minimizer(method).minimize(Differentiable.of(1, x -> x[0].minus(log(x[0]))), 1e-3);
            assertEquals(1, m.point()[0], 1e-6, method + ": " + m.message());
            // e⁻ˣ has no minimum, but its gradient becomes as small as one likes.
            assertTrue(new Minimizer(method).minimize(Differentiable.of(1, x -> exp(x[0].unaryMinus())), 0).converged());
        }
    }

    @ParameterizedTest
    @EnumSource
    void listenersSeeEachStepAndMayStop(MinimizeMethod method) {
        List<Integer> seen = new ArrayList<>();
        Minimum m = new Minimizer(method).withListener(i -> {
            seen.add(i.number());
            return i.number() < 3;
        }).minimize(ROSENBROCK, -1.2, 1);
        assertEquals(StopReason.STOPPED, m.reason());
        assertEquals(List.of(0, 1, 2, 3), seen);
        assertThrows(ArithmeticException.class, m::orThrow);
    }

    @ParameterizedTest
    @EnumSource
    void interruptionEndsARun(MinimizeMethod method) {
        Thread.currentThread().interrupt();
        try {
            assertEquals(StopReason.INTERRUPTED, new Minimizer(method).minimize(ROSENBROCK, -1.2, 1).reason());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void wrongArgumentsAreNamed() {
        var minimizer = new Minimizer();
        assertEquals("start must have 2 entries, but has 1",
                assertThrows(IllegalArgumentException.class, () -> minimizer.minimize(ROSENBROCK, 1)).getMessage());
        assertEquals("start must be finite, but entry 1 is NaN",
                assertThrows(IllegalArgumentException.class, () -> minimizer.minimize(ROSENBROCK, 1, Double.NaN)).getMessage());
        assertEquals("tolerance must be at least 0, but was -1.0",
                assertThrows(IllegalArgumentException.class, () -> minimizer.withTolerance(-1)).getMessage());
        assertEquals("start must lie within the bounds, but entry 0 is 5.0, not in [0.0, 1.0]",
                assertThrows(IllegalArgumentException.class, () -> minimizer.within(new Bounds(new double[2], new double[] {1, 1}))
                        .minimize(ROSENBROCK, 5, 0)).getMessage());
    }
}
