package org.wengert.benchmarks;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.wengert.core.Differentiable;
import org.wengert.hessian.HessianVectorProduct;
import org.wengert.hessian.HvpMethod;
import org.wengert.hessian.TwiceDifferentiable;

/** Chained Rosenbrock of n variables, prepared for all that {@link HvpBenchmark} measures; all ways are checked against the product by hand. */
@State(Scope.Thread)
public class HvpCase {

    /** Peers that take n passes, or tables of n² entries, end here. */
    static final int MOST_PASSES = 1_000;

    static final int MOST_ENTRIES = 32;

    /** How many variables. */
    @Param({"10", "100", "1000", "10000", "100000"})
    public int n;

    double[] x = {};
    double[] v = {};
    double[] result = {};
    TwiceDifferentiable f = TwiceDifferentiable.of(Differentiable.of(1, z -> z[0]));
    HessianVectorProduct h = f.at(0);
    DMatrixRMaj block = new DMatrixRMaj();
    DMatrixRMaj blockResult = new DMatrixRMaj();
    final Map<HvpMethod, HessianVectorProduct> by = new EnumMap<>(HvpMethod.class);
    final DSFactory two = new DSFactory(2, 2);
    DSFactory all = two;

    /** Prepares all, and fails if one way computes something else. */
    @Setup
    public void prepare() {
        x = new double[n];
        v = new double[n];
        result = new double[n];
        Arrays.setAll(x, i -> 1 + 0.2 * Math.sin(i + 1));
        Arrays.setAll(v, i -> Math.cos(3.0 * i));
        Differentiable function = Differentiable.of(n, ChainedRosenbrock::wengert);
        f = TwiceDifferentiable.of(function);
        h = f.at(x);
        block = new DMatrixRMaj(n, 8);
        blockResult = new DMatrixRMaj(n, 8);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < 8; k++) {
                block.set(i, k, Math.cos(3.0 * i + k));
            }
        }
        double[] expected = new double[n];
        ChainedRosenbrock.product(x, v, expected);
        for (HvpMethod method : HvpMethod.values()) {
            if (method != HvpMethod.HYPER_DUAL || n <= MOST_PASSES) {
                by.put(method, f.by(method).at(x));
                product(method).apply(v, result);
                check(expected, method == HvpMethod.DIFFERENCES ? 1e-6 : 1e-12, method.name());
            }
        }
        DMatrixRMaj image = h.apply(block);
        for (int i = 0; i < n; i++) {
            result[i] = image.get(i, 0);
        }
        check(expected, 1e-12, "block");
        if (n <= MOST_PASSES) {
            ChainedRosenbrock.hyperDual(two, x, v, result);
            check(expected, 1e-12, "Hipparchus, passes");
        }
        if (n <= MOST_ENTRIES) {
            all = new DSFactory(n, 2);
            ChainedRosenbrock.fromHessian(all, x, v, result);
            check(expected, 1e-12, "Hipparchus, Hessian");
        }
    }

    HessianVectorProduct product(HvpMethod method) {
        HessianVectorProduct product = by.get(method);
        if (product == null) {
            throw new IllegalStateException(method + " is not measured at n = " + n);
        }
        return Objects.requireNonNull(product);
    }

    /** Ends a measurement of a way that is far too slow for this n. */
    void notBeyond(int most) {
        if (n > most) {
            throw new IllegalStateException("not measured beyond n = " + most);
        }
    }

    private void check(double[] expected, double tolerance, String what) {
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < n; i++) {
            if (!(Math.abs(expected[i] - result[i]) <= tolerance * scale)) {
                throw new IllegalStateException(what + ": entry " + i + " is " + result[i] + ", should be " + expected[i]);
            }
        }
    }
}
