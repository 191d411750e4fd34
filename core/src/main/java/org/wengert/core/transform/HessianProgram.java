package org.wengert.core.transform;

import org.wengert.core.program.Program;

/**
 * A program that computes a value, its gradient and the entries of its sparse Hessian, and where the entries stand.
 *
 * @param program outputs: the value, the k entries of the gradient, then the entries of the Hessian in the order of the
 *                pattern
 * @param pattern where the entries stand: the lower triangle with the diagonal, k x k
 * @param report  how the program came about
 */
public record HessianProgram(Program program, Pattern pattern, Report report) {

    /** The number of the program's output that is ∂f/∂xᵢ. */
    public int gradient(int i) {
        return 1 + i;
    }

    /** The number of the program's output that is entry (i, j) and (j, i), or -1 if that is zero by structure. */
    public int output(int i, int j) {
        int k = pattern.find(Math.max(i, j), Math.min(i, j));
        return k < 0 ? -1 : 1 + pattern.rows() + k;
    }
}
