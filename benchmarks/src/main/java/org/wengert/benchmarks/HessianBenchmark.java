package org.wengert.benchmarks;

import java.util.concurrent.TimeUnit;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Value, gradient and Hessian of a function, by each library; {@code plain} is the value alone, in doubles. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HessianBenchmark {

    /** What Hipparchus keeps from call to call: the tables of its multiplication. */
    @State(Scope.Thread)
    public static class Factory {

        DSFactory factory = new DSFactory(1, 2);

        /** Runs once per fork. */
        @Setup
        public void prepare(Case c) {
            factory = new DSFactory(c.n, 2);
        }
    }

    /** f(x) in plain doubles. */
    @Benchmark
    public double plain(Case c) {
        return c.function.plain.applyAsDouble(c.x);
    }

    /** f(x), ∇f(x) and ∇²f(x). */
    @Benchmark
    public Object wengert(Case c) {
        return c.f.hessian(c.x);
    }

    /** f(x), ∇f(x) and ∇²f(x) by a compiled function, into the caller's arrays. */
    @Benchmark
    public double compiled(Case c) {
        return c.compiled.hessian(c.x, c.gradient, c.hessian);
    }

    /** f(x), ∇f(x) and ∇²f(x) by Hipparchus {@code DerivativeStructure}. */
    @Benchmark
    public Object hipparchus(Case c, Factory factory) {
        return Peers.hipparchusStructure(c.function, factory.factory, c.x);
    }
}
