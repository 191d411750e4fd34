package org.wengert.hessian;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Engines;
import org.wengert.core.engine.PointCode;
import org.wengert.core.engine.roll.RolledCode;
import org.wengert.core.program.Program;

/** A program ready to run at one point, on what suits its size. Safe to share between threads. */
final class Code {

    /** From so many operations on, a program is re-rolled: equal operations on many operands become vector instructions. */
    private static final int LEAST_ROLLED = 2_000;

    private final Program program;
    private final PointCode code;
    private final AtomicReference<double @Nullable []> spare = new AtomicReference<>();

    Code(Program program) {
        this.program = program;
        this.code = program.operations() < LEAST_ROLLED
                ? Engines.point().compile(program)
                : RolledCode.of(program, Engines.standard());
    }

    boolean isRolled() {
        return program.operations() >= LEAST_ROLLED;
    }

    Program program() {
        return program;
    }

    boolean run(double[] in, double[] out) {
        return code.run(in, out);
    }

    /** Room for the outputs; {@link #giveBack} it when it has been read. */
    double[] takeOutputs() {
        double[] kept = spare.getAndSet(null);
        return kept != null ? kept : new double[program.outputs()];
    }

    void giveBack(double[] out) {
        spare.set(out);
    }
}
