package org.wengert.hessian;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Zeros;

/** The adjoint of the adjoint. */
final class ReverseOverReverse {

    private ReverseOverReverse() {}

    /**
     * The gradient of vᵀ·∇f.
     *
     * @param gradient x to f, ∇f
     * @param n        how many entries x has
     * @return x, v to f, ∇f, H·v
     */
    static Program of(Program gradient, int n) {
        Program second = Adjoint.of(gradient.select(IntStream.rangeClosed(1, n).toArray()), Zeros.GUARDED); // x, v to ∇f, Hᵀv
        var g = new ProgramBuilder();
        int[] in = new int[2 * n];
        Arrays.setAll(in, _ -> g.input());
        int[] first = g.splice(gradient, Arrays.copyOf(in, n));
        g.guards(gradient, first);
        int[] node = g.splice(second, in);
        g.guards(second, node);
        int[] outputs = new int[1 + 2 * n];
        for (int i = 0; i <= n; i++) {
            outputs[i] = first[gradient.output(i)];
        }
        for (int i = 0; i < n; i++) {
            outputs[1 + n + i] = node[second.output(n + i)];
        }
        return g.build(outputs);
    }
}
