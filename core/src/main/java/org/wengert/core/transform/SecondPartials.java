package org.wengert.core.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

/**
 * The second partial derivatives of single operations, as small programs: what two transforms make of a program
 * of one operation, or what {@link StatedSecondPartials} says. Each is made once for a row and a way in which operands coincide.
 */
final class SecondPartials {

    /**
     * A second partial derivative that is not zero by structure.
     *
     * @param left   one of the two operand nodes by which it is taken
     * @param right  the other; or the same
     * @param output which output of the small program it is
     */
    record Entry(int left, int right, int output) {}

    /**
     * The second partial derivatives of an operation by its different operands.
     *
     * @param program  the different operands, in order of first appearance, to the second partials
     * @param operands the nodes of these operands
     * @param entries  the lower triangle
     * @param flags    of {@link Weight}
     */
    record Second(Program program, int[] operands, List<Entry> entries, int flags) {}

    /** A row and, for each operand, which of the different ones it is. */
    private record Key(Elementary row, List<Integer> operands) {}

    /** The small program, and for each output the two different operands. */
    private record Template(Program program, List<int[]> pairs) {}

    private final Map<Key, Template> templates = new HashMap<>();

    private static final Second NONE = new Second(new ProgramBuilder().build(), new int[0], List.of(), 0);

    /** The second partial derivatives of the operation v. */
    Second of(Program p, int v) {
        if (p.row(v) == Reductions.SUM) {
            return NONE;
        }
        Map<Integer, Integer> place = new HashMap<>();
        List<Integer> coincidence = new ArrayList<>();
        List<Integer> different = new ArrayList<>();
        for (int i = 0; i < p.operandCount(v); i++) {
            int u = p.operand(v, i);
            Integer known = place.putIfAbsent(u, different.size());
            if (known == null) {
                coincidence.add(different.size());
                different.add(u);
            } else {
                coincidence.add(known);
            }
        }
        int[] operands = different.stream().mapToInt(Integer::intValue).toArray();
        Template t = templates.computeIfAbsent(
                new Key(p.row(v), coincidence), key -> template(key, operands.length));
        List<Entry> entries = new ArrayList<>();
        for (int k = 0; k < t.pairs.size(); k++) {
            int[] pair = t.pairs.get(k);
            entries.add(new Entry(operands[pair[0]], operands[pair[1]], k));
        }
        return new Second(t.program, operands, entries, Finiteness.isCertain(t.program) ? 0 : Weight.SINGULAR);
    }

    private static Template template(Key key, int n) {
        Program stated = key.operands.size() == n ? StatedSecondPartials.of(key.row) : null;
        if (stated != null) {
            return new Template(stated, triangle(n));
        }
        var g = new ProgramBuilder();
        int[] in = new int[n];
        Arrays.setAll(in, _ -> g.input());
        int[] x = key.operands.stream().mapToInt(i -> in[i]).toArray();
        // Guards against NaN are of no use here: whoever takes the program in watches over its own outputs.
        JacobianProgram first = Elimination.jacobian(
                g.build(g.apply(key.row, x)), Order.REVERSE, Zeros.GUARDED, range(0, n));
        int count = first.pattern().size();
        JacobianProgram second = Elimination.jacobian(
                first.program().select(range(1, count)), Order.REVERSE, Zeros.GUARDED, range(0, n));
        List<int[]> pairs = new ArrayList<>();
        List<Integer> outputs = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int i = first.pattern().column()[k];
            for (int j = 0; j <= i; j++) {
                int output = second.output(k, j);
                if (output >= 0) {
                    pairs.add(new int[] {i, j});
                    outputs.add(output);
                }
            }
        }
        int[] chosen = outputs.stream().mapToInt(Integer::intValue).toArray();
        return new Template(second.program().select(chosen), pairs);
    }

    private static List<int[]> triangle(int n) {
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                pairs.add(new int[] {i, j});
            }
        }
        return pairs;
    }

    private static int[] range(int from, int count) {
        int[] range = new int[count];
        Arrays.setAll(range, i -> from + i);
        return range;
    }
}
