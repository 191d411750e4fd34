package org.wengert.linalg.matrix;

import org.ejml.data.DMatrixRMaj;

/**
 * A matrix of a reverse differentiation: its value, and how its differential follows from those of the inputs. The recording of
 * rules, with their factors, is kept by the results that depend on them. {@link DifferentiableMatrix} makes the inputs and
 * takes the adjoints.
 *
 * <p>Belongs to the call that records; matrices of two recordings are refused.
 */
public final class RecordedMatrix implements Matrix {

    private final Object recording;
    private final Variable variable;

    RecordedMatrix(Object recording, Variable variable) {
        this.recording = recording;
        this.variable = variable;
    }

    Object recording() {
        return recording;
    }

    Variable variable() {
        return variable;
    }

    @Override
    public int rows() {
        return variable.rows();
    }

    @Override
    public int columns() {
        return variable.columns();
    }

    @Override
    public DMatrixRMaj value() {
        return variable.m().v().copy();
    }

    @Override
    public double value(int row, int column) {
        return variable.m().v().get(row, column);
    }

    @Override
    public String toString() {
        return Shapes.of(variable) + " matrix of a reverse differentiation";
    }
}
