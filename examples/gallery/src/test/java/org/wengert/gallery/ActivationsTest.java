package org.wengert.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.wengert.gallery.layers.Activation;
import org.wengert.gallery.layers.Initialization;

class ActivationsTest {

    @Test
    void theSigmoidsDerivativeIsAQuarterAtMostAndVanishes() {
        Activations.Shape sigmoid = Activations.shape(Activation.SIGMOID);
        assertEquals(0.25, Arrays.stream(sigmoid.derivative()).max().orElseThrow(), 1e-16);
        assertEquals(0.25, sigmoid.derivative()[128], 1e-16);
        for (int i = 0; i < sigmoid.x().length; i++) {
            double e = Math.exp(-sigmoid.x()[i]);
            assertEquals(1 / (1 + e), sigmoid.value()[i], 1e-15);
            assertEquals(e / ((1 + e) * (1 + e)), sigmoid.derivative()[i], 1e-15);
            assertTrue(Math.abs(sigmoid.x()[i]) < 6 || sigmoid.derivative()[i] < 0.0025);
        }
    }

    @Test
    void fiftyLayersOfSigmoidsLeaveNothingOfAGradient() {
        double[] sigmoid = Activations.gradientNorms(Activation.SIGMOID, Initialization.glorot());
        for (int l = 1; l < sigmoid.length; l++) {
            assertTrue(sigmoid[l] < 0.3 * sigmoid[l - 1], "layer " + l); // 1/4, but for the luck of the weights
        }
        assertTrue(sigmoid[50] < 1e-30, "sigmoid " + sigmoid[50]);
        double tanh = Activations.gradientNorms(Activation.TANH, Initialization.glorot())[50];
        assertTrue(tanh > 0.01 && tanh < 10, "tanh " + tanh);
        double relu = Activations.gradientNorms(Activation.RELU, Initialization.glorot())[50];
        assertTrue(relu > 0.1 * Math.pow(2, -25) && relu < 10 * Math.pow(2, -25), "relu " + relu); // half of its mean square a layer
        double kaiming = Activations.gradientNorms(Activation.RELU, Initialization.kaiming())[50];
        assertTrue(kaiming > 0.1 && kaiming < 10, "relu, Kaiming " + kaiming);
    }

    @Test
    void longStepsKillUnitsAndDeadUnitsStayDead() {
        double[] last = new double[Activations.RATES.length];
        for (int r = 0; r < last.length; r++) {
            double[] dead = Activations.dead(Activations.RATES[r], 0);
            assertEquals(0, dead[0]);
            for (int e = 1; e < dead.length; e++) {
                assertTrue(dead[e] >= dead[e - 1], "a unit came back after epoch " + e);
            }
            last[r] = dead[dead.length - 1];
        }
        assertEquals(0, last[0]);
        assertTrue(last[last.length - 1] > 0.2, Arrays.toString(last));
    }

    @Test
    void aBiasFarBelowZeroIsDeathFromTheStart() {
        double[] dead = Activations.deadByBias(Activations.RATES[0]);
        for (int b = 1; b < dead.length; b++) {
            assertTrue(dead[b] >= dead[b - 1], Arrays.toString(dead));
        }
        assertEquals(0, dead[0]);
        assertTrue(dead[dead.length - 1] > 0.5, Arrays.toString(dead));
    }
}
