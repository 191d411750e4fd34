package org.wengert.core.transform;

import java.util.Map;
import java.util.TreeMap;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.program.Program;

/**
 * What a derivative program costs, and what the alternatives would have cost. An n-ary operation counts as n - 1
 * operations, every other as one.
 *
 * @param functionOperations   operations of the program that was differentiated
 * @param derivativeOperations operations of the program that computes values and derivatives
 * @param uniformOperations    how many of those are done once a batch
 * @param fusedOperations      how many remain where products are added in one step, see {@link #fusedOperations(Program)}
 * @param order                the order of elimination that was taken
 * @param operationsByOrder    operations that each order needs; orders that were given up as more expensive are missing
 * @param guards               how many conditions the program has
 */
public record Report(
        long functionOperations,
        long derivativeOperations,
        long uniformOperations,
        long fusedOperations,
        Order order,
        Map<Order, Integer> operationsByOrder,
        int guards) {

    /** Keeps an unmodifiable copy of the map. */
    public Report {
        operationsByOrder = Map.copyOf(operationsByOrder);
    }

    static Report of(Program function, Program derivative, Order order, Map<Order, Integer> operations) {
        return new Report(
                operations(function), operations(derivative),
                operations(derivative, derivative.firstOperation(), derivative.firstVarying()),
                fusedOperations(derivative),
                order, operations, derivative.guards().size());
    }

    /** The operations of a program; an n-ary one counts as n - 1. */
    public static int operations(Program p) {
        return operations(p, p.firstOperation(), p.nodes());
    }

    /**
     * The operations of a program where a product that is used in one sum only is computed together with the addition,
     * as processors with a fused multiply-add do.
     */
    public static int fusedOperations(Program p) {
        int[] uses = new int[p.nodes()];
        for (int i = 0; i < p.outputs(); i++) {
            uses[p.output(i)]++;
        }
        for (int v = p.firstOperation(); v < p.nodes(); v++) {
            for (int i = 0; i < p.operandCount(v); i++) {
                uses[p.operand(v, i)]++;
            }
        }
        int fused = 0;
        for (int v = p.firstOperation(); v < p.nodes(); v++) {
            if (isAdditive(p.row(v))) {
                int products = 0;
                for (int i = 0; i < p.operandCount(v); i++) {
                    int u = p.operand(v, i);
                    products += uses[u] == 1 && p.isOperation(u) && p.row(u) == Operations.TIMES ? 1 : 0;
                }
                fused += Math.min(products, p.operandCount(v) - 1);
            }
        }
        return operations(p) - fused;
    }

    private static boolean isAdditive(Elementary row) {
        return row == Operations.PLUS || row == Operations.MINUS || row == Reductions.SUM;
    }

    private static int operations(Program p, int from, int to) {
        int count = 0;
        for (int v = from; v < to; v++) {
            count += Math.max(1, p.operandCount(v) - 1);
        }
        return count;
    }

    /** For people: a line each. */
    @Override
    public String toString() {
        var text = new StringBuilder()
                .append("operations of the function: ").append(functionOperations).append('\n')
                .append("operations with derivatives: ").append(derivativeOperations)
                .append(" (").append(uniformOperations).append(" once a batch; ").append(fusedOperations)
                .append(" with fused multiply-add)\n")
                .append("order: ").append(order).append('\n');
        new TreeMap<>(operationsByOrder).forEach((o, n) ->
                text.append("  ").append(o).append(": ").append(n).append('\n'));
        return text.append("guards: ").append(guards).append('\n').toString();
    }
}
