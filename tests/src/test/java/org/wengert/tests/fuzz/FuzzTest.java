package org.wengert.tests.fuzz;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.lifecycle.AfterContainer;
import org.wengert.core.elementary.Family;
import org.wengert.core.numeric.Estimate;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.core.program.Workspace;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.SecondOrder;
import org.wengert.core.transform.Tangent;
import org.wengert.testkit.DerivativeArbitraries;
import org.wengert.testkit.RandomProgram;
import org.wengert.testkit.numeric.Differences;
import org.wengert.testkit.numeric.Line;
import org.wengert.testkit.numeric.Lines;
import org.wengert.testkit.numeric.Rounding;

/**
 * Random programs through every way to derivatives, and through differences in double-double arithmetic. Any two that differ by more
 * than rounding explains are a failure; the report shows the shortest such program as a call of {@code wengert derive}.
 *
 * <p>{@code -Plong} runs many times as many programs.
 */
class FuzzTest {

    /** How many times as many programs as in the normal run. */
    private static final int FACTOR = Integer.getInteger("wengert.fuzz.factor", 1);

    private static final long SEED = Long.getLong("wengert.fuzz.seed", 42);

    /** How many times the spread of random rounding errors two ways may differ. */
    private static final double SPREADS = 64;

    private static final Set<String> STEPS = Set.of("floor", "ceil", "rint", "rem", "floorMod", "IEEEremainder", "nextUp");

    private static final List<FirstOrderPath> FIRST = Paths.first();
    private static final List<SecondOrderPath> SECOND = Paths.second();

    private static final AtomicLong PROGRAMS = new AtomicLong();
    private static final AtomicLong ORACLE = new AtomicLong();

    @AfterContainer
    static void tell() {
        System.out.printf(Locale.ROOT, "fuzzed %d programs, %d entries against double-double differences%n", PROGRAMS.get(), ORACLE.get());
    }

    private static Arbitrary<RandomProgram.At> ordinary() {
        return DerivativeArbitraries.programs().outputs(2).at(DerivativeArbitraries.numbers(-2, 3));
    }

    private static Arbitrary<RandomProgram.At> large() {
        return DerivativeArbitraries.programs().inputs(6).steps(60).at(DerivativeArbitraries.numbers(-2, 3));
    }

    private static Arbitrary<RandomProgram.At> nasty() {
        return DerivativeArbitraries.programs().outputs(2).steps(8).at(DerivativeArbitraries.nastyNumbers());
    }

    private static void fuzz(String what, Arbitrary<RandomProgram.At> programs, int count, Consumer<RandomProgram.At> check) {
        Fuzzer.run(what, programs, SEED, count * FACTOR, p -> {
            PROGRAMS.incrementAndGet();
            check.accept(p);
        });
    }

    @Example
    void allWaysToJacobiansAgree() {
        fuzz("Jacobians", ordinary(), 1500, FuzzTest::firstOrder);
    }

    @Example
    void allWaysToHessiansAgree() {
        fuzz("Hessians", ordinary(), 800, FuzzTest::secondOrder);
    }

    /** At edges numbers are compared with numbers, and along the zero direction nothing moves. */
    @Example
    void allWaysKeepTheRulesAtNastyPoints() {
        fuzz("nasty points", nasty(), 1500, at -> {
            firstOrder(at);
            double[] tangent = at.program().vector().jvp(at.point(), new double[at.point().length]).tangent();
            double[] value = at.program().vector().value(at.point());
            for (int i = 0; i < value.length; i++) {
                if (tangent[i] != 0 && !Double.isNaN(value[i])) {
                    fail("the derivative along 0 is " + tangent[i] + "\n" + at);
                }
            }
        });
    }

    @Example
    void largeProgramsAgreeToo() {
        fuzz("large programs", large(), 100, FuzzTest::firstOrder);
    }

    private static void firstOrder(RandomProgram.At at) {
        RandomProgram program = at.program();
        double[] x = at.point();
        Program recorded = program.trace(x);
        double[] plain = new double[recorded.outputs()];
        Workspace workspace = recorded.newWorkspace();
        recorded.run(x, plain, workspace);
        FirstOrderPath.Result reference = FIRST.getFirst().run().of(program, recorded, x);
        double[] tolerance = null;
        double[] spread = null;
        for (FirstOrderPath path : FIRST) {
            if (isLeftOut(path.exact(), path.share(), recorded)) {
                continue;
            }
            FirstOrderPath.Result result = path == FIRST.getFirst() ? reference : path.run().of(program, recorded, x);
            for (int i = 0; i < plain.length; i++) {
                boolean same = Double.compare(plain[i], result.value()[i]) == 0;
                if (!same && !path.exact()) {
                    spread = spread == null ? Rounding.spread(recorded, x) : spread;
                    double allowed = SPREADS * spread[i] + 16 * Math.ulp(plain[i]);
                    same = !Double.isFinite(plain[i]) || !Double.isFinite(allowed) || Math.abs(plain[i] - result.value()[i]) <= allowed;
                }
                if (!same) {
                    fail(path.name() + ": value " + i + " is " + result.value()[i] + ", by plain doubles " + plain[i] + "\n" + at);
                }
            }
            if (!Arrays.equals(reference.jacobian(), result.jacobian())) {
                tolerance = tolerance == null ? firstTolerance(recorded, x, reference.jacobian()) : tolerance;
                compare(path.name() + ", Jacobian", reference.jacobian(), result.jacobian(), tolerance, at);
            }
        }
        if (isTame(recorded, workspace)) {
            firstOracle(program, at, reference.jacobian(), tolerance == null ? firstTolerance(recorded, x, reference.jacobian()) : tolerance);
        }
    }

    /**
     * Whether a program is not one for a path: its turn has not come, or it has steps and the path may round differently, so that
     * it may end up on the other side of one.
     */
    private static boolean isLeftOut(boolean exact, int share, Program recorded) {
        boolean jumps = !exact && recorded.rows().stream().anyMatch(
                row -> row.notes().family() == Family.PIECEWISE || row.name().equals("leakyRelu") || row.name().equals("elu"));
        return jumps || share > 1 && Math.floorMod(PROGRAMS.get(), share) != 0;
    }

    /** Whether differences can tell: numbers of ordinary size, and no steps that follow closely on one another. */
    private static boolean isTame(Program p, Workspace workspace) {
        if (p.rows().stream().anyMatch(row -> STEPS.contains(row.name()))) {
            return false;
        }
        for (int v = 0; v < p.nodes(); v++) {
            double size = Math.abs(workspace.value(v));
            if (!(size <= 1e30) || size < 1e-30 && size != 0) {
                return false;
            }
        }
        return true;
    }

    private static double[] firstTolerance(Program r, double[] x, double[] jacobian) {
        int m = r.outputs();
        int n = x.length;
        double[] tolerance = new double[m * n];
        Program columns = Tangent.columns(r, Paths.inputs(r));
        double[] forward = Rounding.spread(columns, x);
        double[][] sizes = PathSizes.of(r, x);
        double underflow = 16 * Double.MIN_VALUE * largest(r, x);
        for (int i = 0; i < m; i++) {
            Program gradient = Adjoint.gradient(r.select(i));
            double[] reverse = Rounding.spread(gradient, x);
            for (int j = 0; j < n; j++) {
                tolerance[i * n + j] = SPREADS * Math.max(forward[m + j * m + i], reverse[1 + j])
                        + 16 * Math.ulp(jacobian[i * n + j]) + 8 * Math.ulp(sizes[i][j]) + underflow;
            }
        }
        return tolerance;
    }

    /** The largest finite number on the way: by so much a product can be multiplied that was too small for its digits. */
    private static double largest(Program r, double[] x) {
        Workspace workspace = r.newWorkspace();
        r.run(x, new double[r.outputs()], workspace);
        double largest = 1;
        for (int v = 0; v < r.nodes(); v++) {
            double size = Math.abs(workspace.value(v));
            largest = size <= Double.MAX_VALUE ? Math.max(largest, size) : largest;
        }
        return largest;
    }

    private static void compare(
            String what, double[] expected, double[] actual, double[] tolerance, RandomProgram.At at) {
        for (int k = 0; k < expected.length; k++) {
            if (Double.isFinite(expected[k]) && Double.isFinite(actual[k]) && Double.isFinite(tolerance[k])
                    && !(Math.abs(expected[k] - actual[k]) <= tolerance[k])) {
                fail(String.format(Locale.ROOT, "%s, entry %d: %s, but by dual numbers %s; rounding explains %.1e%n%s",
                        what, k, actual[k], expected[k], tolerance[k], at));
            }
        }
    }

    private static void firstOracle(RandomProgram program, RandomProgram.At at, double[] jacobian, double[] tolerance) {
        double[] x = at.point();
        PathCache<Program> paths = PathCache.of(x.length, program::apply, 16);
        int n = x.length;
        for (int j = 0; j < n; j++) {
            double[] v = new double[n];
            v[j] = 1;
            Line line;
            try {
                line = Lines.doubleDoubles(paths, x, v);
            } catch (IllegalArgumentException e) {
                return;
            }
            for (int i = 0; i < program.outputs(); i++) {
                if (!Double.isFinite(line.at(0)[i].hi()) || Differences.kink(line, i, 1).isPresent()) {
                    continue;
                }
                Estimate e = Differences.derivative(line, i, 1);
                double actual = jacobian[i * n + j];
                double allowed = tolerance[i * n + j] + 16 * e.error();
                if (!(e.error() <= 1e-9 * Math.abs(e.value())) || !Double.isFinite(allowed)) {
                    continue;
                }
                ORACLE.incrementAndGet();
                if (!(Math.abs(actual - e.value()) <= allowed)) {
                    fail(String.format(Locale.ROOT, "Jacobian entry (%d, %d): %s by dual numbers, but %s ± %.1e by differences; rounding"
                            + " explains %.1e%n%s", i, j, actual, e.value(), e.error(), tolerance[i * n + j], at));
                }
            }
        }
    }

    private static void secondOrder(RandomProgram.At at) {
        RandomProgram program = at.program();
        double[] x = at.point();
        Program recorded = program.trace(x);
        double[] reference = SECOND.getFirst().run().of(program, recorded, x);
        // Outside of the domain of a first derivative there is no second; ways may then follow either side of the boundary.
        double[] gradient = program.differentiable().gradient(x).gradient();
        for (int k = 0; k < reference.length; k++) {
            if (Double.isNaN(gradient[k / x.length]) || Double.isNaN(gradient[k % x.length])) {
                reference[k] = Double.NaN;
            }
        }
        Workspace workspace = recorded.newWorkspace();
        recorded.run(x, new double[recorded.outputs()], workspace);
        double[] tolerance = null;
        for (SecondOrderPath path : SECOND.subList(1, SECOND.size())) {
            if (isLeftOut(path.exact(), path.share(), recorded)) {
                continue;
            }
            double[] result = path.run().of(program, recorded, x);
            if (!Arrays.equals(reference, result)) {
                tolerance = tolerance == null ? secondTolerance(recorded.select(0), x, reference) : tolerance;
                compare(path.name() + ", Hessian", reference, result, tolerance, at);
            }
        }
        if (isTame(recorded, workspace)) {
            secondOracle(program, at, reference, tolerance == null ? secondTolerance(recorded.select(0), x, reference) : tolerance);
        }
    }

    /** uᵀHu for u = eᵢ + eⱼ, and for u = eᵢ where i = j. */
    private static void secondOracle(RandomProgram program, RandomProgram.At at, double[] hessian, double[] tolerance) {
        double[] x = at.point();
        PathCache<Program> paths = PathCache.of(x.length, program::apply, 16);
        int n = x.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double[] u = new double[n];
                u[i] = 1;
                u[j] = 1;
                Line line;
                try {
                    line = Lines.doubleDoubles(paths, x, u);
                } catch (IllegalArgumentException e) {
                    return;
                }
                if (!Double.isFinite(line.at(0)[0].hi()) || Differences.kink(line, 0, 1).isPresent()
                        || Differences.kink(line, 0, 2).isPresent()) {
                    continue;
                }
                Estimate e = Differences.derivative(line, 0, 2);
                double actual = hessian[i * n + i];
                double allowed = tolerance[i * n + i] + 16 * e.error();
                if (i != j) {
                    actual += hessian[j * n + j] + 2 * hessian[i * n + j];
                    allowed += tolerance[j * n + j] + 2 * tolerance[i * n + j];
                }
                if (!(e.error() <= 1e-9 * Math.abs(e.value())) || !Double.isFinite(allowed)) {
                    continue;
                }
                ORACLE.incrementAndGet();
                if (!(Math.abs(actual - e.value()) <= allowed)) {
                    fail(String.format(Locale.ROOT, "second derivative along e%d + e%d: %s by hyper-dual numbers, but %s ± %.1e by"
                            + " differences; rounding explains %.1e%n%s", i, j, actual, e.value(), e.error(), allowed, at));
                }
            }
        }
    }

    private static double[] secondTolerance(Program r, double[] x, double[] hessian) {
        int n = x.length;
        double[] tolerance = new double[n * n];
        Program hvp = SecondOrder.hvp(r);
        Program mixed = SecondOrder.mixed(r);
        // What edge pushing adds up, in whatever order, are the paths through the gradient.
        double[][] sizes = PathSizes.of(Adjoint.gradient(r), x);
        for (int j = 0; j < n; j++) {
            double[] v = new double[n];
            v[j] = 1;
            double[] spread = Rounding.spread(hvp, Paths.concatenate(x, v));
            for (int i = 0; i < n; i++) {
                double[] u = new double[n];
                u[i] = 1;
                double forward = Rounding.spread(mixed, Paths.concatenate(x, u, v))[3];
                tolerance[j * n + i] = SPREADS * Math.max(spread[1 + n + i], forward) + 16 * Math.ulp(hessian[j * n + i])
                        + 8 * Math.ulp(Math.max(sizes[1 + i][j], sizes[1 + j][i]));
            }
        }
        return tolerance;
    }
}
