package org.wengert.benchmarks;

import org.hipparchus.analysis.differentiation.DSFactory;
import org.wengert.core.Differentiable;
import org.wengert.core.Gradient;
import org.wengert.core.Hessian;
import org.wengert.core.batch.CompiledFunction;

/** Asserts that all libraries compute the same derivatives of the same function. */
final class Agreement {

    /** Relative to the largest entry: every library rounds differently, thousands of times. */
    private static final double TOLERANCE = 1e-12;

    private Agreement() {}

    /** Throws where two libraries disagree. */
    static void check(Function function, int n) {
        double[] x = Function.point(n);
        Differentiable f = Differentiable.of(n, function.wengert);
        double value = function.plain.applyAsDouble(x);
        Gradient ours = f.gradient(x);
        if (ours.value() != value) {
            throw new AssertionError(function + ", n = " + n + ": value " + ours.value() + ", in plain doubles " + value);
        }
        String name = function + ", n = " + n + ": ";
        compare(name + "gradient and Hipparchus", ours.gradient(), Peers.hipparchusGradient(function, x).getGradient());
        double[] compiled = new double[n];
        CompiledFunction.of(f).gradient(x, compiled);
        compare(name + "gradient and compiled function", ours.gradient(), compiled);
        double[] commonsMath = new double[n];
        System.arraycopy(Peers.commonsMathGradient(function, x).getAllDerivatives(), 1, commonsMath, 0, n);
        compare(name + "gradient and Commons Math", ours.gradient(), commonsMath);
        if (n <= 32) {
            Hessian second = f.hessian(x);
            compare(name + "gradient beside the Hessian", ours.gradient(), second.gradient());
            compare(name + "Hessian and Hipparchus", second.entries(), hipparchusHessian(function, x));
            double[] entries = new double[n * n];
            CompiledFunction.of(f).hessian(x, compiled, entries);
            compare(name + "Hessian and compiled function", second.entries(), entries);
        }
    }

    private static double[] hipparchusHessian(Function function, double[] x) {
        int n = x.length;
        var factory = new DSFactory(n, 2);
        double[] derivatives = Peers.hipparchusStructure(function, factory, x).getAllDerivatives();
        double[] entries = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int[] orders = new int[n];
                orders[i]++;
                orders[j]++;
                entries[i * n + j] = derivatives[factory.getCompiler().getPartialDerivativeIndex(orders)];
            }
        }
        return entries;
    }

    private static void compare(String what, double[] a, double[] b) {
        double scale = 0;
        for (double v : b) {
            scale = Math.max(scale, Math.abs(v));
        }
        for (int i = 0; i < a.length; i++) {
            if (!(Math.abs(a[i] - b[i]) <= TOLERANCE * scale)) {
                throw new AssertionError(what + " differ in entry " + i + ": " + a[i] + " and " + b[i]);
            }
        }
    }
}
