package org.wengert.core.engine;

import java.util.Objects;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;

/** The part of a program that is the same at all points of a batch: constants, uniform inputs, and what depends on those alone. */
public final class Uniforms {

    private Uniforms() {}

    /**
     * The values of the nodes 0 to firstVarying - 1, as {@link TileCode#run} takes them: the eager values, bit for bit. Entries
     * of varying inputs stay as they are. Allocates nothing unless rows of many arguments are among the nodes.
     *
     * @param p       the program
     * @param inputs  the values of the uniform inputs, in their order
     * @param uniform receives them; at least {@code p.firstVarying()} entries
     */
    public static void evaluate(Program p, double[] inputs, double[] uniform) {
        int next = 0;
        for (int v = 0; v < p.inputs(); v++) {
            if (p.isUniform(v)) {
                uniform[v] = inputs[next++];
            }
        }
        if (next != inputs.length) {
            throw new IllegalArgumentException("inputs must have " + next + " entries, but has " + inputs.length);
        }
        for (int v = p.inputs(); v < p.firstOperation(); v++) {
            uniform[v] = p.constant(v);
        }
        for (int v = p.firstOperation(); v < p.firstVarying(); v++) {
            uniform[v] = switch (p.row(v)) {
                case Unary f -> f.value(uniform[p.left(v)]);
                case Binary f -> f.value(uniform[p.left(v)], uniform[p.right(v)]);
                case Nary f -> {
                    double[] x = new double[p.operandCount(v)];
                    for (int i = 0; i < x.length; i++) {
                        x[i] = uniform[p.operand(v, i)];
                    }
                    yield f.value(x);
                }
            };
        }
    }

    /** The number of uniform inputs of a program. */
    public static int count(Program p) {
        int count = 0;
        for (int v = 0; v < p.inputs(); v++) {
            count += p.isUniform(v) ? 1 : 0;
        }
        return count;
    }

    /** Whether a guard compares uniform values alone, so that it holds at all points or at none. */
    static boolean isUniform(Program p, Guard g) {
        return p.isUniform(g.left()) && p.isUniform(g.right());
    }

    /** Whether all of these guards hold, which compare uniform values alone. */
    static boolean hold(Guard[] guards, double[] uniform) {
        for (Guard g : Objects.requireNonNull(guards, "guards")) {
            if (!g.holds(uniform[g.left()], uniform[g.right()])) {
                return false;
            }
        }
        return true;
    }
}
