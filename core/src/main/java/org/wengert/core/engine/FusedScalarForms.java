package org.wengert.core.engine;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Exponentials;
import org.wengert.core.elementary.Hyperbolics;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Piecewise;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Trigonometry;
import org.wengert.core.elementary.Unary;
import org.wengert.core.elementary.ZeroLaws;
import org.wengert.core.program.Program;

/**
 * The rows that have a form in plain double arithmetic of their own; all others are called. Bit for bit what the rows
 * compute.
 */
final class FusedScalarForms implements FusedForms {

    /** Writes a form; operands are in local variables, the result is left on the stack. */
    @FunctionalInterface
    interface Form {
        void write(FusedScalarBlock b, int[] x);
    }

    private static final IdentityHashMap<Elementary, Form> FORMS = forms();

    private final boolean contracts;

    /** Forms; with contraction, sums take products in. */
    FusedScalarForms(boolean contracts) {
        this.contracts = contracts;
    }

    static @Nullable Form form(Elementary row) {
        return FORMS.get(row);
    }

    private static IdentityHashMap<Elementary, Form> forms() {
        IdentityHashMap<Elementary, Form> forms = new IdentityHashMap<>();
        forms.put(Operations.PLUS, (b, x) -> b.x(x[0]).x(x[1]).code.dadd());
        forms.put(Operations.MINUS, (b, x) -> b.x(x[0]).x(x[1]).code.dsub());
        forms.put(Operations.TIMES, (b, x) -> b.x(x[0]).x(x[1]).code.dmul());
        forms.put(Operations.DIV, (b, x) -> b.x(x[0]).x(x[1]).code.ddiv());
        forms.put(Operations.NEGATE, (b, x) -> b.x(x[0]).code.dneg());
        forms.put(Operations.SQUARE, (b, x) -> b.x(x[0]).x(x[0]).code.dmul());
        forms.put(Operations.RECIPROCAL, (b, x) -> {
            b.code.loadConstant(1.0);
            b.x(x[0]).code.ddiv();
        });
        forms.put(Operations.FMA, (b, x) -> b.x(x[0]).x(x[1]).x(x[2]).math("fma", 3));
        forms.put(Piecewise.SELECT, (b, x) -> {
            CodeBuilder code = b.x(x[0]).code;
            Label other = code.newLabel();
            Label done = code.newLabel();
            code.loadConstant(0.0).dcmpl().ifle(other);
            b.x(x[1]).code.goto_(done).labelBinding(other);
            b.x(x[2]).code.labelBinding(done);
        });
        forms.put(ZeroLaws.ABSORB, (b, x) -> {
            CodeBuilder code = b.x(x[1]).code;
            Label zero = code.newLabel();
            Label done = code.newLabel();
            code.loadConstant(0.0).dcmpl().ifeq(zero);
            b.x(x[0]).x(x[1]).code.dmul().goto_(done).labelBinding(zero).loadConstant(0.0).labelBinding(done);
        });
        math(forms, Powers.SQRT);
        math(forms, Powers.CBRT);
        math(forms, Powers.POW);
        math(forms, Powers.HYPOT);
        math(forms, Exponentials.EXP);
        math(forms, Exponentials.EXPM1);
        math(forms, Exponentials.LOG);
        math(forms, Exponentials.LOG10);
        math(forms, Exponentials.LOG1P);
        math(forms, Trigonometry.SIN);
        math(forms, Trigonometry.COS);
        math(forms, Trigonometry.TAN);
        math(forms, Trigonometry.ASIN);
        math(forms, Trigonometry.ACOS);
        math(forms, Trigonometry.ATAN);
        math(forms, Trigonometry.ATAN2);
        math(forms, Hyperbolics.SINH);
        math(forms, Hyperbolics.COSH);
        math(forms, Hyperbolics.TANH);
        math(forms, Piecewise.ABS);
        math(forms, Piecewise.MIN);
        math(forms, Piecewise.MAX);
        math(forms, Piecewise.FLOOR);
        math(forms, Piecewise.CEIL);
        math(forms, Piecewise.RINT);
        math(forms, Piecewise.SIGNUM);
        math(forms, Piecewise.COPY_SIGN);
        return forms;
    }

    /** A row that is the function of {@link Math} of its name. */
    private static void math(IdentityHashMap<Elementary, Form> forms, Unary row) {
        forms.put(row, (b, x) -> b.x(x[0]).math(row.name(), 1));
    }

    private static void math(IdentityHashMap<Elementary, Form> forms, Binary row) {
        forms.put(row, (b, x) -> b.x(x[0]).x(x[1]).math(row.name(), 2));
    }

    @Override
    public FusedPlan.Kind kind(Program p, int v) {
        Elementary row = p.row(v);
        boolean plain = row instanceof Unary || row instanceof Binary || FusedPlan.isFold(row) || FORMS.containsKey(row);
        return plain ? FusedPlan.Kind.SCALAR : FusedPlan.Kind.ARRAY;
    }

    @Override
    public FusedPlan.Kind plainKind() {
        return FusedPlan.Kind.SCALAR;
    }

    @Override
    public boolean addsUp(Elementary row) {
        return contracts && (row == Operations.PLUS || row == Operations.MINUS || row == Reductions.SUM);
    }

    /** In bytes of code, which stay under 8,000 even where estimates are wrong: longer methods are never compiled. */
    static final Room BYTES = new Room(6000, 7400, 18, 18, 50);

    @Override
    public Room room(FusedPlan.Kind kind) {
        return BYTES;
    }

    @Override
    public int size(Elementary row, int operands) {
        return FusedPlan.isFold(row) ? 12 * operands : 20 + 8 * operands;
    }

    @Override
    public int calls(Elementary row) {
        return 0;
    }
}
