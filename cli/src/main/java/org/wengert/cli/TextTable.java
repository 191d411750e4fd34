package org.wengert.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in columns: the first one begins at the left, all others end at the right, two spaces apart. */
final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; rows may differ in length. */
    TextTable row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /** Adds a row. */
    TextTable row(String... cells) {
        return row(List.of(cells));
    }

    /** The text; every line ends with a line feed and has no spaces before it. */
    @Override
    public String toString() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String room = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : "  ").append(i == 0 ? row.get(i) + room : room + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
