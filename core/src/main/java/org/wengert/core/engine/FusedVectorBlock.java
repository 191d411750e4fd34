package org.wengert.core.engine;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.Map;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.program.Guard;

/**
 * Writes a block of Vector API code. Names the API in the code that it writes only, so that it may be loaded where
 * the API is missing.
 */
final class FusedVectorBlock extends FusedBlock {

    private static final String API = FusedFormat.API;
    private static final ClassDesc VECTOR = ClassDesc.of(API + "Vector");
    private static final ClassDesc SPECIES = ClassDesc.of(API + "VectorSpecies");
    private static final ClassDesc MASK = ClassDesc.of(API + "VectorMask");
    private static final ClassDesc OPERATORS = ClassDesc.of(API + "VectorOperators");
    private static final ClassDesc UNARY = ClassDesc.of(API + "VectorOperators$Unary");
    private static final ClassDesc BINARY = ClassDesc.of(API + "VectorOperators$Binary");
    private static final ClassDesc COMPARISON = ClassDesc.of(API + "VectorOperators$Comparison");

    private final FusedFormat format;
    private final ClassDesc vector;
    private final String species;
    private final FusedVectorForms forms;
    private final Map<Long, Integer> constants = new HashMap<>();

    FusedVectorBlock(CodeBuilder code, FusedPlan plan, FusedVectorForms forms, int bits, FusedFrame frame) {
        super(code, plan, TypeKind.REFERENCE, frame);
        this.forms = forms;
        this.format = forms.format();
        this.vector = format.vector;
        this.species = "SPECIES_" + bits;
    }

    // ---- memory --------------------------------------------------------------------------------------

    private FusedVectorBlock species() {
        code.getstatic(vector, species, SPECIES);
        return this;
    }

    @Override
    void load(int array, int at, int offset) {
        species();
        index(array, at, offset);
        code.invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, format.array, CD_int));
    }

    @Override
    void store(int local, int array, int at, int offset) {
        pushLocal(local);
        index(array, at, offset);
        code.invokevirtual(vector, "intoArray", MethodTypeDesc.of(CD_void, format.array, CD_int));
    }

    @Override
    void uniform(int v) {
        species();
        code.aload(frame.u()).loadConstant(v).daload();
        if (format == FusedFormat.SINGLE) {
            code.d2f();
        }
        broadcast();
    }

    /** A constant, from a local variable of the block's: a block broadcasts each but once. */
    @Override
    void constant(double c) {
        long bits = Double.doubleToRawLongBits(c);
        Integer local = constants.get(bits);
        if (local == null) {
            species();
            if (format == FusedFormat.SINGLE) {
                code.loadConstant((float) c);
            } else {
                code.loadConstant(c);
            }
            broadcast();
            local = keepTemporary();
            constants.put(bits, local);
        }
        pushLocal(local);
    }

    private void broadcast() {
        code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, format.number));
    }

    // ---- operations on the stack; each returns this, so that forms read from left to right -------------

    FusedVectorBlock x(int local) {
        pushLocal(local);
        return this;
    }

    FusedVectorBlock c(double constant) {
        constant(constant);
        return this;
    }

    @Override
    void add() {
        call("add");
    }

    @Override
    void multiply() {
        call("mul");
    }

    @Override
    void negate() {
        call1("neg");
    }

    @Override
    void multiplyAdd() {
        code.invokevirtual(vector, "fma", MethodTypeDesc.of(vector, VECTOR, VECTOR));
    }

    @Override
    void multiplyAddOrNot() {
        multiplyAdd();
    }

    /** {@code add sub mul div min max}. */
    FusedVectorBlock call(String name) {
        code.invokevirtual(vector, name, MethodTypeDesc.of(vector, VECTOR));
        return this;
    }

    /** {@code neg abs sqrt}. */
    FusedVectorBlock call1(String name) {
        code.invokevirtual(vector, name, MethodTypeDesc.of(vector));
        return this;
    }

    /** A function of one argument by the name of its operator. */
    FusedVectorBlock unary(String operator) {
        code.getstatic(OPERATORS, operator, UNARY);
        code.invokevirtual(vector, "lanewise", MethodTypeDesc.of(vector, UNARY));
        return this;
    }

    /** A function of two arguments, of which the second is in a local variable. */
    FusedVectorBlock binary(String operator, int y) {
        code.getstatic(OPERATORS, operator, BINARY);
        pushLocal(y);
        code.invokevirtual(vector, "lanewise", MethodTypeDesc.of(vector, BINARY, VECTOR));
        return this;
    }

    /** v, w → v, but w where left compares with right. */
    FusedVectorBlock where(int left, String comparison, int right) {
        mask(left, comparison, right);
        return blend();
    }

    FusedVectorBlock mask(int left, String comparison, int right) {
        pushLocal(left);
        code.getstatic(OPERATORS, comparison, COMPARISON);
        pushLocal(right);
        code.invokevirtual(vector, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
        return this;
    }

    FusedVectorBlock and(int mask) {
        return maskWith("and", mask);
    }

    FusedVectorBlock or(int mask) {
        return maskWith("or", mask);
    }

    FusedVectorBlock andNot(int mask) {
        return maskWith("andNot", mask);
    }

    private FusedVectorBlock maskWith(String name, int mask) {
        pushLocal(mask);
        code.invokevirtual(MASK, name, MethodTypeDesc.of(MASK, MASK));
        return this;
    }

    FusedVectorBlock blend() {
        code.invokevirtual(vector, "blend", MethodTypeDesc.of(vector, VECTOR, MASK));
        return this;
    }

    /** |magnitude| with the sign of another. */
    FusedVectorBlock copySign(int magnitude, int sign) {
        bits(magnitude).and(Long.MAX_VALUE, Integer.MAX_VALUE);
        bits(sign).and(Long.MIN_VALUE, Integer.MIN_VALUE);
        code.invokevirtual(format.wholeVector, "or", MethodTypeDesc.of(format.wholeVector, VECTOR));
        code.invokevirtual(format.wholeVector, format.fromWhole, MethodTypeDesc.of(vector));
        return this;
    }

    private FusedVectorBlock bits(int local) {
        pushLocal(local);
        code.invokevirtual(vector, format.toWhole, MethodTypeDesc.of(format.wholeVector));
        return this;
    }

    /** The bits of a mask of 64 or of 32. */
    private void and(long mask, int shortMask) {
        if (format == FusedFormat.SINGLE) {
            code.loadConstant(shortMask);
        } else {
            code.loadConstant(mask);
        }
        code.invokevirtual(format.wholeVector, "and", MethodTypeDesc.of(format.wholeVector, format.whole));
    }

    /** Moves the top of the stack to a local variable. */
    int keep() {
        return keepTemporary();
    }

    @Override
    void apply(Elementary row, int[] x) {
        forms.form(row).write(this, x);
    }

    @Override
    void addFailure(Guard g, int left, int right) {
        int sum = keep();
        c(1);
        int one = keep();
        c(0);
        int zero = keep();
        x(g.outcome() ? one : zero).x(g.outcome() ? zero : one);
        switch (g.relation()) {
            case LESS -> mask(left, "LT", right);
            case AT_MOST -> mask(left, "LE", right);
            case EQUAL -> mask(left, "EQ", right);
            case SAME -> same(left, right);
        }
        blend().x(sum).call("add");
        if (!forms.decides(p, g)) {
            addTooClose(left, right, one, zero);
        }
    }

    /** Adds 1 where two numbers are too close for their relation to be sure, or one of them is not finite. */
    private void addTooClose(int left, int right, int one, int zero) {
        int sum = keep();
        int apart = x(left).x(right).call("sub").call1("abs").keep();
        x(left).call1("abs").x(right).call1("abs").call("add").c(SingleTileCode.CLOSE).c(Float.MIN_NORMAL).multiplyAdd();
        int least = keep();
        x(one).x(zero).where(apart, "GT", least).x(sum).call("add");
    }

    /** Equal bits, or both NaN. */
    private void same(int left, int right) {
        bits(left);
        code.getstatic(OPERATORS, "EQ", COMPARISON);
        bits(right);
        code.invokevirtual(format.wholeVector, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
        species();
        code.invokevirtual(MASK, "cast", MethodTypeDesc.of(MASK, SPECIES));
        int equal = keep();
        mask(left, "NE", left);
        int nan = keep();
        mask(right, "NE", right).and(nan).or(equal);
    }

    // ---- addresses -----------------------------------------------------------------------------------

    private void index(int array, int at, int offset) {
        code.aload(array);
        if (at == FusedFrame.NONE) {
            code.loadConstant(offset);
        } else {
            code.iload(at);
            if (offset != 0) {
                code.loadConstant(offset).iadd();
            }
        }
    }
}
