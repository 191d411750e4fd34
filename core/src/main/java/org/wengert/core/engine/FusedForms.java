package org.wengert.core.engine;

import org.wengert.core.elementary.Elementary;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;

/** What a generator of code can do with which operation. */
interface FusedForms {

    /** The kind of block that operation v of p runs in. */
    FusedPlan.Kind kind(Program p, int v);

    /** The kind of block for what is no operation: copies and guards. */
    FusedPlan.Kind plainKind();

    /** Whether the code checks a guard; others are seen to by whoever runs it. */
    default boolean checks(Program p, Guard g) {
        return true;
    }

    /** Whether a row is a sum that products can be joined with. */
    boolean addsUp(Elementary row);

    /** Whether operations of that row with many operands are worked off in pieces. */
    default boolean goesInPieces(Elementary row) {
        return FusedPlan.isFold(row);
    }

    /** How many bytes of code a row takes for so many operands, loading and storing apart. */
    int bytes(Elementary row, int operands);

    /** How many calls of mathematics a row takes. */
    int calls(Elementary row);
}
