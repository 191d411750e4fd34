package org.wengert.hessian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * R. A. Fisher's irises ("The use of multiple measurements in taxonomic problems", Annals of Eugenics 7, 1936): four measurements in centimetres of 150 flowers of
 * three species.
 *
 * @param measurements 150 rows of 4
 * @param species      150 rows of 3: a 1 for the species
 */
public record Irises(double[][] measurements, double[][] species) {

    private static final List<String> NAMES = List.of("setosa", "versicolor", "virginica");

    /** The file that the gallery brings along. */
    static Irises shipped() {
        return read(Path.of(System.getProperty("wengert.root", ".."), "examples/gallery/src/main/resources/org/wengert/gallery/iris.csv"));
    }

    /** A file with a header, and four measurements and the species in each line. */
    public static Irises read(Path file) {
        try {
            List<String[]> rows = Files.readAllLines(file).stream().skip(1).filter(line -> !line.isBlank()).map(line -> line.split(",", -1)).toList();
            double[][] x = rows.stream().map(cells -> Arrays.stream(cells).limit(4).mapToDouble(Double::parseDouble).toArray()).toArray(double[][]::new);
            double[][] y = new double[x.length][NAMES.size()];
            for (int i = 0; i < y.length; i++) {
                y[i][NAMES.indexOf(rows.get(i)[4])] = 1;
            }
            return new Irises(x, y);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The measurements, each column with mean 0 and variance 1. */
    public double[][] standardized() {
        double[][] x = Arrays.stream(measurements).map(double[]::clone).toArray(double[][]::new);
        for (int j = 0; j < 4; j++) {
            int column = j;
            double mean = Arrays.stream(x).mapToDouble(row -> row[column]).average().orElseThrow();
            double variance = Arrays.stream(x).mapToDouble(row -> (row[column] - mean) * (row[column] - mean)).average().orElseThrow();
            for (double[] row : x) {
                row[j] = (row[j] - mean) / Math.sqrt(variance);
            }
        }
        return x;
    }

    /** The cross entropy of a model that tells the species, with a decay. */
    public DataSum loss(LayeredModel model, double decay) {
        return DataSum.of(model.parameters(), model, OutputLoss.CROSS_ENTROPY, standardized(), species).withDecay(decay);
    }
}
