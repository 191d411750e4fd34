package org.wengert.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What programs in other languages have measured: one object of JSON a line, as {@code benchmarks/peers/run} prints them. */
public final class Peers {

    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\": (?:\"([^\"]*)\"|([-+.\\w]+))");

    /** How far the sums of the results may differ, against the sum of their sizes. */
    private static final double TOLERANCE = 1e-8;

    private final List<Map<String, String>> lines = new ArrayList<>();

    /**
     * Reads the lines.
     *
     * @throws IllegalArgumentException if one is not an object of measurements; says which
     */
    public Peers(List<String> text) {
        for (int i = 0; i < text.size(); i++) {
            if (text.get(i).isBlank()) {
                continue;
            }
            Map<String, String> fields = new LinkedHashMap<>();
            Matcher m = FIELD.matcher(text.get(i));
            while (m.find()) {
                fields.put(m.group(1), m.group(2) != null ? m.group(2) : m.group(3));
            }
            for (String needed : List.of("case", "engine", "task", "points", "nanoseconds", "low", "high", "sum", "size", "cosine")) {
                if (!fields.containsKey(needed)) {
                    throw new IllegalArgumentException("line " + (i + 1) + ": there is no \"" + needed + "\"");
                }
            }
            lines.add(fields);
        }
    }

    /**
     * The measurements of a case, where they are of as many points, after a check that they computed the same as ours.
     *
     * @param name the case
     * @param points how many points ours has
     * @param ours our measurements of it
     * @throws IllegalStateException if a peer computed something else
     */
    public List<Measurement> of(String name, int points, List<Measurement> ours) {
        List<Measurement> theirs = new ArrayList<>();
        for (Map<String, String> line : lines) {
            if (!name.equals(line.get("case")) || number(line, "points") != points) {
                continue;
            }
            String task = line.getOrDefault("task", "");
            ours.stream().filter(m -> m.contender().task().equals(task)).findFirst().ifPresent(m -> {
                check(line, m);
                theirs.add(new Measurement(
                        new Contender(line.getOrDefault("engine", ""), task, () -> {}, () -> new double[0]),
                        number(line, "nanoseconds"), number(line, "low"), number(line, "high")));
            });
        }
        return theirs;
    }

    private static void check(Map<String, String> line, Measurement ours) {
        double[] sums = ours.sums();
        double size = 1 + sums[1];
        double[] theirs = {number(line, "sum"), number(line, "size"), number(line, "cosine")};
        for (int i = 0; i < sums.length; i++) {
            if (!(Math.abs(theirs[i] - sums[i]) <= TOLERANCE * size)) {
                throw new IllegalStateException(line.get("engine") + " computed something else than " + ours.contender().engine()
                        + " in " + line.get("case") + ", " + line.get("task") + ": sums are " + theirs[i] + " and " + sums[i]);
            }
        }
    }

    private static double number(Map<String, String> line, String field) {
        return Double.parseDouble(line.getOrDefault(field, "NaN"));
    }
}
