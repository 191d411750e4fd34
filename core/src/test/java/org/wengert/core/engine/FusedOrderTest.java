package org.wengert.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Zeros;

/** The order of operations in fused kernels: everything once, operands first, sums as their terms come. */
class FusedOrderTest {

    private static final int INPUTS = 4;

    /** y ← y · xᵢ + xⱼ, again and again: in the reverse sweep every input gets a term from each second step. */
    private static Scalar[] horner(Scalar[] x) {
        Scalar y = x[0];
        for (int k = 0; k < 40; k++) {
            y = y.times(x[k % INPUTS]).plus(x[(k + 1) % INPUTS]);
        }
        return new Scalar[] {y};
    }

    /** Vector arithmetic, calls and lane-by-lane rows in turn, with sums over all of them. */
    private static Scalar[] phases(Scalar[] x) {
        Scalar y = x[0];
        Scalar sum = Scalar.of(0);
        for (int k = 0; k < 10; k++) {
            y = ScalarMath.exp(y.times(0.1)).plus(ScalarMath.erf(x[k % INPUTS]).times(y));
            sum = sum.plus(y).plus(ScalarMath.sin(y));
        }
        return new Scalar[] {sum, y};
    }

    private static Program gradient(Function<Scalar[], Scalar[]> f) {
        double[] x = new SplittableRandom(1).doubles(INPUTS, 0.5, 1.5).toArray();
        return Adjoint.gradient(Tracer.trace(x, f), Zeros.GUARDED, 0, 0, 1, 2, 3);
    }

    private static List<FusedPlan.Piece> order(Program p, FusedForms forms, boolean contracts) {
        return FusedOrder.of(p, contracts ? Contraction.of(p, forms) : Contraction.none(p, forms), forms);
    }

    @Test
    void everyOperandIsTakenOnceAndAfterItIsMade() {
        for (Function<Scalar[], Scalar[]> f : List.<Function<Scalar[], Scalar[]>>of(FusedOrderTest::horner, FusedOrderTest::phases)) {
            Program p = gradient(f);
            for (FusedForms forms : List.of(
                    new FusedVectorForms(FusedFormat.DOUBLE, 512, false), new FusedScalarForms(true), new PointForms())) {
                for (boolean contracts : new boolean[] {false, true}) {
                    check(p, forms, contracts);
                }
            }
        }
    }

    private static void check(Program p, FusedForms forms, boolean contracts) {
        Contraction contraction = contracts ? Contraction.of(p, forms) : Contraction.none(p, forms);
        Map<Integer, Integer> taken = new HashMap<>();
        Set<Integer> made = new HashSet<>();
        for (FusedPlan.Piece piece : FusedOrder.of(p, contraction, forms)) {
            int v = piece.node();
            assertEquals(taken.getOrDefault(v, 0), piece.from(), "operand " + piece.from() + " of node " + v);
            assertTrue(piece.to() > piece.from() && piece.to() <= p.operandCount(v));
            for (int t : contraction.leaves(v, piece.from(), piece.to())) {
                assertTrue(t < p.firstVarying() || made.contains(t), "node " + t + " is used by node " + v + " before it is made");
            }
            taken.put(v, piece.to());
            if (piece.to() == p.operandCount(v)) {
                made.add(v);
            }
        }
        for (int i = 0; i < p.outputs(); i++) {
            assertTrue(p.output(i) < p.firstVarying() || made.contains(p.output(i)), "output " + i + " is not made");
        }
    }

    /** Of 40 adjoints hardly any waits: the sums of the inputs take each as soon as it is there. */
    @Test
    void sumsOfAReverseSweepGrowWhileItGoesOn() {
        Program p = gradient(FusedOrderTest::horner);
        int inPieces = 0;
        Set<Integer> under = new HashSet<>();
        for (FusedPlan.Piece piece : order(p, new FusedVectorForms(FusedFormat.DOUBLE, 512, false), true)) {
            inPieces += piece.from() > 0 && under.add(piece.node()) ? 1 : 0;
        }
        assertEquals(INPUTS, inPieces);
    }

    /** Without contraction the code gives the bits of the program, whatever the order. */
    @Test
    void theBitsAreThoseOfTheProgram() {
        for (Function<Scalar[], Scalar[]> f : List.<Function<Scalar[], Scalar[]>>of(FusedOrderTest::horner, FusedOrderTest::phases)) {
            Program p = gradient(f);
            TileCode code = FusedEngine.reproducible().compile(p);
            double[] in = new SplittableRandom(2).doubles(INPUTS * TileCode.STRIDE, 0.5, 1.5).toArray();
            double[] out = new double[(p.outputs() + 1) * TileCode.STRIDE];
            double[] uniform = new double[p.firstVarying()];
            Uniforms.evaluate(p, new double[0], uniform);
            code.run(uniform, in, 0, out, 0, new double[code.scratch()], TileCode.WIDTH);
            double[] x = new double[INPUTS];
            double[] y = new double[p.outputs()];
            for (int k = 0; k < TileCode.WIDTH; k++) {
                for (int i = 0; i < INPUTS; i++) {
                    x[i] = in[i * TileCode.STRIDE + k];
                }
                p.run(x, y, p.newWorkspace());
                double[] actual = new double[y.length];
                for (int i = 0; i < y.length; i++) {
                    actual[i] = out[i * TileCode.STRIDE + k];
                }
                assertArrayEquals(y, actual);
            }
        }
    }
}
