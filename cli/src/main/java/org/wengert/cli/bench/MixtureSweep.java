package org.wengert.cli.bench;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.wengert.core.engine.Engine;
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
 * and back through {@code transformed}, once. One program of a component serves all K of them.
 */
final class MixtureSweep {

    private static final int WIDTH = TileCode.WIDTH;
    private static final int STRIDE = TileCode.STRIDE;
    private static final Kernel SUM = Kernels.best().of(Form.SUM_LANES);

    private final GaussianMixture mixture;
    private final double[] parameters;
    private final Workers workers;
    private final double[] in;

    private final Program transformed;
    private final Program back;
    private final Program prior;
    private final Program component;
    private final Program weighted;
    private final TileCode componentCode;
    private final TileCode valueCode;
    private final TileCode softmaxCode;
    private final TileCode weightedCode;
    private final double[] softmaxUniform;
    private final double[] valueUniform;
    private final double[] gradient;
    private double value;

    MixtureSweep(Engine engine, Workers workers, GaussianMixture mixture, double[] parameters) {
        this.mixture = mixture;
        this.parameters = parameters;
        this.workers = workers;
        int d = mixture.d();
        int k = mixture.components();
        int width = mixture.width();
        transformed = Tracer.trace(parameters, mixture::transformed);
        back = Adjoint.of(transformed);
        prior = Adjoint.gradient(Tracer.trace(parameters, p -> new Scalar[] {mixture.prior(p)}));
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
        double[] z = transformed.value(parameters);
        double[][] uniforms = uniforms(component, z);
        double[] sums = new double[tiles()];
        workers.split(tiles(), (_, from, to) -> {
            double[] lanes = new double[Kernels.LANES];
            double[] exponents = new double[mixture.components() * STRIDE];
            double[] whole = new double[2 * STRIDE];
            double[] scratch = new double[Math.max(componentCode.scratch(), valueCode.scratch())];
            for (int tile = from; tile < to; tile++) {
                int here = exponents(uniforms, tile, exponents, scratch);
                valueCode.run(valueUniform, exponents, 0, whole, 0, scratch, here);
                sums[tile] = sum(whole, 0, here, lanes);
            }
        });
        value = prior.value(parameters)[0] + Arrays.stream(sums).sum();
    }

    private int exponents(double[][] uniforms, int tile, double[] exponents, double[] scratch) {
        int here = Math.min(WIDTH, mixture.count() - tile * WIDTH);
        for (int k = 0; k < uniforms.length; k++) {
            componentCode.run(uniforms[k], in, tile * mixture.d() * STRIDE, exponents, k * STRIDE, scratch, here);
        }
        return here;
    }

    /** F and its gradient. */
    void runGradient() {
        int d = mixture.d();
        int components = mixture.components();
        int width = mixture.width();
        double[] z = transformed.value(parameters);
        double[][] uniforms = uniforms(component, z);
        double[][] weightedUniforms = uniforms(weighted, z);
        double[][] sums = new double[tiles()][];
        workers.split(tiles(), (_, from, to) -> {
            double[] lanes = new double[Kernels.LANES];
            double[] exponents = new double[components * STRIDE];
            double[] softmax = new double[(components + 2) * STRIDE];
            double[] x = new double[(d + 1) * STRIDE];
            double[] parts = new double[(width + 1) * STRIDE];
            double[] scratch = new double[Math.max(componentCode.scratch(),
                    Math.max(softmaxCode.scratch(), weightedCode.scratch()))];
            for (int tile = from; tile < to; tile++) {
                int here = exponents(uniforms, tile, exponents, scratch);
                softmaxCode.run(softmaxUniform, exponents, 0, softmax, 0, scratch, here);
                double[] sum = new double[1 + components * width];
                sum[0] = sum(softmax, 0, here, lanes);
                System.arraycopy(in, tile * d * STRIDE, x, 0, d * STRIDE);
                for (int k = 0; k < components; k++) {
                    System.arraycopy(softmax, (1 + k) * STRIDE, x, d * STRIDE, here);
                    weightedCode.run(weightedUniforms[k], x, 0, parts, 0, scratch, here);
                    for (int j = 0; j < width; j++) {
                        sum[1 + k * width + j] = sum(parts, j * STRIDE, here, lanes);
                    }
                }
                sums[tile] = sum;
            }
        });
        double[] adjoint = Arrays.copyOf(parameters, 2 * parameters.length);
        Arrays.fill(adjoint, parameters.length, adjoint.length, 0);
        double likelihood = 0;
        for (double[] sum : sums) {
            likelihood += sum[0];
            for (int j = 1; j < sum.length; j++) {
                adjoint[parameters.length + j - 1] += sum[j];
            }
        }
        double[] pulled = back.value(adjoint);
        double[] own = prior.value(parameters);
        value = own[0] + likelihood;
        for (int j = 0; j < gradient.length; j++) {
            gradient[j] = pulled[parameters.length + j] + own[1 + j];
        }
    }

    /** The sum of a column, in eight interleaved parts on the vector unit; what lies behind it in its last vector is overwritten. */
    private static double sum(double[] a, int from, int count, double[] lanes) {
        int padded = (count + Kernels.LANES - 1) / Kernels.LANES * Kernels.LANES;
        Arrays.fill(a, from + count, from + padded, 0);
        Arrays.fill(lanes, 0);
        SUM.run(lanes, 0, a, from, a, from, a, from, a, from, count);
        return (lanes[0] + lanes[4] + (lanes[2] + lanes[6])) + (lanes[1] + lanes[5] + (lanes[3] + lanes[7]));
    }
}
