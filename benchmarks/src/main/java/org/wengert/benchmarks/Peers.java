package org.wengert.benchmarks;

import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.Gradient;

/** Derivatives as users of the other libraries take them: all directions in one pass, raw results. */
final class Peers {

    private Peers() {}

    /** f(x) and its gradient: Hipparchus {@code Gradient}. */
    static Gradient hipparchusGradient(Function f, double[] x) {
        int n = x.length;
        Gradient[] arguments = new Gradient[n];
        for (int i = 0; i < n; i++) {
            arguments[i] = Gradient.variable(n, i, x[i]);
        }
        return f.hipparchus.apply(arguments);
    }

    /** f(x) and its derivatives up to the order of the factory: Hipparchus {@code DerivativeStructure}. */
    static org.hipparchus.analysis.differentiation.DerivativeStructure hipparchusStructure(
            Function f, DSFactory factory, double[] x) {
        var arguments = new org.hipparchus.analysis.differentiation.DerivativeStructure[x.length];
        for (int i = 0; i < x.length; i++) {
            arguments[i] = factory.variable(i, x[i]);
        }
        return f.hipparchus.apply(arguments);
    }

    /** f(x) and its gradient: Commons Math {@code DerivativeStructure} of order 1. */
    static DerivativeStructure commonsMathGradient(Function f, double[] x) {
        int n = x.length;
        DerivativeStructure[] arguments = new DerivativeStructure[n];
        for (int i = 0; i < n; i++) {
            arguments[i] = new DerivativeStructure(n, 1, i, x[i]);
        }
        return f.commonsMath.apply(arguments);
    }
}
