package org.wengert.core.engine;

import java.util.function.BiFunction;
import org.wengert.core.program.Program;

/**
 * An engine whose code is fast from the first call on, because compiling takes as long as that takes: generated code is run
 * on tiles of made-up points until C2 has compiled it (interpreted vector code is hundreds of times slower), and timed
 * against the code of another engine. Code that is not faster than the other's is refused.
 */
final class WarmedEngine implements Engine {

    private final Engine engine;
    private final Engine other;

    /** The first engine, where it is faster than the second. */
    WarmedEngine(Engine engine, Engine other) {
        this.engine = engine;
        this.other = other;
    }

    /**
     * Takes up to seconds.
     *
     * @throws UnsupportedOperationException if the code cannot be made or is not faster
     */
    @Override
    public TileCode compile(Program program) {
        return warmed(program, Engine::compile, WarmUp::of);
    }

    /**
     * Takes up to seconds.
     *
     * @throws UnsupportedOperationException if the code cannot be made or is not faster
     */
    @Override
    public SingleTileCode compileSingle(Program program) {
        return warmed(program, Engine::compileSingle, WarmUp::of);
    }

    /**
     * Takes up to seconds.
     *
     * @throws UnsupportedOperationException if the code cannot be made or is not faster
     */
    @Override
    public SumCode sums(Program program) {
        return warmed(program, Engine::sums, (p, slow, sums) -> WarmUp.of(p, other.compile(p), slow, sums));
    }

    /** Sets code beside slower code. */
    private interface Beside<C> {
        WarmUp of(Program program, C slow, C code);
    }

    private <C> C warmed(Program program, BiFunction<Engine, Program, C> compiler, Beside<C> beside) {
        C code;
        WarmUp warmUp;
        try {
            code = compiler.apply(engine, program);
            warmUp = beside.of(program, compiler.apply(other, program), code);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            throw new UnsupportedOperationException("no code for a " + program, e);
        }
        String why = warmUp.run();
        if (!why.isEmpty()) {
            throw new UnsupportedOperationException(why);
        }
        return code;
    }

    @Override
    public String description() {
        return engine.description();
    }
}
