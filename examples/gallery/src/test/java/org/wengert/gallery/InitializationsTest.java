package org.wengert.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.wengert.gallery.layers.Activation;

class InitializationsTest {

    private static final double LN_3 = Math.log(3);

    @Test
    void reluMultipliesVariancesByHalfOfDTimesThatOfTheWeights() {
        for (Initializations.Scheme scheme : Initializations.SCHEMES) {
            Initializations.Signals signals = Initializations.signals(Activation.RELU, scheme.weights());
            double derived = scheme.share() / 2;
            assertEquals(derived, signals.forwardFactor(), 0.1 * derived, scheme.label());
            assertEquals(derived, signals.backwardFactor(), 0.1 * derived, scheme.label());
        }
    }

    @Test
    void tanhLosesAtMostThatMuch() {
        for (Initializations.Scheme scheme : Initializations.SCHEMES) {
            Initializations.Signals signals = Initializations.signals(Activation.TANH, scheme.weights());
            assertTrue(signals.forwardFactor() < 1.1 * scheme.share(), scheme.label() + " " + signals.forwardFactor());
            assertTrue(signals.backwardFactor() < 1.1 * scheme.share(), scheme.label() + " " + signals.backwardFactor());
            if (scheme.share() < 0.5) { // small weights keep tanh where it is x
                assertEquals(scheme.share(), signals.forwardFactor(), 0.1 * scheme.share(), scheme.label());
                assertEquals(scheme.share(), signals.backwardFactor(), 0.1 * scheme.share(), scheme.label());
            }
        }
    }

    @Test
    void aWrongFactorKeepsTwentyLayersFromLearning() {
        double[][] losses = Initializations.losses();
        for (int f = 0; f < losses.length; f++) {
            double last = losses[f][Initializations.EPOCHS];
            boolean learns = Initializations.FACTORS[f] == 2;
            assertEquals(learns, last < 0.15, "Var[w] = " + Initializations.FACTORS[f] + "/d: " + last);
            assertTrue(learns || !(last < 0.9 * LN_3), "Var[w] = " + Initializations.FACTORS[f] + "/d: " + last);
        }
    }
}
