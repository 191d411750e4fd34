package org.wengert.gallery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Fisher's iris: four lengths in centimeters of 50 flowers of each of three species. Source: R. Fisher, "The use of multiple measurements in taxonomic problems",
 * Annals of Eugenics 7 (1936); samples 35 and 38 are those of the article, which some collections have wrong.
 *
 * @param train rows of four numbers, standardized to mean 0 and variance 1 over these rows, and the species as a 1 among three numbers
 * @param test  others, standardized likewise by the mean and variance of the rows for training
 */
record Iris(double[][] train, double[][] test) {

    static final List<String> SPECIES = List.of("setosa", "versicolor", "virginica");
    static final int LENGTHS = 4;

    /** The 150 flowers as measured, ordered by species: four numbers, then the species as a 1 among three numbers. */
    static double[][] flowers() {
        InputStream file = Objects.requireNonNull(Iris.class.getResourceAsStream("iris.csv"), "iris.csv");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> {
                List<String> entries = List.of(line.split(",", -1));
                double[] row = new double[LENGTHS + SPECIES.size()];
                for (int j = 0; j < LENGTHS; j++) {
                    row[j] = Double.parseDouble(entries.get(j));
                }
                row[LENGTHS + SPECIES.indexOf(entries.get(LENGTHS))] = 1;
                return row;
            }).toArray(double[][]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 35 flowers of each species for training and the other 15 for testing, as drawn. */
    static Iris split(Random random) {
        List<double[]> flowers = Arrays.asList(flowers());
        for (int species = 0; species < 3; species++) {
            Collections.shuffle(flowers.subList(50 * species, 50 * species + 50), random);
        }
        double[][] train = chosen(flowers, 0, 35);
        double[][] test = chosen(flowers, 35, 50);
        for (int j = 0; j < LENGTHS; j++) {
            int column = j;
            double mean = Arrays.stream(train).mapToDouble(row -> row[column]).average().orElseThrow();
            double variance = Arrays.stream(train).mapToDouble(row -> (row[column] - mean) * (row[column] - mean)).average().orElseThrow();
            flowers.forEach(row -> row[column] = (row[column] - mean) / Math.sqrt(variance));
        }
        return new Iris(train, test);
    }

    private static double[][] chosen(List<double[]> flowers, int from, int to) {
        return IntStream.range(0, 150).filter(i -> i % 50 >= from && i % 50 < to).mapToObj(flowers::get).toArray(double[][]::new);
    }
}
