package org.wengert.core.elementary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The page about the functions is written from the table. Run this test with {@code -Dwengert.write.docs=true} to write it
 * anew.
 */
class FunctionsPageTest {

    private static final Path PAGE = Path.of(System.getProperty("wengert.root", "..")).resolve("docs/functions.md");

    private static final String HEAD = """
            # The elementary functions

            One row of the table `ElementaryTable` states each function: its value, its first and second partial derivatives, and the first
            ones as a formula. All number types, transforms, engines and this page come from that row. Formulas call a function
            by the name in the first column; in Java it is a static method of `ScalarMath` (or, like `plus`, a method of `Scalar`), or else
            `apply(Family.ROW, …)`.

            The three numbers are how far the value, a first and a second partial derivative may be from the exact ones, in ulp (units in
            the last place). A 0 means exact. Where a result g is badly conditioned, κ = Σ |xᵢ ∂g/∂xᵢ|/|g| > 16, as it is next to its
            zeros, it may be off by κ/16 times as much. `AccuracyTest` compares every row with values computed to 50 digits. All
            derivatives are NaN where the value is.

            This page is written by `FunctionsPageTest` from the table.
            """;

    @Test
    void thePageSaysWhatTheTableSays() throws IOException {
        String page = page();
        if (Boolean.getBoolean("wengert.write.docs")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE));
    }

    private static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Family family : Family.values()) {
            List<Elementary> rows = ElementaryTable.rows().stream().filter(r -> r.notes().family() == family).toList();
            if (rows.isEmpty()) {
                continue;
            }
            page.append("\n## ").append(title(family)).append("\n\n");
            page.append("| function | is | value | first | second | choices | source |\n|---|---|---|---|---|---|---|\n");
            for (Elementary row : rows) {
                Notes notes = row.notes();
                page.append("| `").append(call(row)).append("` | ").append(cell(notes.formula()))
                        .append(" | ").append(ulps(notes.valueUlps()))
                        .append(" | ").append(ulps(notes.firstUlps()))
                        .append(" | ").append(ulps(notes.secondUlps()))
                        .append(" | ").append(cell(notes.convention()))
                        .append(" | ").append(cell(notes.source())).append(" |\n");
            }
        }
        return page.toString();
    }

    private static String title(Family family) {
        String name = family.name().toLowerCase(Locale.ROOT);
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static String call(Elementary row) {
        return row.name() + switch (row) {
            case Unary _ -> "(x)";
            case Binary _ -> "(x,y)";
            case Nary f -> f.arity() == Nary.ANY ? "(x0,...)" : f.arity() == 3 ? "(x0,x1,x2)" : "(...)";
        };
    }

    /** Bars would end the cell; stars and underscores would be taken for emphasis. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;");
    }

    private static String ulps(double ulps) {
        return ulps == Math.rint(ulps) ? Integer.toString((int) ulps) : Double.toString(ulps);
    }
}
