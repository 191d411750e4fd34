package org.wengert.linalg;

import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Engines;
import org.wengert.core.engine.PointCode;
import org.wengert.core.engine.roll.RolledCode;
import org.wengert.core.program.Program;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.Order;
import org.wengert.core.transform.Report;
import org.wengert.core.transform.Sparsity;
import org.wengert.core.transform.Zeros;

/**
 * A program for values and entries of a Jacobian, made by vertex elimination and ready to run. Products in it are plain;
 * at the few points where one of them is no number, {@link #run} says so, and sweeps do instead.
 *
 * <p>Small functions are eliminated in the cheapest of several orders. Large ones are eliminated forward, if that takes little more
 * work than products do, and re-rolled: equal operations on many operands become vector instructions.
 */
final class EliminatedCode {

    /** From so many operations on, a program is re-rolled. */
    private static final int LEAST_ROLLED = 4_000;

    /** Up to so many multiplications a large function is eliminated: some 100 bytes each while that lasts. */
    private static final long MOST_WORK = 30_000_000;

    /** How many operations of re-rolled code take as long as one of a sweep: they run on vectors, and load no indices. */
    private static final long ROLLED_SPEEDUP = 4;

    private final JacobianProgram jacobian;
    private final PointCode code;
    private final long operations;
    private final boolean rolled;
    private final AtomicReference<double @Nullable []> spare = new AtomicReference<>();

    private EliminatedCode(JacobianProgram jacobian, long operations) {
        this.jacobian = jacobian;
        this.operations = operations;
        this.rolled = jacobian.program().operations() >= LEAST_ROLLED;
        this.code = rolled ? RolledCode.of(jacobian.program(), Engines.standard())
                : Engines.point().compile(jacobian.program());
    }

    /**
     * The code for a function's Jacobian.
     *
     * @param alternative what another way costs, in multiplications
     * @param always      whether it is wanted at any cost
     * @return null if it is certainly not worth it
     */
    static @Nullable EliminatedCode of(LinearizedProgram function, long alternative, boolean always) {
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
                jacobian, Math.max(0, (long) Report.fusedOperations(jacobian.program()) - Report.operations(p)));
    }

    JacobianProgram jacobian() {
        return jacobian;
    }

    /** m, the number of values before the entries. */
    int values() {
        return jacobian.values();
    }

    /** Operations beyond those of the function itself; products joined with their additions count as one. */
    long operations() {
        return operations;
    }

    boolean isBetterThan(long multiplications) {
        return operations < (rolled ? ROLLED_SPEEDUP * multiplications : multiplications);
    }

    /**
     * Values, then entries; null if a derivative is no number by plain products. {@link #giveBack} it when it has been
     * read.
     *
     * @param x the point, where the guards of the function hold
     */
    double @Nullable [] run(double[] x) {
        double[] kept = spare.getAndSet(null);
        double[] out = kept != null ? kept : new double[jacobian.program().outputs()];
        if (code.run(x, out)) {
            return out;
        }
        giveBack(out);
        return null;
    }

    void giveBack(double[] out) {
        spare.set(out);
    }
}
