package org.wengert.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.HessianProgram;
import org.wengert.core.transform.SecondOrder;
import org.wengert.core.transform.Tangent;
import org.wengert.core.transform.Zeros;

/** The kernels of {@link GpuResults}, in both precisions. */
final class ResultSources {

    private static final int PROGRAMS = 10;

    /** Rows that have one right result, down to the bit. */
    private static final Set<String> EXACT = Set.of("plus", "minus", "times", "div", "negate", "reciprocal", "square",
            "sqrt", "abs", "min", "max");

    /** The price of an option, its gradient and its Hessian. */
    static final HessianProgram OPTIONS = SecondOrder.hessian(
            Tracer.trace(new double[] {100, 100, 1, 0.05, 0.2}, x -> new Scalar[] {Functions.call(x)}),
            Zeros.GUARDED, IntStream.range(0, Functions.OPTION_INPUTS).toArray());

    /** The mixture, its gradient, and both along a direction in the parameters: values, gradients, then J·v and H·v. */
    private static final Program PRODUCT = product();

    private ResultSources() {}

    private static Program product() {
        int n = Functions.PARAMETERS;
        Program p = Tangent.of(Sources.MIXTURE, Zeros.GUARDED, 1, IntStream.range(0, n).toArray());
        return p.withUniform(IntStream.range(0, p.inputs()).filter(i -> i != n && i != n + 1).toArray());
    }

    static CudaSource bundle(Precision precision) {
        return CudaSource.of(Sources.BUNDLE.program(), precision);
    }

    static CudaSource normal(Precision precision) {
        return CudaSource.of(Sources.BUNDLE.program(), precision, Reduction.gaussNewton(Sources.BUNDLE));
    }

    static CudaSource mixture(Precision precision) {
        return CudaSource.of(Sources.MIXTURE, precision);
    }

    static CudaSource options(Precision precision) {
        return CudaSource.of(OPTIONS.program(), precision);
    }

    /** The sum, its gradient, and its Hessian times a direction. */
    static CudaSource product(Precision precision) {
        int n = Functions.PARAMETERS;
        List<int[]> entries = new ArrayList<>(Reduction.sums(0, 1 + n).entries());
        entries.addAll(Reduction.sums(2 + n, 2 + 2 * n).entries());
        return CudaSource.of(PRODUCT, precision, new Reduction(entries));
    }

    static List<CudaSource> random(Precision precision) {
        List<Elementary> exact = Functions.rows().stream().filter(row -> EXACT.contains(row.name())).toList();
        return IntStream.range(0, PROGRAMS).mapToObj(seed -> CudaSource.of(Functions.random(seed, 30, exact), precision)).toList();
    }

    /** All of them. */
    static List<CudaSource> all() {
        return Stream.of(Precision.values()).flatMap(p -> Stream.concat(
                Stream.of(bundle(p), normal(p), mixture(p), options(p), product(p)), random(p).stream())).toList();
    }
}
