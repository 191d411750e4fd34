package org.wengert.core.engine;

import java.util.IdentityHashMap;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Exponentials;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Hyperbolics;
import org.wengert.core.elementary.Learning;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Piecewise;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Trigonometry;
import org.wengert.core.elementary.Unary;
import org.wengert.core.elementary.ZeroLaws;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;

/**
 * The rows that have a form in Vector API code, and that form. All others run lane by lane.
 *
 * <p>Exact forms give the bits of the row itself; in single precision, the row's value of rounded operands, rounded. The transcendental
 * functions are the JDK's vector mathematics, within 1 ulp of the exact value, and what is made of them a few ulp.
 */
final class FusedVectorForms implements FusedForms {

    /** Writes a form; operands are in local variables, the result is left on the stack. */
    @FunctionalInterface
    interface Form {
        void write(FusedVectorBlock b, int[] x);
    }

    /**
     * In virtual registers of the JVM's first compiler, of which it has 10,000 for a method. Where it runs out of them, it leaves the method to be
     * interpreted, or to run without being profiled, which keeps the second compiler from ever seeing it: ten times slower and more. A load and a store become
     * many operations each, since it puts the library's code in their place; operations on vectors stay calls. The figures are upper bounds, found by
     * watching which blocks are compiled ({@code -XX:+PrintCompilation}: "out of virtual registers").
     */
    private static final Room REGISTERS = new Room(Integer.getInteger("wengert.fused.block", 9500), 9800, 72, 70, 300);

    private static final int CALL = 30;

    private static final double LN_2 = 0.6931471805599453;
    private static final double RADIANS_PER_DEGREE = 0.017453292519943295;
    private static final double DEGREES_PER_RADIAN = 57.29577951308232;

    private final FusedFormat format;
    private final IdentityHashMap<Elementary, Form> forms = new IdentityHashMap<>();
    private final IdentityHashMap<Elementary, Integer> calls = new IdentityHashMap<>();

    /**
     * The forms of a vector width.
     *
     * @param format  what the vectors hold
     * @param exactly whether forms that differ from the row in the last bits are left out
     */
    FusedVectorForms(FusedFormat format, int bits, boolean exactly) {
        this.format = format;
        arithmetic();
        piecewise();
        if (!exactly) {
            mathematics(bits);
            combinations();
        }
    }

    FusedFormat format() {
        return format;
    }

    Form form(Elementary row) {
        Form form = forms.get(row);
        if (form == null) {
            throw new AssertionError(row + " has no vector form");
        }
        return form;
    }

    // ---- the table -----------------------------------------------------------------------------------

    private void arithmetic() {
        forms.put(Operations.PLUS, (b, x) -> b.x(x[0]).x(x[1]).call("add"));
        forms.put(Operations.MINUS, (b, x) -> b.x(x[0]).x(x[1]).call("sub"));
        forms.put(Operations.TIMES, (b, x) -> b.x(x[0]).x(x[1]).call("mul"));
        forms.put(Operations.DIV, (b, x) -> b.x(x[0]).x(x[1]).call("div"));
        forms.put(Operations.NEGATE, (b, x) -> b.x(x[0]).call1("neg"));
        forms.put(Operations.SQUARE, (b, x) -> b.x(x[0]).x(x[0]).call("mul"));
        forms.put(Operations.RECIPROCAL, (b, x) -> b.c(1).x(x[0]).call("div"));
        forms.put(Operations.FMA, (b, x) -> b.x(x[0]).x(x[1]).x(x[2]).multiplyAdd());
        forms.put(Powers.SQRT, (b, x) -> b.x(x[0]).call1("sqrt"));
        forms.put(Trigonometry.TO_RADIANS, (b, x) -> b.x(x[0]).c(RADIANS_PER_DEGREE).call("mul"));
        forms.put(Trigonometry.TO_DEGREES, (b, x) -> b.x(x[0]).c(DEGREES_PER_RADIAN).call("mul"));
    }

    private void piecewise() {
        forms.put(Piecewise.ABS, (b, x) -> b.x(x[0]).call1("abs"));
        forms.put(Piecewise.MIN, (b, x) -> b.x(x[0]).x(x[1]).call("min"));
        forms.put(Piecewise.MAX, (b, x) -> b.x(x[0]).x(x[1]).call("max"));
        forms.put(Piecewise.CLAMP, (b, x) -> b.x(x[2]).x(x[0]).x(x[1]).call("max").call("min"));
        forms.put(Piecewise.SELECT, (b, x) -> b.x(x[2]).x(x[1]).where(x[0], "GT", zero(b)));
        forms.put(Piecewise.SIGNUM, (b, x) -> {
            int zero = zero(b);
            b.x(x[0]).c(1).where(x[0], "GT", zero).c(-1).where(x[0], "LT", zero);
        });
        forms.put(Piecewise.COPY_SIGN, (b, x) -> b.copySign(x[0], x[1]));
        forms.put(Piecewise.RINT, (b, x) -> b.x(rint(b, x[0])));
        forms.put(Piecewise.FLOOR, (b, x) -> {
            int whole = rint(b, x[0]);
            int below = b.x(whole).c(1).call("sub").keep();
            b.x(whole).x(below).where(whole, "GT", x[0]);
        });
        forms.put(Piecewise.CEIL, (b, x) -> {
            int whole = rint(b, x[0]);
            int above = b.x(whole).c(1).call("add").keep();
            int ceil = b.x(whole).x(above).where(whole, "LT", x[0]).keep();
            b.copySign(ceil, x[0]); // -0.0 above -1
        });
        forms.put(Learning.RELU, (b, x) -> b.x(x[0]).c(0).call("max"));
        forms.put(Learning.STEP, (b, x) -> {
            int zero = zero(b);
            b.c(0).c(1).where(x[0], "GT", zero).c(Double.NaN).where(x[0], "NE", x[0]);
        });
        forms.put(Learning.LEAKY_RELU, (b, x) -> b.x(x[1]).x(x[0]).call("mul").x(x[0]).where(x[0], "GT", zero(b)));
        forms.put(ZeroLaws.ABSORB, (b, x) -> b.x(x[0]).x(x[1]).call("mul").c(0).where(x[1], "EQ", zero(b)));
        forms.put(ZeroLaws.ABSORB_EITHER, (b, x) -> {
            int zero = zero(b);
            b.x(x[0]).x(x[1]).call("mul").c(0).where(x[1], "EQ", zero).c(0).where(x[0], "EQ", zero);
        });
        forms.put(ZeroLaws.WHERE_NUMBER, (b, x) -> b.x(x[0]).c(Double.NaN).where(x[1], "NE", x[1]));
    }

    private void mathematics(int bits) {
        operator(Exponentials.EXP, "EXP");
        operator(Exponentials.EXPM1, "EXPM1");
        operator(Exponentials.LOG, "LOG");
        operator(Exponentials.LOG10, "LOG10");
        operator(Exponentials.LOG1P, "LOG1P");
        operator(Trigonometry.SIN, "SIN");
        operator(Trigonometry.COS, "COS");
        operator(Trigonometry.TAN, "TAN");
        operator(Trigonometry.ASIN, "ASIN");
        operator(Trigonometry.ACOS, "ACOS");
        operator(Trigonometry.ATAN, "ATAN");
        operator(Trigonometry.ATAN2, "ATAN2");
        operator(Hyperbolics.SINH, "SINH");
        operator(Hyperbolics.COSH, "COSH");
        operator(Hyperbolics.TANH, "TANH");
        operator(Powers.CBRT, "CBRT");
        operator(Powers.HYPOT, "HYPOT");
        if (bits == 512) { // on x86 the JDK has no narrower vector code for it, only a slow loop that boxes
            call(Powers.POW, 1, this::pow);
        }
    }

    private void operator(Unary row, String operator) {
        call(row, 1, (b, x) -> b.x(x[0]).unary(operator));
    }

    private void operator(Binary row, String operator) {
        call(row, 1, (b, x) -> b.x(x[0]).binary(operator, x[1]));
    }

    private void call(Elementary row, int count, Form form) {
        forms.put(row, form);
        calls.put(row, count);
    }

    /** Rows made of the above, as in the table. */
    private void combinations() {
        call(Learning.SIGMOID, 1, (b, x) -> sigmoid(b, x[0]));
        call(Learning.SILU, 1, (b, x) -> {
            sigmoid(b, x[0]);
            int lowest = b.c(Double.NEGATIVE_INFINITY).keep();
            b.x(x[0]).call("mul").c(-0.0).where(x[0], "EQ", lowest);
        });
        call(Learning.LOG_SIGMOID, 2, (b, x) -> {
            logOfOnePlus(b, x[0]);
            int log = b.keep();
            b.x(x[0]).c(0).call("min").x(log).call("sub");
        });
        call(Learning.SOFTPLUS, 2, (b, x) -> {
            logOfOnePlus(b, x[0]);
            b.x(x[0]).c(0).call("max").call("add");
        });
        call(Hyperbolics.SECH_SQUARED, 1, (b, x) -> {
            int e = b.x(x[0]).call1("abs").c(-2).call("mul").unary("EXP").keep();
            int s = b.x(e).c(1).call("add").keep();
            b.x(e).c(4).call("mul").x(s).x(s).call("mul").call("div");
        });
        call(Learning.XLOGX, 1, (b, x) -> {
            int zero = zero(b);
            b.x(x[0]).unary("LOG").x(x[0]).call("mul").c(0).where(x[0], "EQ", zero);
        });
        call(Learning.ENTR, 1, (b, x) -> {
            int zero = zero(b);
            b.x(x[0]).unary("LOG").x(x[0]).call1("neg").call("mul").c(0).where(x[0], "EQ", zero);
        });
        call(Learning.XLOGY, 1, (b, x) -> xTimes(b, x, "LOG"));
        call(Learning.XLOG1PY, 1, (b, x) -> xTimes(b, x, "LOG1P"));
        call(Learning.ELU, 1, (b, x) -> {
            int zero = zero(b);
            b.x(x[0]).unary("EXPM1").x(x[1]).call("mul").x(x[0]).where(x[0], "GT", zero);
        });
        call(Learning.LOG_COSH, 3, FusedVectorForms::logCosh);
        call(Reductions.LOG_SUM_EXP, 1, this::logSumExp);
    }

    /** Java's power, which is NaN where |x| = 1 and y is infinite or NaN; compiled code of the JDK's vectors says 1 there. */
    private void pow(FusedVectorBlock b, int[] x) {
        int one = b.c(1).keep();
        int most = b.c(format.greatest).keep();
        int base = b.x(x[0]).call1("abs").keep();
        int exponent = b.x(x[1]).call1("abs").keep();
        int isFinite = b.mask(exponent, "LE", most).keep();
        b.x(x[0]).binary("POW", x[1]).c(Double.NaN).mask(base, "EQ", one).andNot(isFinite).blend();
    }

    private static void sigmoid(FusedVectorBlock b, int x) {
        int e = b.x(x).call1("abs").call1("neg").unary("EXP").keep();
        b.c(1).x(e).where(x, "LT", zero(b)).x(e).c(1).call("add").call("div");
    }

    /** ln(1 + e^(-|x|)). */
    private static void logOfOnePlus(FusedVectorBlock b, int x) {
        b.x(x).call1("abs").call1("neg").unary("EXP").unary("LOG1P");
    }

    /** x ln y or x ln(1 + y), 0 where x = 0 and y is a number. */
    private static void xTimes(FusedVectorBlock b, int[] x, String log) {
        int zero = zero(b);
        b.x(x[1]).unary(log).x(x[0]).call("mul").c(0).where(x[0], "EQ", zero).c(Double.NaN).where(x[1], "NE", x[1]);
    }

    private static void logCosh(FusedVectorBlock b, int[] x) {
        int a = b.x(x[0]).call1("abs").keep();
        int s = b.x(x[0]).c(0.5).call("mul").unary("SINH").keep();
        int twice = b.x(s).x(s).call("mul").c(2).call("mul").keep();
        int e = b.x(a).c(-2).call("mul").unary("EXP").keep();
        int one = b.c(1).keep();
        int log = b.x(e).x(twice).where(a, "LT", one).unary("LOG1P").keep();
        b.x(log).c(LN_2).call("sub").x(a).call("add").x(log).where(a, "LT", one);
    }

    /** xₘ + ln(1 + Σ e^(xᵢ - xₘ)), the sum over all but the first greatest xₘ. */
    private void logSumExp(FusedVectorBlock b, int[] x) {
        b.x(x[0]);
        for (int i = 1; i < x.length; i++) {
            b.x(x[i]).call("max");
        }
        int greatest = b.keep();
        int zero = zero(b);
        int others = zero;
        int taken = -1;
        for (int x1 : x) {
            int first = b.mask(x1, "EQ", greatest).keep();
            if (taken >= 0) {
                first = b.x(first).andNot(taken).keep();
                taken = b.x(taken).or(first).keep();
            } else {
                taken = first;
            }
            b.x(x1).x(greatest).call("sub").unary("EXP").x(zero).x(first).blend().x(others).call("add");
            others = b.keep();
        }
        int most = b.c(format.greatest).keep();
        int size = b.x(greatest).call1("abs").keep();
        int sum = b.x(others).unary("LOG1P").x(greatest).call("add").keep();
        b.x(greatest).x(sum).where(size, "LE", most);
    }

    private static int zero(FusedVectorBlock b) {
        return b.c(0).keep();
    }

    /** The nearest whole number: adding 2⁵² rounds it off; the sign is put back, for -0.0. */
    private int rint(FusedVectorBlock b, int x) {
        int a = b.x(x).call1("abs").keep();
        int whole = b.c(format.firstWhole).keep();
        int rounded = b.x(a).x(whole).call("add").x(whole).call("sub").keep();
        int signed = b.copySign(rounded, x).keep();
        return b.x(x).x(signed).where(a, "LT", whole).keep();
    }

    // ---- FusedForms ----------------------------------------------------------------------------------

    @Override
    public FusedPlan.Kind kind(Program p, int v) {
        Elementary row = p.row(v);
        if (FusedPlan.isFold(row) || forms.containsKey(row) && p.operandCount(v) <= MOST_OPERANDS) {
            return calls.containsKey(row) ? FusedPlan.Kind.CALLS : FusedPlan.Kind.VECTOR;
        }
        return row instanceof Unary || row instanceof Binary ? FusedPlan.Kind.SCALAR : FusedPlan.Kind.ARRAY;
    }

    /** More operands than that make a row too long for a block. */
    private static final int MOST_OPERANDS = 64;

    @Override
    public FusedPlan.Kind plainKind() {
        return FusedPlan.Kind.VECTOR;
    }

    /** In single precision uniform values are compared before they are rounded, which no vector can do. */
    @Override
    public boolean checks(Program p, Guard g) {
        return format == FusedFormat.DOUBLE || !Uniforms.isUniform(p, g);
    }

    /** Whether a guard compares its two sides as they are, so that even the smallest difference is one. */
    boolean decides(Program p, Guard g) {
        return format == FusedFormat.DOUBLE || g.left() == g.right() || isExact(p, g.left()) && isExact(p, g.right());
    }

    private boolean isExact(Program p, int v) {
        return p.isConstant(v) ? format.holds(p.constant(v)) : p.isInput(v) && !p.isUniform(v);
    }

    @Override
    public boolean addsUp(Elementary row) {
        return row == Operations.PLUS || row == Operations.MINUS || row == Reductions.SUM;
    }

    @Override
    public Room room(FusedPlan.Kind kind) {
        return kind == FusedPlan.Kind.VECTOR || kind == FusedPlan.Kind.CALLS ? REGISTERS : FusedScalarForms.BYTES;
    }

    @Override
    public int size(Elementary row, int operands) {
        if (FusedPlan.isFold(row)) {
            return CALL * operands * (row == Reductions.SUM_OF_SQUARES ? 2 : 1);
        }
        if (!forms.containsKey(row)) { // lane by lane, in bytes
            return 132 + 8 * operands;
        }
        if (row == Reductions.LOG_SUM_EXP) {
            return CALL * (8 + 10 * operands);
        }
        return isShort(row) ? CALL : calls.containsKey(row) ? 12 * CALL : 7 * CALL;
    }

    private static boolean isShort(Elementary row) {
        return row.notes().family() == Family.ARITHMETIC;
    }

    @Override
    public int calls(Elementary row) {
        return calls.getOrDefault(row, 0);
    }
}
