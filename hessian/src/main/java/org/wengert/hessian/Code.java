package org.wengert.hessian;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Engines;
import org.wengert.core.engine.PointCode;
import org.wengert.core.program.Program;

/** A program ready to run at one point, on what suits its size. Safe to share between threads. */
final class Code {

    private final Program program;
    private final PointCode code;
    private final AtomicReference<double @Nullable []> spare = new AtomicReference<>();

    Code(Program program) {
        this.program = program;
        this.code = Engines.point().compile(program);
    }

    PointCode code() {
        return code;
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
