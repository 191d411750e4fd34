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

    /**
     * How much room there is in a block, and what things take of it, in a unit of the forms' own.
     *
     * @param most           for operations, what they load and what they store
     * @param mostWithGuards with the guards that are checked at the end
     * @param load           a value that is loaded
     * @param store          a value that is stored
     * @param guard          a guard
     */
    record Room(int most, int mostWithGuards, int load, int store, int guard) {}

    /** The room in a block of that kind. */
    Room room(FusedPlan.Kind kind);

    /** What a row of so many operands takes of it, loading and storing apart. */
    int size(Elementary row, int operands);

    /** How many calls of mathematics a row takes. */
    int calls(Elementary row);
}
