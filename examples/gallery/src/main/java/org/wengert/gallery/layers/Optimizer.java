package org.wengert.gallery.layers;

/**
 * A rule that moves parameters against a stochastic gradient. Those that remember former gradients belong to one training, and to one thread at a time.
 */
@FunctionalInterface
public interface Optimizer {

    /**
     * One step.
     *
     * @param theta    θ; changed in place
     * @param gradient g, as many entries; not changed
     */
    void step(double[] theta, double[] gradient);

    /** Stochastic gradient descent: θ ← θ - rate · g. */
    static Optimizer sgd(double rate) {
        return momentum(rate, 0);
    }

    /**
     * The heavy ball: v ← decay · v + g, θ ← θ - rate · v. Source: B. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.
     *
     * @param rate  of learning
     * @param decay in [0, 1); 0 is {@link #sgd}
     */
    static Optimizer momentum(double rate, double decay) {
        double[][] velocity = new double[1][];
        return (theta, gradient) -> {
            double[] v = remembered(velocity, 0, theta, gradient);
            for (int i = 0; i < theta.length; i++) {
                v[i] = decay * v[i] + gradient[i];
                theta[i] -= rate * v[i];
            }
        };
    }

    /**
     * Adam with decays 0.9 and 0.999: m and v are decaying means of g and g², freed from their start at 0, and θ ← θ - rate · m/(√v + 1e-8). Source:
     * D. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015.
     */
    static Optimizer adam(double rate) {
        double[][] means = new double[2][];
        int[] steps = new int[1];
        return (theta, gradient) -> {
            double[] m = remembered(means, 0, theta, gradient);
            double[] v = remembered(means, 1, theta, gradient);
            steps[0]++;
            double ofM = 1 - Math.pow(0.9, steps[0]);
            double ofV = 1 - Math.pow(0.999, steps[0]);
            for (int i = 0; i < theta.length; i++) {
                m[i] += 0.1 * (gradient[i] - m[i]);
                v[i] += 0.001 * (gradient[i] * gradient[i] - v[i]);
                theta[i] -= rate * (m[i] / ofM) / (Math.sqrt(v[i] / ofV) + 1e-8);
            }
        };
    }

    private static double[] remembered(double[][] memory, int which, double[] theta, double[] gradient) {
        if (gradient.length != theta.length) {
            throw new IllegalArgumentException("gradient must have " + theta.length + " entries like theta, but has " + gradient.length);
        }
        if (memory[which] == null) {
            memory[which] = new double[theta.length];
        }
        if (memory[which].length != theta.length) {
            throw new IllegalArgumentException("theta must have " + memory[which].length + " entries as before, but has " + theta.length);
        }
        return memory[which];
    }
}
