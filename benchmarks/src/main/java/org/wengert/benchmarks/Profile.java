package org.wengert.benchmarks;

import org.apache.commons.math3.util.Decimal64;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.util.Binary64;
import org.wengert.core.Differentiable;
import org.wengert.core.batch.CompiledFunction;

/** What the JVM has seen of a library before the measurement. */
public enum Profile {
    /** Nothing but the measured call: every call site knows one type. */
    CLEAN {
        @Override
        void prepare() {}
    },
    /**
     * All functions, with all number types of all libraries: what a long-running program has seen. The
     * JIT compiler then finds several receivers at every call.
     */
    POLLUTED {
        @Override
        void prepare() {
            for (int round = 0; round < ROUNDS; round++) {
                for (Function f : Function.values()) {
                    for (int n : new int[] {2, 9}) {
                        sink += wengert(f, Function.point(n));
                        sink += peers(f, Function.point(n));
                    }
                    sink += wengert(f, Function.point(20));
                }
            }
        }
    };

    private static final int ROUNDS = 100;

    /** Keeps results alive. */
    private static double sink;

    /** Brings the JVM into this state. */
    abstract void prepare();

    static double sink() {
        return sink;
    }

    private static double wengert(Function function, double[] x) {
        Differentiable f = Differentiable.of(x.length, function.wengert);
        double sum = f.value(x) + f.gradient(x).value() + f.jvp(x, x).value() + f.hvp(x, x).value();
        sum += CompiledFunction.of(f).gradient(x, new double[x.length]);
        for (int lanes : new int[] {1, 4, 8}) {
            Differentiable g = f.withLanes(lanes);
            sum += g.gradient(x).value() + g.hvp(x, x).value();
        }
        return sum;
    }

    private static double peers(Function f, double[] x) {
        Binary64[] hipparchus = new Binary64[x.length];
        Decimal64[] commonsMath = new Decimal64[x.length];
        for (int i = 0; i < x.length; i++) {
            hipparchus[i] = new Binary64(x[i]);
            commonsMath[i] = new Decimal64(x[i]);
        }
        return f.plain.applyAsDouble(x)
                + f.hipparchus.apply(hipparchus).getReal()
                + f.commonsMath.apply(commonsMath).getReal()
                + Peers.hipparchusGradient(f, x).getValue()
                + Peers.hipparchusStructure(f, new DSFactory(x.length, 1), x).getValue()
                + Peers.hipparchusStructure(f, new DSFactory(x.length, 2), x).getValue()
                + Peers.commonsMathGradient(f, x).getValue();
    }
}
