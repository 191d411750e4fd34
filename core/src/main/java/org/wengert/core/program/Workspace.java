package org.wengert.core.program;

/**
 * Room for the values of one run of a program, so that running allocates nothing. Made by
 * {@link Program#newWorkspace}; belongs to that program and to one thread at a time.
 */
public final class Workspace {

    final Program program;

    /** The value of each node. */
    final double[] values;

    /** For each number of operands that an n-ary operation of the program has, an array of that length, at that index. */
    final double[][] operands;

    Workspace(Program program, int nodes, double[][] operands) {
        this.program = program;
        this.values = new double[nodes];
        this.operands = operands;
    }

    /** The value that a node had in the last run. */
    public double value(int node) {
        return values[node];
    }
}
