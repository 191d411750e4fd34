package org.wengert.gallery.layers;

import java.util.Random;
import java.util.function.Consumer;
import org.wengert.core.batch.Points;

/** Rows in a new random order for each epoch, a few at a time. Belongs to one thread at a time. */
public final class Minibatches {

    private final double[][] rows;
    private final int size;
    private final Random random;

    /**
     * Minibatches of rows.
     *
     * @param rows   a row for each object: x, then its answer; at least one row; the rows are not copied and not changed
     * @param size   of a minibatch, at least 1; the last of an epoch may be smaller
     * @param random where orders come from
     */
    public Minibatches(double[][] rows, int size, Random random) {
        if (rows.length == 0 || size < 1) {
            throw new IllegalArgumentException("rows and size must be at least 1, but were " + rows.length + " and " + size);
        }
        this.rows = rows.clone();
        this.size = size;
        this.random = random;
    }

    /** Each row once, in minibatches. */
    public void epoch(Consumer<Points> step) {
        for (int i = rows.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double[] row = rows[i];
            rows[i] = rows[j];
            rows[j] = row;
        }
        for (int first = 0; first < rows.length; first += size) {
            double[][] some = new double[Math.min(size, rows.length - first)][];
            System.arraycopy(rows, first, some, 0, some.length);
            step.accept(Points.ofRows(some));
        }
    }
}
