package org.wengert.benchmarks;

/** The functions in plain doubles: what the cost of a derivative is measured against. */
final class PlainFunctions {

    private PlainFunctions() {}

    static double rosenbrock(double[] x) {
        double sum = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            double a = x[i + 1] - x[i] * x[i];
            double b = 1 - x[i];
            sum = sum + (a * a * 100 + b * b);
        }
        return sum;
    }

    static double ackley(double[] x) {
        double squares = 0;
        double cosines = 0;
        for (double v : x) {
            squares = squares + v * v;
            cosines = cosines + Math.cos(v * (2 * Math.PI));
        }
        return Math.exp(Math.sqrt(squares / x.length) * -0.2) * -20
                - Math.exp(cosines / x.length) + (20 + Math.E);
    }

    static double selfWeightedLogit(double[] x) {
        double dot = 0;
        for (double v : x) {
            dot = dot + v * v;
        }
        return 1 / (Math.exp(-dot) + 1);
    }

    static double brownAlmostLinear(double[] x) {
        double sum = 0;
        double product = 1;
        for (double v : x) {
            sum = sum + v;
            product = product * v;
        }
        double squares = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            double r = x[i] + sum - (x.length + 1);
            squares = squares + r * r;
        }
        double last = product - 1;
        return squares + last * last;
    }

    static double neuralNetwork(double[] x) {
        double output = Weights.OUTPUT_BIAS;
        for (int j = 0; j < Weights.HIDDEN; j++) {
            double z = Weights.bias(j);
            for (int i = 0; i < x.length; i++) {
                z = z + x[i] * Weights.weight(j, i);
            }
            output = output + Math.tanh(z) * Weights.output(j);
        }
        double error = output - Weights.TARGET;
        return error * error;
    }
}
