package org.wengert.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Jacobian;
import org.wengert.core.ScalarFunction;
import org.wengert.core.batch.CompiledFunction;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.Engines;
import org.wengert.core.engine.Precision;
import org.wengert.core.engine.TileInterpreter;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Adjoint;

/** All cases, and the ways to compute each. */
public final class Cases {

    private static final long SEED = 1;

    /** Of a mixture whose points are one program: with more parameters that takes too long to compile. */
    private static final int MOST_PARAMETERS = 350;

    /**
     * How far bundle adjustment in single precision may be from that in double precision, against the size of results: inputs and some
     * hundred operations are rounded to 6e-8, and numbers of 500 are subtracted that leave 1.
     */
    static final double SINGLE_TOLERANCE = 500 * 100 * 0x1p-24;

    private Cases() {}

    /** An engine that runs programs over tiles, for one case. */
    private record Tiles(String title, Engine engine) {

        static List<Tiles> all() {
            return List.of(
                    new Tiles("tile interpreter", new TileInterpreter()),
                    new Tiles("fused kernels", Engines.standard()));
        }

        Contender contender(String task, Runnable sweep, Supplier<double[]> results) {
            return new Contender(title, task, sweep, results);
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
        cases.addAll(LargeCases.all());
        cases.addAll(IrregularCases.all());
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
            var sweep = new PointSweep(Precision.DOUBLE, tiles.engine, threads, new double[0], rows, inputs, 2, BundleAdjustment::error);
            all.add(tiles.contender("value", sweep::run, sweep::results));
        }
        all.add(rows("Java by hand", "jacobian", workers, rows, inputs, 32, BundleAdjustmentByHand::jacobian));
        for (Tiles tiles : engines) {
            var sweep = new PointSweep(
                    Precision.DOUBLE, tiles.engine, threads, new double[0], rows, inputs, 2, BundleAdjustment::error, wrt);
            all.add(tiles.contender("jacobian", sweep::run, sweep::results));
        }
        var single = new PointSweep(
                Precision.SINGLE, Engines.standard(), threads, new double[0], rows, inputs, 2, BundleAdjustment::error, wrt);
        all.add(new Contender("single precision", "jacobian", single::run, single::results, false, SINGLE_TOLERANCE));
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
        if (parameters.length <= MOST_PARAMETERS) {
            var batch = new MixtureBatch(mixture, parameters, threads);
            all.add(new Contender("Batch", "gradient", batch::run, batch::gradient));
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
            var sweep = new PointSweep(
                    Precision.DOUBLE, tiles.engine, threads, fixed, rows, rows.length / points, 3, residual);
            all.add(tiles.contender("value", sweep::run, sweep::results));
        }
        for (Tiles tiles : engines) {
            var sweep = new PointSweep(
                    Precision.DOUBLE, tiles.engine, threads, fixed, rows, rows.length / points, 3, residual, wrt);
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

    static Contender compiledGradient(CompiledFunction compiled, double[] x) {
        double[] gradient = new double[x.length];
        return new Contender("compiled", "gradient", () -> compiled.gradient(x, gradient), () -> gradient);
    }

    /** The case of that name, or all whose names begin with it. */
    public static List<BenchCase> named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        List<BenchCase> exact = all().stream().filter(c -> c.name().equals(wanted)).toList();
        return exact.isEmpty() ? all().stream().filter(c -> c.name().startsWith(wanted)).toList() : exact;
    }
}
