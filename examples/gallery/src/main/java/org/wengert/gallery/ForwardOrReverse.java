package org.wengert.gallery;

import static org.wengert.core.scalar.ScalarMath.dot;
import static org.wengert.core.scalar.ScalarMath.log;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.tanh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.Order;
import org.wengert.core.transform.Report;
import org.wengert.core.transform.Zeros;
import org.wengert.linalg.chain.ChainPlan;
import org.wengert.linalg.chain.JacobianChain;

/** Chapter 2: what forward mode, reverse mode and vertex elimination cost. */
final class ForwardOrReverse implements Chapter {

    static final long SEED = 20;
    static final int HIDDEN = 6;
    static final int[] SIZES = {1, 2, 4, 8, 16, 32};
    static final double[] TRACED_AT = {2, 5};

    private static final String[] STEPS = {"v1 := x1", "v2 := x2", "v3 := v1 v2", "v4 := ln v3", "v5 := sin v2", "v6 := v4 − v5"};

    /** Operations of the programs that compute value and Jacobian. */
    record Costs(int forward, int reverse, int elimination) {}

    @Override
    public String name() {
        return "forward-or-reverse";
    }

    @Override
    public String title() {
        return "Forward or reverse";
    }

    @Override
    public String claim() {
        return "Forward mode pays for each input, reverse mode for each output; the border lies near n = m. "
                + "Between the two lie other orders of the same products, and the cheapest of all orders may beat both.";
    }

    /** f(x1, x2) = ln(x1 x2) - sin x2; all its steps, each moved by a nudge. */
    static Scalar[] steps(Scalar x1, Scalar x2, Scalar[] nudge) {
        Scalar v1 = x1.plus(nudge[0]);
        Scalar v2 = x2.plus(nudge[1]);
        Scalar v3 = v1.times(v2).plus(nudge[2]);
        Scalar v4 = log(v3).plus(nudge[3]);
        Scalar v5 = sin(v2).plus(nudge[4]);
        Scalar v6 = v4.minus(v5).plus(nudge[5]);
        return new Scalar[] {v1, v2, v3, v4, v5, v6};
    }

    /** For each step: its value, its tangents along x1 and x2, and its adjoint. */
    static double[][] trace() {
        Scalar[] still = new Scalar[STEPS.length];
        Arrays.fill(still, Scalar.of(0));
        DifferentiableVector forward = Differentiable.vector(2, STEPS.length, x -> steps(x[0], x[1], still));
        Differentiable reverse = Differentiable.of(STEPS.length, nudge -> steps(Scalar.of(TRACED_AT[0]), Scalar.of(TRACED_AT[1]), nudge)[5]);
        var along1 = forward.jvp(TRACED_AT, new double[] {1, 0});
        var along2 = forward.jvp(TRACED_AT, new double[] {0, 1});
        double[] adjoint = reverse.gradient(new double[STEPS.length]).gradient();
        double[][] rows = new double[STEPS.length][];
        Arrays.setAll(rows, i -> new double[] {along1.value()[i], along1.tangent()[i], along2.tangent()[i], adjoint[i]});
        return rows;
    }

    /** Four layers of tanh, from n numbers over three layers of a few to m, with weights from the seed. */
    static DifferentiableVector network(int n, int hidden, int m) {
        Random random = new Random(SEED);
        double[][] first = weights(random, hidden, n);
        double[][] second = weights(random, hidden, hidden);
        double[][] third = weights(random, hidden, hidden);
        double[][] last = weights(random, m, hidden);
        return Differentiable.vector(n, m, x -> layer(last, layer(third, layer(second, layer(first, x)))));
    }

    static double[][] weights(Random random, int rows, int columns) {
        double[][] w = new double[rows][columns];
        for (double[] row : w) {
            Arrays.setAll(row, _ -> random.nextGaussian() / Math.sqrt(columns));
        }
        return w;
    }

    static Scalar[] layer(double[][] w, Scalar[] x) {
        return Arrays.stream(w).map(row -> tanh(dot(row, x))).toArray(Scalar[]::new);
    }

    private static Program program(int n, int m) {
        return Tracer.trace(new double[n], network(n, HIDDEN, m)::value);
    }

    private static Program jacobian(Program p, Order order) {
        return Elimination.jacobian(p, order, Zeros.GUARDED, IntStream.range(0, p.inputs()).toArray()).program();
    }

    static Costs costs(int n, int m) {
        Program p = program(n, m);
        Map<Order, Integer> operations = new EnumMap<>(Order.class);
        for (Order order : Order.values()) {
            operations.put(order, Report.operations(jacobian(p, order)));
        }
        return new Costs(operations.getOrDefault(Order.FORWARD, 0), operations.getOrDefault(Order.REVERSE, 0),
                Collections.min(operations.values()));
    }

    /** A chain of layers of the given widths, planned. */
    static ChainPlan chain(int... widths) {
        Random random = new Random(SEED);
        DifferentiableVector[] stages = new DifferentiableVector[widths.length - 1];
        for (int i = 0; i < stages.length; i++) {
            double[][] w = weights(random, widths[i + 1], widths[i]);
            stages[i] = Differentiable.vector(widths[i], widths[i + 1], x -> layer(w, x));
        }
        return JacobianChain.of(random.doubles(widths[0]).toArray(), stages).plan();
    }

    @Override
    public void write(Page page, boolean quick) {
        writeTrace(page);
        writeGrid(page, quick);
        writeColumnsAndRows(page);
        writeChain(page);
    }

    private static void writeTrace(Page page) {
        page.text("f(x1, x2) = ln(x1 x2) − sin x2 at (2, 5), step by step. Tangents run down the page from the inputs, one column for each "
                + "input. Adjoints run up from the result, and one column suffices: its first two entries are the gradient.");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("step", "value", "tangent, ẋ = (1, 0)", "tangent, ẋ = (0, 1)", "adjoint ∂f/∂v"));
        double[][] trace = trace();
        for (int i = 0; i < trace.length; i++) {
            List<String> row = new ArrayList<>(List.of(STEPS[i]));
            Arrays.stream(trace[i]).forEach(v -> row.add(String.format(Locale.ROOT, "%.6f", v)));
            rows.add(row);
        }
        page.table(rows);
        page.code("""
                var forward = Differentiable.vector(2, 6, x -> steps(x[0], x[1], still));
                double[] tangents = forward.jvp(new double[] {2, 5}, new double[] {1, 0}).tangent();
                // the adjoint of a step is the derivative of the result by a nudge to that step
                var reverse = Differentiable.of(6, nudge -> steps(x1, x2, nudge)[5]);
                double[] adjoints = reverse.gradient(new double[6]).gradient();
                """);
    }

    private static void writeGrid(Page page, boolean quick) {
        double[][] ratio = new double[SIZES.length][SIZES.length];
        for (int i = 0; i < SIZES.length; i++) {
            for (int j = 0; j < SIZES.length; j++) {
                Costs c = costs(SIZES[j], SIZES[i]);
                ratio[i][j] = (double) c.forward / c.reverse;
            }
        }
        page.figure("border", Plot.grid("Operations of forward mode over those of reverse mode", "inputs n", "outputs m", SIZES, SIZES, ratio),
                "Operations of forward mode divided by those of reverse mode for the Jacobian of a network n → 6 → 6 → 6 → m with tanh. Above 1 "
                        + "(second color) reverse mode is cheaper, below 1 forward mode; the border runs near the diagonal.");
        double[] n = new double[SIZES.length];
        double[][] operations = new double[3][SIZES.length];
        double[][] times = new double[3][SIZES.length];
        for (int j = 0; j < SIZES.length; j++) {
            n[j] = SIZES[j];
            Costs c = costs(SIZES[j], 8);
            operations[0][j] = c.forward;
            operations[1][j] = c.reverse;
            operations[2][j] = c.elimination;
            Program p = program(SIZES[j], 8);
            Order[] orders = {Order.FORWARD, Order.REVERSE, Order.MARKOWITZ};
            for (int k = 0; k < orders.length; k++) {
                times[k][j] = time(jacobian(p, orders[k]), quick);
            }
        }
        page.figure("operations", new Plot("Operations of a Jacobian", "inputs n", "operations").logX().logY()
                .line("forward", n, operations[0]).line("reverse", n, operations[1]).line("cheapest elimination", n, operations[2]).svg(),
                "Operations of value and Jacobian of the network n → 6 → 6 → 6 → 8.");
        page.figure("jacobian-times", new Plot("Measured time of a Jacobian", "inputs n", "nanoseconds").logX().logY()
                .line("forward", n, times[0]).line("reverse", n, times[1]).line("Markowitz elimination", n, times[2]).svg(),
                "The same, measured: the programs run operation by operation on one core, medians of seven rounds.");
        page.code("""
                Program p = Tracer.trace(x, network::value);
                Program j = Elimination.jacobian(p, Order.REVERSE, Zeros.GUARDED, inputs).program();
                int operations = Report.operations(j);
                Program cheapest = Elimination.jacobian(p).program();   // tries the orders and takes the best
                """);
    }

    private static double time(Program j, boolean quick) {
        double[] in = new double[j.inputs()];
        Arrays.fill(in, 0.3);
        double[] out = new double[j.outputs()];
        Workspace workspace = j.newWorkspace();
        return Stopwatch.nanoseconds(() -> {
            boolean holds = j.run(in, out, workspace);
            return holds ? out[out.length - 1] : Double.NaN;
        }, quick);
    }

    private static void writeColumnsAndRows(Page page) {
        page.text("One Jacobian, twice: forward mode delivers it column by column, reverse mode row by row.");
        DifferentiableVector f = network(3, HIDDEN, 2);
        double[] x = {0.5, -0.25, 1};
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "by columns: jvp(e1)", "jvp(e2)", "jvp(e3)", "by rows: vjp, entry 1", "entry 2", "entry 3"));
        for (int i = 0; i < 2; i++) {
            List<String> row = new ArrayList<>(List.of("∂f" + (i + 1)));
            for (int j = 0; j < 3; j++) {
                row.add(String.format(Locale.ROOT, "%.12f", f.jvp(x, unit(3, j)).tangent()[i]));
            }
            for (double entry : f.vjp(x, unit(2, i)).adjoint()) {
                row.add(String.format(Locale.ROOT, "%.12f", entry));
            }
            rows.add(row);
        }
        page.table(rows);
    }

    static double[] unit(int size, int at) {
        double[] e = new double[size];
        e[at] = 1;
        return e;
    }

    private static void writeChain(Page page) {
        ChainPlan plan = chain(40, 30, 4, 30, 40);
        page.figure("chain", Plot.bars("Multiplications of a chain of Jacobians",
                new String[] {"pure forward", "pure reverse", "best bracketing"},
                new double[] {plan.forwardMultiplications(), plan.reverseMultiplications(), plan.multiplications()}, "%.0f"),
                "Multiplications for the Jacobian of layers 40 → 30 → 4 → 30 → 40, a network with a bottleneck. The order that dynamic "
                        + "programming finds: " + plan.order() + ".");
        page.code("""
                JacobianChain chain = JacobianChain.of(x, encode, squeeze, widen, decode);
                System.out.println(chain.plan().order() + " " + chain.plan().multiplications());
                DMatrixRMaj jacobian = chain.jacobian(x);
                """);
        page.remark("All weights are Gaussian numbers of java.util.Random with seed " + SEED + ", divided by the root of the number of inputs.");
    }
}
