package org.wengert.linalg;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Engines;
import org.wengert.core.engine.PointCode;
import org.wengert.core.program.Program;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.Order;
import org.wengert.core.transform.Pattern;
import org.wengert.core.transform.Report;
import org.wengert.core.transform.Sparsity;
import org.wengert.core.transform.Zeros;

/**
 * A program for entries and values of a Jacobian, made by vertex elimination and ready to run. Products in it are plain;
 * at the few points where one of them is no number, {@link #run} says so, and sweeps do instead.
 *
 * <p>Small functions are eliminated in the cheapest of several orders. Large ones are eliminated forward, if that takes little more
 * work than products do, and re-rolled where they are regular: equal operations on many operands become vector instructions.
 */
final class EliminatedCode {

    /** From so many operations on, a program is taken to be re-rolled. */
    private static final int LEAST_ROLLED = 4_000;

    /** Up to so many multiplications a large function is eliminated: some 100 bytes each while that lasts. */
    private static final long MOST_WORK = 30_000_000;

    /** How many operations of re-rolled code take as long as one of a sweep: they run on vectors, and load no indices. */
    private static final long ROLLED_SPEEDUP = 4;

    private final JacobianProgram jacobian;
    private final long operations;
    private final PointCode code;
    private final int entries;
    private final int outputs;
    private final AtomicReference<double @Nullable []> spare = new AtomicReference<>();

    private EliminatedCode(JacobianProgram jacobian, long operations, @Nullable Compression target) {
        this.jacobian = jacobian;
        this.operations = operations;
        Program ordered = ordered(jacobian, target);
        this.outputs = ordered.outputs();
        this.entries = outputs - jacobian.values();
        this.code = Engines.point().compile(ordered);
    }

    /**
     * The code for a function's Jacobian.
     *
     * @param alternative what another way costs, in multiplications
     * @param always      whether it is wanted at any cost
     * @param target      the matrix that the entries are for, in whose order they come; null for all entries in the order of the pattern
     * @return null if it is certainly not worth it
     */
    static @Nullable EliminatedCode of(LinearizedProgram function, long alternative, boolean always, @Nullable Compression target) {
        Program p = function.program;
        int[] wrt = IntStream.range(0, p.inputs()).toArray();
        JacobianProgram jacobian;
        if (p.operations() <= DenseJacobian.MOST_ELIMINATED) {
            jacobian = Elimination.jacobian(p, Zeros.GUARDED, wrt);
        } else {
            long work = Sparsity.forwardWork(p);
            if (!always && (work > MOST_WORK || work > ROLLED_SPEEDUP * alternative)) {
                return null;
            }
            jacobian = Elimination.jacobian(p, Order.FORWARD, Zeros.GUARDED, wrt);
        }
        return new EliminatedCode(
                jacobian, Math.max(0, (long) Report.fusedOperations(jacobian.program()) - Report.operations(p)), target);
    }

    /** The same program with the entries in the order of a matrix, 0 where it has none, and then the values. */
    private static Program ordered(JacobianProgram jacobian, @Nullable Compression target) {
        int m = jacobian.values();
        int[] place = target == null ? IntStream.range(0, jacobian.pattern().size()).toArray() : target.places(jacobian.pattern());
        int size = target == null ? place.length : target.pattern().size();
        int[] outputs = new int[size + m];
        Arrays.fill(outputs, 0, size, -1);
        for (int k = 0; k < place.length; k++) {
            if (place[k] >= 0) {
                outputs[place[k]] = m + k;
            }
        }
        for (int i = 0; i < m; i++) {
            outputs[size + i] = i;
        }
        return jacobian.program().arrange(outputs);
    }

    /** The pattern of the entries, which is their order if there is no target. */
    Pattern pattern() {
        return jacobian.pattern();
    }

    /** Operations beyond those of the function itself; products joined with their additions count as one. */
    long operations() {
        return operations;
    }

    boolean isBetterThan(long multiplications) {
        boolean rolled = jacobian.program().operations() >= LEAST_ROLLED;
        return operations < (rolled ? ROLLED_SPEEDUP * multiplications : multiplications);
    }

    /**
     * Computes entries and values.
     *
     * @param x     the point, where the guards of the function hold
     * @param into  receives the entries first of all. If it has room for just the values behind them, it is computed in and nothing is
     *              copied; what lies behind the entries means nothing then
     * @param value receives the values
     * @return false if a derivative is no number by plain products
     */
    boolean run(double[] x, double[] into, double[] value) {
        if (into.length == outputs && into != x) {
            boolean holds = code.run(x, into);
            System.arraycopy(into, entries, value, 0, value.length);
            return holds;
        }
        double[] kept = spare.getAndSet(null);
        double[] out = kept != null ? kept : new double[outputs];
        boolean holds = code.run(x, out);
        if (holds) {
            System.arraycopy(out, 0, into, 0, entries);
            System.arraycopy(out, entries, value, 0, value.length);
        }
        spare.set(out);
        return holds;
    }
}
