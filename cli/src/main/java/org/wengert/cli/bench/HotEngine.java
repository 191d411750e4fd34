package org.wengert.cli.bench;

import java.util.ArrayList;
import java.util.List;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.Engines;
import org.wengert.core.engine.TileCode;
import org.wengert.core.program.Program;

/** The engine that users get: the interpreter serves until fused kernels, made in the background, are faster. */
final class HotEngine implements Engine {

    /** A kernel that has not taken over after so many nanoseconds was refused: it was not faster. */
    private static final long PATIENCE = 8_000_000_000L;

    /** Code with what it was at first, and when. */
    private record Made(TileCode code, TileCode first, long when) {
        boolean isSettled() {
            return code.now() != first || System.nanoTime() - when > PATIENCE;
        }
    }

    private final List<Made> made = new ArrayList<>();

    @Override
    public TileCode compile(Program program) {
        TileCode code = Engines.standard().compile(program);
        made.add(new Made(code, code.now(), System.nanoTime()));
        return code;
    }

    @Override
    public String description() {
        return Engines.standard().description();
    }

    /** Whether it is decided for all programs which code is the faster. */
    boolean settled() {
        return made.stream().allMatch(Made::isSettled);
    }
}
