package org.wengert.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import org.wengert.benchmarks.Comparison.Cell;

/** Measurements as Markdown. */
final class Table {

    private Table() {}

    /** The place of a row in a table. */
    record Row(Profile profile, Function function, int n) {
        @Override
        public String toString() {
            return function.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", n = " + n + ", "
                    + profile.name().toLowerCase(Locale.ROOT);
        }
    }

    static String heading(Settings settings) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        return "Medians of " + settings.rounds() + " x " + settings.iterations() + " iterations of " + settings.millis()
                + " ms, ± half the distance between the quartiles; B is bytes allocated per call. " + runtime.getVmName()
                + " " + runtime.getVmVersion() + ", " + Runtime.getRuntime().availableProcessors() + " processors.\n";
    }

    static String of(Operation operation, Map<Row, Map<String, Cell>> rows) {
        boolean compiled = rows.values().stream().anyMatch(cells -> cells.containsKey("compiled"));
        boolean commonsMath = rows.values().stream().anyMatch(cells -> cells.containsKey("commonsMath"));
        var text = new StringBuilder("### " + operation.title() + "\n\n| profile | function | n | plain, ns | Wengert, ns |"
                + " B | / plain | " + operation.peer() + ", ns | B | / Wengert |"
                + (commonsMath ? " Commons Math, ns | / Wengert |" : "")
                + (compiled ? " Wengert compiled, ns | / plain | " + operation.peer() + " / compiled |" : "")
                + "\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|"
                + (commonsMath ? "--:|--:|" : "")
                + (compiled ? "--:|--:|--:|" : "") + "\n");
        rows.forEach((row, cells) -> {
            Cell ours = cell(cells, "wengert");
            Cell theirs = cell(cells, "hipparchus");
            Cell plain = cell(cells, "plain");
            text.append(String.format(Locale.ROOT, "| %s | %s | %d | %s | %s | %.0f | %s | %s | %.0f | **%s** |",
                    row.profile().name().toLowerCase(Locale.ROOT),
                    row.function().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    row.n(),
                    time(plain), time(ours), ours.bytes(), ratio(ours, plain), time(theirs), theirs.bytes(), ratio(theirs, ours)));
            if (commonsMath) {
                Cell other = cell(cells, "commonsMath");
                text.append(String.format(Locale.ROOT, " %s | %s |", time(other), ratio(other, ours)));
            }
            if (compiled) {
                Cell hot = cell(cells, "compiled");
                text.append(String.format(Locale.ROOT, " %s | %s | %s |", time(hot), ratio(hot, plain), ratio(theirs, hot)));
            }
            text.append('\n');
        });
        return text.toString();
    }

    private static Cell cell(Map<String, Cell> cells, String label) {
        Cell cell = cells.get(label);
        if (cell == null) {
            throw new IllegalStateException("no measurement of " + label + "; there are " + cells.keySet());
        }
        return cell;
    }

    private static String time(Cell cell) {
        String digits = cell.nanoseconds() < 100 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, digits + " ± %.0f %%", cell.nanoseconds(), 100 * cell.spread());
    }

    private static String ratio(Cell a, Cell b) {
        return String.format(Locale.ROOT, "%.1f", a.nanoseconds() / b.nanoseconds());
    }
}
