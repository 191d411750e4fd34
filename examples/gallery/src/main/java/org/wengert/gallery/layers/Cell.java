package org.wengert.gallery.layers;

import java.util.Arrays;
import java.util.Random;
import org.wengert.core.scalar.Scalar;

/** A recurrent cell: from the state after one step and the input of the next to the state after that. Immutable. */
public interface Cell {

    /** How many inputs a step takes. */
    int inputs();

    /** How many numbers the state has. */
    int states();

    /** How many numbers at the front of the state are the cell's output h. */
    int outputs();

    /** How many parameters θ has. */
    int parameters();

    /**
     * The state after a step.
     *
     * @param theta θ; not changed
     * @param state the state before; not changed
     * @param x     the input of the step; not changed
     * @return a new array
     */
    Scalar[] step(Scalar[] theta, Scalar[] state, Scalar[] x);

    /** Parameters to start training from; see {@link Layer#start}. */
    double[] start(Initialization weights, Random random);

    /** First the one, then the other; a new array. */
    static Scalar[] joined(Scalar[] first, Scalar[] second) {
        Scalar[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /**
     * The cell run over a sequence from the zero state, as a layer: its inputs are those of all steps, one after the other, its outputs the
     * h of the last.
     *
     * @param steps how long the sequence is, at least 1
     */
    default Layer over(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be at least 1, but was " + steps);
        }
        return new Unrolled(this, steps);
    }

    /**
     * A cell run over a sequence.
     *
     * @param cell  the cell
     * @param steps how long the sequence is
     */
    record Unrolled(Cell cell, int steps) implements Layer {

        @Override
        public int inputs() {
            return steps * cell.inputs();
        }

        @Override
        public int outputs() {
            return cell.outputs();
        }

        @Override
        public int parameters() {
            return cell.parameters();
        }

        @Override
        public Scalar[] apply(Scalar[] theta, Scalar[] x) {
            Scalar[] state = new Scalar[cell.states()];
            Arrays.fill(state, Scalar.of(0));
            for (int t = 0; t < steps; t++) {
                state = cell.step(theta, state, Arrays.copyOfRange(x, t * cell.inputs(), (t + 1) * cell.inputs()));
            }
            return Arrays.copyOf(state, cell.outputs());
        }

        @Override
        public double[] start(Initialization weights, Random random) {
            return cell.start(weights, random);
        }
    }
}
