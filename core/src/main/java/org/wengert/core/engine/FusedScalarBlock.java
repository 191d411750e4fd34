package org.wengert.core.engine;

import static java.lang.constant.ConstantDescs.CD_double;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Guard;
import org.wengert.core.scalar.Relation;

/** Writes a block of plain double arithmetic for one point, with the bits of the rows' own functions. */
class FusedScalarBlock extends FusedBlock {

    private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
    private static final ClassDesc DOUBLE = ClassDesc.of("java.lang.Double");
    private static final ClassDesc UNARY = ClassDesc.of(DoubleUnaryOperator.class.getName());
    private static final ClassDesc BINARY = ClassDesc.of(DoubleBinaryOperator.class.getName());
    private static final MethodTypeDesc OF_ONE = MethodTypeDesc.of(CD_double, CD_double);
    private static final MethodTypeDesc OF_TWO = MethodTypeDesc.of(CD_double, CD_double, CD_double);
    private static final MethodTypeDesc OF_THREE = MethodTypeDesc.of(CD_double, CD_double, CD_double, CD_double);

    private final List<Object> classData;

    /** A block whose class has that class data, to which functions are added. */
    FusedScalarBlock(CodeBuilder code, FusedPlan plan, List<Object> classData, FusedFrame frame) {
        super(code, plan, TypeKind.DOUBLE, frame);
        this.classData = classData;
    }

    @Override
    void load(int array, int at, int offset) {
        index(array, at, offset);
        code.daload();
    }

    @Override
    void store(int local, int array, int at, int offset) {
        index(array, at, offset);
        pushLocal(local);
        code.dastore();
    }

    final void index(int array, int at, int offset) {
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

    @Override
    void constant(double c) {
        code.loadConstant(c);
    }

    @Override
    void uniform(int v) {
        code.aload(frame.u()).loadConstant(v).daload();
    }

    @Override
    void add() {
        code.dadd();
    }

    @Override
    void multiply() {
        code.dmul();
    }

    @Override
    void negate() {
        code.dneg();
    }

    @Override
    void multiplyAdd() {
        code.invokestatic(MATH, "fma", OF_THREE);
    }

    @Override
    void apply(Elementary row, int[] x) {
        FusedScalarForms.Form form = FusedScalarForms.form(row);
        if (form != null) {
            form.write(this, x);
        } else {
            call(row, x);
        }
    }

    FusedScalarBlock x(int local) {
        pushLocal(local);
        return this;
    }

    /** A function of {@link Math}. */
    FusedScalarBlock math(String name, int operands) {
        code.invokestatic(MATH, name, operands == 1 ? OF_ONE : operands == 2 ? OF_TWO : OF_THREE);
        return this;
    }

    /** The row's own function, a constant of the class: the JIT compiler sees through it. */
    private void call(Elementary row, int[] x) {
        switch (row) {
            case Unary f -> {
                function(f.value(), UNARY);
                x(x[0]);
                code.invokeinterface(UNARY, "applyAsDouble", OF_ONE);
            }
            case Binary f -> {
                function(f.value(), BINARY);
                x(x[0]).x(x[1]);
                code.invokeinterface(BINARY, "applyAsDouble", OF_TWO);
            }
            default -> throw new AssertionError(row + " has no form for one point");
        }
    }

    /** A constant of the class. */
    final void function(Object f, ClassDesc type) {
        int at = classData.indexOf(f);
        if (at < 0) {
            at = classData.size();
            classData.add(f);
        }
        code.loadConstant(FusedClass.classData(type, at));
    }

    @Override
    void addFailure(Guard g, int left, int right) {
        // sum + (holds == outcome ? 0 : 1)
        Label fails = code.newLabel();
        Label done = code.newLabel();
        branch(g, left, right, fails, g.outcome());
        code.loadConstant(0.0).goto_(done).labelBinding(fails).loadConstant(1.0).labelBinding(done);
        add();
    }

    /** Jumps if whether the guard's relation holds differs from the outcome. */
    final void branch(Guard g, int left, int right, Label jump, boolean outcome) {
        if (g.relation() == Relation.SAME) {
            bits(left);
            bits(right);
            code.lcmp();
        } else {
            x(left).x(right).code.dcmpg(); // 1 for NaN
        }
        switch (g.relation()) {
            case LESS -> code.branch(outcome ? Opcode.IFGE : Opcode.IFLT, jump);
            case AT_MOST -> code.branch(outcome ? Opcode.IFGT : Opcode.IFLE, jump);
            case EQUAL, SAME -> code.branch(outcome ? Opcode.IFNE : Opcode.IFEQ, jump);
        }
    }

    private void bits(int local) {
        x(local);
        code.invokestatic(DOUBLE, "doubleToLongBits", MethodTypeDesc.of(ConstantDescs.CD_long, CD_double));
    }
}
