package org.wengert.cli;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Columns of numbers out of a CSV file (RFC 4180). The first record is the header. Lines that begin with {@code #}
 * are comments; empty lines are skipped; cells may be quoted; spaces around a cell do not count. A number is decimal,
 * with an exponent or without: {@code 12}, {@code -.5}, {@code 7.76E1}. A cell that is empty or one of
 * {@code NA N/A NaN null ? .} is a missing value.
 *
 * <p>Only the columns that are asked for are kept, 8 bytes a number; cells of the others are never read as numbers.
 */
final class CsvTable {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "?", ".");

    private final List<String> names;
    private final double[][] columns;
    private final int[] lines;
    private final int skipped;

    private CsvTable(List<String> names, double[][] columns, int[] lines, int skipped) {
        this.names = names;
        this.columns = columns;
        this.lines = lines;
        this.skipped = skipped;
    }

    /**
     * A table of numbers that are already there.
     *
     * @param columns one for each name, of equal length; wrapped
     * @param lines   the lines they come from; wrapped
     */
    static CsvTable of(List<String> names, double[][] columns, int[] lines) {
        return new CsvTable(List.copyOf(names), columns, lines, 0);
    }

    /** How many rows there are. */
    int rows() {
        return lines.length;
    }

    /** The line of the file on which a row begins, from 1. */
    int line(int row) {
        return lines[row];
    }

    /** How many rows were left out because a value was missing. */
    int skipped() {
        return skipped;
    }

    /**
     * The numbers of a column that was asked for.
     *
     * @return {@link #rows} entries; the table's own, not to be changed
     */
    double[] column(String name) {
        return columns[names.indexOf(name)];
    }

    /** The character that {@code --separator} names. */
    static char separator(String text) {
        if (List.of("tab", "\t", "\\t").contains(text)) {
            return '\t';
        }
        if (text.length() != 1 || "\"#\r\n".contains(text)) {
            throw Problem.input("--separator: should be one character or 'tab', but is '" + text + "'");
        }
        return text.charAt(0);
    }

    /** The names in the header of a file. */
    static List<String> header(Path file, char separator) {
        return with(file, separator, List.of(), false, _ -> false, records -> records.header);
    }

    /**
     * Reads columns of a file.
     *
     * @param file        the file
     * @param separator   what stands between two cells
     * @param names       the columns to keep
     * @param skipMissing whether rows with a missing value are left out; otherwise they are a {@link Problem}
     * @param progress    is told how many rows were read; may be null
     * @throws Problem if the file cannot be read, lacks a column or has a bad cell; names the file, the line on which
     *                 the record begins, and the column by number and name
     */
    static CsvTable read(
            Path file, char separator, List<String> names, boolean skipMissing, @Nullable Progress progress) {
        return with(file, separator, names, skipMissing, records -> {
            if (progress != null) {
                progress.show(() -> String.format(Locale.ROOT, "reading %s: %,d rows", file, records.rows));
            }
            return true;
        }, Records::table);
    }

    /**
     * Reads columns of a file in pieces, so that memory does not grow with the file.
     *
     * @param most  how many rows a piece has at most, at least 1
     * @param piece is given one piece after another; each is its own
     * @return how many rows were left out because a value was missing
     * @throws Problem as {@link #read}
     */
    static long stream(
            Path file, char separator, List<String> names, boolean skipMissing, int most, Consumer<CsvTable> piece) {
        return with(file, separator, names, skipMissing, records -> {
            if (records.rows >= most) {
                piece.accept(records.table());
                records.rows = 0;
            }
            return true;
        }, records -> {
            if (records.rows > 0) {
                piece.accept(records.table());
            }
            return (long) records.skipped;
        });
    }

    private interface Use<R> {
        R of(Records records);
    }

    private static <R> R with(
            Path file, char separator, List<String> names, boolean skipMissing, Predicate<Records> goesOn, Use<R> use) {
        Records records = new Records(file, separator, List.copyOf(new LinkedHashSet<>(names)), skipMissing);
        try (CsvReader<Records> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .commentStrategy(CommentStrategy.SKIP)
                .skipEmptyLines(true)
                .detectBomHeader(true)
                .trimWhitespacesAroundQuotes(true)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(records, file)) {
            for (Records _ : reader) {
                if (!goesOn.test(records)) {
                    break;
                }
            }
            if (records.header.isEmpty()) {
                throw Problem.input(file + ": the file is empty, a header with the names of the columns is needed");
            }
            return use.of(records);
        } catch (NoSuchFileException _) {
            throw Problem.input(file + ": there is no such file");
        } catch (IOException | UncheckedIOException problem) {
            throw Problem.input(file + ": cannot be read"
                    + (Files.isDirectory(file) ? ": it is a folder" : reason(problem)));
        } catch (CsvParseException problem) {
            if (problem.getCause() instanceof Problem ours) {
                throw ours;
            }
            if (problem.getCause() instanceof Error error) { // out of memory
                throw error;
            }
            throw Problem.input(file + reason(problem));
        }
    }

    private static String reason(Exception problem) {
        return problem.getMessage() == null ? "" : ": " + problem.getMessage();
    }

    /** Takes the cells as the reader finds them, one record after another; the first is the header. */
    private static final class Records extends AbstractBaseCsvCallbackHandler<Records> {

        private final Path file;
        private final char separator;
        private final List<String> names;
        private final boolean skipMissing;

        private List<String> header = new ArrayList<>();
        private boolean inHeader = true;

        /** For each column of the file, its index among those that are kept, or -1. */
        private int[] kept = {};

        private final double[][] columns;
        private int[] lines = new int[1024];
        private int rows;
        private int skipped;
        private boolean missing;

        Records(Path file, char separator, List<String> names, boolean skipMissing) {
            this.file = file;
            this.separator = separator;
            this.names = names;
            this.skipMissing = skipMissing;
            this.columns = new double[names.size()][1024];
        }

        CsvTable table() {
            double[][] exact = Arrays.stream(columns).map(column -> Arrays.copyOf(column, rows)).toArray(double[][]::new);
            return new CsvTable(names, exact, Arrays.copyOf(lines, rows), skipped);
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            missing = false;
            if (rows == lines.length) {
                int more = rows + (rows >> 1);
                lines = Arrays.copyOf(lines, more);
                for (int i = 0; i < columns.length; i++) {
                    columns[i] = Arrays.copyOf(columns[i], more);
                }
            }
            lines[rows] = (int) startingLineNumber;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (inHeader) {
                header.add(new String(buffer, offset, length).strip());
            } else if (index < kept.length && kept[index] >= 0) {
                columns[kept[index]][rows] = number(index, new String(buffer, offset, length).strip());
            }
        }

        @Override
        protected Records buildRecord() {
            if (getRecordType() != RecordType.DATA) {
                return this;
            }
            if (inHeader) {
                inHeader = false;
                findColumns();
            } else if (getFieldCount() != header.size()) {
                throw Problem.input(place() + ": " + count(getFieldCount(), "cell") + ", but the header has "
                        + count(header.size(), "column"));
            } else if (missing) {
                skipped++;
            } else {
                rows++;
            }
            return this;
        }

        private double number(int index, String cell) {
            if (isPlain(cell) || NUMBER.matcher(cell).matches()) {
                double number = Double.parseDouble(cell);
                if (Double.isInfinite(number)) {
                    throw Problem.input(place(index) + ": " + cell + " is beyond the range of double numbers");
                }
                return number;
            }
            if (!MISSING.contains(cell.toLowerCase(Locale.ROOT))) {
                throw Problem.input(place(index) + ": '" + shorten(cell) + "' is not a number");
            }
            if (!skipMissing) {
                throw Problem.input(place(index) + ": the value is missing"
                        + (cell.isEmpty() ? "" : " ('" + cell + "')") + "; --missing skip leaves such rows out");
            }
            missing = true;
            return Double.NaN;
        }

        /** Digits with one point at most: the common case, quicker than the pattern. */
        private static boolean isPlain(String cell) {
            int points = 0;
            int digits = 0;
            for (int i = 0; i < cell.length(); i++) {
                char c = cell.charAt(i);
                if (c >= '0' && c <= '9') {
                    digits++;
                } else if (c == '.') {
                    points++;
                } else if (c != '-' || i > 0) {
                    return false;
                }
            }
            return digits > 0 && points <= 1;
        }

        private void findColumns() {
            kept = new int[header.size()];
            Arrays.fill(kept, -1);
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                int at = header.indexOf(name);
                if (at < 0) {
                    throw Problem.input(place() + ": there is no column '" + name + "'; " + whatThereIs());
                }
                if (at != header.lastIndexOf(name)) {
                    throw Problem.input(place() + ": two columns are called '" + name + "', " + (at + 1) + " and "
                            + (header.lastIndexOf(name) + 1));
                }
                kept[at] = i;
            }
        }

        private String whatThereIs() {
            if (header.stream().allMatch(name -> NUMBER.matcher(name).matches())) {
                return "the first line should hold the names of the columns, but it holds numbers";
            }
            if (header.size() == 1) {
                for (char other : new char[] {',', ';', '\t'}) {
                    if (other != separator && header.getFirst().indexOf(other) >= 0) {
                        return "is '" + (other == '\t' ? "\\t" : other) + "' the separator? (--separator)";
                    }
                }
            }
            return "there " + (header.size() == 1 ? "is " : "are ")
                    + shorten(header.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ")));
        }

        private String place() {
            return file + ": line " + getStartingLineNumber();
        }

        private String place(int index) {
            return place() + ", column " + (index + 1) + " (" + header.get(index) + ")";
        }

        private static String count(int n, String what) {
            return n + " " + what + (n == 1 ? "" : "s");
        }

        private static String shorten(String text) {
            return text.length() <= 120 ? text : text.substring(0, 117) + "...";
        }
    }
}
