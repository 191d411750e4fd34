package org.wengert.core.engine;

import org.wengert.core.program.Program;

/** A way of running programs. Stateless as far as results are concerned, and safe to share between threads. */
public interface Engine {

    /**
     * Code for a program.
     *
     * @param program what to run; its guards become the column of failures, see {@link TileCode}
     * @return immutable, safe to share between threads
     */
    TileCode compile(Program program);

    /**
     * Code for a program in single precision; see {@link SingleTileCode} for what that means. Unless an engine has code of its own,
     * results are those of {@link #compile}, each rounded once.
     *
     * @param program what to run; its guards become the column of failures
     * @return immutable, safe to share between threads
     */
    default SingleTileCode compileSingle(Program program) {
        return new WidenedTile(program, compile(program));
    }

    /**
     * Code that adds up the outputs of a program over points; see {@link SumCode}. Unless an engine has code of its own, the columns of
     * {@link #compile} are added up.
     *
     * @param program what to run
     * @return immutable, safe to share between threads
     */
    default SumCode sums(Program program) {
        return new ColumnSums(program);
    }

    /** What this engine is, in one line: kind, vector width, and why. */
    String description();
}
