package org.wengert.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Value and gradient of a function, by each library; {@code plain} is the value alone, in doubles. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GradientBenchmark {

    /** f(x) in plain doubles. */
    @Benchmark
    public double plain(Case c) {
        return c.function.plain.applyAsDouble(c.x);
    }

    /** f(x) and ∇f(x). */
    @Benchmark
    public Object wengert(Case c) {
        return c.f.gradient(c.x);
    }

    /** f(x) and ∇f(x) by a compiled function, into the caller's array. */
    @Benchmark
    public double compiled(Case c) {
        return c.compiled.gradient(c.x, c.gradient);
    }

    /** f(x) and ∇f(x) by Hipparchus {@code Gradient}. */
    @Benchmark
    public Object hipparchus(Case c) {
        return Peers.hipparchusGradient(c.function, c.x);
    }

    /** f(x) and ∇f(x) by Commons Math {@code DerivativeStructure}. */
    @Benchmark
    public Object commonsMath(Case c) {
        return Peers.commonsMathGradient(c.function, c.x);
    }
}
