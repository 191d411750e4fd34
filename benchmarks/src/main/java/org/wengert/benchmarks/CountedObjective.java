package org.wengert.benchmarks;

import org.wengert.hessian.Objective;
import org.wengert.linalg.LinearOperator;

/**
 * A function that counts what is asked of it, and ends the run, by an exception, as soon as a gradient is small enough or time is up: the same
 * end for optimizers of all libraries, whatever their own criteria are.
 */
final class CountedObjective implements Objective {

    /** The largest entry of the gradient, relative to max(1, |f|/n), that ends a run: |f|/n is the size of a term. */
    static final double TOLERANCE = 1e-6;

    /** Ends a run. */
    static final class Done extends RuntimeException {
        private static final long serialVersionUID = 1;

        Done() {
            super("done", null, false, false);
        }
    }

    private final Objective f;
    private final long until;
    int values;
    int gradients;
    int products;
    int iterations = -1;
    double value = Double.NaN;
    double gradientNorm = Double.NaN;
    String note = "";

    CountedObjective(Objective f, double seconds) {
        this.f = f;
        this.until = System.nanoTime() + (long) (seconds * 1e9);
    }

    void note(String text) {
        note = text;
    }

    @Override
    public int inputs() {
        return f.inputs();
    }

    @Override
    public double value(double... x) {
        lookAtTheClock();
        values++;
        return f.value(x);
    }

    private void lookAtTheClock() {
        if (System.nanoTime() > until) {
            note = "time";
            throw new Done();
        }
    }

    @Override
    public double gradient(double[] x, double[] gradient) {
        lookAtTheClock();
        gradients++;
        double there = f.gradient(x, gradient);
        double most = largest(gradient);
        value = there;
        gradientNorm = most;
        if (most <= TOLERANCE * Math.max(1, Math.abs(there) / x.length)) {
            note = "";
            throw new Done();
        }
        return there;
    }

    /** The largest entry in absolute value. */
    static double largest(double[] gradient) {
        double most = 0;
        for (double g : gradient) {
            most = Math.max(most, Math.abs(g));
        }
        return most;
    }

    @Override
    public LinearOperator hessian(double... x) {
        LinearOperator h = f.hessian(x);
        return new LinearOperator() {
            @Override
            public int rows() {
                return h.rows();
            }

            @Override
            public int columns() {
                return h.columns();
            }

            @Override
            public void apply(double[] v, double[] result) {
                lookAtTheClock();
                products++;
                h.apply(v, result);
            }

            @Override
            public void applyTranspose(double[] w, double[] result) {
                apply(w, result);
            }
        };
    }
}
