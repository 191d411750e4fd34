package org.wengert.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;

class HotSwapTest {

    private static final Program SINE = Tracer.trace(new double[1], x -> new Scalar[] {sin(x[0]).times(x[0])});

    private static double[][] run(TileCode code) {
        double[][] points = new double[100][];
        for (int p = 0; p < 100; p++) {
            points[p] = new double[] {p * 0.1};
        }
        return Tiles.run(SINE, code, points);
    }

    @Test
    void theSecondEngineTakesOverWhenItHasCompiledAHotProgram() {
        List<Runnable> waiting = new ArrayList<>();
        var engine = new HotSwap(new PlainEngine(), TileInterpreter.reproducible(), 250, waiting::add);
        TileCode code = engine.compile(SINE);
        TileCode first = code.now();
        double[][] expected = run(new PlainEngine().compile(SINE));
        for (int round = 0; round < 5; round++) {
            assertEquals(round < 3 ? 0 : 1, waiting.size());
            assertArrayEquals(expected, run(code));
        }
        assertSame(first, code.now());
        waiting.forEach(Runnable::run);
        assertNotSame(first, code.now());
        assertArrayEquals(expected, run(code));
        assertArrayEquals(expected, run(first));
        assertArrayEquals(expected, run(code.now()));
    }

    @Test
    void theFirstEngineGoesOnIfTheSecondCannot() {
        Engine cannot = new Engine() {
            @Override
            public TileCode compile(Program program) {
                throw new UnsupportedOperationException("not this one");
            }

            @Override
            public String description() {
                return "none";
            }
        };
        var engine = new HotSwap(new PlainEngine(), cannot, 0, Runnable::run);
        TileCode code = engine.compile(SINE);
        double[][] expected = run(code);
        assertArrayEquals(expected, run(code));
        assertEquals("plain: one point after the other; once hot none", engine.description());
    }
}
