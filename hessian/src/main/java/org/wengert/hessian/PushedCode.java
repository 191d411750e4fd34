package org.wengert.hessian;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Engines;
import org.wengert.core.engine.PointCode;
import org.wengert.core.transform.HessianProgram;
import org.wengert.core.transform.Pattern;

/**
 * A program made by edge pushing, ready to run, whose outputs are the entries of a matrix in their order, then ∇f, then f. Safe to share
 * between threads.
 */
final class PushedCode {

    private final PointCode code;
    private final int entries;
    private final int outputs;
    private final AtomicReference<double @Nullable []> spare = new AtomicReference<>();

    /** The code that fills a matrix, which has all entries of the program. */
    PushedCode(HessianProgram h, SymmetricStructure target) {
        int n = h.program().inputs();
        this.entries = target.size();
        this.outputs = entries + n + 1;
        int[] chosen = new int[outputs];
        Arrays.fill(chosen, 0, entries, -1);
        Pattern pattern = h.pattern();
        for (int i = 0; i < n; i++) {
            for (int k = pattern.rowStart()[i]; k < pattern.rowStart()[i + 1]; k++) {
                int at = target.lower().find(i, pattern.column()[k]);
                chosen[target.place(at)] = 1 + n + k;
                chosen[target.mirror(at)] = 1 + n + k;
            }
            chosen[entries + i] = 1 + i;
        }
        chosen[entries + n] = 0;
        this.code = Engines.point().compile(h.program().arrange(chosen));
    }

    /** How many numbers more than its entries a matrix needs room for, to be computed in. */
    static int more(int n) {
        return n + 1;
    }

    /**
     * Computes f, ∇f and the entries.
     *
     * @param into     receives the entries first of all. If it has room for just ∇f and f behind them, it is computed in and nothing is
     *                 copied; what lies behind the entries means nothing then
     * @param gradient receives ∇f
     * @param value    receives f, one entry
     * @return false if a derivative is no number by plain products
     */
    boolean run(double[] x, double[] into, double[] gradient, double[] value) {
        boolean isDirect = into.length == outputs && into != x;
        double[] kept = isDirect ? into : spare.getAndSet(null);
        double[] out = kept != null ? kept : new double[outputs];
        boolean holds = code.run(x, out);
        System.arraycopy(out, entries, gradient, 0, gradient.length);
        value[0] = out[outputs - 1];
        if (!isDirect) {
            if (holds) {
                System.arraycopy(out, 0, into, 0, entries);
            }
            spare.set(out);
        }
        return holds;
    }
}
