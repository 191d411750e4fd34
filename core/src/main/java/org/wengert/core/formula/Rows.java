package org.wengert.core.formula;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Unary;

/** The rows that a formula may call, by name, with suggestions where a name is unknown. */
final class Rows {

    /** Usual names that the table spells differently, for suggestions. */
    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("ln", "log"), Map.entry("lg", "log10"), Map.entry("ld", "log2"),
            Map.entry("arcsin", "asin"), Map.entry("arccos", "acos"), Map.entry("arctan", "atan"),
            Map.entry("arctan2", "atan2"), Map.entry("tg", "tan"),
            Map.entry("arsinh", "asinh"), Map.entry("arcosh", "acosh"), Map.entry("artanh", "atanh"),
            Map.entry("arcsinh", "asinh"), Map.entry("arccosh", "acosh"), Map.entry("arctanh", "atanh"),
            Map.entry("sgn", "signum"), Map.entry("sign", "signum"), Map.entry("fabs", "abs"),
            Map.entry("power", "pow"), Map.entry("sqr", "square"), Map.entry("mod", "floorMod"),
            Map.entry("logistic", "sigmoid"), Map.entry("expit", "sigmoid"), Map.entry("psi", "digamma"),
            Map.entry("lgamma", "logGamma"), Map.entry("gammaln", "logGamma"), Map.entry("tgamma", "gamma"),
            Map.entry("phi", "normalCdf"), Map.entry("round", "rint"));

    /** {@code x^y}. */
    static final Binary POWER = Powers.POW;

    private static final Rows TABLE = new Rows(named(ElementaryTable.rows()));

    /** No name of the table is longer. */
    private static final int LONGEST = 40;

    private final Map<String, Elementary> byName;

    private Rows(Map<String, Elementary> byName) {
        this.byName = byName;
    }

    /** The table and some more rows, which go before rows of the table with the same name. */
    static Rows with(Collection<? extends Elementary> more) {
        if (more.isEmpty()) {
            return TABLE;
        }
        var byName = new HashMap<>(TABLE.byName);
        byName.putAll(named(more));
        return new Rows(byName);
    }

    private static Map<String, Elementary> named(Collection<? extends Elementary> rows) {
        Map<String, Elementary> byName = new HashMap<>();
        rows.forEach(row -> byName.put(row.name(), row));
        return byName;
    }

    /** The row of that name; what is wrong goes to {@code error} where there is none. */
    Elementary get(String name, Function<String, FormulaException> error) {
        Elementary row = byName.get(name);
        if (row == null) {
            String near = nearest(name);
            throw error.apply("unknown function " + Tokens.quoted(name)
                    + (near == null ? "" : "; did you mean '" + near + "'?"));
        }
        return row;
    }

    /** Whether a row takes n arguments. */
    static boolean takes(Elementary row, int n) {
        return switch (row) {
            case Unary _ -> n == 1;
            case Binary _ -> n == 2;
            case Nary f -> f.arity() == Nary.ANY || f.arity() == n;
        };
    }

    /** How many arguments a row takes, in words. */
    static String arguments(Elementary row) {
        return switch (row) {
            case Unary _ -> "1 argument";
            case Binary _ -> "2 arguments";
            case Nary f -> f.arity() == Nary.ANY ? "1 or more arguments" : f.arity() + " arguments";
        };
    }

    private @Nullable String nearest(String name) {
        if (name.length() > LONGEST) {
            return null;
        }
        String spelling = SPELLINGS.get(name.toLowerCase(Locale.ROOT));
        if (spelling != null && byName.containsKey(spelling)) {
            return spelling;
        }
        String nearest = null;
        int least = name.length() < 4 ? 2 : 3;
        for (String candidate : byName.keySet()) {
            int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least || distance == least && nearest != null && candidate.compareTo(nearest) < 0) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /**
     * The least number of insertions, deletions, replacements and swaps of neighbours that turn a into b.
     *
     * <p>Source: optimal string alignment; V. Levenshtein (1966), F. Damerau (1964).
     */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
