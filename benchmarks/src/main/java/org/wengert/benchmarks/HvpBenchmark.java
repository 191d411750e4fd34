package org.wengert.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.wengert.hessian.HvpMethod;

/**
 * Hessian-vector products of chained Rosenbrock by every method, beside the product by hand, Hipparchus {@code DerivativeStructure} of order 2, and the
 * function itself. Run by {@code java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main HvpBenchmark}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class HvpBenchmark {

    /** f(x) in plain doubles. */
    @Benchmark
    public double functionByHand(HvpCase c) {
        return ChainedRosenbrock.value(c.x);
    }

    /** f(x) by its program. */
    @Benchmark
    public double function(HvpCase c) {
        return c.f.value(c.x);
    }

    /** f(x) and ∇f(x) by hand. */
    @Benchmark
    public double gradientByHand(HvpCase c) {
        return ChainedRosenbrock.gradient(c.x, c.result);
    }

    /** f(x) and ∇f(x). */
    @Benchmark
    public double gradient(HvpCase c) {
        return c.f.gradient(c.x, c.result);
    }

    /** H·v by hand. */
    @Benchmark
    public Object productByHand(HvpCase c) {
        ChainedRosenbrock.product(c.x, c.v, c.result);
        return c.result;
    }

    /** H·v by the method that was chosen, the point being prepared. */
    @Benchmark
    public Object product(HvpCase c) {
        c.h.apply(c.v, c.result);
        return c.result;
    }

    /** f, ∇f and H·v at a new point. */
    @Benchmark
    public Object pointAndProduct(HvpCase c) {
        c.f.at(c.x).apply(c.v, c.result);
        return c.result;
    }

    /** H·V for 8 vectors. At n = 1,000 their code takes some 15 seconds to come. */
    @Benchmark
    @Warmup(iterations = 10, time = 2)
    public Object blockOf8(HvpCase c) {
        c.h.apply(c.block, c.blockResult);
        return c.blockResult;
    }

    /** H·v as J of ∇f times v. */
    @Benchmark
    public Object forwardOverReverse(HvpCase c) {
        c.product(HvpMethod.FORWARD_OVER_REVERSE).apply(c.v, c.result);
        return c.result;
    }

    /** H·v as the gradient of vᵀ·∇f. */
    @Benchmark
    public Object reverseOverReverse(HvpCase c) {
        c.product(HvpMethod.REVERSE_OVER_REVERSE).apply(c.v, c.result);
        return c.result;
    }

    /** H·v as the gradient of the directional derivative. */
    @Benchmark
    public Object reverseOverForward(HvpCase c) {
        c.product(HvpMethod.REVERSE_OVER_FORWARD).apply(c.v, c.result);
        return c.result;
    }

    /** H·v by hyper-dual numbers. */
    @Benchmark
    public Object hyperDual(HvpCase c) {
        c.product(HvpMethod.HYPER_DUAL).apply(c.v, c.result);
        return c.result;
    }

    /** H·v by differences of gradients. */
    @Benchmark
    public Object differences(HvpCase c) {
        c.product(HvpMethod.DIFFERENCES).apply(c.v, c.result);
        return c.result;
    }

    /** H·v by Hipparchus, n passes of two parameters. */
    @Benchmark
    public Object hipparchusPasses(HvpCase c) {
        c.notBeyond(HvpCase.MOST_PASSES);
        ChainedRosenbrock.hyperDual(c.two, c.x, c.v, c.result);
        return c.result;
    }

    /** H·v by Hipparchus from the whole Hessian, one pass of n parameters. */
    @Benchmark
    public Object hipparchusHessian(HvpCase c) {
        c.notBeyond(HvpCase.MOST_ENTRIES);
        ChainedRosenbrock.fromHessian(c.all, c.x, c.v, c.result);
        return c.result;
    }
}
