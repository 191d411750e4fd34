package org.wengert.core.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wengert.core.program.Program;

/**
 * The sparse Hessian of an output in one reverse sweep that carries, beside the adjoints, the
 * second derivatives by pairs of nodes. Each pair is kept once, so that symmetric work is done once, and
 * pairs that structure keeps at zero never appear.
 *
 * <pre>
 * for each operation v = φ(u₁, u₂, …), last to first:
 *   w(uⱼ, t)  += ∂φ/∂uⱼ · w(v, t)                 for each pair (v, t)            (pushing)
 *   w(uⱼ, uₖ) += ∂φ/∂uⱼ · ∂φ/∂uₖ · w(v, v)
 *   w(uⱼ, uₖ) += adjoint(v) · ∂²φ/∂uⱼ∂uₖ                                           (creating)
 *   adjoint(uⱼ) += adjoint(v) · ∂φ/∂uⱼ
 * </pre>
 *
 * <p>Source: R. M. Gower and M. P. Mello, "A new framework for the computation of Hessians", Optim. Methods Softw. 27
 * (2012).
 */
final class EdgePushing {

    private final Program p;
    private final Linearization l;
    private final Products products;
    private final SecondPartials second = new SecondPartials();
    private final LinearizedGraph pairs;
    private final int[] adjoint;

    /** How many products pushing may still take. */
    private long left;

    private EdgePushing(Program p, Zeros zeros, int[] wrt, long most) {
        this.p = p;
        this.left = most;
        this.l = new Linearization(p, zeros, wrt);
        this.products = l.products;
        // A pair is an edge from the earlier node to the later.
        this.pairs = new LinearizedGraph(p.nodes(), products);
        this.adjoint = Linearization.zeros(p.nodes());
    }

    /** Value, gradient and Hessian of a program with one output; null if pushing takes more products than {@code most}. */
    static @Nullable HessianProgram hessian(Program p, Zeros zeros, int[] wrt, long most) {
        return new EdgePushing(p, zeros, wrt, most).sweep();
    }

    private @Nullable HessianProgram sweep() {
        adjoint[p.output(0)] = Weight.of(l.g.constant(1));
        for (int v = p.nodes() - 1; v >= p.firstOperation(); v--) {
            if (l.active[v]) {
                int count = l.edges(v);
                push(v, count);
                if (left < 0) {
                    return null;
                }
                if (adjoint[v] != Weight.ZERO) {
                    create(v);
                    for (int e = 0; e < count; e++) {
                        int u = l.source(e);
                        adjoint[u] = products.plus(adjoint[u], products.times(adjoint[v], l.weight(e)));
                    }
                }
            }
        }
        return result();
    }

    private void add(int a, int b, int weight) {
        pairs.add(Math.min(a, b), Math.max(a, b), weight);
    }

    private void push(int v, int count) {
        // The list of pairs of v grows no more: all nodes after v are done.
        List<int[]> of = new ArrayList<>();
        pairs.forEachIn(v, (t, w) -> of.add(new int[] {t, w}));
        pairs.remove(v);
        left -= (long) of.size() * count;
        if (left < 0) {
            return;
        }
        for (int[] pair : of) {
            int t = pair[0];
            int w = pair[1];
            for (int e = 0; e < count; e++) {
                int u = l.source(e);
                int pushed = products.times(w, l.weight(e));
                if (t == v) {
                    for (int f = 0; f <= e; f++) {
                        add(u, l.source(f), products.times(pushed, l.weight(f)));
                    }
                } else {
                    // The pairs (u, t) and (t, u) are two terms of a sum where they are one on the diagonal.
                    add(u, t, u == t ? products.plus(pushed, pushed) : pushed);
                }
            }
        }
    }

    private void create(int v) {
        SecondPartials.Second s = second.of(p, v);
        if (s.entries().isEmpty()) {
            return;
        }
        int[] in = Arrays.stream(s.operands()).map(u -> l.node[u]).toArray();
        int[] spliced = l.g.splice(s.program(), in);
        for (SecondPartials.Entry entry : s.entries()) {
            if (l.active[entry.left()] && l.active[entry.right()]) {
                int partial = Weight.of(spliced[s.program().output(entry.output())], s.flags());
                add(entry.left(), entry.right(), products.times(adjoint[v], partial));
            }
        }
    }

    private HessianProgram result() {
        int n = l.wrt.length;
        int[] place = Linearization.zeros(p.nodes());
        for (int i = 0; i < n; i++) {
            place[l.wrt[i]] = i;
        }
        List<int[]> entries = new ArrayList<>();
        for (int input : l.wrt) {
            pairs.forEachIn(input, (t, w) -> entries.add(new int[] {
                Math.max(place[input], place[t]), Math.min(place[input], place[t]), w
            }));
        }
        entries.sort((a, b) -> a[0] != b[0] ? Integer.compare(a[0], b[0]) : Integer.compare(a[1], b[1]));
        int[] rowStart = new int[n + 1];
        int[] columns = new int[entries.size()];
        int[] outputs = new int[1 + n + columns.length];
        outputs[0] = l.node[p.output(0)];
        for (int i = 0; i < n; i++) {
            outputs[1 + i] = l.output(adjoint[l.wrt[i]], 0);
        }
        for (int k = 0; k < columns.length; k++) {
            rowStart[entries.get(k)[0] + 1]++;
            columns[k] = entries.get(k)[1];
            outputs[1 + n + k] = l.output(entries.get(k)[2], 0);
        }
        Arrays.parallelPrefix(rowStart, Integer::sum);
        Program program = l.g.build(outputs);
        return new HessianProgram(program, new Pattern(n, n, rowStart, columns),
                Report.of(p, program, Order.REVERSE, Map.of(Order.REVERSE, Report.operations(program))));
    }
}
