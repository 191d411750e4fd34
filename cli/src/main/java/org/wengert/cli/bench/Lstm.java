package org.wengert.cli.bench;

import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.log;
import static org.wengert.core.scalar.ScalarMath.plus;
import static org.wengert.core.scalar.ScalarMath.sigmoid;
import static org.wengert.core.scalar.ScalarMath.sum;
import static org.wengert.core.scalar.ScalarMath.tanh;
import static org.wengert.core.scalar.ScalarMath.times;

import java.util.Arrays;
import org.wengert.core.scalar.Scalar;

/**
 * The loss of a network of long short-term memory that predicts the next of c vectors of b bits.
 *
 * <pre>
 * in each layer    cell = cell σ(x wf + bf) + σ(h wi + bi) tanh(h wc + bc),   h = σ(x wo + bo) tanh(cell)
 * in and out       x = input · win,   y = h · wout + bout,   Y = y - log(2 + Σ exp y)
 * loss             - Σₜ Σⱼ bits[t+1][j] Y[t][j] / ((c - 1) b)
 * </pre>
 *
 * All of this is element by element, but for the sum under the logarithm: b independent columns, to each of which
 * {@link #step} belongs, with the parameters of the column the same in all steps.
 *
 * <p>The parameters: for each layer 4b weights (forget, in, out, change), then 4b biases; then win, wout, bout (b each).
 *
 * <p>Source: as {@link BundleAdjustment}.
 *
 * @param layers the number of layers
 * @param bits   b
 * @param state  the state before the first step: for each layer h, then cell (b each); wrapped
 * @param text   c rows of b zeros and ones; wrapped
 */
public record Lstm(int layers, int bits, double[] state, double[] text) {

    /** The number of vectors, c. */
    public int length() {
        return text.length / bits;
    }

    /** The number of parameters. */
    public int parameters() {
        return (8 * layers + 3) * bits;
    }

    /** Parameters of a column. */
    public int columnParameters() {
        return 8 * layers + 3;
    }

    /** The loss. */
    public Scalar loss(Scalar[] parameters) {
        Scalar[][] of = new Scalar[bits][];
        Scalar[][] states = new Scalar[bits][2 * layers];
        for (int j = 0; j < bits; j++) {
            int column = j;
            of[j] = new Scalar[columnParameters()];
            Arrays.setAll(of[j], i -> parameters[i * bits + column]);
            Arrays.setAll(states[j], i -> Scalar.of(state[i * bits + column]));
        }
        Scalar[] terms = new Scalar[length() - 1];
        for (int t = 0; t + 1 < length(); t++) {
            Scalar[] y = new Scalar[bits];
            Scalar[] weights = new Scalar[bits];
            Scalar wanted = Scalar.of(0);
            double count = 0;
            for (int j = 0; j < bits; j++) {
                Scalar[] next = step(of[j], states[j], Scalar.of(text[t * bits + j]));
                states[j] = Arrays.copyOf(next, 2 * layers);
                y[j] = next[2 * layers];
                weights[j] = exp(y[j]);
                double gold = text[(t + 1) * bits + j];
                wanted = wanted.plus(times(gold, y[j]));
                count += gold;
            }
            terms[t] = wanted.minus(log(plus(2, sum(weights))).times(count));
        }
        return sum(terms).times(-scale());
    }

    /** 1 / ((c - 1) b). */
    public double scale() {
        return 1.0 / ((length() - 1) * bits);
    }

    /**
     * One step of one column.
     *
     * @param p     the parameters of the column: 8 a layer, then win, wout, bout
     * @param state h and cell of each layer
     * @param input the bit
     * @return the state after the step, then y
     */
    public Scalar[] step(Scalar[] p, Scalar[] state, Scalar input) {
        Scalar[] result = new Scalar[2 * layers + 1];
        Scalar x = input.times(p[8 * layers]);
        for (int l = 0; l < layers; l++) {
            int at = 8 * l;
            Scalar h = state[2 * l];
            Scalar forget = sigmoid(x.times(p[at]).plus(p[at + 4]));
            Scalar in = sigmoid(h.times(p[at + 1]).plus(p[at + 5]));
            Scalar out = sigmoid(x.times(p[at + 2]).plus(p[at + 6]));
            Scalar change = tanh(h.times(p[at + 3]).plus(p[at + 7]));
            Scalar cell = state[2 * l + 1].times(forget).plus(in.times(change));
            x = out.times(tanh(cell));
            result[2 * l] = x;
            result[2 * l + 1] = cell;
        }
        result[2 * layers] = x.times(p[8 * layers + 1]).plus(p[8 * layers + 2]);
        return result;
    }

    /** A random text and state. */
    public static Lstm generate(int layers, int bits, int length, long seed) {
        SplitMix random = new SplitMix(seed);
        double[] state = new double[2 * layers * bits];
        for (int i = 0; i < state.length; i++) {
            state[i] = random.uniform();
        }
        double[] text = new double[length * bits];
        for (int i = 0; i < text.length; i++) {
            text[i] = random.uniform() < 0.5 ? 0 : 1;
        }
        return new Lstm(layers, bits, state, text);
    }

    /** Parameters to evaluate the loss at. */
    public double[] someParameters(long seed) {
        SplitMix random = new SplitMix(seed);
        double[] parameters = new double[parameters()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = random.uniform();
        }
        return parameters;
    }
}
