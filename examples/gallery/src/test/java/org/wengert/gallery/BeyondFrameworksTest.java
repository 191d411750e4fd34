package org.wengert.gallery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.Points;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.FusedEngine;
import org.wengert.core.engine.PlainEngine;
import org.wengert.core.engine.TileInterpreter;
import org.wengert.core.engine.roll.RollReport;
import org.wengert.core.program.Program;

class BeyondFrameworksTest {

    @Test
    void everyEngineGivesTheJacobianDerivedOnPaper() {
        double[][] arms = BeyondFrameworks.arms(600);
        double[] paper = new double[2 + 2 * RobotArm.INPUTS];
        double[] values = new double[2];
        for (Engine engine : List.of(new PlainEngine(), new TileInterpreter(), FusedEngine.fast())) {
            var jacobians = Batch.of(RobotArm.function()).withEngine(engine).jacobian(Points.ofRows(arms));
            for (int k = 0; k < arms.length; k++) {
                RobotArm.jacobian(arms[k], paper);
                RobotArm.hand(arms[k], values);
                for (int i = 0; i < 2; i++) {
                    assertEquals(values[i], paper[i]);
                    assertEquals(paper[i], jacobians.value(k, i), 1e-14, engine.description());
                    for (int j = 0; j < RobotArm.INPUTS; j++) {
                        assertEquals(paper[2 + i * RobotArm.INPUTS + j], jacobians.get(k, i, j), 1e-14, engine.description());
                    }
                }
            }
        }
    }

    @Test
    void theGradientNodeByNodeReRolledAndByHandIsOne() {
        for (int n : new int[] {2, 20, 1000}) {
            Program p = Rerolling.gradient(n);
            double[] x = Rerolling.point(n);
            double[] byHand = new double[n + 1];
            double[] gradient = new double[n];
            byHand[0] = Rerolling.byHand(x, gradient);
            System.arraycopy(gradient, 0, byHand, 1, n);
            double[] nodeByNode = new double[n + 1];
            assertTrue(p.run(x, nodeByNode, p.newWorkspace()));
            assertArrayEquals(byHand, nodeByNode, 1e-12 * byHand[0]);
            double[] rolled = new double[n + 1];
            assertTrue(Rerolling.rolled(p).run(x, rolled));
            assertArrayEquals(byHand, rolled, 1e-12 * byHand[0]);
        }
    }

    @Test
    void whatIsFoundInALoopDoesNotGrowWithIt() {
        Program small = Rerolling.gradient(20);
        Program large = Rerolling.gradient(2000);
        RollReport few = Rerolling.rolled(small).report();
        RollReport many = Rerolling.rolled(large).report();
        assertEquals(few.instructions(), many.instructions());
        assertEquals(few.lone(), many.lone());
        assertTrue(many.instructions() <= 25 && few.instructions() > 0, many.toString());
        assertTrue(large.operations() > 90 * small.operations());
    }

    @Test
    void thePictureShowsEveryOperationOnceInRowsThatDoNotDependOnEachOther() {
        Program p = Rerolling.gradient(20);
        Map<String, List<Integer>> kinds = Rerolling.kinds(p);
        assertEquals(Rerolling.kinds(Rerolling.gradient(40)).size(), kinds.size());
        Set<Integer> seen = new HashSet<>();
        for (List<Integer> kind : kinds.values()) {
            for (int v : kind) {
                assertTrue(seen.add(v));
                assertEquals(p.row(kind.getFirst()), p.row(v));
                assertTrue(IntStream.range(0, p.operandCount(v)).noneMatch(i -> kind.contains(p.operand(v, i))));
            }
        }
        assertEquals(p.operations(), seen.size());
    }

    @Test
    void theCudaKernelHasAStatementForEachOperationAndOutputOfTheProgram() {
        Program p = BeyondFrameworks.polar();
        String kernel = BeyondFrameworks.kernel(p);
        for (int v = 0; v < p.nodes(); v++) {
            assertEquals(1, Pattern.compile("const double v" + v + " = ").matcher(kernel).results().count(), "v" + v + " in " + kernel);
        }
        for (int i = 0; i < p.outputs(); i++) {
            assertTrue(kernel.contains("out[" + i + " * outStride + i] = v" + p.output(i) + ";"), kernel);
        }
        assertTrue(kernel.startsWith("extern \"C\" __global__ void") && kernel.endsWith("}"), kernel);
    }
}
