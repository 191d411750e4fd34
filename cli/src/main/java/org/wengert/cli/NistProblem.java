package org.wengert.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A nonlinear regression of NIST's Statistical Reference Datasets, as its file states it: model, two starts, data, and the
 * certified results, to 11 digits.
 *
 * @param name           the name of the data set
 * @param formula        the model in this program's notation
 * @param starts         the two starts by parameter
 * @param parameters     the certified parameters
 * @param standardErrors the certified standard errors
 * @param sumOfSquares   the certified residual sum of squares
 * @param data           the columns
 */
record NistProblem(
        String name, String formula, List<Map<String, Double>> starts, double[] parameters, double[] standardErrors,
        double sumOfSquares, CsvTable data) {

    /** How many digits NIST certifies. */
    static final double CERTIFIED_DIGITS = 11;

    /** A line of the table of parameters: {@code b1 = start1 start2 certified error}. */
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*(b\\d+)\\s*=\\s*(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)\\s*");

    /** Where a model begins. A line {@code pi = 3.14...} in front of it says what formulas know already. */
    private static final Pattern LEFT_SIDE = Pattern.compile("\\s*(?!pi\\b)[a-z][a-z0-9\\[\\]]*\\s*=.*");

    /** The error term that ends a model. */
    private static final Pattern ERROR_TERM = Pattern.compile("\\+\\s*e\\s*$");

    private static final String SUM = "Residual Sum of Squares:";

    /**
     * Reads a file of the collection.
     *
     * @throws Problem if it is not one; says what is missing
     */
    static NistProblem read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException _) {
            throw Problem.input(file + ": there is no such file");
        } catch (IOException problem) {
            throw Problem.input(file + ": cannot be read: " + problem.getMessage());
        }
        return new Reader(file, lines).problem();
    }

    /** The decimal digits that a result shares with a certified one, -log10 of the relative error; 0 to 11. */
    static double digits(double certified, double computed) {
        double error = Math.abs(computed - certified) / Math.abs(certified);
        return error == 0 ? CERTIFIED_DIGITS : Double.isNaN(error) ? 0 : Math.clamp(-Math.log10(error), 0, CERTIFIED_DIGITS);
    }

    private record Reader(Path file, List<String> lines) {

        NistProblem problem() {
            List<Line> rows = lines.stream()
                    .map(PARAMETER::matcher)
                    .filter(Matcher::matches)
                    .map(m -> new Line(
                            m.group(1), number(m.group(2)), number(m.group(3)), number(m.group(4)), number(m.group(5))))
                    .toList();
            if (rows.isEmpty()) {
                throw missing("lines 'b1 = START START CERTIFIED ERROR'");
            }
            Map<String, Double> first = new LinkedHashMap<>();
            Map<String, Double> second = new LinkedHashMap<>();
            rows.forEach(row -> {
                first.put(row.name, row.first);
                second.put(row.name, row.second);
            });
            double sum = lines.stream()
                    .filter(line -> line.startsWith(SUM))
                    .mapToDouble(line -> number(line.substring(SUM.length()).strip()))
                    .findFirst()
                    .orElseThrow(() -> missing("a line '" + SUM + "'"));
            return new NistProblem(
                    (file.getFileName() + "").replaceFirst("\\.[^.]*$", ""), model(), List.of(first, second),
                    rows.stream().mapToDouble(Line::certified).toArray(),
                    rows.stream().mapToDouble(Line::error).toArray(),
                    sum, data());
        }

        /** The model, which may run over several lines and ends with {@code + e}. */
        private String model() {
            int begin = IntStream.range(0, lines.size())
                    .dropWhile(i -> !lines.get(i).startsWith("Model:"))
                    .filter(i -> LEFT_SIDE.matcher(lines.get(i)).matches() && !PARAMETER.matcher(lines.get(i)).matches())
                    .findFirst()
                    .orElseThrow(() -> missing("a model 'y = ...'"));
            StringBuilder text = new StringBuilder();
            for (int i = begin; i < lines.size(); i++) {
                text.append(text.isEmpty() ? "" : " ").append(lines.get(i).strip());
                Matcher end = ERROR_TERM.matcher(text);
                if (end.find()) {
                    return text.substring(0, end.start()).strip()
                            .replace('[', '(').replace(']', ')').replace("**", "^").replace("arctan", "atan")
                            .replaceAll("\\s+", " ");
                }
            }
            throw missing("the end of the model, '+ e'");
        }

        private CsvTable data() {
            int head = IntStream.range(0, lines.size())
                    .filter(i -> lines.get(i).startsWith("Data:"))
                    .reduce((_, last) -> last)
                    .orElseThrow(() -> missing("a line 'Data: y x' above the data"));
            List<String> names = words(lines.get(head).substring("Data:".length()));
            List<double[]> rows = new ArrayList<>();
            List<Integer> places = new ArrayList<>();
            for (int i = head + 1; i < lines.size(); i++) {
                List<String> words = words(lines.get(i));
                if (!words.isEmpty()) {
                    if (words.size() != names.size()) {
                        throw Problem.input(file + ": line " + (i + 1) + ": " + words.size() + " numbers, but there are "
                                + names.size() + " columns");
                    }
                    rows.add(words.stream().mapToDouble(this::number).toArray());
                    places.add(i + 1);
                }
            }
            double[][] columns = IntStream.range(0, names.size())
                    .mapToObj(j -> rows.stream().mapToDouble(row -> row[j]).toArray())
                    .toArray(double[][]::new);
            return CsvTable.of(names, columns, places.stream().mapToInt(Integer::intValue).toArray());
        }

        private static List<String> words(String line) {
            return Arrays.stream(line.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
        }

        private double number(String word) {
            try {
                return Double.parseDouble(word);
            } catch (NumberFormatException _) {
                throw Problem.input(file + ": '" + word + "' is not a number");
            }
        }

        private Problem missing(String what) {
            return Problem.input(file + ": is no file of NIST's nonlinear regressions: " + what + " was not found");
        }
    }

    private record Line(String name, double first, double second, double certified, double error) {}
}
