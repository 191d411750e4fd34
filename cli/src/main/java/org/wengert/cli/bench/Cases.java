package org.wengert.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.jspecify.annotations.Nullable;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Jacobian;
import org.wengert.core.ScalarFunction;
import org.wengert.core.batch.CompiledFunction;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.TileInterpreter;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Adjoint;

/** All cases, and the ways to compute each. */
public final class Cases {

    private static final long SEED = 1;

    /** When what is compiled in the background has taken over, in nanoseconds. */
    private static final long COMPILED_AFTER = 3_000_000_000L;

    private Cases() {}

    /** An engine that runs programs over tiles, for one case. */
    private record Tiles(String title, Engine engine, BooleanSupplier ready) {

        static List<Tiles> all() {
            HotEngine hot = new HotEngine();
            return List.of(
                    new Tiles("tile interpreter", new TileInterpreter(), () -> true),
                    new Tiles("fused kernels", hot, hot::settled));
        }

        Contender contender(String task, Runnable sweep, Supplier<double[]> results) {
            return new Contender(title, task, sweep, results, ready);
        }
    }

    /** All of them. */
    public static List<BenchCase> all() {
        List<BenchCase> cases = new ArrayList<>();
        cases.add(new BenchCase("bundle-adjustment", "reprojection error and its 2x15 Jacobian, per observation",
                100_000, Cases::bundleAdjustment));
        for (int[] size : new int[][] {{2, 5}, {2, 50}, {10, 5}, {10, 25}, {10, 50}}) {
            cases.add(new BenchCase(
                    "gaussian-mixture-d" + size[0] + "-k" + size[1],
                    "log posterior of a Gaussian mixture and its gradient by "
                            + new GaussianMixture(size[0], size[1], new double[0], 1, 0).parameters() + " parameters, per point",
                    1000, (points, threads) -> gaussianMixture(size[0], size[1], points, threads)));
        }
        cases.add(new BenchCase("hand-tracking-simple", "residuals of hand tracking and their Jacobian by 26 numbers, per point",
                192, (points, threads) -> handTracking(false, points, threads)));
        cases.add(new BenchCase(
                "hand-tracking-complicated", "the same with points on triangles, by 26 + 2 numbers, per point",
                192, (points, threads) -> handTracking(true, points, threads)));
        cases.add(new BenchCase("lstm", "loss of an LSTM network (2 layers, 14 bits) and its gradient, per step of the text",
                1023, (steps, _) -> lstm(steps)));
        for (int n : new int[] {10, 100}) {
            cases.add(new BenchCase("rosenbrock-" + n, "Rosenbrock's function of " + n + " variables and its gradient, one point",
                    1, (_, _) -> classic(n, Classics::rosenbrock, Classics::rosenbrock, Classics::rosenbrock,
                            HipparchusFunctions::rosenbrock)));
            cases.add(new BenchCase("ackley-" + n, "Ackley's function of " + n + " variables and its gradient, one point",
                    1, (_, _) -> classic(n, Classics::ackley, Classics::ackley, Classics::ackley, HipparchusFunctions::ackley)));
        }
        for (int n : new int[] {10, 100, 1000, 100_000, 1_000_000}) {
            // Recording what a million variables and their products need takes more memory than a default heap has.
            boolean products = n < 1_000_000;
            cases.add(large(n, new Large("rosenbrock", Classics::rosenbrock, Classics::rosenbrock, Classics::rosenbrock,
                    HipparchusFunctions::rosenbrock, products ? LargePoints::rosenbrockTimes : null)));
            cases.add(large(n, new Large("ackley", Classics::ackley, Classics::ackley, Classics::ackley,
                    HipparchusFunctions::ackley, null)));
            cases.add(large(n, new Large("broyden", LargePoints::broyden, LargePoints::broyden, LargePoints::broyden,
                    HipparchusFunctions::broyden, products ? LargePoints::broydenTimes : null)));
            // The differences between the variables and their sum lose what the sum has lost: more would tell nothing.
            if (n <= 100_000) {
                cases.add(large(Math.min(n, 10_000), new Large("brown", LargePoints::brown, LargePoints::brown, LargePoints::brown,
                        HipparchusFunctions::brown, null)));
            }
            int side = (int) Math.sqrt(n);
            cases.add(large(side * side, new Large("surface", LargePoints::surface, LargePoints::surface, LargePoints::surface,
                    HipparchusFunctions::surface, null)));
            cases.add(large(n, new Large("arrow", LargePoints::arrow, LargePoints::arrow, LargePoints::arrow,
                    HipparchusFunctions::arrow, null)));
        }
        return List.copyOf(cases);
    }

    // ---- bundle adjustment -----------------------------------------------------------------------------

    /** Writes what belongs to a row of inputs into a row of outputs. */
    private interface RowTask {
        void run(double[] x, int at, double[] out, int to);
    }

    private static Contender rows(
            String engine, String task, Workers workers, double[] rows, int inputs, int outputs, RowTask one) {
        int points = rows.length / inputs;
        double[] out = new double[points * outputs];
        return new Contender(engine, task, () -> workers.split(points, (_, from, to) -> {
            for (int i = from; i < to; i++) {
                one.run(rows, i * inputs, out, i * outputs);
            }
        }), () -> out);
    }

    private static List<Contender> bundleAdjustment(int points, int threads) {
        Workers workers = new Workers(threads);
        int inputs = BundleAdjustment.INPUTS;
        int[] wrt = IntStream.range(0, BundleAdjustment.PARAMETERS).toArray();
        double[] rows = BundleAdjustment.observations(points, SEED);
        List<Tiles> engines = Tiles.all();
        List<Contender> all = new ArrayList<>();
        all.add(rows("plain Java", "value", workers, rows, inputs, 2, BundleAdjustmentByHand::error));
        for (Tiles tiles : engines) {
            TileSweep sweep = new TileSweep(
                    tiles.engine, workers, new double[0], rows, inputs, BundleAdjustment::error, (p, _) -> p);
            all.add(tiles.contender("value", sweep::run, sweep::results));
        }
        all.add(rows("Java by hand", "jacobian", workers, rows, inputs, 32, BundleAdjustmentByHand::jacobian));
        for (Tiles tiles : engines) {
            TileSweep sweep = new TileSweep(
                    tiles.engine, workers, new double[0], rows, inputs, BundleAdjustment::error,
                    (p, zeros) -> Dense.jacobian(p, zeros, wrt));
            all.add(tiles.contender("jacobian", sweep::run, sweep::results));
        }
        all.add(rows("eager numbers", "jacobian", workers, rows, inputs, 32, Cases::eagerJacobian));
        all.add(rows("Hipparchus", "jacobian", workers, rows, inputs, 32, HipparchusFunctions::jacobian));
        return all;
    }

    private static void eagerJacobian(double[] x, int at, double[] out, int to) {
        int n = BundleAdjustment.PARAMETERS;
        DifferentiableVector f = Differentiable.vector(n, 2, p -> {
            Scalar[] all = Arrays.copyOf(p, n + 2);
            all[n] = Scalar.of(x[at + n]);
            all[n + 1] = Scalar.of(x[at + n + 1]);
            return BundleAdjustment.error(all);
        });
        Jacobian jacobian = f.jacobian(Arrays.copyOfRange(x, at, at + n));
        for (int i = 0; i < 2; i++) {
            out[to + i] = jacobian.value()[i];
            for (int j = 0; j < n; j++) {
                out[to + 2 + n * i + j] = jacobian.get(i, j);
            }
        }
    }

    // ---- Gaussian mixtures -----------------------------------------------------------------------------

    private static List<Contender> gaussianMixture(int d, int components, int points, int threads) {
        GaussianMixture mixture = GaussianMixture.generate(d, components, points, SEED);
        double[] parameters = mixture.someParameters(SEED + 1);
        Workers workers = new Workers(threads);
        List<Tiles> engines = Tiles.all();
        List<Contender> all = new ArrayList<>();
        var plain = new GaussianMixtureByHand(mixture);
        double[] value = new double[1];
        all.add(new Contender("plain Java", "value", () -> value[0] = plain.objective(parameters), () -> value));
        List<MixtureSweep> sweeps = new ArrayList<>();
        for (Tiles tiles : engines) {
            MixtureSweep sweep = new MixtureSweep(tiles.engine, workers, mixture, parameters);
            sweeps.add(sweep);
            all.add(tiles.contender("value", sweep::runValue, sweep::value));
        }
        double[] gradient = new double[parameters.length];
        all.add(new Contender("Java by hand", "gradient", () -> plain.gradient(parameters, gradient), () -> gradient));
        for (Tiles tiles : engines) {
            MixtureSweep sweep = sweeps.get(engines.indexOf(tiles));
            all.add(tiles.contender("gradient", sweep::runGradient, sweep::gradient));
        }
        if (parameters.length <= 100) {
            Differentiable eager = Differentiable.of(parameters.length, mixture::objective);
            double[][] last = new double[1][];
            all.add(new Contender("eager numbers", "gradient", () -> last[0] = eager.gradient(parameters).gradient(), () -> last[0]));
        }
        return all;
    }

    // ---- hand tracking ---------------------------------------------------------------------------------

    private static List<Contender> handTracking(boolean isComplicated, int points, int threads) {
        HandTracking hand = HandTracking.generate(points, isComplicated, SEED);
        double[] unknowns = hand.someUnknowns(SEED + 1);
        Workers workers = new Workers(threads);
        int pose = unknowns.length - HandTracking.POSE;
        int own = hand.own();
        double[] rows = hand.rows(unknowns);
        double[] fixed = Arrays.copyOfRange(unknowns, pose, unknowns.length);
        int[] wrt = IntStream.range(0, HandTracking.POSE + own).toArray();
        Function<Scalar[], Scalar[]> residual = x -> hand.residual(x, HandTracking.POSE);
        List<Tiles> engines = Tiles.all();
        List<Contender> all = new ArrayList<>();
        Scalar[] reals = Arrays.stream(unknowns).mapToObj(Scalar::of).toArray(Scalar[]::new);
        double[] values = new double[3 * points];
        all.add(new Contender("eager numbers", "value", () -> {
            Scalar[] result = hand.objective(reals);
            Arrays.setAll(values, i -> result[i].value());
        }, () -> values));
        for (Tiles tiles : engines) {
            TileSweep sweep = new TileSweep(
                    tiles.engine, workers, fixed, rows, rows.length / points, residual, (p, _) -> p);
            all.add(tiles.contender("value", sweep::run, sweep::results));
        }
        for (Tiles tiles : engines) {
            TileSweep sweep = new TileSweep(
                    tiles.engine, workers, fixed, rows, rows.length / points, residual,
                    (p, zeros) -> Dense.jacobian(p, zeros, wrt));
            all.add(tiles.contender("jacobian", sweep::run, sweep::results));
        }
        return all;
    }

    // ---- LSTM ------------------------------------------------------------------------------------------

    private static List<Contender> lstm(int steps) {
        Lstm lstm = Lstm.generate(2, 14, steps + 1, SEED);
        double[] parameters = lstm.someParameters(SEED + 1);
        List<Tiles> engines = Tiles.all();
        List<Contender> all = new ArrayList<>();
        List<ChainedLstm> chains = new ArrayList<>();
        var plain = new LstmByHand(lstm);
        double[] value = new double[1];
        all.add(new Contender("plain Java", "value", () -> value[0] = plain.loss(parameters), () -> value));
        for (Tiles tiles : engines) {
            ChainedLstm chain = new ChainedLstm(tiles.engine, lstm, parameters);
            chains.add(chain);
            all.add(tiles.contender("value", chain::runLoss, chain::loss));
        }
        double[] gradient = new double[parameters.length];
        all.add(new Contender("Java by hand", "gradient", () -> plain.gradient(parameters, gradient), () -> gradient));
        for (Tiles tiles : engines) {
            ChainedLstm chain = chains.get(engines.indexOf(tiles));
            all.add(tiles.contender("gradient", chain::runGradient, chain::gradient));
        }
        Program whole = Adjoint.gradient(Tracer.trace(parameters, p -> new Scalar[] {lstm.loss(p)}));
        Workspace workspace = whole.newWorkspace();
        double[] out = new double[whole.outputs()];
        all.add(new Contender("one program", "gradient", () -> whole.run(parameters, out, workspace),
                () -> Arrays.copyOfRange(out, 1, out.length)));
        return all;
    }

    // ---- single points ---------------------------------------------------------------------------------

    private static List<Contender> classic(
            int n, ScalarFunction function, ToDoubleFunction<double[]> plain, ToDoubleBiFunction<double[], double[]> byHand,
            Function<Gradient[], Gradient> hipparchus) {
        double[] x = Classics.point(n);
        double[] value = new double[1];
        double[] gradient = new double[n];
        List<Contender> all = new ArrayList<>();
        all.add(new Contender("plain Java", "value", () -> value[0] = plain.applyAsDouble(x), () -> value));
        double[] valueByHand = new double[1];
        all.add(new Contender("Java by hand", "gradient", () -> valueByHand[0] = byHand.applyAsDouble(x, gradient), () -> gradient));
        all.add(compiledGradient(CompiledFunction.of(Differentiable.of(n, function)), x));
        Differentiable eager = Differentiable.of(n, function);
        double[][] last = new double[2][];
        all.add(new Contender("eager numbers", "gradient", () -> last[0] = eager.gradient(x).gradient(), () -> last[0]));
        all.add(new Contender("Hipparchus", "gradient",
                () -> last[1] = HipparchusFunctions.gradient(hipparchus, x), () -> last[1]));
        return all;
    }

    // ---- one large point -------------------------------------------------------------------------------

    /** A product with the Hessian by hand. */
    private interface Product {
        void times(double[] x, double[] v, double[] product);
    }

    /** Hipparchus takes time and memory that grow with the square of n. */
    private static final int MOST_FOR_HIPPARCHUS = 1000;

    /** The first call of a larger function makes it hot: its compilation would go on beside the measurement of the others. */
    private static final int MOST_FOR_FIRST = 1000;

    /** A function of any number of variables, in all its forms. */
    private record Large(String name, ScalarFunction function, ToDoubleFunction<double[]> plain,
            ToDoubleBiFunction<double[], double[]> byHand, Function<Gradient[], Gradient> hipparchus, @Nullable Product product) {}

    private static BenchCase large(int n, Large f) {
        return new BenchCase("large-" + f.name + "-" + n, "one point of " + n + " variables: value, gradient"
                + (f.product == null ? "" : " and a product with the Hessian") + ", per call", 1, (_, _) -> contenders(n, f));
    }

    private static List<Contender> contenders(int n, Large f) {
        double[] x = Classics.point(n);
        double[] value = new double[1];
        double[] gradient = new double[n];
        List<Contender> all = new ArrayList<>();
        all.add(new Contender("plain Java", "value", () -> value[0] = f.plain.applyAsDouble(x), () -> value));
        double[] valueByHand = new double[1];
        all.add(new Contender(
                "Java by hand", "gradient", () -> valueByHand[0] = f.byHand.applyAsDouble(x, gradient), () -> gradient));
        CompiledFunction compiled = CompiledFunction.of(Differentiable.of(n, f.function));
        double[] compiledValue = new double[1];
        all.add(new Contender("compiled", "value", () -> compiledValue[0] = compiled.value(x), () -> compiledValue));
        all.add(compiledGradient(compiled, x));
        if (n <= MOST_FOR_HIPPARCHUS) {
            double[][] last = new double[1][];
            all.add(new Contender("Hipparchus", "gradient",
                    () -> last[0] = HipparchusFunctions.gradient(f.hipparchus, x), () -> last[0]));
        }
        if (n <= MOST_FOR_FIRST) {
            double[] first = new double[n];
            all.add(new Contender("compiled", "first gradient",
                    () -> CompiledFunction.of(Differentiable.of(n, f.function)).gradient(x, first), () -> first));
        }
        Product product = f.product;
        if (product != null) {
            double[] v = new double[n];
            Arrays.setAll(v, i -> Math.cos(i));
            double[] expected = new double[n];
            double[] actual = new double[n];
            double[] unused = new double[n];
            // Both give f, ∇f and ∇²f·v.
            all.add(new Contender("Java by hand", "hvp", () -> {
                valueByHand[0] = f.byHand.applyAsDouble(x, gradient);
                product.times(x, v, expected);
            }, () -> expected));
            all.add(new Contender("compiled", "hvp", () -> compiled.hvp(x, v, unused, actual), () -> actual));
        }
        return all;
    }

    private static Contender compiledGradient(CompiledFunction compiled, double[] x) {
        double[] gradient = new double[x.length];
        long start = System.nanoTime();
        return new Contender("compiled", "gradient", () -> compiled.gradient(x, gradient), () -> gradient,
                () -> System.nanoTime() - start > COMPILED_AFTER);
    }

    /** The case of that name, or all whose names begin with it. */
    public static List<BenchCase> named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        List<BenchCase> exact = all().stream().filter(c -> c.name().equals(wanted)).toList();
        return exact.isEmpty() ? all().stream().filter(c -> c.name().startsWith(wanted)).toList() : exact;
    }
}
