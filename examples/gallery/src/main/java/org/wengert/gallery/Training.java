package org.wengert.gallery;

import java.util.Arrays;
import java.util.Random;
import org.wengert.core.batch.Points;
import org.wengert.gallery.layers.Minibatches;
import org.wengert.gallery.layers.Network;
import org.wengert.gallery.layers.Optimizer;

/** The loop of epochs and minibatches. */
final class Training {

    static final int MINIBATCH = 15;

    private Training() {}

    /**
     * Trains, and looks at the loss over all rows after each epoch. Stops where the loss of a minibatch is no finite number.
     *
     * @param network  what is trained
     * @param watched  whose loss is looked at: the same layers, perhaps with another loss
     * @param rows     objects with answers
     * @param theta    where to start; changed to what was learned
     * @param epochs   how many
     * @param random   for the order of rows
     * @return mean losses, first before any epoch; NaN after a stop
     */
    static double[] losses(Network network, Network watched, double[][] rows, double[] theta, Optimizer optimizer, int epochs, Random random) {
        Points all = Points.ofRows(rows);
        double[] gradient = new double[theta.length];
        Minibatches minibatches = new Minibatches(rows, MINIBATCH, random);
        double[] loss = new double[epochs + 1];
        Arrays.fill(loss, Double.NaN);
        boolean[] isLost = new boolean[1];
        for (int epoch = 0; epoch <= epochs && !isLost[0]; epoch++) {
            loss[epoch] = watched.loss(all, theta);
            minibatches.epoch(minibatch -> {
                if (!isLost[0] && Double.isFinite(network.gradient(minibatch, theta, gradient))) {
                    optimizer.step(theta, gradient);
                } else {
                    isLost[0] = true;
                }
            });
        }
        return loss;
    }
}
