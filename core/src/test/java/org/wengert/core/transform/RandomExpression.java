package org.wengert.core.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.scalar.Real;
import org.wengert.core.scalar.Scalar;

/**
 * A random function of n numbers with m results over given rows: subexpressions are shared, constants stand on
 * either side, and now and then a comparison decides how to go on. The same seed gives the same function.
 */
public final class RandomExpression {

    /** One step: a row, which earlier numbers it takes, and a constant that may stand in for one of them. */
    private record Step(Elementary row, int[] operands, double constant, boolean branches) {}

    private final int inputs;
    private final List<Step> steps = new ArrayList<>();
    private final int[] outputs;

    /** Draws a function. */
    public RandomExpression(long seed, List<? extends Elementary> rows, int inputs, int count, int outputs) {
        var random = new SplittableRandom(seed);
        this.inputs = inputs;
        for (int k = 0; k < count; k++) {
            Elementary row = rows.get(random.nextInt(rows.size()));
            int[] operands = new int[arity(row, random)];
            for (int i = 0; i < operands.length; i++) {
                // Recent numbers more often than old ones, so that expressions grow deep.
                int among = inputs + k;
                operands[i] = random.nextBoolean() ? random.nextInt(among) : among - 1 - random.nextInt(Math.min(3, among));
            }
            if (operands.length > 1 && random.nextInt(4) == 0) {
                operands[random.nextInt(operands.length)] = -1;
            }
            steps.add(new Step(row, operands, random.nextInt(-4, 9) / 4.0, random.nextInt(10) == 0));
        }
        this.outputs = random.ints(outputs, Math.max(0, inputs + count - 2 * outputs - 1), inputs + count).toArray();
    }

    private static int arity(Elementary row, SplittableRandom random) {
        return switch (row) {
            case Unary _ -> 1;
            case Binary _ -> 2;
            case Nary f -> f.arity() == Nary.ANY ? random.nextInt(1, 6) : f.arity();
        };
    }

    /** The function. */
    public Scalar[] apply(Scalar[] x) {
        Scalar[] v = new Scalar[inputs + steps.size()];
        System.arraycopy(x, 0, v, 0, inputs);
        for (int k = 0; k < steps.size(); k++) {
            v[inputs + k] = apply(steps.get(k), v);
        }
        Scalar[] y = new Scalar[outputs.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = v[outputs[i]];
        }
        return y;
    }

    private static Scalar apply(Step step, Scalar[] v) {
        Scalar[] x = new Scalar[step.operands.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = step.operands[i] < 0 ? new Real(step.constant) : v[step.operands[i]];
        }
        if (step.branches && x[0].isLessThan(step.constant)) {
            return x[0].times(step.constant);
        }
        return switch (step.row) {
            case Unary f -> x[0].apply(f);
            case Binary f -> x[0].apply(f, x[1]);
            case Nary f -> firstVariable(x).apply(f, x);
        };
    }

    private static Scalar firstVariable(Scalar[] x) {
        for (Scalar s : x) {
            if (!s.isConstant()) {
                return s;
            }
        }
        return x[0];
    }
}
