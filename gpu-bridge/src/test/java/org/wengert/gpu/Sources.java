package org.wengert.gpu;

import org.wengert.core.engine.Precision;
import org.wengert.core.program.Program;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.Zeros;

/** The kernels that tests of batches run, whatever executes them. */
final class Sources {

    static final JacobianProgram BUNDLE = Functions.bundleAdjustment(Zeros.GUARDED);
    static final CudaSource COLUMNS = CudaSource.of(BUNDLE.program(), Precision.DOUBLE);
    static final CudaSource NORMAL = CudaSource.of(BUNDLE.program(), Precision.DOUBLE, Reduction.gaussNewton(BUNDLE));
    static final Program MIXTURE = Functions.gaussianMixture(Zeros.GUARDED);
    static final CudaSource MIXTURE_SUMS =
            CudaSource.of(MIXTURE, Precision.DOUBLE, Reduction.sums(0, MIXTURE.outputs()));
    static final CudaSource MIXTURE_SINGLE = CudaSource.of(MIXTURE, Precision.SINGLE);

    /** The point that tests leave without a derivative: no rotation. */
    static final int BAD = CudaSource.CHUNK + 7;

    private Sources() {}
}
