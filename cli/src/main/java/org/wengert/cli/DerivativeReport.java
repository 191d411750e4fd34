package org.wengert.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.wengert.core.engine.Engines;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarArithmetic;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.Order;
import org.wengert.core.transform.Pattern;
import org.wengert.core.transform.Report;

/**
 * What the Jacobian of a formula costs as a program.
 *
 * @param names    the variables it is differentiated by
 * @param jacobian the program
 */
record DerivativeReport(List<String> names, JacobianProgram jacobian) {

    /** Wider patterns than this are told by their size alone. */
    private static final int MOST_COLUMNS = 100;

    /** Records the formula at its point and differentiates the program by what it is differentiated by. */
    static DerivativeReport of(DerivedFormula f) {
        Program program = Tracer.trace(f.arguments(f.point()),
                x -> f.formula().evaluate(ScalarArithmetic.INSTANCE, List.of(x)).toArray(Scalar[]::new));
        return new DerivativeReport(f.wrt(), Elimination.jacobian(program, IntStream.range(0, f.inputs()).toArray()));
    }

    /** What would run the program over a batch. */
    private static String engine() {
        return Engines.standard().description();
    }

    String text() {
        Report report = jacobian.report();
        TextTable table = new TextTable()
                .row("operations of the function", count(report.functionOperations()))
                .row("with all first derivatives", count(report.derivativeOperations()))
                .row("where multiply and add are one", count(report.fusedOperations()))
                .row("comparisons that must come out the same", count(report.guards()));
        StringBuilder text = new StringBuilder().append(table).append('\n');
        text.append("order of accumulation: ").append(name(report.order())).append("; operations by order: ");
        List<String> orders = new ArrayList<>();
        new TreeMap<>(report.operationsByOrder())
                .forEach((order, operations) -> orders.add(name(order) + " " + count(operations)));
        text.append(String.join(", ", orders)).append('\n');
        Pattern pattern = jacobian.pattern();
        text.append("Jacobian: ").append(pattern.rows()).append(" x ").append(pattern.columns()).append(", ")
                .append(pattern.size()).append(" entries that are not zero by structure\n");
        if (pattern.columns() <= MOST_COLUMNS && pattern.rows() <= MOST_COLUMNS) {
            for (int i = 0; i < pattern.rows(); i++) {
                text.append("  ").append(row(pattern, i)).append('\n');
            }
        }
        return text.append("engine: ").append(engine()).append('\n').toString();
    }

    Map<String, Object> json() {
        Report report = jacobian.report();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("functionOperations", report.functionOperations());
        json.put("derivativeOperations", report.derivativeOperations());
        json.put("fusedOperations", report.fusedOperations());
        json.put("guards", report.guards());
        json.put("order", name(report.order()));
        Map<String, Object> byOrder = new LinkedHashMap<>();
        new TreeMap<>(report.operationsByOrder()).forEach((order, operations) -> byOrder.put(name(order), operations));
        json.put("operationsByOrder", byOrder);
        Pattern pattern = jacobian.pattern();
        json.put("nonzeros", pattern.size());
        json.put("pattern", IntStream.range(0, pattern.rows()).mapToObj(i -> row(pattern, i)).toList());
        json.put("wrt", names);
        json.put("engine", engine());
        return json;
    }

    /** A row of the pattern: x for an entry, a point for a structural zero. */
    private static String row(Pattern pattern, int i) {
        StringBuilder row = new StringBuilder(".".repeat(pattern.columns()));
        for (int k = pattern.rowStart()[i]; k < pattern.rowStart()[i + 1]; k++) {
            row.setCharAt(pattern.column()[k], 'x');
        }
        return row.toString();
    }

    private static String name(Order order) {
        return order.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
