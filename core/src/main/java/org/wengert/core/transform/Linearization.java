package org.wengert.core.transform;

import java.util.Arrays;
import java.util.Objects;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

/** What every transform starts from: a copy of the program in a new builder, and its local partial derivatives. */
final class Linearization {

    final Program p;
    final ProgramBuilder g = new ProgramBuilder();
    final Products products;
    final LocalPartials partials;

    /** The node of g that each node of p has become. */
    final int[] node;

    /** The inputs of p that derivatives are taken by. */
    final int[] wrt;

    /** Whether a node of p depends on one of them, as far as structure tells. */
    final boolean[] active;

    Linearization(Program p, Zeros zeros, int[] wrt) {
        this.p = p;
        this.products = new Products(g, zeros);
        this.wrt = checked(p, wrt);
        int[] in = new int[p.inputs()];
        for (int i = 0; i < in.length; i++) {
            in[i] = g.input(p.isUniform(i));
        }
        this.node = g.splice(p, in);
        g.guards(p, node);
        this.partials = new LocalPartials(g, p, node);
        this.active = active();
        this.edgeOf = new int[p.nodes()];
    }

    // The edges into the node asked about last, and where each operand stands among them.
    private int[] edgeSource = new int[8];
    private int[] edgeWeight = new int[8];
    private final int[] edgeOf;

    /**
     * Finds the edges into operation v from nodes that depend on an input: its partial derivatives, by different
     * operands. The partials by an operand that comes twice are added, so that x - x has none.
     *
     * @return how many there are; {@link #source} and {@link #weight} tell them, until the next call
     */
    int edges(int v) {
        int n = p.operandCount(v);
        if (n > edgeSource.length) {
            edgeSource = new int[2 * n];
            edgeWeight = new int[2 * n];
        }
        int count = 0;
        for (int i = 0; i < n; i++) {
            int u = p.operand(v, i);
            int w = active[u] ? partials.of(v, i) : Weight.ZERO;
            if (w == Weight.ZERO) {
                continue;
            }
            int e = edgeOf[u];
            if (e < count && edgeSource[e] == u) {
                edgeWeight[e] = products.plus(edgeWeight[e], w);
            } else {
                edgeOf[u] = count;
                edgeSource[count] = u;
                edgeWeight[count++] = w;
            }
        }
        return count;
    }

    /** The operand at edge e of the operation asked about last. */
    int source(int e) {
        return edgeSource[e];
    }

    /** The partial derivative by that operand; {@link Weight#ZERO} where two have cancelled. */
    int weight(int e) {
        return edgeWeight[e];
    }

    private static int[] checked(Program p, int[] wrt) {
        int[] copy = wrt.clone();
        boolean[] seen = new boolean[p.inputs()];
        for (int i : copy) {
            if (seen[Objects.checkIndex(i, seen.length)]) {
                throw new IllegalArgumentException("wrt must name each input once, but names input " + i + " twice");
            }
            seen[i] = true;
        }
        return copy;
    }

    /** All inputs of a program. */
    static int[] allInputs(Program p) {
        int[] all = new int[p.inputs()];
        Arrays.setAll(all, i -> i);
        return all;
    }

    private boolean[] active() {
        boolean[] is = new boolean[p.nodes()];
        for (int i : wrt) {
            is[i] = true;
        }
        for (int v = p.firstOperation(); v < p.nodes(); v++) {
            for (int i = 0; !is[v] && i < p.operandCount(v); i++) {
                is[v] = is[p.operand(v, i)] && !partials.isZero(v, i);
            }
        }
        return is;
    }

    /** The nodes of the outputs of p. */
    int[] values() {
        int[] y = new int[p.outputs()];
        Arrays.setAll(y, i -> node[p.output(i)]);
        return y;
    }

    /** The derivative of output i as an output. */
    int output(int weight, int i) {
        return products.output(weight, node[p.output(i)]);
    }

    /** All entries at -1, which is {@link Weight#ZERO}. */
    static int[] zeros(int n) {
        int[] zeros = new int[n];
        Arrays.fill(zeros, Weight.ZERO);
        return zeros;
    }
}
