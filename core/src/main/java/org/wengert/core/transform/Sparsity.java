package org.wengert.core.transform;

import java.util.Arrays;
import org.wengert.core.program.Program;

/**
 * Which derivatives of a program can differ from zero at all, as far as structure tells: by following sets of
 * inputs through the operations, without computing a number.
 *
 * <p>Source: A. Walther, "Computing sparse Hessians with automatic differentiation", ACM TOMS 34 (2008), for the
 * Hessian.
 */
public final class Sparsity {

    private Sparsity() {}

    /**
     * The pattern of the Jacobian: row i has the inputs on which output i depends.
     *
     * <p>Takes time proportional to the number of operations and to the sizes of the different sets of
     * inputs met on the way.
     *
     * @param p n inputs, m outputs
     * @return m x n
     */
    public static Pattern jacobian(Program p) {
        var domains = new Domains(p);
        int[] rowStart = new int[p.outputs() + 1];
        for (int i = 0; i < p.outputs(); i++) {
            rowStart[i + 1] = Math.addExact(rowStart[i], domains.sets.size(domains.set[p.output(i)]));
        }
        int[] columns = new int[rowStart[p.outputs()]];
        for (int i = 0; i < p.outputs(); i++) {
            domains.sets.copy(domains.set[p.output(i)], columns, rowStart[i]);
        }
        return new Pattern(p.outputs(), p.inputs(), rowStart, columns);
    }

    /**
     * How many multiplications it takes to accumulate the Jacobian forward where every operation carries the derivatives by
     * those inputs alone that it depends on: small where results depend on few inputs each, however many there are.
     *
     * @param p n inputs, m outputs
     */
    public static long forwardWork(Program p) {
        var domains = new Domains(p);
        boolean[] needed = p.reachingOutputs();
        long work = 0;
        for (int v = p.firstOperation(); v < p.nodes(); v++) {
            for (int i = 0; needed[v] && i < p.operandCount(v); i++) {
                work += domains.sets.size(domains.set[p.operand(v, i)]);
            }
        }
        return work;
    }

    /**
     * The pattern of the Hessian of a weighted sum of all outputs: (i, j) is in it if somewhere an
     * operation that is not linear joins what depends on input i with what depends on input j.
     *
     * @param p n inputs
     * @return the lower triangle with the diagonal, n x n
     */
    public static Pattern hessian(Program p) {
        var domains = new Domains(p);
        var second = new SecondPartials();
        boolean[] needed = p.reachingOutputs();
        var entries = new LongSet();
        var joined = new LongSet();
        for (int v = p.firstOperation(); v < p.nodes(); v++) {
            if (needed[v] && domains.set[v] != IndexSets.EMPTY) {
                for (SecondPartials.Entry e : second.of(p, v).entries()) {
                    join(domains, domains.set[e.left()], domains.set[e.right()], joined, entries);
                }
            }
        }
        return lowerTriangle(p.inputs(), entries);
    }

    /** All pairs of a member of a and a member of b; each pair of sets once. */
    private static void join(Domains domains, int a, int b, LongSet joined, LongSet entries) {
        if (!joined.add((long) Math.min(a, b) << 32 | Math.max(a, b))) {
            return;
        }
        int[] right = domains.sets.members(b);
        for (int i : domains.sets.members(a)) {
            for (int j : right) {
                entries.add((long) Math.max(i, j) << 32 | Math.min(i, j));
            }
        }
    }

    private static Pattern lowerTriangle(int n, LongSet entries) {
        long[] sorted = entries.sorted();
        int[] rowStart = new int[n + 1];
        int[] columns = new int[sorted.length];
        for (int k = 0; k < sorted.length; k++) {
            rowStart[(int) (sorted[k] >>> 32) + 1]++;
            columns[k] = (int) sorted[k];
        }
        Arrays.parallelPrefix(rowStart, Integer::sum);
        return new Pattern(n, n, rowStart, columns);
    }

    /** For each node the inputs it depends on. */
    private static final class Domains {

        final IndexSets sets;
        final int[] set;

        Domains(Program p) {
            sets = new IndexSets(p.inputs());
            set = new int[p.nodes()];
            var partials = new PartialTemplates();
            for (int i = 0; i < p.inputs(); i++) {
                set[i] = sets.singleton(i);
            }
            int[] some = new int[8];
            for (int v = p.firstOperation(); v < p.nodes(); v++) {
                int count = 0;
                for (int i = 0; i < p.operandCount(v); i++) {
                    int s = set[p.operand(v, i)];
                    if (s != IndexSets.EMPTY && !partials.isZero(p.row(v), i)) {
                        some = count < some.length ? some : Arrays.copyOf(some, 2 * count);
                        some[count++] = s;
                    }
                }
                set[v] = count == 0 ? IndexSets.EMPTY
                        : count == 1 ? some[0]
                        : count == 2 ? sets.union(some[0], some[1]) : sets.union(some, count);
            }
        }
    }
}
