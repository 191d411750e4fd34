package org.wengert.core.transform;

import org.wengert.core.program.Program;

/**
 * A program that computes values and the entries of a sparse Jacobian, and where the entries stand.
 *
 * @param program outputs: m values, then the entries in the order of the pattern
 * @param values  m
 * @param pattern where the entries stand
 * @param report  how the program came about
 */
public record JacobianProgram(Program program, int values, Pattern pattern, Report report) {

    JacobianProgram with(Report newReport) {
        return new JacobianProgram(program, values, pattern, newReport);
    }

    /** The number of the program's output that is entry (i, j), or -1 if that is zero by structure. */
    public int output(int i, int j) {
        int k = pattern.find(i, j);
        return k < 0 ? -1 : values + k;
    }
}
