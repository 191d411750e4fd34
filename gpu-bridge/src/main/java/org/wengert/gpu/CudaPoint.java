package org.wengert.gpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;

/** Writes the straight-line code of a program at one point, whose number is {@code i}: operations, stores, guards. */
final class CudaPoint {

    private final Program p;
    private final Precision precision;
    private final Schedule schedule;
    private final StringBuilder out;
    private final List<Integer> uniforms = new ArrayList<>();
    private final int[] uniformSlot; // and 1 more, 0 for those that were not asked for
    private final int[] column;
    private final boolean[] defined;

    /** Code that is added to a text. */
    CudaPoint(Program p, Precision precision, StringBuilder out) {
        this.p = p;
        this.precision = precision;
        this.schedule = Schedule.of(p);
        this.out = out;
        this.uniformSlot = new int[p.nodes()];
        this.column = new int[p.inputs()];
        this.defined = new boolean[p.nodes()];
        for (int i = 0, n = 0; i < column.length; i++) {
            column[i] = p.isUniform(i) ? -1 : n++;
        }
    }

    /** The most values that are live at a time. */
    int live() {
        return schedule.live();
    }

    /** The nodes that the code takes as uniform numbers, in the order of their numbers; known once it is written. */
    int[] uniforms() {
        return uniforms.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * The operations; each of the chosen outputs is stored as soon as it is there. Where guards fail, {@code bad} is true.
     *
     * @param outputs which
     * @param place   where an output is stored
     */
    void write(int[] outputs, IntFunction<String> place) {
        if (!p.guards().isEmpty()) {
            out.append("        bool bad = false;\n");
        }
        boolean[] wanted = new boolean[p.nodes()];
        Arrays.stream(outputs).forEach(k -> wanted[p.output(k)] = true);
        int[][] ready = guardsByNode();
        for (int k : outputs) {
            if (p.output(k) < p.firstVarying()) {
                store(place.apply(k), operand(p.output(k)));
            }
        }
        for (int g : ready[p.nodes()]) {
            guard(p.guards().get(g));
        }
        for (int v : schedule.order()) {
            operation(v);
            for (int k = 0; wanted[v] && k < outputs.length; k++) {
                if (p.output(outputs[k]) == v) {
                    store(place.apply(outputs[k]), "v" + v);
                }
            }
            for (int g : ready[v]) {
                guard(p.guards().get(g));
            }
        }
    }

    private void store(String place, String value) {
        out.append("        ").append(place).append(" = ").append(value).append(";\n");
    }

    /** For each node the guards that can be asked once it is there; at the end those that ask of no operation. */
    private int[][] guardsByNode() {
        int[] position = new int[p.nodes()];
        Arrays.fill(position, -1);
        for (int k = 0; k < schedule.order().length; k++) {
            position[schedule.order()[k]] = k;
        }
        List<List<Integer>> ready = new ArrayList<>();
        for (int v = 0; v <= p.nodes(); v++) {
            ready.add(List.of());
        }
        for (int g = 0; g < p.guards().size(); g++) {
            int left = p.guards().get(g).left();
            int right = p.guards().get(g).right();
            int later = position[left] >= position[right] ? left : right;
            int at = position[later] < 0 ? p.nodes() : later;
            List<Integer> longer = new ArrayList<>(ready.get(at));
            longer.add(g);
            ready.set(at, longer);
        }
        return ready.stream().map(l -> l.stream().mapToInt(Integer::intValue).toArray()).toArray(int[][]::new);
    }

    private void guard(Guard g) {
        String a = operand(g.left());
        String b = operand(g.right());
        String holds = switch (g.relation()) {
            case LESS -> a + " < " + b;
            case AT_MOST -> a + " <= " + b;
            case EQUAL -> a + " == " + b;
            case SAME -> "w_same(" + a + ", " + b + ")";
        };
        out.append("        bad |= ").append(g.outcome() ? "!(" + holds + ")" : holds).append(";\n");
    }

    private void operation(int v) {
        List<String> x = new ArrayList<>();
        for (int i = 0; i < p.operandCount(v); i++) {
            x.add(operand(p.operand(v, i)));
        }
        if (CudaRows.takesArray(p.row(v))) {
            out.append("        const double x%d[] = {%s};\n".formatted(v, String.join(", ", x)));
            x = List.of("x" + v);
        }
        out.append("        const %s v%d = %s;\n".formatted(CudaRows.type(precision), v, CudaRows.expression(p.row(v), x, precision)));
    }

    /** The name of a node or its literal; an input is loaded when it is first asked for. */
    private String operand(int v) {
        if (p.isConstant(v)) {
            return literal(p.constant(v));
        }
        if (p.isUniform(v)) {
            if (uniformSlot[v] == 0) {
                uniforms.add(v);
                uniformSlot[v] = uniforms.size();
            }
            return "uniform[" + (uniformSlot[v] - 1) + "]";
        }
        if (p.isInput(v) && !defined[v]) {
            defined[v] = true;
            out.append("        const %s v%d = in[%d * inStride + i];\n".formatted(CudaRows.type(precision), v, column[v]));
        }
        return "v" + v;
    }

    private String literal(double c) {
        String text = Double.isNaN(c) ? "W_NAN"
                : Double.isInfinite(c) ? c > 0 ? "W_INF" : "(-W_INF)"
                : c < 0 || 1 / c < 0 ? "(" + Double.toHexString(c) + ")" : Double.toHexString(c);
        return precision == Precision.DOUBLE ? text : "(float) " + text;
    }
}
