package org.wengert.core.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.wengert.core.program.Program;

/**
 * The sparse Jacobian of a program by vertex elimination: the chain rule read as a graph whose edges are the local
 * partial derivatives, from which one intermediate vertex after the other is taken out, until inputs are joined to
 * outputs directly. Every order gives the same derivatives; how many multiplications it takes is the
 * matrix-chain question of the field, to which no cheap exact answer is known. Here all orders of
 * {@link Order} are tried, and the one with the fewest operations is taken.
 *
 * <p>An order is given up as soon as it needs more work than the best before it, so that trying them takes
 * a few times as long as the best one alone.
 *
 * <p>Sources: A. Griewank and S. Reese, "On the calculation of Jacobian matrices by the Markowitz rule" (1991);
 * U. Naumann, "Optimal accumulation of Jacobian matrices by elimination methods on the dual computational
 * graph", Math. Program. 99 (2004).
 */
public final class Elimination {

    private Elimination() {}

    /** The Jacobian by all inputs, in the cheapest order. */
    public static JacobianProgram jacobian(Program p) {
        return jacobian(p, Linearization.allInputs(p));
    }

    /**
     * The Jacobian by some inputs, in the cheapest order.
     *
     * @param p   n inputs, m outputs
     * @param wrt the inputs to differentiate by: the columns of the Jacobian, in this order
     */
    public static JacobianProgram jacobian(Program p, int... wrt) {
        return jacobian(p, Zeros.ABSORBED, wrt);
    }

    /** {@link #jacobian(Program, int...)}, with a choice of how the rules about zeros are kept. */
    public static JacobianProgram jacobian(Program p, Zeros zeros, int... wrt) {
        Map<Order, Integer> operations = new EnumMap<>(Order.class);
        JacobianProgram best = null;
        Order bestOrder = Order.REVERSE;
        int work = Integer.MAX_VALUE;
        for (Order order : List.of(Order.REVERSE, Order.FORWARD, Order.MARKOWITZ, Order.MARKOWITZ_FROM_OUTPUTS)) {
            var run = new Run(p, zeros, wrt, work);
            JacobianProgram result = run.jacobian(order);
            if (result == null) {
                continue;
            }
            // Twice the size of what was written for the best: orders that lose by more are not followed to the end.
            work = Math.min(work, 2 * run.linear.g.size() + 1000);
            int count = Report.operations(result.program());
            operations.put(order, count);
            if (best == null || count < Report.operations(best.program())) {
                best = result;
                bestOrder = order;
            }
        }
        if (best == null) {
            throw new AssertionError("reverse elimination runs without a limit");
        }
        return best.with(Report.of(p, best.program(), bestOrder, operations));
    }

    /** The Jacobian in a given order. */
    public static JacobianProgram jacobian(Program p, Order order, Zeros zeros, int... wrt) {
        JacobianProgram result = new Run(p, zeros, wrt, Integer.MAX_VALUE).jacobian(order);
        if (result == null) {
            throw new AssertionError("this elimination runs without a limit");
        }
        return result.with(Report.of(p, result.program(), order, Map.of(order, Report.operations(result.program()))));
    }

    /** One elimination. */
    private static final class Run {

        private final Linearization linear;
        private final Program p;
        private final LinearizedGraph graph;
        private final int limit;
        private final List<Integer> inner = new ArrayList<>();

        Run(Program p, Zeros zeros, int[] wrt, int limit) {
            this.p = p;
            this.limit = limit;
            this.linear = new Linearization(p, zeros, wrt);
            // Every output gets a vertex of its own behind its node, so that all operations are inner vertices.
            this.graph = new LinearizedGraph(p.nodes() + p.outputs(), linear.products);
            int one = Weight.of(linear.g.constant(1));
            boolean[] reaches = p.reachingOutputs();
            for (int v = p.firstOperation(); v < p.nodes(); v++) {
                if (!linear.active[v] || !reaches[v]) {
                    continue;
                }
                inner.add(v);
                for (int e = 0, n = linear.edges(v); e < n; e++) {
                    graph.add(linear.source(e), v, linear.weight(e));
                }
            }
            for (int i = 0; i < p.outputs(); i++) {
                if (linear.active[p.output(i)]) {
                    graph.add(p.output(i), p.nodes() + i, one);
                }
            }
        }

        @Nullable JacobianProgram jacobian(Order order) {
            boolean done = switch (order) {
                case FORWARD -> inOrder(false);
                case REVERSE -> inOrder(true);
                case MARKOWITZ -> markowitz(1);
                case MARKOWITZ_FROM_OUTPUTS -> markowitz(-1);
            };
            return done ? result() : null;
        }

        private boolean inOrder(boolean backwards) {
            int n = inner.size();
            for (int k = 0; k < n && linear.g.size() <= limit; k++) {
                graph.eliminate(inner.get(backwards ? n - 1 - k : k));
            }
            return linear.g.size() <= limit;
        }

        /** A vertex in the queue with the cost it had then; dropped when the cost has changed since. */
        private record Candidate(long cost, int tieBreak, int vertex) implements Comparable<Candidate> {
            @Override
            public int compareTo(Candidate that) {
                int byCost = Long.compare(cost, that.cost);
                return byCost != 0 ? byCost : Integer.compare(tieBreak, that.tieBreak);
            }
        }

        private boolean markowitz(int direction) {
            var queue = new PriorityQueue<Candidate>();
            boolean[] waiting = new boolean[p.nodes() + p.outputs()];
            for (int v : inner) {
                waiting[v] = true;
                queue.add(candidate(v, direction));
            }
            // Neighbours change their cost with each elimination; they are queued again, and old entries skipped.
            LinearizedGraph.EdgeVisitor requeue = (u, _) -> {
                if (waiting[u]) {
                    queue.add(candidate(u, direction));
                }
            };
            List<Integer> neighbours = new ArrayList<>();
            while (!queue.isEmpty() && linear.g.size() <= limit) {
                Candidate c = queue.remove();
                int v = c.vertex;
                if (!waiting[v] || c.cost != cost(v)) {
                    continue;
                }
                waiting[v] = false;
                neighbours.clear();
                graph.forEachIn(v, (u, _) -> neighbours.add(u));
                graph.forEachOut(v, (u, _) -> neighbours.add(u));
                graph.eliminate(v);
                neighbours.forEach(u -> requeue.edge(u, Weight.ZERO));
            }
            return linear.g.size() <= limit;
        }

        private long cost(int v) {
            return (long) graph.in(v) * graph.out(v);
        }

        private Candidate candidate(int v, int direction) {
            return new Candidate(cost(v), direction * v, v);
        }

        private JacobianProgram result() {
            int m = p.outputs();
            int[] columnOf = Linearization.zeros(p.nodes());
            for (int j = 0; j < linear.wrt.length; j++) {
                columnOf[linear.wrt[j]] = j;
            }
            int[] rowStart = new int[m + 1];
            for (int i = 0; i < m; i++) {
                rowStart[i + 1] = Math.addExact(rowStart[i], graph.in(p.nodes() + i));
            }
            int[] columns = new int[rowStart[m]];
            int[] outputs = Arrays.copyOf(linear.values(), m + columns.length);
            for (int i = 0; i < m; i++) {
                // Column above, weight below: one sort brings both into order.
                long[] row = new long[rowStart[i + 1] - rowStart[i]];
                int[] next = {0};
                graph.forEachIn(p.nodes() + i, (u, w) -> row[next[0]++] = (long) columnOf[u] << 32 | w & 0xFFFFFFFFL);
                Arrays.sort(row);
                for (int k = 0; k < row.length; k++) {
                    columns[rowStart[i] + k] = (int) (row[k] >>> 32);
                    outputs[m + rowStart[i] + k] = linear.output((int) row[k], i);
                }
            }
            graph.clear(); // the program about to be built may be large, and the graph is done with
            var pattern = new Pattern(m, linear.wrt.length, rowStart, columns);
            Program program = linear.g.build(outputs);
            return new JacobianProgram(program, m, pattern, Report.of(p, program, Order.REVERSE, Map.of()));
        }
    }
}
