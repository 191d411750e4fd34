package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.wengert.core.transform.FormulaPrograms.program;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;

class SparsityTest {

    /** Each operand of an operation brings as many derivatives as it depends on inputs. */
    @Test
    void forwardWorkIsTheNumberOfProductsOfSparseForwardMode() {
        assertEquals(0, Sparsity.forwardWork(program("x", "x")));
        assertEquals(1, Sparsity.forwardWork(program("x y", "sin(x)")));
        assertEquals(2, Sparsity.forwardWork(program("x y", "x*y")));
        // (x + y): 1 + 1, (y * z): 1 + 1, their quotient: 2 + 2.
        assertEquals(8, Sparsity.forwardWork(program("x y z", "(x+y)/(y*z)")));
        // Two outputs share the first product; the second depends on one input more.
        assertEquals(2 + 2 + 3, Sparsity.forwardWork(program("x y z", "sin(x*y)", "x*y*z")));
        // What is constant by structure brings none: x alone for floor, nothing for its sine, y for the product.
        assertEquals(1 + 0 + 1, Sparsity.forwardWork(program("x y", "sin(floor(x))*y")));
        assertEquals(10, Sparsity.forwardWork(sum(10)));
    }

    @Test
    void whatServesGuardsAloneIsNoWork() {
        Program p = Tracer.trace(new double[] {1, 2},
                x -> new Scalar[] {x[0].times(x[1]).times(x[0]).compareTo(7) < 0 ? x[0].times(x[0]) : x[1]});
        assertEquals(1, p.guards().size());
        assertEquals(2, Sparsity.forwardWork(p));
    }

    private static Program sum(int n) {
        var g = new ProgramBuilder();
        return g.build(g.apply(Reductions.SUM, IntStream.range(0, n).map(_ -> g.input()).toArray()));
    }

    @Test
    void aLongSumDependsOnAllItsTerms() {
        for (int n : new int[] {1, 2, 3, 7, 8, 9, 16, 17, 100}) {
            assertEquals("1 x " + n + " with " + n + " entries\n" + "x".repeat(n), Sparsity.jacobian(sum(n)).toString());
        }
    }

    @Test
    void patternsOfSmallPrograms() {
        Program p = program("x y z", "sin(x)*z", "floor(y)+z", "3", "x*(y-y)");
        assertEquals("4 x 3 with 5 entries\nx.x\n..x\n...\nxx.", Sparsity.jacobian(p).toString());
        assertEquals("3 x 3 with 2 entries\nx..\n...\nx..", Sparsity.hessian(p.select(0)).toString());
        assertEquals("3 x 3 with 3 entries\n...\nx..\nxx.", Sparsity.hessian(program("x y z", "x*y+(x+y)*z")).toString());
        assertEquals("3 x 3 with 0 entries\n...\n...\n...", Sparsity.hessian(program("x y z", "x+2*y-floor(z)*floor(z)")).toString());
    }
}
