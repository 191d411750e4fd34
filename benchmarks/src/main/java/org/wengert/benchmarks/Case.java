package org.wengert.benchmarks;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.wengert.core.Differentiable;
import org.wengert.core.batch.CompiledFunction;

/** One cell of the comparison. JMH fills in the parameters. */
@State(Scope.Thread)
public class Case {

    /** The function. */
    @Param
    public Function function = Function.ROSENBROCK;

    /** The number of inputs. */
    @Param({"2", "8", "32", "128"})
    public int n;

    /** What the JVM has seen before. */
    @Param
    public Profile profile = Profile.CLEAN;

    double[] x = {};
    double[] gradient = {};
    double[] hessian = {};
    Differentiable f = Differentiable.of(1, x -> x[0]);
    CompiledFunction compiled = CompiledFunction.of(f);

    /** Runs once per fork, before warm-up. */
    @Setup(Level.Trial)
    public void prepare() {
        x = Function.point(n);
        gradient = new double[n];
        hessian = new double[n * n];
        f = Differentiable.of(n, function.wengert);
        compiled = CompiledFunction.of(f);
        profile.prepare();
    }
}
