package org.wengert.gallery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wengert.core.Jacobian;
import org.wengert.linalg.chain.ChainPlan;

class ForwardOrReverseTest {

    @Test
    void tangentsAndAdjointsOfTheTraceAreThoseOnPaper() {
        double[][] trace = ForwardOrReverse.trace();
        double[][] paper = {
            {2, 1, 0, 0.5},
            {5, 0, 1, 0.2 - Math.cos(5)},
            {10, 5, 2, 0.1},
            {Math.log(10), 0.5, 0.2, 1},
            {Math.sin(5), 0, Math.cos(5), -1},
            {Math.log(10) - Math.sin(5), 0.5, 0.2 - Math.cos(5), 1},
        };
        for (int i = 0; i < paper.length; i++) {
            assertArrayEquals(paper[i], trace[i], 1e-15, "step " + (i + 1));
        }
    }

    @Test
    void forwardModeIsCheaperForFewInputsAndReverseModeForFewOutputs() {
        ForwardOrReverse.Costs tall = ForwardOrReverse.costs(1, 32);
        ForwardOrReverse.Costs wide = ForwardOrReverse.costs(32, 1);
        assertTrue(1.3 * tall.forward() < tall.reverse(), tall.toString());
        assertTrue(1.3 * wide.reverse() < wide.forward(), wide.toString());
        for (int n : ForwardOrReverse.SIZES) {
            ForwardOrReverse.Costs c = ForwardOrReverse.costs(n, 8);
            assertTrue(c.elimination() <= Math.min(c.forward(), c.reverse()), c.toString());
        }
    }

    @Test
    void columnsAndRowsAreOfOneJacobian() {
        var f = ForwardOrReverse.network(3, ForwardOrReverse.HIDDEN, 2);
        double[] x = new Random(1).doubles(3).toArray();
        Jacobian jacobian = f.jacobian(x);
        for (int i = 0; i < 2; i++) {
            double[] row = f.vjp(x, ForwardOrReverse.unit(2, i)).adjoint();
            for (int j = 0; j < 3; j++) {
                double entry = f.jvp(x, ForwardOrReverse.unit(3, j)).tangent()[i];
                assertEquals(entry, row[j], 1e-15);
                assertEquals(entry, jacobian.get(i, j), 1e-15);
            }
        }
    }

    @Test
    void theBestBracketingOfAChainBeatsBothPureModes() {
        ChainPlan plan = ForwardOrReverse.chain(40, 30, 4, 30, 40);
        assertTrue(2 * plan.multiplications() < Math.min(plan.forwardMultiplications(), plan.reverseMultiplications()), plan.toString());
    }
}
