package org.wengert.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.lang.classfile.ClassFile;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
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

    /** What can keep code from being made: the engine says no, no memory, a class that is refused, too deep a recursion, a bug. */
    private static final List<Supplier<Throwable>> FAULTS = List.of(
            () -> new UnsupportedOperationException("not this one"), () -> new OutOfMemoryError("Metaspace"),
            () -> new VerifyError("refused"), StackOverflowError::new, () -> new IllegalStateException("bug"), AssertionError::new);

    /** Throws an error, or gives the exception to throw. */
    private static RuntimeException thrown(Supplier<Throwable> fault) {
        return switch (fault.get()) {
            case Error e -> throw e;
            case RuntimeException e -> e;
            default -> throw new AssertionError("all faults are unchecked");
        };
    }

    private static Engine failing(Supplier<Throwable> fault) {
        return new Engine() {
            @Override
            public TileCode compile(Program program) {
                throw thrown(fault);
            }

            @Override
            public String description() {
                return "none";
            }
        };
    }

    @Test
    void theFirstEngineGoesOnIfTheSecondCannot() {
        double[][] expected = run(new PlainEngine().compile(SINE));
        for (Supplier<Throwable> fault : FAULTS) {
            var engine = new HotSwap(new PlainEngine(), failing(fault), 0, Runnable::run);
            TileCode code = engine.compile(SINE);
            assertArrayEquals(expected, run(code));
            assertArrayEquals(expected, run(code));
            assertEquals("plain: one point after the other; once hot none", engine.description());
        }
    }

    @Test
    void walkingGoesOnIfAPointCannotBeCompiled() {
        for (Supplier<Throwable> fault : FAULTS) {
            PointCode code = new PointSwap(SINE, _ -> {
                throw thrown(fault);
            }, 2, Runnable::run);
            for (int k = 0; k < 5; k++) {
                double[] out = new double[1];
                assertTrue(code.run(new double[] {k}, out));
                assertEquals(Math.sin(k) * k, out[0]);
            }
        }
    }

    @Test
    void noThreadToCompileInIsNoFailure() {
        for (Supplier<Throwable> fault : List.<Supplier<Throwable>>of(
                () -> new OutOfMemoryError("unable to create native thread"), RejectedExecutionException::new)) {
            Executor none = _ -> {
                throw thrown(fault);
            };
            TileCode code = new HotSwap(new PlainEngine(), TileInterpreter.reproducible(), 0, none).compile(SINE);
            double[][] expected = run(code);
            assertArrayEquals(expected, run(code));
            PointCode point = new PointSwap(SINE, PointEngine.compiled(), 1, none);
            for (int k = 0; k < 3; k++) {
                double[] out = new double[1];
                assertTrue(point.run(new double[] {k}, out));
                assertEquals(Math.sin(k) * k, out[0]);
            }
        }
    }

    @Test
    void aClassThatIsRefusedIsALinkageError() {
        // A method without a return instruction: the verifier refuses the class.
        assertThrows(LinkageError.class, () -> FusedClass.load(Runnable.class, (builder, _) ->
                builder.withMethodBody("run", MethodTypeDesc.of(ConstantDescs.CD_void), ClassFile.ACC_PUBLIC, code -> code.nop())));
    }
}
