package org.wengert.core.elementary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.wengert.core.ScalarFunction;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.FusedEngine;
import org.wengert.core.engine.PointEngine;
import org.wengert.core.engine.TileCode;
import org.wengert.core.engine.TileInterpreter;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.HessianProgram;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.SecondOrder;
import org.wengert.core.transform.Tangent;

/** Derivatives of a function by way of programs, which all engines must run with the same bits. */
final class DerivativePrograms {

    private static final List<Engine> ENGINES = List.of(TileInterpreter.reproducible(), FusedEngine.reproducible());

    private DerivativePrograms() {}

    /** By the name of the transform, f and its gradient at x. */
    static Map<String, double[]> gradients(ScalarFunction f, double[] x) {
        Program p = Tracer.trace(x, z -> new Scalar[] {f.apply(z)});
        int[] all = IntStream.range(0, x.length).toArray();
        Map<String, double[]> gradients = new LinkedHashMap<>();
        gradients.put("tangent", Tangent.columns(p, all).value(x));
        gradients.put("adjoint", Adjoint.gradient(p).value(x));
        JacobianProgram jacobian = Elimination.jacobian(p);
        double[] entries = byAllEngines(jacobian.program(), x);
        double[] gradient = new double[1 + x.length];
        gradient[0] = entries[0];
        for (int i = 0; i < x.length; i++) {
            int at = jacobian.output(0, i);
            gradient[1 + i] = at < 0 ? 0 : entries[at];
        }
        gradients.put("elimination", gradient);
        return gradients;
    }

    /** The Hessian of f at x by edge pushing, n × n by rows. */
    static double[] hessian(ScalarFunction f, double[] x) {
        int n = x.length;
        HessianProgram h = SecondOrder.hessian(Tracer.trace(x, z -> new Scalar[] {f.apply(z)}));
        double[] entries = byAllEngines(h.program(), x);
        double[] hessian = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int at = h.output(i, j);
                hessian[i * n + j] = at < 0 ? 0 : entries[at];
            }
        }
        return hessian;
    }

    /** What a program gives, having asserted that the engines give the same, on vectors and in the rest after them. */
    private static double[] byAllEngines(Program p, double[] x) {
        double[] plain = p.value(x);
        double[] point = new double[plain.length];
        PointEngine.compiled().compile(p).run(x, point);
        assertSame("compiled single point", plain, point);
        int points = 11;
        double[] in = new double[(p.inputs() + 1) * TileCode.STRIDE];
        for (int i = 0; i < x.length; i++) {
            Arrays.fill(in, i * TileCode.STRIDE, i * TileCode.STRIDE + points, x[i]);
        }
        Workspace workspace = p.newWorkspace();
        p.run(x, point, workspace);
        double[] uniform = new double[p.firstVarying()];
        Arrays.setAll(uniform, workspace::value);
        for (Engine engine : ENGINES) {
            TileCode code = engine.compile(p);
            double[] out = new double[(plain.length + 2) * TileCode.STRIDE];
            code.run(uniform, in, 0, out, 0, new double[code.scratch()], points);
            for (int k = 0; k < points; k++) {
                int place = k;
                double[] there = new double[plain.length];
                Arrays.setAll(there, i -> out[i * TileCode.STRIDE + place]);
                assertSame(engine.description() + ", place " + k, plain, there);
            }
        }
        return plain;
    }

    private static void assertSame(String what, double[] expected, double[] actual) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], what + ", output " + i);
        }
    }
}
