package org.wengert.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.wengert.linalg.matrix.MatrixMath;

/**
 * Matrix functions with 8 tangents: rules on whole matrices beside the same algorithm in Hipparchus {@code Gradient} elements. Run
 * by {@code java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main MatrixBenchmark -prof gc}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class MatrixBenchmark {

    /** A·B. */
    @Benchmark
    public Object multiplyWengert(MatrixCase c) {
        return c.a.times(c.b);
    }

    /** A·B in {@code Gradient} elements. */
    @Benchmark
    public Object multiplyHipparchus(MatrixCase c) {
        return c.fieldA.multiply(c.fieldB);
    }

    /** A⁻¹·b, one column. */
    @Benchmark
    public Object solveWengert(MatrixCase c) {
        return MatrixMath.solve(c.a, c.column);
    }

    /** A⁻¹·b, one column, in {@code Gradient} elements. */
    @Benchmark
    public Object solveHipparchus(MatrixCase c) {
        return MatrixCase.solve(c.fieldA, c.fieldColumn);
    }

    /** A⁻¹·B, n columns. */
    @Benchmark
    public Object solveManyWengert(MatrixCase c) {
        return MatrixMath.solve(c.a, c.b);
    }

    /** A⁻¹·B, n columns, in {@code Gradient} elements. */
    @Benchmark
    public Object solveManyHipparchus(MatrixCase c) {
        return MatrixCase.solve(c.fieldA, c.fieldB);
    }

    /** L of A = L·Lᵀ. */
    @Benchmark
    public Object choleskyWengert(MatrixCase c) {
        return MatrixMath.cholesky(c.definite);
    }

    /** L of A = L·Lᵀ in {@code Gradient} elements. */
    @Benchmark
    public Object choleskyHipparchus(MatrixCase c) {
        return MatrixCase.cholesky(c.fieldDefinite);
    }
}
