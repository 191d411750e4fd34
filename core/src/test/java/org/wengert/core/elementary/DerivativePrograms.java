package org.wengert.core.elementary;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.wengert.core.ScalarFunction;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.Tangent;

/** Gradients of a function by way of programs. */
final class DerivativePrograms {

    private DerivativePrograms() {}

    /** By the name of the transform, f and its gradient at x. */
    static Map<String, double[]> gradients(ScalarFunction f, double[] x) {
        Program p = Tracer.trace(x, z -> new Scalar[] {f.apply(z)});
        int[] all = IntStream.range(0, x.length).toArray();
        Map<String, double[]> gradients = new LinkedHashMap<>();
        gradients.put("tangent", Tangent.columns(p, all).value(x));
        gradients.put("adjoint", Adjoint.gradient(p).value(x));
        JacobianProgram jacobian = Elimination.jacobian(p);
        double[] entries = jacobian.program().value(x);
        double[] gradient = new double[1 + x.length];
        gradient[0] = entries[0];
        for (int i = 0; i < x.length; i++) {
            int at = jacobian.output(0, i);
            gradient[1 + i] = at < 0 ? 0 : entries[at];
        }
        gradients.put("elimination", gradient);
        return gradients;
    }
}
