package org.wengert.benchmarks;

/** The constants of the small neural network: n inputs, one hidden layer, one output, squared error. */
final class Weights {

    static final int HIDDEN = 8;
    static final double OUTPUT_BIAS = 0.1;
    static final double TARGET = 0.7;

    private static final int MOST_INPUTS = 128;
    private static final double[] INPUT = table(HIDDEN * MOST_INPUTS, 0.1);
    private static final double[] BIAS = table(HIDDEN, 0.5);
    private static final double[] OUTPUT = table(HIDDEN, 1);

    private Weights() {}

    static double weight(int j, int i) {
        return INPUT[j * MOST_INPUTS + i];
    }

    static double bias(int j) {
        return BIAS[j];
    }

    static double output(int j) {
        return OUTPUT[j];
    }

    private static double[] table(int length, double scale) {
        double[] t = new double[length];
        for (int i = 0; i < length; i++) {
            t[i] = scale * Math.sin(1.7 * i + 0.3);
        }
        return t;
    }
}
