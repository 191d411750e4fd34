package org.wengert.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Real;
import org.wengert.core.scalar.Scalar;

/**
 * A function as a list of steps, each of which applies an elementary function to inputs, results of earlier steps, and
 * constants. Now and then a comparison decides between two ways to go on. Made by {@link DerivativeArbitraries#programs}, which
 * makes a failing one as short as it can.
 *
 * @param inputs  n, at least 1
 * @param steps   at least 1; copied
 * @param outputs m: the results are those of the last m steps (of the last step again, where there are fewer)
 */
public record RandomProgram(int inputs, List<Step> steps, int outputs) {

    /**
     * One step.
     *
     * @param row      what is applied
     * @param operands how far back each operand stands: 0 the number before this step, and so on, round and round; wrapped
     * @param constant a constant
     * @param place    the operand for which the constant stands, or -1; not all operands may be constants
     * @param branches whether, where the first operand is less than the constant, their product is the result instead
     */
    public record Step(Elementary row, List<Integer> operands, double constant, int place, boolean branches) {

        /** Copies the operands. */
        public Step {
            operands = List.copyOf(operands);
        }
    }

    /** Checks and copies. */
    public RandomProgram {
        steps = List.copyOf(steps);
        if (inputs < 1 || outputs < 1 || steps.isEmpty()) {
            throw new IllegalArgumentException("a program has at least 1 input, 1 output and 1 step, but was to have " + inputs
                    + ", " + outputs + " and " + steps.size());
        }
    }

    /** The results at a point of numbers of any kind. */
    public Scalar[] apply(Scalar[] x) {
        Scalar[] v = new Scalar[inputs + steps.size()];
        System.arraycopy(x, 0, v, 0, inputs);
        for (int k = 0; k < steps.size(); k++) {
            v[inputs + k] = apply(steps.get(k), v, inputs + k);
        }
        return IntStream.range(0, outputs).mapToObj(i -> v[output(i)]).toArray(Scalar[]::new);
    }

    private int output(int i) {
        return inputs + Math.max(0, steps.size() - 1 - i);
    }

    private static Scalar apply(Step step, Scalar[] v, int size) {
        Scalar[] x = new Scalar[step.operands.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = i == step.place ? new Real(step.constant) : v[operand(step, i, size)];
        }
        int first = step.place == 0 && x.length > 1 ? 1 : 0;
        if (step.branches && x[first].isLessThan(step.constant)) {
            return x[first].times(step.constant);
        }
        return switch (step.row) {
            case Unary f -> x[0].apply(f);
            case Binary f -> x[0].apply(f, x[1]);
            case Nary f -> x[first].apply(f, x);
        };
    }

    private static int operand(Step step, int i, int size) {
        return size - 1 - Math.floorMod(step.operands.get(i), size);
    }

    /** The first result as a function. */
    public Differentiable differentiable() {
        return Differentiable.of(inputs, x -> apply(x)[0]);
    }

    /** All results as a function. */
    public DifferentiableVector vector() {
        return Differentiable.vector(inputs, outputs, this::apply);
    }

    /** The program that is recorded at a point. */
    public Program trace(double... x) {
        return Tracer.trace(x, this::apply);
    }

    /** The names of the inputs in formulas: x0, x1, … */
    public String[] names() {
        return IntStream.range(0, inputs).mapToObj(i -> "x" + i).toArray(String[]::new);
    }

    /**
     * The call of the command that differentiates what the program does at a point, for a report: branches as they are
     * taken there.
     */
    public String command(double... x) {
        String at = IntStream.range(0, inputs).mapToObj(i -> "x" + i + "=" + x[i]).collect(Collectors.joining(","));
        String formula;
        try {
            formula = trace(x).toFormula(names()).toString();
        } catch (IllegalArgumentException e) {
            return "(" + e.getMessage() + ") at " + at;
        }
        return "wengert derive '" + formula + "' --wrt " + String.join(",", names()) + " --at " + at;
    }

    /** The steps, one a line. */
    @Override
    public String toString() {
        var text = new StringBuilder(inputs + " inputs, " + outputs + " outputs\n");
        for (int k = 0; k < steps.size(); k++) {
            Step step = steps.get(k);
            int size = inputs + k;
            List<String> operands = new ArrayList<>();
            for (int i = 0; i < step.operands.size(); i++) {
                operands.add(i == step.place ? Double.toString(step.constant) : "x" + operand(step, i, size));
            }
            text.append("x").append(size).append(" = ");
            if (step.branches) {
                String first = operands.get(step.place == 0 && operands.size() > 1 ? 1 : 0);
                text.append(first).append(" < ").append(step.constant).append(" ? ").append(first).append("*").append(step.constant)
                        .append(" : ");
            }
            text.append(step.row.name()).append("(").append(String.join(", ", operands)).append(")\n");
        }
        return text.toString();
    }

    /**
     * A program with a point and directions to look at it.
     *
     * @param program   the program
     * @param point     n entries; wrapped
     * @param direction n entries; wrapped
     * @param other     another direction, n entries; wrapped
     */
    public record At(RandomProgram program, double[] point, double[] direction, double[] other) {

        @Override
        public String toString() {
            return program.command(point) + "\n  along " + Arrays.toString(direction) + " and " + Arrays.toString(other)
                    + "\n" + program;
        }
    }
}
