package org.wengert.hessian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The columns y and x of a file of the examples folder. */
record ExampleData(double[] y, double[] x) {

    static ExampleData read(String name) {
        Path file = Path.of(System.getProperty("wengert.root", ".."), "examples", name);
        try {
            List<double[]> rows = Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("y"))
                    .map(line -> line.split(","))
                    .map(cells -> new double[] {Double.parseDouble(cells[0]), Double.parseDouble(cells[1])})
                    .toList();
            return new ExampleData(
                    rows.stream().mapToDouble(row -> row[0]).toArray(),
                    rows.stream().mapToDouble(row -> row[1]).toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
