package org.wengert.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** Reads the instances of the ADBench suite and their golden results, which stand beside the checkout. */
final class AdBench {

    private static final Path FOLDER = Path.of("..", "..", "shared", "data", "adbench").normalize();

    private AdBench() {}

    /** Skips the test, with the reason, where the data are not there. */
    static void need() {
        Assumptions.assumeTrue(Files.isDirectory(FOLDER), () -> {
            String reason = "skipped: there is no folder " + FOLDER.toAbsolutePath() + " with the ADBench data";
            System.out.println(reason);
            return reason;
        });
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(FOLDER.resolve(file));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.trim().split("[ :]+")).mapToDouble(Double::parseDouble).toArray();
    }

    /** The numbers of a file, one after another. */
    private static final class Numbers {
        private final double[] all;
        private int next;

        Numbers(String file) {
            all = lines(file).stream()
                    .filter(line -> !line.isBlank())
                    .flatMapToDouble(line -> Arrays.stream(numbers(line)))
                    .toArray();
        }

        double[] take(int count) {
            next += count;
            return Arrays.copyOfRange(all, next - count, next);
        }

        int count() {
            return (int) take(1)[0];
        }
    }

    /** The one observation of a file, in the order of {@link BundleAdjustment}. */
    static double[] observation(String file) {
        Numbers in = new Numbers("ba/" + file);
        in.take(3);
        return in.take(BundleAdjustment.INPUTS);
    }

    /** A mixture and the parameters of its file. */
    record Mixture(GaussianMixture mixture, double[] parameters) {}

    static Mixture mixture(String file) {
        Numbers in = new Numbers("gmm/" + file);
        int d = in.count();
        int components = in.count();
        int n = in.count();
        int width = d + d * (d - 1) / 2;
        double[] parameters = in.take(components * (1 + d + width));
        double[] points = in.take(n * d);
        return new Mixture(new GaussianMixture(d, components, points, in.take(1)[0], in.count()), parameters);
    }

    /** Measured points and the unknowns of their file. */
    record Hand(HandTracking tracking, double[] unknowns) {}

    static Hand hand(String file, boolean isComplicated) {
        Numbers in = new Numbers("hand/" + file);
        int points = in.count();
        int pose = in.count();
        int[] matches = new int[points];
        double[] measured = new double[3 * points];
        for (int i = 0; i < points; i++) {
            matches[i] = in.count();
            System.arraycopy(in.take(3), 0, measured, 3 * i, 3);
        }
        double[] unknowns = in.take((isComplicated ? 2 * points : 0) + pose);
        return new Hand(new HandTracking(handModel(), isComplicated, matches, measured), unknowns);
    }

    private static HandModel handModel() {
        List<String> bones = lines("hand/model_small/bones.txt");
        int[] parents = new int[bones.size()];
        double[] relative = new double[12 * bones.size()];
        double[] inverse = new double[12 * bones.size()];
        for (int b = 0; b < parents.length; b++) {
            double[] row = numbers(bones.get(b).substring(bones.get(b).indexOf(':') + 1));
            parents[b] = (int) row[0];
            System.arraycopy(row, 1, relative, 12 * b, 12);
            System.arraycopy(row, 17, inverse, 12 * b, 12);
        }
        List<String> vertices = lines("hand/model_small/vertices.txt");
        double[] positions = new double[3 * vertices.size()];
        double[] weights = new double[parents.length * vertices.size()];
        for (int v = 0; v < vertices.size(); v++) {
            double[] row = numbers(vertices.get(v));
            System.arraycopy(row, 0, positions, 3 * v, 3);
            for (int i = 0; i < (int) row[8]; i++) {
                weights[v * parents.length + (int) row[9 + 2 * i]] = row[10 + 2 * i];
            }
        }
        int[] triangles = lines("hand/model_small/triangles.txt").stream()
                .flatMapToDouble(line -> Arrays.stream(numbers(line)))
                .mapToInt(x -> (int) x)
                .toArray();
        return new HandModel(parents, relative, inverse, positions, weights, triangles);
    }

    /** A network and the parameters of its file. */
    record Network(Lstm lstm, double[] parameters) {}

    static Network network(String file) {
        Numbers in = new Numbers("lstm/" + file);
        int layers = in.count();
        int length = in.count();
        int bits = in.count();
        double[] parameters = in.take((8 * layers + 3) * bits);
        double[] state = in.take(2 * layers * bits);
        return new Network(new Lstm(layers, bits, state, in.take(length * bits)), parameters);
    }

    /** A golden file: its header's numbers by name, and its arrays by the name of their first line. */
    record Golden(Map<String, Double> numbers, Map<String, double[]> summaries, Map<String, double[]> arrays) {

        double number(String name) {
            return numbers.getOrDefault(name, Double.NaN);
        }

        /** Asserts that an array is the golden one, by its entries where they are listed and by its sums. */
        void check(String name, double[] actual, double tolerance) {
            double[] summary = summaries.getOrDefault(name, new double[0]);
            assertEquals(summary[0], actual.length, name + " has another size");
            double[] expected = arrays.getOrDefault(name, new double[0]);
            for (int i = 0; i < expected.length; i++) {
                close(expected[i], actual[i], tolerance, name + "[" + i + "]");
            }
            // Sums of large terms of both signs: the error is that of the terms.
            double scale = Arrays.stream(actual).map(Math::abs).sum();
            double[] sums = summary(actual);
            for (int i = 1; i < 4; i++) {
                assertEquals(summary[i], sums[i], tolerance * (1 + scale), name + ", sum " + i);
            }
        }
    }

    /** Size, sum, 2-norm and Σ aᵢ cos(i). */
    static double[] summary(double[] a) {
        return new double[] {
            a.length,
            Arrays.stream(a).sum(),
            Math.sqrt(Arrays.stream(a).map(x -> x * x).sum()),
            IntStream.range(0, a.length).mapToDouble(i -> a[i] * Math.cos(i)).sum()
        };
    }

    /** The suite's own measure of error. */
    static void close(double expected, double actual, double tolerance, String what) {
        double error = Math.abs(expected - actual) / Math.max(1, Math.abs(expected) + Math.abs(actual));
        assertTrue(error < tolerance, () -> what + ": " + actual + ", should be " + expected + ", error " + error);
    }

    static Golden golden(String file) {
        Map<String, Double> numbers = new HashMap<>();
        Map<String, double[]> summaries = new HashMap<>();
        Map<String, List<Double>> lists = new HashMap<>();
        List<String> waiting = new ArrayList<>();
        for (String line : lines("golden/" + file)) {
            Scanner words = new Scanner(line);
            if (words.hasNextDouble()) {
                lists.computeIfAbsent(waiting.getFirst(), _ -> new ArrayList<>()).add(Double.valueOf(line.trim()));
                continue;
            }
            String first = words.next();
            if (line.equals("J")) {
                waiting.removeFirst(); // the second array begins
            } else if (line.contains(" size ")) {
                double[] summary = new double[4];
                for (int i = 0; i < 4; i++) {
                    words.next();
                    summary[i] = Double.parseDouble(words.next());
                }
                summaries.put(first, summary);
                waiting.add(first);
            } else {
                String[] all = line.split(" +", -1);
                for (int i = 0; i + 1 < all.length; i++) {
                    if (all[i + 1].matches("-?\\d[\\d.eE+-]*")) {
                        numbers.put(all[i], Double.valueOf(all[i + 1]));
                    }
                }
            }
        }
        Map<String, double[]> arrays = new HashMap<>();
        lists.forEach((name, list) -> arrays.put(name, list.stream().mapToDouble(x -> x).toArray()));
        return new Golden(numbers, summaries, arrays);
    }

    /** The golden error and 2x15 Jacobian (row by row) of an observation. */
    static double[] goldenObservation(String file) {
        List<String> lines = lines("golden/ba_" + file);
        double[] all = new double[32];
        System.arraycopy(numbers(lines.get(1).replace("err ", "")), 0, all, 0, 2);
        System.arraycopy(numbers(lines.get(3)), 0, all, 2, 15);
        System.arraycopy(numbers(lines.get(4)), 0, all, 17, 15);
        return all;
    }

    /** The golden 1 - w² and its derivative. */
    static double[] goldenWeight(String file) {
        String[] words = lines("golden/ba_" + file).get(2).split(" +", -1);
        return new double[] {Double.parseDouble(words[1]), Double.parseDouble(words[3])};
    }
}
