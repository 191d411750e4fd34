package org.wengert.cli.bench;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.TileCode;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Zeros;

/**
 * The loss of an {@link Lstm} and its gradient, by two programs that are run again and again: one step forward, and one step
 * of its adjoint. The b columns are the points of a tile. Going forward, states are kept; going backward, each step takes the
 * adjoint of the state behind it to that of the state before, and adds to the gradient.
 */
final class ChainedLstm {

    private static final int STRIDE = TileCode.STRIDE;

    private final Lstm lstm;
    private final TileCode step;
    private final TileCode back;
    private final double[] stepUniform;
    private final double[] backUniform;
    private final double[] scratch;

    private final int ofColumn;
    private final int states;
    private final double[] in;
    private final double[] out;
    private final double[] backOut;

    /** For each time the state before it, then y and exp y; rows of b. */
    private final double[] kept;

    private final double[] gradient;
    private double loss;

    ChainedLstm(Engine engine, Lstm lstm, double[] parameters) {
        this.lstm = lstm;
        int b = lstm.bits();
        ofColumn = lstm.columnParameters();
        states = 2 * lstm.layers();
        int inputs = ofColumn + states + 1;
        double[] start = new double[inputs];
        Program forward = Tracer.trace(start, x -> {
            Scalar[] result = Arrays.copyOf(step(x), states + 2);
            result[states + 1] = ScalarMath.exp(result[states]);
            return result;
        });
        Program adjoint = Adjoint.of(Tracer.trace(start, this::step), Zeros.GUARDED);
        Program backward = adjoint.select(
                IntStream.range(states + 1, states + 1 + ofColumn + states).toArray());
        step = engine.compile(forward);
        back = engine.compile(backward);
        stepUniform = uniform(forward);
        backUniform = uniform(backward);
        scratch = new double[Math.max(step.scratch(), back.scratch())];
        in = new double[(inputs + states + 1) * STRIDE];
        out = new double[(states + 3) * STRIDE];
        backOut = new double[(ofColumn + states + 1) * STRIDE];
        kept = new double[(lstm.length() - 1) * (states + 2) * b];
        gradient = new double[parameters.length];
        for (int i = 0; i < ofColumn; i++) {
            System.arraycopy(parameters, i * b, in, i * STRIDE, b);
        }
    }

    private Scalar[] step(Scalar[] x) {
        return lstm.step(Arrays.copyOf(x, ofColumn), Arrays.copyOfRange(x, ofColumn, ofColumn + states), x[ofColumn + states]);
    }

    private static double[] uniform(Program program) {
        Workspace workspace = program.newWorkspace();
        program.run(new double[program.inputs()], new double[program.outputs()], workspace);
        double[] uniform = new double[program.firstVarying()];
        Arrays.setAll(uniform, workspace::value);
        return uniform;
    }

    double[] loss() {
        return new double[] {loss};
    }

    double[] gradient() {
        return gradient.clone();
    }

    /** The loss alone. */
    void runLoss() {
        int b = lstm.bits();
        for (int i = 0; i < states; i++) {
            System.arraycopy(lstm.state(), i * b, in, (ofColumn + i) * STRIDE, b);
        }
        double sum = 0;
        for (int t = 0; t + 1 < lstm.length(); t++) {
            int keep = t * (states + 2) * b;
            for (int i = 0; i < states; i++) {
                System.arraycopy(in, (ofColumn + i) * STRIDE, kept, keep + i * b, b);
            }
            System.arraycopy(lstm.text(), t * b, in, (ofColumn + states) * STRIDE, b);
            step.run(stepUniform, in, 0, out, 0, scratch, b);
            for (int i = 0; i < states; i++) {
                System.arraycopy(out, i * STRIDE, in, (ofColumn + i) * STRIDE, b);
            }
            System.arraycopy(out, states * STRIDE, kept, keep + states * b, b);
            System.arraycopy(out, (states + 1) * STRIDE, kept, keep + (states + 1) * b, b);
            double wanted = 0;
            double weights = 2;
            double count = 0;
            for (int j = 0; j < b; j++) {
                double gold = lstm.text()[(t + 1) * b + j];
                wanted += gold * kept[keep + states * b + j];
                weights += kept[keep + (states + 1) * b + j];
                count += gold;
            }
            sum += wanted - count * Math.log(weights);
        }
        loss = -sum * lstm.scale();
    }

    /** The loss and its gradient. */
    void runGradient() {
        runLoss();
        int b = lstm.bits();
        int inputs = ofColumn + states + 1;
        Arrays.fill(gradient, 0);
        Arrays.fill(in, inputs * STRIDE, in.length, 0);
        for (int t = lstm.length() - 2; t >= 0; t--) {
            int keep = t * (states + 2) * b;
            for (int i = 0; i < states; i++) {
                System.arraycopy(kept, keep + i * b, in, (ofColumn + i) * STRIDE, b);
            }
            System.arraycopy(lstm.text(), t * b, in, (ofColumn + states) * STRIDE, b);
            double weights = 2;
            double count = 0;
            for (int j = 0; j < b; j++) {
                weights += kept[keep + (states + 1) * b + j];
                count += lstm.text()[(t + 1) * b + j];
            }
            for (int j = 0; j < b; j++) {
                double gold = lstm.text()[(t + 1) * b + j];
                in[(inputs + states) * STRIDE + j] =
                        lstm.scale() * (count * kept[keep + (states + 1) * b + j] / weights - gold);
            }
            back.run(backUniform, in, 0, backOut, 0, scratch, b);
            for (int i = 0; i < ofColumn; i++) {
                for (int j = 0; j < b; j++) {
                    gradient[i * b + j] += backOut[i * STRIDE + j];
                }
            }
            for (int i = 0; i < states; i++) {
                System.arraycopy(backOut, (ofColumn + i) * STRIDE, in, (inputs + i) * STRIDE, b);
            }
        }
    }
}
