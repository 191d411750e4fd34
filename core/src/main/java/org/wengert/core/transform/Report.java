package org.wengert.core.transform;

import java.util.Map;
import java.util.TreeMap;
import org.wengert.core.program.Program;

/**
 * What a derivative program costs, and what the alternatives would have cost. An n-ary operation counts as n - 1
 * operations, every other as one.
 *
 * @param functionOperations   operations of the program that was differentiated
 * @param derivativeOperations operations of the program that computes values and derivatives
 * @param uniformOperations    how many of those are done once a batch
 * @param order                the order of elimination that was taken
 * @param operationsByOrder    operations that each order needs; orders that were given up as more expensive are missing
 * @param guards               how many conditions the program has
 */
public record Report(
        long functionOperations,
        long derivativeOperations,
        long uniformOperations,
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
                order, operations, derivative.guards().size());
    }

    /** The operations of a program; an n-ary one counts as n - 1. */
    public static int operations(Program p) {
        return operations(p, p.firstOperation(), p.nodes());
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
                .append(" (").append(uniformOperations).append(" once a batch)\n")
                .append("order: ").append(order).append('\n');
        new TreeMap<>(operationsByOrder).forEach((o, n) ->
                text.append("  ").append(o).append(": ").append(n).append('\n'));
        return text.append("guards: ").append(guards).append('\n').toString();
    }
}
