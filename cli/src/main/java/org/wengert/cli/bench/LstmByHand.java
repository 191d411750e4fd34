package org.wengert.cli.bench;

import java.util.Arrays;

/** {@link Lstm} in plain doubles: the loss, and its gradient written by hand, backwards through time. */
public final class LstmByHand {

    /** What a gate needs to know of a step: x, h, cell before; the four gates; cell and tanh(cell) after. */
    private static final int KEPT = 9;

    private final Lstm of;
    private final double[] kept;
    private final double[] last;
    private final double[] y;

    /** Room for a network; used by one thread. */
    public LstmByHand(Lstm of) {
        this.of = of;
        kept = new double[(of.length() - 1) * of.layers() * of.bits() * KEPT];
        last = new double[(of.length() - 1) * of.bits()];
        y = new double[(of.length() - 1) * of.bits()];
    }

    /** The loss. */
    public double loss(double[] p) {
        int b = of.bits();
        int layers = of.layers();
        double[] state = of.state().clone();
        double sum = 0;
        for (int t = 0; t + 1 < of.length(); t++) {
            double wanted = 0;
            double weights = 2;
            double count = 0;
            for (int j = 0; j < b; j++) {
                double x = of.text()[t * b + j] * p[8 * layers * b + j];
                for (int l = 0; l < layers; l++) {
                    int w = 8 * l * b + j;
                    int k = ((t * layers + l) * b + j) * KEPT;
                    double h = state[2 * l * b + j];
                    double cell = state[(2 * l + 1) * b + j];
                    kept[k] = x;
                    kept[k + 1] = h;
                    kept[k + 2] = cell;
                    kept[k + 3] = sigmoid(x * p[w] + p[w + 4 * b]);
                    kept[k + 4] = sigmoid(h * p[w + b] + p[w + 5 * b]);
                    kept[k + 5] = sigmoid(x * p[w + 2 * b] + p[w + 6 * b]);
                    kept[k + 6] = Math.tanh(h * p[w + 3 * b] + p[w + 7 * b]);
                    cell = cell * kept[k + 3] + kept[k + 4] * kept[k + 6];
                    kept[k + 7] = cell;
                    kept[k + 8] = Math.tanh(cell);
                    x = kept[k + 5] * kept[k + 8];
                    state[2 * l * b + j] = x;
                    state[(2 * l + 1) * b + j] = cell;
                }
                last[t * b + j] = x;
                double out = x * p[(8 * layers + 1) * b + j] + p[(8 * layers + 2) * b + j];
                y[t * b + j] = out;
                double gold = of.text()[(t + 1) * b + j];
                wanted += gold * out;
                weights += Math.exp(out);
                count += gold;
            }
            sum += wanted - count * Math.log(weights);
        }
        return -sum * of.scale();
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /**
     * The gradient.
     *
     * @param p        the parameters; not changed
     * @param gradient receives one entry a parameter
     * @return the loss
     */
    public double gradient(double[] p, double[] gradient) {
        double loss = loss(p);
        int b = of.bits();
        int layers = of.layers();
        Arrays.fill(gradient, 0);
        double[] ofState = new double[2 * layers * b];
        for (int t = of.length() - 2; t >= 0; t--) {
            double weights = 2;
            double count = 0;
            for (int j = 0; j < b; j++) {
                weights += Math.exp(y[t * b + j]);
                count += of.text()[(t + 1) * b + j];
            }
            for (int j = 0; j < b; j++) {
                double ofY = of.scale() * (count * Math.exp(y[t * b + j]) / weights - of.text()[(t + 1) * b + j]);
                gradient[(8 * layers + 1) * b + j] += ofY * last[t * b + j];
                gradient[(8 * layers + 2) * b + j] += ofY;
                double ofX = ofY * p[(8 * layers + 1) * b + j];
                for (int l = layers - 1; l >= 0; l--) {
                    int w = 8 * l * b + j;
                    int k = ((t * layers + l) * b + j) * KEPT;
                    double ofH = ofX + ofState[2 * l * b + j];
                    double ofCell = ofState[(2 * l + 1) * b + j] + ofH * kept[k + 5] * (1 - kept[k + 8] * kept[k + 8]);
                    double ofForget = ofCell * kept[k + 2] * kept[k + 3] * (1 - kept[k + 3]);
                    double ofIn = ofCell * kept[k + 6] * kept[k + 4] * (1 - kept[k + 4]);
                    double ofOut = ofH * kept[k + 8] * kept[k + 5] * (1 - kept[k + 5]);
                    double ofChange = ofCell * kept[k + 4] * (1 - kept[k + 6] * kept[k + 6]);
                    gradient[w] += ofForget * kept[k];
                    gradient[w + b] += ofIn * kept[k + 1];
                    gradient[w + 2 * b] += ofOut * kept[k];
                    gradient[w + 3 * b] += ofChange * kept[k + 1];
                    gradient[w + 4 * b] += ofForget;
                    gradient[w + 5 * b] += ofIn;
                    gradient[w + 6 * b] += ofOut;
                    gradient[w + 7 * b] += ofChange;
                    ofState[2 * l * b + j] = ofIn * p[w + b] + ofChange * p[w + 3 * b];
                    ofState[(2 * l + 1) * b + j] = ofCell * kept[k + 3];
                    ofX = ofForget * p[w] + ofOut * p[w + 2 * b];
                }
                gradient[8 * layers * b + j] += ofX * of.text()[t * b + j];
            }
        }
        return loss;
    }
}
