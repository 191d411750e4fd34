package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.wengert.core.transform.FormulaPrograms.program;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

class ReportTest {

    private static void assertOperations(int plain, int fused, Program p) {
        assertEquals(plain, Report.operations(p), p::listing);
        assertEquals(fused, Report.fusedOperations(p), p::listing);
    }

    @Test
    void aLineEach() {
        var report = new Report(5, 12, 1, 9, Order.REVERSE, Map.of(Order.REVERSE, 12, Order.FORWARD, 20), 3);
        assertEquals("""
                operations of the function: 5
                operations with derivatives: 12 (1 once a batch; 9 with fused multiply-add)
                order: REVERSE
                  FORWARD: 20
                  REVERSE: 12
                guards: 3
                """, report.toString());
    }

    @Test
    void aProductInASumIsNoOperationOfItsOwn() {
        assertOperations(2, 1, program("x y z", "x*y+z"));
        assertOperations(2, 1, program("x y z", "z-x*y"));
        // Of two products one is there first.
        assertOperations(3, 2, program("x y z", "x*y+y*z"));
        assertOperations(9, 5, program("x y z", "x*x+x*y+x*z+y*y+y*z"));
        assertOperations(6, 4, program("x y z", "x*x+sin(y)+z+x*y"));
    }

    @Test
    void whatIsNoProductInASumIsAnOperation() {
        assertOperations(2, 2, program("x y z", "x*y*z"));
        assertOperations(2, 2, program("x y z", "(x+y)*z"));
        assertOperations(2, 2, program("x y", "x/y+x"));
        assertOperations(2, 2, program("x y", "sin(x*y)"));
        assertOperations(0, 0, program("x", "x"));
    }

    @Test
    void aProductThatIsUsedTwiceIsNotFused() {
        assertOperations(2, 2, program("x y z", "x*y", "x*y+z"));
        assertOperations(3, 3, program("x y z", "x*y+z", "x*y-z"));
        assertOperations(3, 3, program("x y z", "x*y", "x*y+z", "x*y-z"));
        assertOperations(3, 3, program("x y z", "sin(x*y)", "x*y+z"));
    }

    @Test
    void operationsOnceABatchAreCounted() {
        var g = new ProgramBuilder();
        int u = g.input(true);
        int x = g.input();
        Program p = g.build(g.times(x, g.times(u, u)));
        Report report = Elimination.jacobian(p, Order.REVERSE, Zeros.GUARDED, 1).report();
        assertEquals(2, report.functionOperations());
        assertEquals(2, report.derivativeOperations(), "the derivative is u², which is there");
        assertEquals(1, report.uniformOperations());
        assertEquals(2, report.guards(), "the value and the derivative must be numbers");
    }
}
