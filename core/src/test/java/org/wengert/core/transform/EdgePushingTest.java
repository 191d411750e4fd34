package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.transform.FormulaPrograms.count;
import static org.wengert.core.transform.FormulaPrograms.program;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.core.program.Program;

/** How much it takes to push second derivatives down, and what is written for it. */
class EdgePushingTest {

    private static void assertTakes(long products, Program p) {
        int[] all = IntStream.range(0, p.inputs()).toArray();
        String unlimited = SecondOrder.hessian(p, Zeros.GUARDED, all).program().listing();
        for (long most = 0; most <= products + 2; most++) {
            Optional<HessianProgram> h = SecondOrder.hessian(p, Zeros.GUARDED, most, all);
            assertEquals(most >= products, h.isPresent(), most + " of " + products);
            assertEquals(unlimited, h.map(r -> r.program().listing()).orElse(unlimited));
        }
    }

    /** Each pair of an operation is multiplied once for each operand. */
    @Test
    void productsTakenByPushing() {
        // No pair is pushed: they are created by operations on inputs, or not at all.
        assertTakes(0, program("x y", "x*y"));
        assertTakes(0, program("x y", "x+y"));
        // The pair (x·y, z), to x and y.
        assertTakes(2, program("x y z", "(x*y)*z"));
        // The pairs of x·y with a, b and c, to x and y.
        assertTakes(6, program("x y a b c", "(x*y)*a+(x*y)*b+(x*y)*c"));
        // The pair of sin(x) with y, to x alone.
        assertTakes(1, program("x y", "sin(x)*y"));
    }

    @Test
    void aHessianInClosedForm() {
        HessianProgram h = SecondOrder.hessian(program("x y z", "x*y*z+exp(2*x)+(x-z)^2"));
        assertEquals("3 x 3 with 5 entries\nx..\nx..\nxxx", h.pattern().toString());
        double[] out = h.program().value(0.5, 3, 4);
        double e = Math.exp(1);
        double[] expected = {
            6 + e + 12.25, 12 + 2 * e - 7, 2, 1.5 + 7,
            4 * e + 2, 4, 3 - 2, 0.5, 2
        };
        assertArrayEquals(expected, out, 1e-13);
    }

    /** An entire function has finite derivatives, of second order too: no product need be careful. */
    @Test
    void carefulProductsAreWrittenWhereAPartialMayBeInfiniteOnly() {
        Program entire = SecondOrder.hessian(program("x y z", "exp(sin(x*y))*z+cos(x*sin(z*z))")).program();
        assertEquals(0, count(entire, "absorb") + count(entire, "absorbEither"), entire::listing);
        Program root = SecondOrder.hessian(program("x y", "sqrt(sin(x*y))")).program();
        assertTrue(count(root, "absorb") > 0, root::listing);
    }
}
