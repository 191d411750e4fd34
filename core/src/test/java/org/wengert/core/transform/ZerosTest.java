package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;

/** What happens to zeros, infinities and NaN at run time, absorbed or guarded. */
class ZerosTest {

    private static final int N = 4;

    private final SplittableRandom random = new SplittableRandom(5);

    private static Scalar[] one(Scalar y) {
        return new Scalar[] {y};
    }

    @Property(tries = 1000, seed = TestNumbers.SEED)
    void aGuardedProgramIsEitherEqualToTheAbsorbingOneOrSaysThatItIsNotRight(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int steps) {
        var expression = new RandomExpression(seed, TestNumbers.rows(), N, steps, 2);
        double[] x = random.doubles(N, -1.5, 2.5).map(u -> random.nextInt(4) == 0
                ? TestNumbers.NASTY[random.nextInt(TestNumbers.NASTY.length)] : u).toArray();
        Program p = Tracer.trace(x, expression::apply);
        for (Order order : Order.values()) {
            Program absorbed = Elimination.jacobian(p, order, Zeros.ABSORBED, 0, 1, 2, 3).program();
            Program guarded = Elimination.jacobian(p, order, Zeros.GUARDED, 0, 1, 2, 3).program();
            double[] careful = absorbed.value(x);
            double[] out = new double[guarded.outputs()];
            if (guarded.run(x, out, guarded.newWorkspace())) {
                for (int i = 0; i < out.length; i++) {
                    assertEquals(careful[i] + 0.0, out[i] + 0.0, () -> absorbed.listing() + guarded.listing());
                }
            } else {
                boolean anyNaN = false;
                for (double y : guarded.select().guards().isEmpty() ? careful : nodes(guarded, x)) {
                    anyNaN |= Double.isNaN(y);
                }
                assertTrue(anyNaN, "a guard failed, though nothing is NaN");
            }
        }
    }

    private static double[] nodes(Program p, double[] x) {
        var workspace = p.newWorkspace();
        p.run(x, new double[p.outputs()], workspace);
        double[] values = new double[p.nodes()];
        for (int v = 0; v < values.length; v++) {
            values[v] = workspace.value(v);
        }
        return values;
    }

    @Test
    void aZeroTangentStaysZeroUnderAnInfinitePartial() {
        Program p = Tracer.trace(new double[] {0, 4}, x -> one(sqrt(x[0]).plus(sqrt(x[1]))));
        Program jvp = Tangent.of(p);
        assertEquals(0.25, jvp.value(0, 4, 0, 1)[1]);
        assertEquals(Double.POSITIVE_INFINITY, jvp.value(0, 4, 1, 1)[1]);
        Program guarded = Tangent.of(p, Zeros.GUARDED, 1, 0, 1);
        double[] out = new double[2];
        assertFalse(guarded.run(new double[] {0, 4, 0, 1}, out, guarded.newWorkspace()));
        assertTrue(guarded.run(new double[] {1, 4, 0, 1}, out, guarded.newWorkspace()));
        assertEquals(0.25, out[1]);
    }

    @Test
    void whereTheValueIsNaNTheDerivativesAreButForStructuralZeros() {
        Program p = Tracer.trace(new double[] {1, 2, 3}, x -> one(x[0].plus(x[1])));
        double[] out = Adjoint.gradient(p).value(Double.NaN, 1, 1);
        assertTrue(Double.isNaN(out[1]) && Double.isNaN(out[2]));
        assertEquals(0.0, out[3]);
    }

    @Test
    void everyOrderFollowsTheSameRule() {
        // Forward, the tangent 2x is 0 and absorbs the infinite derivative of the root; reverse order must agree.
        Program p = Tracer.trace(new double[] {0}, x -> one(sqrt(x[0].times(x[0]))));
        for (Order order : Order.values()) {
            assertEquals(0.0, Elimination.jacobian(p, order, Zeros.ABSORBED, 0).program().value(0)[1]);
        }
        assertEquals(0.0, Adjoint.gradient(p).value(0)[1]);
        assertEquals(0.0, Tangent.columns(p, 0).value(0)[1]);
    }
}
