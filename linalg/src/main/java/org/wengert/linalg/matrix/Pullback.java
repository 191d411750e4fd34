package org.wengert.linalg.matrix;

import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * The pullback of a matrix function Y = f(A, B, …) at a point: the linear map from an adjoint of Y to the adjoints of the
 * arguments,
 *
 * <pre>
 * ⟨Ȳ, dY⟩ = ⟨Ā, dA⟩ + ⟨B̄, dB⟩ + …
 * </pre>
 *
 * <p>Made by {@link DifferentiableMatrix#pullback}; the function is not run again. Immutable and thread safe.
 */
public final class Pullback {

    private final DifferentiableMatrix.Recording recording;

    Pullback(DifferentiableMatrix.Recording recording) {
        this.recording = recording;
    }

    /** Y; the caller's own. */
    public DMatrixRMaj value() {
        return recording.result.value();
    }

    /**
     * The adjoints of the arguments.
     *
     * @param adjoint Ȳ, of the shape of Y; not changed
     * @return one matrix for each argument; the caller's own
     * @throws IllegalArgumentException if the adjoint has another shape
     */
    public DMatrixRMaj[] apply(DMatrixRMaj adjoint) {
        Objects.requireNonNull(adjoint, "adjoint");
        DMatrixRMaj y = recording.y.m().v();
        if (adjoint.numRows != y.numRows || adjoint.numCols != y.numCols) {
            throw new IllegalArgumentException(
                    "adjoint must be " + Shapes.of(y) + " like the result, but is " + Shapes.of(adjoint));
        }
        Mat[] pulled = recording.pull(Mat.of(adjoint.copy()), 1);
        DMatrixRMaj[] r = new DMatrixRMaj[pulled.length];
        for (int i = 0; i < r.length; i++) {
            r[i] = pulled[i].v().copy();
        }
        return r;
    }
}
