package org.wengert.gallery.layers;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** The layers once more in plain Java, with backpropagation derived on paper: what the engine is compared with. */
interface ByHand {

    double[] forward(double[] theta, double[] x);

    /** The gradient of w · F(θ, x) by θ, then by x. */
    double[] backward(double[] theta, double[] x, double[] w);

    /** y = W x + b with the parameters from a place on. */
    record Matrix(int at, int inputs, int outputs) implements ByHand {

        @Override
        public double[] forward(double[] theta, double[] x) {
            double[] y = new double[outputs];
            for (int i = 0; i < outputs; i++) {
                y[i] = theta[at + outputs * inputs + i];
                for (int j = 0; j < inputs; j++) {
                    y[i] += theta[at + i * inputs + j] * x[j];
                }
            }
            return y;
        }

        @Override
        public double[] backward(double[] theta, double[] x, double[] w) {
            double[] byTheta = new double[at + outputs * (inputs + 1)];
            double[] byX = back(theta, x, w, byTheta);
            return joined(byTheta, byX);
        }

        /** Adds what comes to the parameters; returns what comes to x. */
        double[] back(double[] theta, double[] x, double[] w, double[] byTheta) {
            double[] byX = new double[inputs];
            for (int i = 0; i < outputs; i++) {
                byTheta[at + outputs * inputs + i] += w[i];
                for (int j = 0; j < inputs; j++) {
                    byTheta[at + i * inputs + j] += w[i] * x[j];
                    byX[j] += w[i] * theta[at + i * inputs + j];
                }
            }
            return byX;
        }
    }

    /** An activation with its derivative as textbooks write it. */
    record Elementwise(DoubleUnaryOperator f, DoubleUnaryOperator derivative) implements ByHand {

        @Override
        public double[] forward(double[] theta, double[] x) {
            return Arrays.stream(x).map(f).toArray();
        }

        @Override
        public double[] backward(double[] theta, double[] x, double[] w) {
            double[] byX = new double[x.length];
            Arrays.setAll(byX, i -> w[i] * derivative.applyAsDouble(x[i]));
            return byX;
        }
    }

    /** y = x + tanh(W x + b). */
    record TanhBlock(Matrix matrix) implements ByHand {

        @Override
        public double[] forward(double[] theta, double[] x) {
            double[] y = matrix.forward(theta, x);
            Arrays.setAll(y, i -> x[i] + Math.tanh(y[i]));
            return y;
        }

        @Override
        public double[] backward(double[] theta, double[] x, double[] w) {
            double[] z = matrix.forward(theta, x);
            double[] byZ = new double[z.length];
            Arrays.setAll(byZ, i -> w[i] * (1 - Math.tanh(z[i]) * Math.tanh(z[i])));
            double[] byTheta = new double[theta.length];
            double[] byX = matrix.back(theta, x, byZ, byTheta);
            Arrays.setAll(byX, i -> w[i] + byX[i]);
            return joined(byTheta, byX);
        }
    }

    /** A cell: its step, and the step back. */
    interface Step {

        double[] forward(double[] theta, double[] state, double[] x);

        /** From the gradient by the state after the step to that by the state before it, then by x. */
        double[] back(double[] theta, double[] state, double[] x, double[] byNext, double[] byTheta);
    }

    /** Backpropagation through time. */
    record Through(Step step, int inputs, int states, int outputs, int steps) implements ByHand {

        @Override
        public double[] forward(double[] theta, double[] x) {
            return Arrays.copyOf(states(theta, x)[steps], outputs);
        }

        private double[][] states(double[] theta, double[] x) {
            double[][] state = new double[steps + 1][states];
            for (int t = 0; t < steps; t++) {
                state[t + 1] = step.forward(theta, state[t], Arrays.copyOfRange(x, t * inputs, (t + 1) * inputs));
            }
            return state;
        }

        @Override
        public double[] backward(double[] theta, double[] x, double[] w) {
            double[][] state = states(theta, x);
            double[] byTheta = new double[theta.length];
            double[] byX = new double[x.length];
            double[] byState = Arrays.copyOf(w, states);
            for (int t = steps - 1; t >= 0; t--) {
                double[] both = step.back(theta, state[t], Arrays.copyOfRange(x, t * inputs, (t + 1) * inputs), byState, byTheta);
                byState = Arrays.copyOf(both, states);
                System.arraycopy(both, states, byX, t * inputs, inputs);
            }
            return joined(byTheta, byX);
        }
    }

    /** h' = W tanh(h) + V x + b. */
    record Plain(Matrix matrix) implements Step {

        @Override
        public double[] forward(double[] theta, double[] h, double[] x) {
            return matrix.forward(theta, joined(Arrays.stream(h).map(Math::tanh).toArray(), x));
        }

        @Override
        public double[] back(double[] theta, double[] h, double[] x, double[] byNext, double[] byTheta) {
            double[] both = matrix.back(theta, joined(Arrays.stream(h).map(Math::tanh).toArray(), x), byNext, byTheta);
            for (int i = 0; i < h.length; i++) {
                both[i] *= 1 - Math.tanh(h[i]) * Math.tanh(h[i]);
            }
            return both;
        }
    }

    /** The LSTM, of the state (h, c). */
    record Lstm(Matrix matrix, int size) implements Step {

        @Override
        public double[] forward(double[] theta, double[] state, double[] x) {
            double[] z = matrix.forward(theta, joined(Arrays.copyOf(state, size), x));
            double[] next = new double[2 * size];
            for (int k = 0; k < size; k++) {
                next[size + k] = sigmoid(z[size + k]) * state[size + k] + sigmoid(z[k]) * Math.tanh(z[3 * size + k]);
                next[k] = sigmoid(z[2 * size + k]) * Math.tanh(next[size + k]);
            }
            return next;
        }

        @Override
        public double[] back(double[] theta, double[] state, double[] x, double[] byNext, double[] byTheta) {
            double[] hx = joined(Arrays.copyOf(state, size), x);
            double[] z = matrix.forward(theta, hx);
            double[] next = forward(theta, state, x);
            double[] byZ = new double[4 * size];
            double[] byC = new double[size];
            for (int k = 0; k < size; k++) {
                double i = sigmoid(z[k]);
                double f = sigmoid(z[size + k]);
                double o = sigmoid(z[2 * size + k]);
                double g = Math.tanh(z[3 * size + k]);
                double t = Math.tanh(next[size + k]);
                double c = byNext[size + k] + byNext[k] * o * (1 - t * t);
                byZ[k] = c * g * i * (1 - i);
                byZ[size + k] = c * state[size + k] * f * (1 - f);
                byZ[2 * size + k] = byNext[k] * t * o * (1 - o);
                byZ[3 * size + k] = c * i * (1 - g * g);
                byC[k] = c * f;
            }
            double[] both = matrix.back(theta, hx, byZ, byTheta);
            return joined(joined(Arrays.copyOf(both, size), byC), Arrays.copyOfRange(both, size, both.length));
        }
    }

    /** The GRU. */
    record Gru(Matrix gates, Matrix candidate, int size) implements Step {

        @Override
        public double[] forward(double[] theta, double[] h, double[] x) {
            double[] z = gates.forward(theta, joined(h, x));
            double[] g = candidate.forward(theta, joined(reset(z, h), x));
            double[] next = new double[size];
            Arrays.setAll(next, k -> (1 - sigmoid(z[size + k])) * h[k] + sigmoid(z[size + k]) * Math.tanh(g[k]));
            return next;
        }

        private double[] reset(double[] z, double[] h) {
            double[] reset = new double[size];
            Arrays.setAll(reset, k -> sigmoid(z[k]) * h[k]);
            return reset;
        }

        @Override
        public double[] back(double[] theta, double[] h, double[] x, double[] byNext, double[] byTheta) {
            double[] z = gates.forward(theta, joined(h, x));
            double[] rx = joined(reset(z, h), x);
            double[] g = candidate.forward(theta, rx);
            double[] byZ = new double[2 * size];
            double[] byG = new double[size];
            for (int k = 0; k < size; k++) {
                double u = sigmoid(z[size + k]);
                double t = Math.tanh(g[k]);
                byG[k] = byNext[k] * u * (1 - t * t);
                byZ[size + k] = byNext[k] * (t - h[k]) * u * (1 - u);
            }
            double[] byRx = candidate.back(theta, rx, byG, byTheta);
            for (int k = 0; k < size; k++) {
                double r = sigmoid(z[k]);
                byZ[k] = byRx[k] * h[k] * r * (1 - r);
            }
            double[] both = gates.back(theta, joined(h, x), byZ, byTheta);
            for (int k = 0; k < both.length; k++) {
                both[k] += k < size ? byNext[k] * (1 - sigmoid(z[size + k])) + byRx[k] * sigmoid(z[k]) : byRx[k];
            }
            return both;
        }
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    static double[] joined(double[] first, double[] second) {
        return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }
}
