package org.wengert.gallery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainingStepTest {

    @Test
    void theFlowersAreFishers() {
        double[][] means = {{5.006, 3.428, 1.462, 0.246}, {5.936, 2.770, 4.260, 1.326}, {6.588, 2.974, 5.552, 2.026}}; // as in the article
        double[][] flowers = Iris.flowers();
        assertEquals(150, flowers.length);
        for (int i = 0; i < 150; i++) {
            assertEquals(1, flowers[i][Iris.LENGTHS + i / 50]);
            assertEquals(1, flowers[i][4] + flowers[i][5] + flowers[i][6]);
        }
        for (int species = 0; species < 3; species++) {
            for (int j = 0; j < Iris.LENGTHS; j++) {
                int column = j;
                assertEquals(means[species][j], Arrays.stream(flowers, 50 * species, 50 * species + 50).mapToDouble(row -> row[column]).average().orElseThrow(), 1e-12);
            }
        }
    }

    @Test
    void aSplitKeepsTheFlowersForTestingApart() {
        Iris iris = Iris.split(new Random(1));
        assertEquals(105, iris.train().length);
        assertEquals(45, iris.test().length);
        for (int j = 0; j < Iris.LENGTHS; j++) {
            int column = j;
            assertEquals(0, Arrays.stream(iris.train()).mapToDouble(row -> row[column]).sum(), 1e-12);
            assertEquals(105, Arrays.stream(iris.train()).mapToDouble(row -> row[column] * row[column]).sum(), 1e-9);
        }
    }

    @Test
    void theStepIsThatOnPaper() {
        TrainingStep.Step step = TrainingStep.step();
        double loss = 0;
        for (int p = 0; p < 3; p++) {
            double[] y = step.outputs()[p];
            double total = Math.exp(y[0]) + Math.exp(y[1]) + Math.exp(y[2]);
            for (int i = 0; i < 3; i++) {
                assertEquals((Math.exp(y[i]) / total - y[3 + i]) / 3, step.byOutputs()[p][i], 1e-15);
            }
            loss += (Math.log(total) - y[p]) / 3;
        }
        assertEquals(loss, step.loss(), 1e-15);
        assertArrayEquals(step.throughOutputs(), step.byTheta(), 1e-15); // the gradient by outputs, sent back, is that by parameters
        double square = Arrays.stream(step.byTheta()).map(g -> g * g).sum();
        // to first order the loss falls by rate · |g|²
        assertEquals(TrainingStep.RATE * square, step.loss() - step.nextLoss(), 0.2 * TrainingStep.RATE * square);
    }

    @Test
    void trainingTellsNewFlowers() {
        TrainingStep.Curve curve = TrainingStep.train(TrainingStep.SEED);
        assertTrue(curve.trainLoss()[0] > 0.5 && curve.trainLoss()[TrainingStep.EPOCHS] < 0.08, Arrays.toString(curve.trainLoss()));
        assertTrue(curve.accuracy() >= 0.95, "test accuracy " + curve.accuracy());
        assertArrayEquals(curve.testLoss(), TrainingStep.train(TrainingStep.SEED).testLoss()); // to the bit, from the seed
    }

    @Test
    void soItDoesWhateverTheSplit() {
        double[] accuracies = TrainingStep.accuracies();
        assertTrue(Arrays.stream(accuracies).average().orElseThrow() > 0.94, Arrays.toString(accuracies));
        assertTrue(Arrays.stream(accuracies).min().orElseThrow() > 0.85, Arrays.toString(accuracies));
    }
}
