package org.wengert.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.hessian.DataSum;
import org.wengert.hessian.LayeredModel;
import org.wengert.hessian.OutputLoss;

/**
 * R. A. Fisher's irises ("The use of multiple measurements in taxonomic problems", Annals of Eugenics 7, 1936): four measurements of 150 flowers of three species,
 * each column with mean 0 and variance 1; and a perceptron with two hidden layers of 32 units to tell them apart.
 */
final class Iris {

    static final LayeredModel MODEL = LayeredModel.of(ScalarMath::tanh, 4, 32, 32, 3);

    private Iris() {}

    /** The loss over a file with a header, four measurements and the species in each line. */
    static DataSum loss(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file).stream().skip(1).filter(line -> !line.isBlank()).toList();
        List<String> species = List.of("setosa", "versicolor", "virginica");
        double[][] x = new double[lines.size()][4];
        double[][] y = new double[lines.size()][3];
        for (int i = 0; i < x.length; i++) {
            String[] cells = lines.get(i).split(",", -1);
            for (int j = 0; j < 4; j++) {
                x[i][j] = Double.parseDouble(cells[j]);
            }
            y[i][species.indexOf(cells[4])] = 1;
        }
        for (int j = 0; j < 4; j++) {
            standardize(x, j);
        }
        return DataSum.of(MODEL.parameters(), MODEL, OutputLoss.CROSS_ENTROPY, x, y).withDecay(1e-4);
    }

    private static void standardize(double[][] x, int j) {
        double mean = 0;
        double squares = 0;
        for (double[] row : x) {
            mean += row[j] / x.length;
        }
        for (double[] row : x) {
            squares += (row[j] - mean) * (row[j] - mean) / x.length;
        }
        for (double[] row : x) {
            row[j] = (row[j] - mean) / Math.sqrt(squares);
        }
    }
}
