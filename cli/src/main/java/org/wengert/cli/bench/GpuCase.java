package org.wengert.cli.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.SecondOrder;
import org.wengert.core.transform.Zeros;
import org.wengert.gpu.CudaSource;
import org.wengert.gpu.Reduction;

/**
 * A case of {@code wengert bench --device gpu}.
 *
 * @param name   how it is called
 * @param title  what is computed at each point
 * @param source the kernel
 * @param sums   whether its outputs are summed over the points; else each is a column
 * @param inputs all inputs of the program, of which the uniform ones count
 * @param points some points, a row of the varying inputs each; larger batches repeat them
 */
public record GpuCase(String name, String title, CudaSource source, boolean sums, double[] inputs, double[][] points) {

    /** So many points are different. */
    private static final int DIFFERENT = 5000;

    private static final int DIMENSION = 2;
    private static final int COMPONENTS = 5;

    /** All cases. */
    public static List<GpuCase> all() {
        return List.of(bundleAdjustment(), gaussianMixture(), blackScholes());
    }

    private static GpuCase bundleAdjustment() {
        int n = BundleAdjustment.INPUTS;
        double[][] rows = rows(BundleAdjustment.observations(DIFFERENT, 1), n);
        double[][] rotated = Arrays.stream(rows).filter(row -> row[0] != 0).toArray(double[][]::new);
        Program p = Tracer.trace(rotated[0], BundleAdjustment::error);
        int[] wrt = IntStream.range(0, BundleAdjustment.PARAMETERS).toArray();
        Program jacobian = Elimination.jacobian(p, Zeros.GUARDED, wrt).program();
        return new GpuCase("bundle-adjustment", "a reprojection error and its 2 x 15 Jacobian",
                CudaSource.of(jacobian, Precision.DOUBLE), false, new double[n], rotated);
    }

    private static GpuCase gaussianMixture() {
        GaussianMixture mixture = GaussianMixture.generate(DIMENSION, COMPONENTS, DIFFERENT, 2);
        double[][] rows = rows(mixture.points(), DIMENSION);
        int uniform = mixture.parameters();
        Scalar[] parameters = Arrays.stream(mixture.someParameters(3)).mapToObj(Scalar::of).toArray(Scalar[]::new);
        double[] inputs = Arrays.copyOf(
                Arrays.stream(mixture.transformed(parameters)).mapToDouble(Scalar::value).toArray(), uniform + DIMENSION);
        System.arraycopy(rows[0], 0, inputs, uniform, DIMENSION);
        Program p = Tracer.trace(inputs, x -> new Scalar[] {mixture.logLikelihood(
                Arrays.copyOf(x, uniform), Arrays.copyOfRange(x, uniform, uniform + DIMENSION))})
                .withUniform(IntStream.range(0, uniform).toArray());
        Program gradient = Adjoint.gradient(p, Zeros.GUARDED, 0, IntStream.range(0, uniform).toArray());
        return new GpuCase("gaussian-mixture", "the sum of log densities and its gradient by " + uniform + " parameters",
                CudaSource.of(gradient, Precision.DOUBLE, Reduction.sums(0, gradient.outputs())), true, inputs, rows);
    }

    private static GpuCase blackScholes() {
        double[][] rows = rows(BlackScholes.options(DIFFERENT, 4), BlackScholes.INPUTS);
        Program p = Tracer.trace(rows[0], x -> new Scalar[] {BlackScholes.price(x)});
        Program hessian = SecondOrder.hessian(p, Zeros.GUARDED, IntStream.range(0, BlackScholes.INPUTS).toArray()).program();
        return new GpuCase("black-scholes", "the price of an option, its gradient and its Hessian",
                CudaSource.of(hessian, Precision.DOUBLE), false, new double[BlackScholes.INPUTS], rows);
    }

    private static double[][] rows(double[] all, int width) {
        return IntStream.range(0, all.length / width)
                .mapToObj(i -> Arrays.copyOfRange(all, i * width, (i + 1) * width)).toArray(double[][]::new);
    }

    Program program() {
        return source.program();
    }

    /** Columns of results that a point has. */
    int columns() {
        return sums ? 0 : program().outputs();
    }

    /** Bytes that the kernel reads for a point. */
    long bytesIn() {
        return 8L * source.varyingInputs().length;
    }

    /** Bytes that the kernel writes for a point: results, and whether a guard failed. */
    long bytesOut() {
        return 8L * columns() + (program().guards().isEmpty() ? 0 : 1);
    }

    /** The varying inputs at so many points. */
    double[][] in(int count) {
        double[][] in = new double[source.varyingInputs().length][count];
        for (int j = 0; j < in.length; j++) {
            for (int i = 0; i < count; i++) {
                in[j][i] = points[i % points.length][j];
            }
        }
        return in;
    }
}
