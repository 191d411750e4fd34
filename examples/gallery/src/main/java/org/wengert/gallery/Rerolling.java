package org.wengert.gallery;

import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.square;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.wengert.core.engine.Engines;
import org.wengert.core.engine.roll.RollReport;
import org.wengert.core.engine.roll.RolledCode;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Zeros;

/** The part of chapter 8 about loops that are found again in what was recorded. */
final class Rerolling {

    private static final int[] MANY = {20, 50, 100, 300, 1000, 3000, 10_000};
    private static final int[] FEW = {20, 100, 1000};

    private Rerolling() {}

    /** Rosenbrock's function as a chain: Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)². */
    static Scalar chain(Scalar[] x) {
        Scalar f = Scalar.of(0);
        for (int i = 0; i + 1 < x.length; i++) {
            f = f.plus(square(x[i + 1].minus(square(x[i]))).times(100)).plus(square(minus(1, x[i])));
        }
        return f;
    }

    /** The program of its value and gradient. */
    static Program gradient(int n) {
        Program p = Tracer.trace(point(n), x -> new Scalar[] {chain(x)});
        return Adjoint.gradient(p, Zeros.GUARDED, 0, IntStream.range(0, n).toArray());
    }

    static double[] point(int n) {
        return IntStream.range(0, n).mapToDouble(i -> Math.sin(i + 1)).toArray();
    }

    /** Value and gradient in plain Java, in one pass. */
    static double byHand(double[] x, double[] gradient) {
        double f = 0;
        double carried = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            double s = x[i + 1] - x[i] * x[i];
            double t = 1 - x[i];
            f += 100 * s * s + t * t;
            gradient[i] = carried - 400 * s * x[i] - 2 * t;
            carried = 200 * s;
        }
        gradient[x.length - 1] = carried;
        return f;
    }

    static RolledCode rolled(Program p) {
        return RolledCode.of(p, Engines.standard());
    }

    /** The operations of a program by what they are: the same row, applied to what is the same in turn. */
    static Map<String, List<Integer>> kinds(Program p) {
        String[] kind = new String[p.nodes()];
        Map<String, Integer> number = new HashMap<>();
        Map<String, List<Integer>> kinds = new LinkedHashMap<>();
        for (int v = 0; v < p.nodes(); v++) {
            if (p.isOperation(v)) {
                int node = v;
                String of = p.row(v).name() + IntStream.range(0, p.operandCount(v)).mapToObj(i -> kind[p.operand(node, i)]).distinct().toList();
                kind[v] = p.row(v).name() + number.computeIfAbsent(of, _ -> number.size());
                kinds.computeIfAbsent(kind[v], _ -> new ArrayList<>()).add(v);
            } else {
                kind[v] = p.isConstant(v) ? Double.toString(p.constant(v)) : "x";
            }
        }
        return kinds;
    }

    static void write(Page page, boolean quick) {
        Program small = gradient(20);
        Map<String, List<Integer>> kinds = kinds(small);
        RollReport report = rolled(small).report();
        page.text("A loop over n variables is recorded as thousands of nodes: copies of a few patterns. Wengert finds the patterns again. No hint is given, and "
                + "nothing is known of the loop that was.");
        page.figure("re-rolling", picture(small, kinds), String.format(Locale.ROOT,
                "Value and gradient of the chained Rosenbrock function of 20 variables. Above, all operations in the order of recording, a square each, colored by what "
                        + "they are. Below, the same, sorted: what stands in one row does not depend on each other and is one vector instruction. "
                        + "The engine needs %d vector instructions, and %d operations one by one at the ends of the chain.",
                report.instructions(), report.lone()));
        page.code("""
                Program p = Tracer.trace(x, v -> new Scalar[] {chain(v)});  // a plain loop
                RolledCode rolled = RolledCode.of(Adjoint.gradient(p), Engines.standard());
                System.out.println(rolled.report());
                // CompiledFunction.of(f).gradient(x, g) does all this by itself
                """);
        int[] sizes = quick ? FEW : MANY;
        double[] n = Arrays.stream(sizes).asDoubleStream().toArray();
        Program[] programs = Arrays.stream(sizes).mapToObj(Rerolling::gradient).toArray(Program[]::new);
        RolledCode[] rolled = Arrays.stream(programs).map(Rerolling::rolled).toArray(RolledCode[]::new);
        page.figure("re-rolling-growth", new Plot("Size of the program of a gradient", "variables n", "count").logX().logY()
                .line("operations recorded", n, Arrays.stream(programs).mapToDouble(Program::operations).toArray())
                .line("vector instructions", n, Arrays.stream(rolled).mapToDouble(r -> r.report().instructions()).toArray()).svg(),
                "The program grows with n; what is found in it does not.");
        page.code("n = " + sizes[sizes.length - 1] + ": " + rolled[sizes.length - 1].report().toString().replace(": ", ":\n").replace("phases, ", "phases,\n"));
        double[][] times = new double[3][sizes.length];
        for (int k = 0; k < sizes.length; k++) {
            double[] x = point(sizes[k]);
            double[] out = new double[sizes[k] + 1];
            double[] gradient = new double[sizes[k]];
            Program p = programs[k];
            RolledCode r = rolled[k];
            Workspace workspace = p.newWorkspace();
            times[0][k] = Stopwatch.nanoseconds(() -> p.run(x, out, workspace) ? out[0] : Double.NaN, quick) / sizes[k];
            times[1][k] = Stopwatch.nanoseconds(() -> r.run(x, out) ? out[0] : Double.NaN, quick) / sizes[k];
            times[2][k] = Stopwatch.nanoseconds(() -> byHand(x, gradient), quick) / sizes[k];
        }
        page.figure("re-rolling-times", new Plot("Time of a gradient", "variables n", "nanoseconds a variable").logX().logY()
                .line("node by node", n, times[0]).line("re-rolled", n, times[1]).line("plain Java, by hand", n, times[2]).svg(),
                "Value and gradient, one thread, medians of seven rounds after warming up.");
    }

    private static String picture(Program p, Map<String, List<Integer>> kinds) {
        int side = 9;
        int across = 400 / side;
        List<String> names = List.copyOf(kinds.keySet());
        Map<Integer, Integer> kindOf = new HashMap<>();
        names.forEach(name -> kinds.getOrDefault(name, List.of()).forEach(v -> kindOf.put(v, names.indexOf(name))));
        int top = 24;
        int below = top + side * ((p.operations() + across - 1) / across) + 34;
        int line = 17;
        StringBuilder s = new StringBuilder(Plot.start(400, below + line * names.size() + 4, "Operations of a gradient, as recorded and re-rolled"));
        Plot.label(s, 2, 15, "start", "as recorded: " + p.operations() + " operations");
        for (int v = p.firstOperation(), k = 0; v < p.nodes(); v++, k++) {
            cell(s, 2 + side * (k % across), top + side * (k / across), side, kindOf.getOrDefault(v, 0));
        }
        Plot.label(s, 2, below - 8, "start", "sorted: " + names.size() + " kinds");
        for (int k = 0; k < names.size(); k++) {
            List<Integer> all = kinds.getOrDefault(names.get(k), List.of());
            Plot.label(s, 58, below + line * k + 12, "end", p.row(all.getFirst()).name());
            for (int i = 0; i < all.size(); i++) {
                cell(s, 66 + side * i, below + line * k + 2, side, k);
            }
        }
        return s.append("</svg>\n").toString();
    }

    private static void cell(StringBuilder s, double x, double y, double side, int kind) {
        int shade = kind / 6;
        s.append(String.format(Locale.ROOT, "<rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" fill=\"var(--c%d)\" fill-opacity=\"%.2f\"/>\n",
                x, y, side - 1, side + 1, kind % 6, Math.pow(0.6, shade)));
    }
}
