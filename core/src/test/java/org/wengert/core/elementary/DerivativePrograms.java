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
import org.wengert.core.transform.Order;
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

    /** What edge pushing is called in {@link #hessians}. */
    static final String PUSHING = "edge pushing";

    /** By the name of the composition of transforms, the Hessian of f at x, n × n by rows. */
    static Map<String, double[]> hessians(ScalarFunction f, double[] x) {
        int n = x.length;
        Program p = Tracer.trace(x, z -> new Scalar[] {f.apply(z)});
        Program forwardOverReverse = SecondOrder.hvp(p);
        Program reverseOverForward = SecondOrder.hvpReverseOverForward(p);
        Program mixed = SecondOrder.mixed(p);
        double[][] columns = new double[3][n * n];
        for (int j = 0; j < n; j++) {
            double[] xv = Arrays.copyOf(x, 2 * n);
            xv[n + j] = 1;
            double[] hvp = byAllEngines(forwardOverReverse, xv);
            double[] other = byAllEngines(reverseOverForward, xv);
            for (int i = 0; i < n; i++) {
                double[] xuv = Arrays.copyOf(x, 3 * n);
                xuv[n + i] = 1;
                xuv[2 * n + j] = 1;
                columns[0][i * n + j] = hvp[1 + n + i];
                columns[1][i * n + j] = other[1 + n + i];
                columns[2][i * n + j] = mixed.value(xuv)[3];
            }
        }
        Map<String, double[]> hessians = new LinkedHashMap<>();
        hessians.put(PUSHING, entries(SecondOrder.hessian(p), x));
        hessians.put("forward over reverse", columns[0]);
        hessians.put("reverse over forward", columns[1]);
        hessians.put("forward over forward", columns[2]);
        for (Order order : Order.values()) {
            hessians.put("elimination of the gradient, " + order, entries(SecondOrder.hessianByElimination(p, order), x));
        }
        return hessians;
    }

    private static double[] entries(HessianProgram h, double[] x) {
        int n = x.length;
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
