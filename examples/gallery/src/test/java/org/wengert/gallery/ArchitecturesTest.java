package org.wengert.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wengert.core.batch.Points;
import org.wengert.gallery.layers.Activation;
import org.wengert.gallery.layers.Clipping;
import org.wengert.gallery.layers.RecurrentCell;

class ArchitecturesTest {

    @Test
    void skipConnectionsKeepTheGradient() {
        assertTrue(SkipConnections.gradientNorms(false)[SkipConnections.STACK] < 1e-30);
        for (double norm : SkipConnections.gradientNorms(true)) {
            assertTrue(norm > 0.5 && norm < 3, "norm " + norm);
        }
    }

    @Test
    void deepNetworksOfSigmoidsLearnByTheirSkipConnectionsAlone() {
        for (int depth : SkipConnections.DEPTHS) {
            double plain = last(SkipConnections.losses(false, depth));
            double skips = last(SkipConnections.losses(true, depth));
            assertTrue(skips < 0.3, depth + " layers with skips: " + skips);
            assertTrue(depth < 5 || plain > 1, depth + " layers without: " + plain);
        }
    }

    @Test
    void lossesAtSeveralDepthsReachTheFirstLayers() {
        SkipConnections.Trained one = SkipConnections.relu(false);
        SkipConnections.Trained several = SkipConnections.relu(true);
        assertTrue(several.firstGradient() > 1000 * one.firstGradient(), one.firstGradient() + " " + several.firstGradient());
        assertTrue(last(one.losses()) > 1, "one loss: " + last(one.losses()));
        assertTrue(last(several.losses()) < 0.5, "several: " + last(several.losses()));
    }

    @Test
    void gradientsThroughTimeGrowByTheSpectralRadius() {
        for (double radius : Recurrences.RADII) {
            double[] theta = Recurrences.parameters(new RecurrentCell(0, Recurrences.SIZE, Activation.IDENTITY), radius);
            assertEquals(radius, Recurrences.spectralRadius(theta, Recurrences.SIZE), 1e-12);
            double linear = Math.pow(last(Recurrences.gradientNorms(Activation.IDENTITY, radius)), 1.0 / Recurrences.STEPS);
            double tanh = Math.pow(last(Recurrences.gradientNorms(Activation.TANH, radius)), 1.0 / Recurrences.STEPS);
            assertEquals(radius, linear, 0.02 * radius);
            assertTrue(tanh < linear, tanh + " " + linear);
        }
    }

    @Test
    void clippingSurvivesTheWall() {
        Recurrences.Descent plain = Recurrences.descend(_ -> {});
        assertTrue(plain.steepest() > 50 && last(plain.losses()) > 0.08, plain.steepest() + " " + last(plain.losses()));
        assertTrue(plain.theta()[0] > 10);
        for (Recurrences.Descent clipped : new Recurrences.Descent[] {
            Recurrences.descend(g -> Clipping.byNorm(g, 0.1)), Recurrences.descend(g -> Clipping.byValue(g, 0.1))}) {
            assertTrue(last(clipped.losses()) < 0.01, "loss " + last(clipped.losses()));
        }
        assertTrue(Recurrences.wall(4.99) - Recurrences.wall(5.01) > 0.2);
    }

    @Test
    void theAddingProblemAsksForTheSumOfTheTwoMarkedNumbers() {
        Points points = Recurrences.adding(50, 10, new Random(1));
        for (int p = 0; p < points.size(); p++) {
            double sum = 0;
            double marks = 0;
            for (int t = 0; t < 10; t++) {
                sum += points.get(p, 2 * t) * points.get(p, 2 * t + 1);
                marks += points.get(p, 2 * t + 1);
            }
            assertEquals(2, marks);
            assertEquals(sum, points.get(p, 20), 1e-15);
        }
    }

    @Test
    void cellsWithGatesLearnToAddAndThePlainCellDoesNot() {
        double plain = last(Recurrences.adding(Recurrences.PLAIN));
        double lstm = last(Recurrences.adding(Recurrences.LSTM));
        double gru = last(Recurrences.adding(Recurrences.GRU));
        assertTrue(plain > 0.1, "plain " + plain);
        assertTrue(lstm < 0.02, "LSTM " + lstm);
        assertTrue(gru < 0.02, "GRU " + gru);
    }

    private static double last(double[] x) {
        return Arrays.stream(x).reduce((_, b) -> b).orElseThrow();
    }
}
