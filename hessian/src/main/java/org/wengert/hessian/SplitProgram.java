package org.wengert.hessian;

import java.util.Arrays;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

/**
 * A program of inputs x and v cut in two: what depends on x alone is computed once for a point, the rest for each v.
 *
 * <pre>
 * at:     x        ->  the first outputs, w     (w: what the rest needs to know of the point)
 * along:  (w, v)   ->  the other outputs
 * </pre>
 *
 * <p>For a Hessian-vector product, w are the local first and second partial derivatives, times adjoints, and {@code along} is linear in v.
 *
 * @param at    n inputs; the first {@code known} outputs of the whole, then w
 * @param along the entries of w, then v; the other outputs of the whole
 * @param known how many outputs of the whole depend on x alone by agreement
 */
record SplitProgram(Program at, Program along, int known) {

    /** How many numbers go from one to the other. */
    int weights() {
        return at.outputs() - known;
    }

    /**
     * Cuts a program. Guards that ask whether an output is a number are left out: whoever runs the parts looks at the outputs instead. So are those that ask it of
     * something that depends on v: where that is no number and an output depends on it, the output is none either.
     *
     * @param whole inputs x (n of them), then v
     * @param n     how many inputs are x
     * @param known so many of the first outputs depend on x alone
     */
    static SplitProgram of(Program whole, int n, int known) {
        int[] first = new int[n];
        Arrays.setAll(first, i -> i);
        Program p = withoutNumberGuards(whole.withUniform(first)).withUniform(first);

        var at = new ProgramBuilder();
        int[] atNode = new int[p.nodes()];
        for (int i = 0; i < n; i++) {
            atNode[i] = at.input();
        }
        for (int v = p.inputs(); v < p.nodes(); v++) {
            if (isKnown(p, v)) {
                atNode[v] = at.copy(p, v, atNode);
            }
        }
        for (Guard g : p.guards()) {
            if (isKnown(p, g.left()) && isKnown(p, g.right())) {
                at.guard(atNode[g.left()], g.relation(), atNode[g.right()], g.outcome());
            }
        }

        // What the second part takes from the first, in the order of first use.
        int[] outputs = new int[known + p.nodes()];
        for (int i = 0; i < known; i++) {
            if (!isKnown(p, p.output(i))) {
                throw new IllegalArgumentException("output " + i + " must depend on x alone");
            }
            outputs[i] = atNode[p.output(i)];
        }
        boolean[] needed = new boolean[p.nodes()];
        for (int v = p.firstOperation(); v < p.nodes(); v++) {
            for (int i = 0; !p.isUniform(v) && i < p.operandCount(v); i++) {
                needed[p.operand(v, i)] = true;
            }
        }
        for (int i = known; i < p.outputs(); i++) {
            needed[p.output(i)] = true;
        }
        for (Guard g : p.guards()) {
            if (!isKnown(p, g.left()) || !isKnown(p, g.right())) {
                needed[g.left()] = true;
                needed[g.right()] = true;
            }
        }
        var along = new ProgramBuilder();
        int[] node = new int[p.nodes()];
        int count = known;
        for (int v = 0; v < p.nodes(); v++) {
            if (needed[v] && isKnown(p, v) && !p.isConstant(v)) {
                outputs[count++] = atNode[v];
                node[v] = along.input();
            }
        }
        for (int i = n; i < p.inputs(); i++) {
            node[i] = along.input();
        }
        for (int v = p.inputs(); v < p.nodes(); v++) {
            if (p.isConstant(v) || !p.isUniform(v)) {
                node[v] = along.copy(p, v, node);
            }
        }
        for (Guard g : p.guards()) {
            if (!isKnown(p, g.left()) || !isKnown(p, g.right())) {
                along.guard(node[g.left()], g.relation(), node[g.right()], g.outcome());
            }
        }
        int[] rest = new int[p.outputs() - known];
        Arrays.setAll(rest, i -> node[p.output(known + i)]);
        return new SplitProgram(at.build(Arrays.copyOf(outputs, count)), along.build(rest), known);
    }

    private static Program withoutNumberGuards(Program p) {
        boolean[] isOutput = new boolean[p.nodes()];
        int[] outputs = new int[p.outputs()];
        for (int i = 0; i < outputs.length; i++) {
            isOutput[p.output(i)] = true;
        }
        var bare = new ProgramBuilder();
        int[] inputs = new int[p.inputs()];
        Arrays.setAll(inputs, _ -> bare.input());
        int[] node = bare.splice(p, inputs);
        for (Guard g : p.guards()) {
            boolean asksForNumber = g.left() == g.right() && (isOutput[g.left()] || !isKnown(p, g.left()));
            if (!asksForNumber) {
                bare.guard(node[g.left()], g.relation(), node[g.right()], g.outcome());
            }
        }
        Arrays.setAll(outputs, i -> node[p.output(i)]);
        return bare.build(outputs);
    }

    private static boolean isKnown(Program p, int v) {
        return p.isConstant(v) || p.isUniform(v);
    }
}
