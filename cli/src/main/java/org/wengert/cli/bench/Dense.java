package org.wengert.cli.bench;

import java.util.Arrays;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.Zeros;

/** Jacobians with all their entries. */
final class Dense {

    private Dense() {}

    /** Values, then the rows of the Jacobian, structural zeros as constants. */
    static Program jacobian(Program p, Zeros zeros, int... wrt) {
        JacobianProgram j = Elimination.jacobian(p, zeros, wrt);
        Program program = j.program();
        ProgramBuilder builder = new ProgramBuilder();
        int[] x = new int[program.inputs()];
        Arrays.setAll(x, i -> builder.input(program.isUniform(i)));
        int[] node = builder.splice(program, x);
        builder.guards(program, node);
        int m = p.outputs();
        int[] outputs = new int[m + m * wrt.length];
        for (int i = 0; i < m; i++) {
            outputs[i] = node[program.output(i)];
            for (int k = 0; k < wrt.length; k++) {
                int at = j.output(i, k);
                outputs[m + i * wrt.length + k] = at < 0 ? builder.constant(0) : node[program.output(at)];
            }
        }
        return builder.build(outputs);
    }
}
