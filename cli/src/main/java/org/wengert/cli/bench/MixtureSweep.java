package org.wengert.cli.bench;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.SumCode;
import org.wengert.core.engine.TileCode;
import org.wengert.core.engine.Uniforms;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.core.simd.Form;
import org.wengert.core.simd.Kernel;
import org.wengert.core.simd.Kernels;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Zeros;

/**
 * The objective of a Gaussian mixture and its gradient, by programs of its parts over tiles of points:
 *
 * <pre>
 * z = transformed(parameters)                 once
 * sₖ = component(zₖ, x)                       for each k: zₖ uniform, x varying
 * log Σ exp sₖ, with its gradient wₖ          for each point
 * Σ over points of wₖ ∂component/∂zₖ          for each k, added up in the tile
 * </pre>
 *
 * and back through {@code transformed}, once ({@link MixtureParameters}). One program of a component serves all K of them.
 */
final class MixtureSweep {

    private static final int WIDTH = TileCode.WIDTH;
    private static final int STRIDE = TileCode.STRIDE;
    private static final Kernel SUM = Kernels.best().of(Form.SUM_LANES);

    private final GaussianMixture mixture;
    private final MixtureParameters parameters;
    private final Workers workers;
    private final double[] in;
    private final List<Room> rooms;

    private final Program component;
    private final Program weighted;
    private final TileCode componentCode;
    private final TileCode valueCode;
    private final TileCode softmaxCode;
    private final TileCode weightedCode;
    private final SumCode valueSum;
    private final SumCode weightedSums;
    private final double[] softmaxUniform;
    private final double[] valueUniform;
    private final double[] gradient;
    private double value;

    MixtureSweep(Engine engine, Workers workers, GaussianMixture mixture, double[] parameters) {
        this.mixture = mixture;
        this.parameters = new MixtureParameters(mixture, parameters);
        this.workers = workers;
        int d = mixture.d();
        int k = mixture.components();
        int width = mixture.width();
        boolean[] uniform = new boolean[width + d + 1];
        Arrays.fill(uniform, 0, width, true);
        double[] start = new double[width + d + 1];
        component = Tracer.trace(Arrays.copyOf(start, width + d), Arrays.copyOf(uniform, width + d), x -> new Scalar[] {
            mixture.component(Arrays.copyOf(x, width), Arrays.copyOfRange(x, width, width + d))
        });
        Program product = Tracer.trace(start, uniform, x -> new Scalar[] {
            mixture.component(Arrays.copyOf(x, width), Arrays.copyOfRange(x, width, width + d)).times(x[width + d])
        });
        Program gradients = Adjoint.gradient(product, Zeros.GUARDED, 0, IntStream.range(0, width).toArray());
        weighted = gradients.select(IntStream.rangeClosed(1, width).toArray());
        double[] zeros = new double[k];
        Program logSumExp = Tracer.trace(zeros, s -> new Scalar[] {ScalarMath.logSumExp(s)});
        Program softmax = Adjoint.gradient(logSumExp, Zeros.GUARDED, 0, IntStream.range(0, k).toArray());
        componentCode = engine.compile(component);
        valueCode = engine.compile(logSumExp);
        softmaxCode = engine.compile(softmax);
        weightedCode = engine.compile(weighted);
        valueSum = engine.sums(logSumExp);
        weightedSums = engine.sums(weighted);
        valueUniform = constants(logSumExp);
        softmaxUniform = constants(softmax);
        int n = mixture.count();
        in = new double[tiles() * d * STRIDE];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                in[((i / WIDTH) * d + j) * STRIDE + i % WIDTH] = mixture.points()[i * d + j];
            }
        }
        gradient = new double[mixture.parameters()];
        rooms = Stream.generate(Room::new).limit(workers.threads()).toList();
    }

    /** What a thread works in. */
    private final class Room {
        final double[] lanes = new double[SumCode.LANES];
        final double[] totals = new double[mixture.components() * mixture.width() * SumCode.LANES];
        final double[] exponents = new double[mixture.components() * STRIDE];
        final double[] softmax = new double[(mixture.components() + 2) * STRIDE];
        final double[] x = new double[(mixture.d() + 1) * STRIDE];
        final double[] parts = new double[(mixture.width() + 1) * STRIDE];
        double[] scratch = {};

        Room begin() {
            int longest = IntStream.of(componentCode.scratch(), valueCode.scratch(), valueSum.scratch(), softmaxCode.scratch(),
                    weightedCode.scratch(), weightedSums.scratch()).max().orElseThrow();
            scratch = scratch.length >= longest ? scratch : new double[longest];
            Arrays.fill(lanes, 0);
            Arrays.fill(totals, 0);
            return this;
        }
    }

    private int tiles() {
        return (mixture.count() + WIDTH - 1) / WIDTH;
    }

    /** The uniform values of a program whose inputs all vary. */
    private static double[] constants(Program program) {
        double[] uniform = new double[program.firstVarying()];
        Uniforms.evaluate(program, new double[0], uniform);
        return uniform;
    }

    /** For each component the uniform values of a program, whose other inputs may be anything. */
    private double[][] uniforms(Program program, double[] z) {
        int width = mixture.width();
        double[][] uniforms = new double[mixture.components()][program.firstVarying()];
        for (int k = 0; k < uniforms.length; k++) {
            Uniforms.evaluate(program, Arrays.copyOfRange(z, k * width, (k + 1) * width), uniforms[k]);
        }
        return uniforms;
    }

    double[] value() {
        return new double[] {value};
    }

    double[] gradient() {
        return gradient.clone();
    }

    /** F alone. */
    void runValue() {
        double[] z = parameters.transformed();
        double[][] uniforms = uniforms(component, z);
        DoubleAdder sum = new DoubleAdder();
        workers.split(tiles(), (worker, from, to) -> {
            Room room = rooms.get(worker).begin();
            for (int tile = from; tile < to; tile++) {
                int here = exponents(uniforms, tile, room);
                valueSum.run(valueCode, valueUniform, room.exponents, 0, room.lanes, 0, room.parts, room.scratch, here);
            }
            sum.add(Arrays.stream(room.lanes).sum());
        });
        value = parameters.value(sum.sum());
    }

    private int exponents(double[][] uniforms, int tile, Room room) {
        int here = Math.min(WIDTH, mixture.count() - tile * WIDTH);
        for (int k = 0; k < uniforms.length; k++) {
            componentCode.run(uniforms[k], in, tile * mixture.d() * STRIDE, room.exponents, k * STRIDE, room.scratch, here);
        }
        return here;
    }

    /** F and its gradient. */
    void runGradient() {
        int d = mixture.d();
        int components = mixture.components();
        int width = mixture.width();
        double[] z = parameters.transformed();
        double[][] uniforms = uniforms(component, z);
        double[][] weightedUniforms = uniforms(weighted, z);
        DoubleAdder likelihood = new DoubleAdder();
        double[] adjoint = new double[gradient.length];
        workers.split(tiles(), (worker, from, to) -> {
            Room room = rooms.get(worker).begin();
            double[] x = room.x;
            for (int tile = from; tile < to; tile++) {
                int here = exponents(uniforms, tile, room);
                softmaxCode.run(softmaxUniform, room.exponents, 0, room.softmax, 0, room.scratch, here);
                sum(room.softmax, here, room.lanes);
                System.arraycopy(in, tile * d * STRIDE, x, 0, d * STRIDE);
                for (int k = 0; k < components; k++) {
                    System.arraycopy(room.softmax, (1 + k) * STRIDE, x, d * STRIDE, here);
                    weightedSums.run(weightedCode, weightedUniforms[k], x, 0,
                            room.totals, k * width * SumCode.LANES, room.parts, room.scratch, here);
                }
            }
            likelihood.add(Arrays.stream(room.lanes).sum());
            synchronized (adjoint) {
                for (int i = 0; i < room.totals.length; i++) {
                    adjoint[i / SumCode.LANES] += room.totals[i];
                }
            }
        });
        value = parameters.gradient(likelihood.sum(), adjoint, gradient);
    }

    /** Adds the first column to running sums; what lies behind it in its last vector is overwritten. */
    private static void sum(double[] columns, int points, double[] lanes) {
        int padded = (points + SumCode.LANES - 1) / SumCode.LANES * SumCode.LANES;
        Arrays.fill(columns, points, padded, 0);
        SUM.run(lanes, 0, columns, 0, columns, 0, columns, 0, columns, 0, padded);
    }
}
