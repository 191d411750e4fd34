package org.wengert.hessian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.abs;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.max;
import static org.wengert.core.scalar.ScalarMath.pow;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;
import static org.wengert.core.scalar.ScalarMath.square;
import static org.wengert.core.scalar.ScalarMath.sum;
import static org.wengert.core.scalar.ScalarMath.tanh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.core.Differentiable;
import org.wengert.core.Implicit;
import org.wengert.core.elementary.Unary;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.linalg.LinearOperator;

/** Products of all methods, against reference values, eager Hessians, and one another. */
class HessianVectorProductTest {

    private static final List<HvpMethod> EXACT = List.of(
            HvpMethod.FORWARD_OVER_REVERSE, HvpMethod.REVERSE_OVER_REVERSE, HvpMethod.REVERSE_OVER_FORWARD, HvpMethod.HYPER_DUAL);

    static double largest(double... a) {
        return Arrays.stream(a).map(Math::abs).max().orElse(0);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    // ---- reference values ----------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void scalableProblemsGiveTheReferenceValues(ScalableProblem problem) {
        Map<String, Object> all = Reference.map(Reference.map(Reference.map(Reference.read("scalable")).get("problems"))
                .get(problem.name().toLowerCase(Locale.ROOT)));
        for (int n : new int[] {12, 100, 1000}) {
            Map<String, Object> expected = Reference.map(Reference.map(all.get("n")).get(Integer.toString(n)));
            var f = TwiceDifferentiable.of(problem.function(n));
            double[] x = problem.probe(n);
            double[] v = ScalableProblem.direction(n);
            close(Reference.number(expected.get("f_x0")), f.value(problem.start(n)), 1e-12);
            HessianVectorProduct h = f.at(x);
            close(Reference.number(expected.get("f_probe")), f.value(x), 1e-12);
            close(Reference.number(expected.get("f_probe")), h.value(), 1e-12);
            double[] gradient = h.gradient();
            double[] product = h.apply(v);
            double terms = 0; // directional derivatives cancel: what is added up sets the scale of rounding errors
            double terms2 = 0;
            for (int i = 0; i < n; i++) {
                terms += Math.abs(v[i] * gradient[i]);
                terms2 += Math.abs(v[i] * product[i]);
            }
            assertEquals(Reference.number(expected.get("dir1")), dot(v, gradient), 1e-12 * terms);
            assertEquals(Reference.number(expected.get("dir2_vHv")), h.curvature(v), 1e-12 * terms2);
            var series = f.derivatives(x, v, 3);
            assertEquals(Reference.number(expected.get("dir1")), series.derivative(1), 1e-12 * terms);
            assertEquals(Reference.number(expected.get("dir2_vHv")), series.derivative(2), 1e-12 * terms2);
            // Third derivatives are known to 16 digits.
            double third = Reference.number(expected.get("dir3"));
            assertEquals(third, series.derivative(3), 1e-12 * Math.max(Math.abs(third), terms2));
            double[] again = new double[n];
            close(Reference.number(expected.get("f_probe")), f.gradient(x, again), 1e-12);
            for (HvpMethod method : n <= 100 ? EXACT : EXACT.subList(0, 3)) {
                double[] by = f.by(method).at(x).apply(v);
                assertArrayEquals(product, by, 1e-12 * largest(product), method + " at n = " + n);
            }
            entries(expected.get("grad_at_1based_index"), gradient);
            entries(expected.get("grad_at_1based_index"), again);
            entries(expected.get("Hv_at_1based_index"), product);
        }
    }

    private static void close(double expected, double actual, double relative) {
        assertEquals(expected, actual, relative * Math.abs(expected));
    }

    private static void entries(@Nullable Object expected, double[] actual) {
        Reference.map(expected).forEach((i, value) ->
                assertEquals(Reference.number(value), actual[Integer.parseInt(i) - 1], 1e-12 * largest(actual), "entry " + i));
    }

    @Test
    void classicProblemsGiveTheReferenceValues() {
        List<?> all = (List<?>) Reference.read("mgh");
        assertEquals(24, all.size());
        for (Object o : all) {
            Map<String, Object> expected = Reference.map(o);
            var problem = MoreGarbowHillstrom.ALL.stream()
                    .filter(p -> p.number() == (int) Reference.number(expected.get("no"))).findFirst().orElseThrow();
            double[] x = Reference.numbers(expected.get("probe_x"));
            double[] v = Reference.numbers(expected.get("probe_v"));
            double[] gradient = Reference.numbers(expected.get("probe_grad"));
            double[] product = Reference.numbers(expected.get("probe_Hv"));
            var f = TwiceDifferentiable.of(MghObjective.of(problem));
            // What is added up in H·v, entry by entry, sets the scale.
            double scale = 1e-12 * Math.max(largest(product), largest(f.at(x).toDense().data) * largest(v) * 1e-2);
            for (HvpMethod method : EXACT) {
                HessianVectorProduct h = f.by(method).at(x);
                assertEquals(Reference.number(expected.get("probe_f")), h.value(), 1e-12 * Math.abs(h.value()), problem.toString());
                assertArrayEquals(gradient, h.gradient(), 1e-12 * largest(gradient), problem + " gradient");
                assertArrayEquals(product, h.apply(v), scale, problem + " by " + method);
            }
        }
    }

    // ---- laws ----------------------------------------------------------------------------------------

    private static Scalar random(Random random, Scalar[] x, int operations) {
        List<Scalar> all = new ArrayList<>(List.of(x));
        for (int k = 0; k < operations; k++) {
            Scalar a = all.get(random.nextInt(all.size()));
            Scalar b = all.get(random.nextInt(all.size()));
            all.add(switch (random.nextInt(10)) {
                case 0 -> a.plus(b);
                case 1 -> a.times(b).times(0.5);
                case 2 -> tanh(a.times(b));
                case 3 -> sin(a);
                case 4 -> a.div(square(b).plus(1));
                case 5 -> exp(tanh(a).unaryMinus());
                case 6 -> sqrt(square(a).plus(2));
                case 7 -> max(a, b.minus(1));
                case 8 -> a.isLessThan(b) ? a.times(2) : b.minus(1).times(a);
                default -> abs(a.minus(b));
            });
        }
        return sum(all.toArray(Scalar[]::new));
    }

    @Test
    void productsAreTheExactHessianTimesTheVectorSymmetricAndLinear() {
        for (long seed = 0; seed < 150; seed++) {
            long s = seed;
            int n = 1 + (int) (seed % 12);
            Differentiable f = Differentiable.of(n, x -> random(new Random(s), x, 5 + (int) (s % 40)));
            var random = new Random(seed + 1000);
            double[] x = random.doubles(n, -2, 2).toArray();
            double[] u = random.doubles(n, -1, 1).toArray();
            double[] v = random.doubles(n, -1, 1).toArray();
            DMatrixRMaj exact = DMatrixRMaj.wrap(n, n, f.hessian(x).entries());
            double scale = 1e-12 * Math.max(1e-300, largest(exact.data)) * n;
            double[] expected = LinearOperator.of(exact).apply(v);
            var prepared = TwiceDifferentiable.of(f);
            for (HvpMethod method : EXACT) {
                HessianVectorProduct h = prepared.by(method).at(x);
                double[] hv = h.apply(v);
                assertArrayEquals(expected, hv, scale, method + ", seed " + seed);
                assertEquals(dot(u, hv), dot(v, h.apply(u)), scale * n, method + " is symmetric, seed " + seed);
                double[] w = new double[n];
                Arrays.setAll(w, i -> 3 * u[i] - v[i] / 4);
                double[] hw = h.apply(w);
                double[] hu = h.apply(u);
                Arrays.setAll(hu, i -> 3 * hu[i] - hv[i] / 4);
                assertArrayEquals(hu, hw, 10 * scale, method + " is linear, seed " + seed);
                assertArrayEquals(exact.data, h.toDense().data, scale, method + " as a matrix, seed " + seed);
                assertArrayEquals(f.gradient(x).gradient(), h.gradient(), 1e-12 * Math.max(1, largest(h.gradient())));
            }
            assertArrayEquals(f.gradient(x).gradient(), gradient(prepared, x), 1e-12 * Math.max(1, largest(f.gradient(x).gradient())));
            int columns = 1 + (int) (seed % 19); // more and fewer than are taken at once
            var block = new DMatrixRMaj(n, columns);
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < columns; k++) {
                    block.set(i, k, v[i] * (k + 1));
                }
            }
            DMatrixRMaj image = prepared.at(x).apply(block);
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < columns; k++) {
                    assertEquals(expected[i] * (k + 1), image.get(i, k), scale * (k + 1));
                }
            }
        }
    }

    private static double[] gradient(TwiceDifferentiable f, double[] x) {
        double[] g = new double[x.length];
        f.gradient(x, g);
        return g;
    }

    /** The Hessian is linear in f, and differences of gradients see the same. */
    @ParameterizedTest
    @ValueSource(ints = {2, 12, 100})
    void differencesAgreeToTheDigitsTheyHave(int n) {
        for (ScalableProblem p : ScalableProblem.values()) {
            if (n % 4 != 0 && (p == ScalableProblem.WOODS || p == ScalableProblem.POWELLSG)) {
                continue;
            }
            var f = TwiceDifferentiable.of(p.function(n));
            double[] x = p.probe(n);
            double[] v = ScalableProblem.direction(n);
            double[] exact = f.at(x).apply(v);
            double[] near = f.by(HvpMethod.DIFFERENCES).at(x).apply(v);
            // broydn7d has third derivatives that are infinite at kinks nearby.
            double digits = p == ScalableProblem.BROYDN7D ? 1e-3 : 1e-6;
            assertArrayEquals(exact, near, digits * Math.max(1, largest(exact)), p.name());
        }
    }

    // ---- edges ---------------------------------------------------------------------------------------

    @Test
    void functionsWithoutCurvatureGiveZeros() {
        for (HvpMethod method : HvpMethod.values()) {
            var linear = TwiceDifferentiable.of(Differentiable.of(3, x -> x[0].times(2).plus(x[1]).minus(x[2].div(3)))).by(method);
            assertArrayEquals(new double[3], linear.at(1, 2, 3).apply(new double[] {1, -1, 2}), 1e-8, method.name());
            var constant = TwiceDifferentiable.of(Differentiable.of(2, _ -> Scalar.of(7))).by(method);
            assertArrayEquals(new double[2], constant.at(1, 2).apply(new double[] {1, 1}), 0, method.name());
            assertArrayEquals(new double[2], constant.at(1, 2).gradient(), 0);
            assertEquals(7, constant.value(1, 2));
        }
        var linear = TwiceDifferentiable.of(Differentiable.of(3, x -> x[0].plus(x[1])));
        assertArrayEquals(new double[9], linear.denseHessian(1, 2, 3).data);
        assertEquals(0, linear.sparseHessian(1, 2, 3).nz_length);
        assertArrayEquals(new double[3], linear.at(1, 2, 3).diagonal());
    }

    @Test
    void zeroDirectionsStayZeroWhereDerivativesAreInfinite() {
        // √x at 0 has infinite derivatives; the other variable does not care.
        Differentiable f = Differentiable.of(2, x -> sqrt(x[0]).plus(square(x[1]).times(x[1])));
        for (HvpMethod method : EXACT) {
            double[] hv = TwiceDifferentiable.of(f).by(method).at(0, 2).apply(new double[] {0, 1});
            assertArrayEquals(f.hvp(new double[] {0, 2}, new double[] {0, 1}).product(), hv, 0, method.name());
        }
    }

    @Test
    void everyBranchHasItsOwnHessian() {
        var f = TwiceDifferentiable.of(Differentiable.of(1, x -> x[0].isLessThan(0) ? square(x[0]).times(3) : pow(x[0], 3)));
        for (int turn = 0; turn < 3; turn++) {
            assertEquals(6, f.at(-2).apply(new double[] {1})[0]);
            assertEquals(12, f.at(2).apply(new double[] {1})[0]);
            assertEquals(12, f.value(-2));
            assertEquals(8, f.value(2));
        }
    }

    @Test
    void functionsThatReadValuesAreRunByEagerNumbers() {
        Differentiable f = Differentiable.of(2, x -> {
            Scalar y = x[0];
            for (int k = 0; k < (int) Math.abs(x[1].value()); k++) { // as many times as the value says
                y = y.times(x[0]);
            }
            return y.plus(square(x[1]));
        });
        var prepared = TwiceDifferentiable.of(f);
        for (double t : new double[] {1, 2, 3, 4}) {
            assertArrayEquals(f.hvp(new double[] {1.5, t}, new double[] {1, 2}).product(),
                    prepared.at(1.5, t).apply(new double[] {1, 2}), 1e-12);
            assertArrayEquals(f.hessian(1.5, t).entries(), prepared.denseHessian(1.5, t).data, 1e-12);
            assertEquals(f.value(1.5, t), prepared.value(1.5, t));
        }
        assertTrue(prepared.isEager());
    }

    @Test
    void implicitFunctionsAndOwnRowsAreDifferentiatedTwice() {
        // y = root of y³ + y = x₀·x₁, then sin(y)·x₁.
        Differentiable implicit = Differentiable.of(2, x -> {
            Scalar y = Implicit.root((t, p) -> t.times(t).times(t).plus(t).minus(p[0].times(p[1])), p -> {
                double t = p[0] * p[1];
                for (int k = 0; k < 100; k++) {
                    t -= (t * t * t + t - p[0] * p[1]) / (3 * t * t + 1);
                }
                return t;
            }, x);
            return sin(y).times(x[1]);
        });
        Unary cube = Unary.of("cubed", t -> t * t * t, t -> 3 * t * t, t -> 6 * t);
        Differentiable own = Differentiable.of(2, x -> ScalarMath.apply(cube, x[0].times(x[1])).plus(square(x[1])));
        for (Differentiable f : List.of(implicit, own)) {
            double[] x = {0.7, 1.3};
            double[] v = {1, -0.5};
            double[] expected = f.hvp(x, v).product();
            double[] differences = TwiceDifferentiable.of(f).by(HvpMethod.DIFFERENCES).at(x).apply(v);
            for (HvpMethod method : EXACT) {
                double[] actual = TwiceDifferentiable.of(f).by(method).at(x).apply(v);
                assertArrayEquals(expected, actual, 1e-11, method.name());
                assertArrayEquals(differences, actual, 1e-6, method.name());
            }
        }
    }

    @Test
    void largeFunctionsAgreeWithSmallOnes() {
        // The product of a chained function is local: entry i of a long chain is that of a short one around it.
        int n = 20_000;
        var f = TwiceDifferentiable.of(ScalableProblem.CHNROSENBROCK.function(n));
        double[] x = ScalableProblem.CHNROSENBROCK.probe(n);
        double[] v = ScalableProblem.direction(n);
        double[] hv = f.at(x).apply(v);
        double[] hx = f.at(x).diagonal();
        for (int i : new int[] {0, 1, 777, n - 2, n - 1}) {
            double left = i > 0 ? 200 : 0;
            double a = i < n - 1 ? 1200 * x[i] * x[i] - 400 * x[i + 1] + 2 : 0;
            double expected = (a + left) * v[i] + (i > 0 ? -400 * x[i - 1] * v[i - 1] : 0) + (i < n - 1 ? -400 * x[i] * v[i + 1] : 0);
            assertEquals(expected, hv[i], 1e-12 * largest(hv), "entry " + i);
            assertEquals(a + left, hx[i], 1e-12 * largest(hx));
        }
    }

    // ---- probing -------------------------------------------------------------------------------------

    @Test
    void probedDiagonalsComeWithinTheirErrors() {
        int n = 30;
        Differentiable f = Differentiable.of(n, x -> {
            Scalar s = Scalar.of(0);
            for (int i = 0; i < n; i++) {
                s = s.plus(square(x[i]).times(i + 1)).plus(x[i].times(x[(i + 7) % n]).times(0.3));
            }
            return s;
        });
        HessianVectorProduct h = HessianVectorProduct.of(f, new double[n]);
        double[] exact = h.diagonal();
        HessianVectorProduct.Probed probed = h.estimateDiagonal(400, 1);
        int within = 0;
        for (int i = 0; i < n; i++) {
            within += Math.abs(probed.value()[i] - exact[i]) <= 3 * probed.error()[i] ? 1 : 0;
        }
        assertTrue(within >= n - 1, within + " of " + n + " within three standard errors");
        // Σ of 2(i+1) over the diagonal, known in closed form.
        assertEquals(n * (n + 1), Arrays.stream(exact).sum(), 1e-9);
        HessianVectorProduct.Probed trace = h.estimateTrace(400, 2);
        assertEquals(n * (n + 1), trace.value()[0], 4 * trace.error()[0]);
        assertArrayEquals(probed.value(), h.estimateDiagonal(400, 1).value(), 0, "the same seed, the same estimate");
    }

    // ---- messages ------------------------------------------------------------------------------------

    @Test
    void wrongArgumentsAreNamed() {
        var f = TwiceDifferentiable.of(Differentiable.of(2, x -> x[0].times(x[1])));
        assertEquals("x must have 2 entries, but has 3",
                assertThrows(IllegalArgumentException.class, () -> f.at(1, 2, 3)).getMessage());
        assertEquals("v must have 2 entries, but has 1",
                assertThrows(IllegalArgumentException.class, () -> f.at(1, 2).apply(new double[1])).getMessage());
        assertEquals("v must not hold NaN, but entry 1 is NaN", assertThrows(IllegalArgumentException.class,
                () -> f.at(1, 2).apply(new double[] {0, Double.NaN})).getMessage());
        assertEquals("probes must be at least 2, but was 1",
                assertThrows(IllegalArgumentException.class, () -> f.at(1, 2).estimateTrace(1, 0)).getMessage());
        assertTrue(f.report(1, 2).contains("(taken)"), f.report(1, 2));
    }
}
