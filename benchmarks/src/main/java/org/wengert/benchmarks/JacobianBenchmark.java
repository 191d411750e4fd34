package org.wengert.benchmarks;

import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.tanh;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.batch.CompiledFunction;
import org.wengert.core.scalar.Scalar;
import org.wengert.linalg.ElementJacobian;
import org.wengert.linalg.Linearization;
import org.wengert.linalg.Linearizer;
import org.wengert.linalg.SparseJacobian;

/**
 * Jacobian-vector products of a dense nonlinear function beside the function itself, and a sparse Jacobian beside the same
 * written by hand. Run by {@code java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main JacobianBenchmark}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class JacobianBenchmark {

    /** A layer of 64 neurons over 64 inputs, each result times exp(sin xᵢ). */
    @State(Scope.Thread)
    public static class Layer {

        static final int N = 64;

        final double[][] weight = new double[N][N];
        final double[] x = new double[N];
        final double[] v = new double[N];
        final double[] value = new double[N];
        final double[] tangent = new double[N];
        final DMatrixRMaj directions = new DMatrixRMaj(N, 8);
        final DifferentiableVector f = Differentiable.vector(N, N, this::scalars);
        final Linearizer linearizer = Linearizer.of(f);
        final CompiledFunction compiled = CompiledFunction.of(f);
        Linearization here = Linearization.of(Differentiable.vector(1, 1, z -> z), 0);

        /** Weights and points; and asserts that the product is right. */
        @Setup(Level.Trial)
        public void prepare() {
            for (int i = 0; i < N; i++) {
                Arrays.setAll(weight[i], j -> Math.cos(3.0 * j) / 8);
                weight[i][i] += Math.sin(i);
                x[i] = Math.sin(i);
                v[i] = Math.cos(i);
            }
            Arrays.setAll(directions.data, k -> Math.sin(k));
            here = linearizer.at(x);
            plain(x, value);
            double[] eager = f.jvp(x, v).tangent();
            double[] product = here.jvp(v);
            for (int i = 0; i < N; i++) {
                if (here.value()[i] != value[i] || Math.abs(eager[i] - product[i]) > 1e-13 * (1 + Math.abs(eager[i]))) {
                    throw new AssertionError("result " + i + ": " + value[i] + ", " + eager[i] + ", " + product[i]);
                }
            }
        }

        private Scalar[] scalars(Scalar[] z) {
            Scalar[] y = new Scalar[N];
            for (int i = 0; i < N; i++) {
                Scalar sum = z[0].times(weight[i][0]);
                for (int j = 1; j < N; j++) {
                    sum = sum.plus(z[j].times(weight[i][j]));
                }
                y[i] = tanh(sum).times(exp(sin(z[i])));
            }
            return y;
        }

        void plain(double[] z, double[] y) {
            for (int i = 0; i < N; i++) {
                double sum = z[0] * weight[i][0];
                for (int j = 1; j < N; j++) {
                    sum = sum + z[j] * weight[i][j];
                }
                y[i] = Math.tanh(sum) * Math.exp(Math.sin(z[i]));
            }
        }
    }

    /** f(x) in plain doubles. */
    @Benchmark
    public double[] layerPlain(Layer s) {
        s.plain(s.x, s.value);
        return s.value;
    }

    /** f(x) and J·v at a new point, by compiled code. */
    @Benchmark
    public double[] layerJvp(Layer s) {
        s.compiled.jvp(s.x, s.v, s.value, s.tangent);
        return s.tangent;
    }

    /** f(x) and all partial derivatives at a new point. */
    @Benchmark
    public Linearization layerLinearize(Layer s) {
        return s.linearizer.at(s.x);
    }

    /** J·v at a point where the function is linearized already. */
    @Benchmark
    public double[] layerJvpAgain(Layer s) {
        s.here.jvpInto(s.v, s.tangent);
        return s.tangent;
    }

    /** Jᵀ·w at a point where the function is linearized already. */
    @Benchmark
    public double[] layerVjpAgain(Layer s) {
        s.here.vjpInto(s.v, s.tangent);
        return s.tangent;
    }

    /** J·V for eight directions at a point where the function is linearized already. */
    @Benchmark
    public DMatrixRMaj layerEightJvpsAgain(Layer s) {
        return s.here.jvp(s.directions);
    }

    /** Broyden's tridiagonal function. */
    @State(Scope.Thread)
    public static class Broyden {

        /** The number of inputs. */
        @Param({"100", "10000"})
        public int n;

        double[] x = {};
        double[] value = {};
        DMatrixSparseCSC byHand = new DMatrixSparseCSC(1, 1);
        DMatrixSparseCSC jacobian = new DMatrixSparseCSC(1, 1);
        SparseJacobian prepared = SparseJacobian.of(Differentiable.vector(1, 1, z -> z), 0);
        SparseJacobian compressed = prepared;
        ElementJacobian elements = ElementJacobian.of(1, 1, (z, d) -> z,
                new ElementJacobian.Elements(1, 1, 1, 0, new int[1], new int[1], new double[0]), 0);

        /** Prepares all ways, and asserts that they agree. */
        @Setup(Level.Trial)
        public void prepare() {
            x = new double[n];
            value = new double[n];
            Arrays.setAll(x, i -> Math.sin(i));
            DifferentiableVector f = Differentiable.vector(n, n, z -> {
                Scalar[] y = new Scalar[n];
                for (int i = 0; i < n; i++) {
                    Scalar t = z[i].times(2).minusFrom(3).times(z[i]).plus(1);
                    t = i > 0 ? t.minus(z[i - 1]) : t;
                    y[i] = i + 1 < n ? t.minus(z[i + 1].times(2)) : t;
                }
                return y;
            });
            prepared = SparseJacobian.of(f, x);
            compressed = prepared.by(SparseJacobian.Method.COMPRESSION);
            int[] input = new int[3 * n];
            int[] row = new int[n];
            double[] datum = new double[2 * n]; // 0 where there is no neighbour
            for (int i = 0; i < n; i++) {
                input[3 * i] = Math.max(0, i - 1);
                input[3 * i + 1] = i;
                input[3 * i + 2] = Math.min(n - 1, i + 1);
                row[i] = i;
                datum[2 * i] = i > 0 ? 1 : 0;
                datum[2 * i + 1] = i + 1 < n ? 2 : 0;
            }
            elements = ElementJacobian.of(n, n, (z, d) -> new Scalar[] {
                z[1].times(2).minusFrom(3).times(z[1]).plus(1).minus(z[0].times(d[0])).minus(z[2].times(d[1]))},
                    new ElementJacobian.Elements(n, 3, 1, 2, input, row, datum), x);
            byHand = prepared.matrix(x);
            jacobian = prepared.matrix(x);
            double[] expected = byHand.nz_values.clone();
            hand();
            same(expected, byHand.nz_values, "by hand");
            same(expected, compressed.matrix(x).nz_values, "compressed");
            same(expected, elements.at(x).jacobian().nz_values, "elements");
        }

        private static void same(double[] a, double[] b, String what) {
            for (int k = 0; k < a.length; k++) {
                if (Math.abs(a[k] - b[k]) > 1e-14) {
                    throw new AssertionError(what + " differs in entry " + k + ": " + a[k] + " and " + b[k]);
                }
            }
        }

        void hand() {
            for (int i = 0; i < n; i++) {
                value[i] = (3 - 2 * x[i]) * x[i] + 1 - (i > 0 ? x[i - 1] : 0) - (i + 1 < n ? 2 * x[i + 1] : 0);
            }
            double[] entries = byHand.nz_values;
            int q = 0;
            for (int j = 0; j < n; j++) {
                if (j > 0) {
                    entries[q++] = -2;
                }
                entries[q++] = 3 - 4 * x[j];
                if (j + 1 < n) {
                    entries[q++] = -1;
                }
            }
        }
    }

    /** F(x) and its Jacobian written by hand. */
    @Benchmark
    public DMatrixSparseCSC broydenByHand(Broyden s) {
        s.hand();
        return s.byHand;
    }

    /** F(x) and its Jacobian, prepared, in the way that is chosen. */
    @Benchmark
    public DMatrixSparseCSC broydenPrepared(Broyden s) {
        s.prepared.into(s.x, s.jacobian);
        return s.jacobian;
    }

    /** F(x) and its Jacobian by three colors. */
    @Benchmark
    public DMatrixSparseCSC broydenCompressed(Broyden s) {
        s.compressed.into(s.x, s.jacobian);
        return s.jacobian;
    }

    /** F(x) and its Jacobian as a sum of elements. */
    @Benchmark
    public DMatrixSparseCSC broydenElements(Broyden s) {
        s.elements.into(s.x, s.value, s.jacobian.nz_values);
        return s.jacobian;
    }
}
