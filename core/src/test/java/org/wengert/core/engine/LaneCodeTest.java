package org.wengert.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;

class LaneCodeTest {

    private static final int WEIGHTS = 20;

    /** 20 weights, which are uniform, and 20 varying inputs to 2 outputs. */
    private static Program program() {
        double[] at = new Random(1).doubles(2 * WEIGHTS, 0.5, 1.5).toArray();
        int[] uniform = new int[WEIGHTS];
        Arrays.setAll(uniform, i -> i);
        return Tracer.trace(at, x -> {
            Scalar[] terms = new Scalar[WEIGHTS];
            Arrays.setAll(terms, i -> x[i].times(x[WEIGHTS + i]).plus(sin(x[WEIGHTS + i])));
            return new Scalar[] {ScalarMath.sum(terms), terms[0].minus(terms[1])};
        }).withUniform(uniform);
    }

    private static PointCode plain(Program p) {
        return PointEngine.plain().compile(p);
    }

    @Test
    void eightPointsSideBySideGiveTheValuesOfEachOnceTheProgramIsHot() {
        Program p = program();
        List<Runnable> waiting = new ArrayList<>();
        var code = new LaneCode(p, plain(p), waiting::add);
        var room = new LaneCode.Room();
        double[] w = new Random(2).doubles(WEIGHTS, 0.5, 1.5).toArray();
        double[] in = new Random(3).doubles(WEIGHTS * LaneCode.LANES, -1, 1).toArray();
        double[] out = new double[2 * LaneCode.LANES];
        double[] uniform = new double[p.firstVarying()];
        Uniforms.evaluate(p, w, uniform);
        code.missed(10);
        assertEquals(0, waiting.size());
        code.missed(1_000_000);
        code.missed(1_000_000);
        assertEquals(1, waiting.size());
        assertFalse(code.isReady());
        assertFalse(code.run(uniform, in, out, room));
        waiting.forEach(Runnable::run);
        assertTrue(code.isReady());
        assertTrue(code.run(uniform, in, out, room));
        for (int k = 0; k < LaneCode.LANES; k++) {
            double[] x = Arrays.copyOf(w, 2 * WEIGHTS);
            for (int i = 0; i < WEIGHTS; i++) {
                x[WEIGHTS + i] = in[LaneCode.LANES * i + k];
            }
            double[] expected = p.value(x);
            assertEquals(expected[0], out[k], 1e-13);
            assertEquals(expected[1], out[LaneCode.LANES + k], 1e-13);
        }
    }

    @Test
    void aGuardThatFailsAtOnePointIsTold() {
        Program p = Tracer.trace(new double[] {2, 1}, x -> new Scalar[] {x[1].isLessThan(x[0]) ? x[1].times(x[0]) : x[0]})
                .withUniform(0);
        assertEquals(1, p.guards().size());
        var code = new LaneCode(p, plain(p), Runnable::run);
        code.missed(1_000_000);
        assertTrue(code.isReady());
        double[] uniform = new double[p.firstVarying()];
        Uniforms.evaluate(p, new double[] {2}, uniform);
        double[] in = {1, 1, 1, 1, 1, 1, 1, 1.5};
        double[] out = new double[LaneCode.LANES];
        assertTrue(code.run(uniform, in, out, new LaneCode.Room()));
        assertEquals(3, out[7]);
        in[6] = 4;
        assertFalse(code.run(uniform, in, out, new LaneCode.Room()));
    }

    @Test
    void longProgramsAreLeftAlone() {
        Program p = Tracer.trace(new double[1], x -> {
            Scalar y = x[0];
            for (int i = 0; i < 20_000; i++) {
                y = y.times(x[0]).plus(1);
            }
            return new Scalar[] {y};
        });
        List<Runnable> waiting = new ArrayList<>();
        var code = new LaneCode(p, plain(p), waiting::add);
        code.missed(1_000_000);
        assertEquals(0, waiting.size());
    }
}
