package org.wengert.core.engine;

import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.program.Program;

/** The forms of code for one point: as lane by lane, and rows on arrays too run in blocks. */
final class PointForms implements FusedForms {

    private final FusedScalarForms forms = new FusedScalarForms(false);

    /** Whether a row is called with an array of its operands. */
    static boolean takesArray(Elementary row) {
        return row instanceof Nary && !FusedPlan.isFold(row) && FusedScalarForms.form(row) == null;
    }

    @Override
    public FusedPlan.Kind kind(Program p, int v) {
        return FusedPlan.Kind.SCALAR;
    }

    @Override
    public FusedPlan.Kind plainKind() {
        return FusedPlan.Kind.SCALAR;
    }

    @Override
    public boolean addsUp(Elementary row) {
        return false;
    }

    @Override
    public boolean goesInPieces(Elementary row) {
        return row instanceof Nary && FusedScalarForms.form(row) == null;
    }

    @Override
    public Room room(FusedPlan.Kind kind) {
        return forms.room(kind);
    }

    @Override
    public int size(Elementary row, int operands) {
        return forms.size(row, operands);
    }

    @Override
    public int calls(Elementary row) {
        return 0;
    }
}
