package org.wengert.core.engine;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import org.wengert.core.program.Program;

/**
 * Writes the class behind a {@link PointCode}: one block as the method {@code run} itself, several as methods that
 * {@code run} calls one after the other, with values that go from one to another in an array.
 */
final class PointCompiler {

    /** How often a program runs before it is worth a class. */
    static final int HOT_CALLS = 1000;

    /** Longer programs are walked through: a class has room for so many constants only. */
    static final int MOST_OPERATIONS = 30_000;

    /** Of these a class can have 65,535, numbers counted twice. */
    private static final int MOST_CONSTANTS = 50_000;

    private static final ClassDesc SPARES = ClassDesc.of(Spares.class.getName());
    private static final ClassDesc HELPER = ClassDesc.of(PointCompiler.class.getName());
    private static final ClassDesc ARRAY = CD_double.arrayType();
    private static final ClassDesc ARRAYS = ARRAY.arrayType();
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_boolean, ARRAY, ARRAY);
    private static final MethodTypeDesc BLOCK = MethodTypeDesc.of(CD_boolean, ARRAY, ARRAY, ARRAY, ARRAYS);

    private PointCompiler() {}

    static PointCode compile(Program program) {
        int constants = 2 * program.constants() + program.inputs() + program.outputs();
        if (program.operations() > MOST_OPERATIONS || constants > MOST_CONSTANTS) {
            return PointEngine.plain().compile(program);
        }
        Program p = program.withUniform(); // a single point tells no kinds of inputs apart
        var plan = new FusedPlan(p, new PointForms(), false, FusedPlan.Outputs.STORED);
        PointArrays arrays = PointArrays.of(plan);
        return FusedClass.load(PointCode.class, (builder, classData) -> {
            classData.add(new Spares<>(arrays::make));
            boolean single = plan.steps.size() == 1 && !arrays.needed();
            if (!single) {
                for (int k = 0; k < plan.steps.size(); k++) {
                    int step = k;
                    builder.withMethodBody("block" + k, BLOCK, ClassFile.ACC_STATIC, code -> new PointBlock(
                            code, plan, classData, FusedFrame.ofPoint(0), arrays).write(step));
                }
            }
            builder.withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, code -> {
                lengths(code, p);
                if (single) {
                    new PointBlock(code, plan, classData, FusedFrame.ofPoint(1), arrays).write(0);
                } else {
                    blocks(code, plan);
                }
            });
        });
    }

    /** Lengths are compared here once, for a clear message. */
    private static void lengths(CodeBuilder code, Program p) {
        Label wrong = code.newLabel();
        Label right = code.newLabel();
        code.aload(1).arraylength().loadConstant(p.inputs()).if_icmpne(wrong)
                .aload(2).arraylength().loadConstant(p.outputs()).if_icmpeq(right)
                .labelBinding(wrong)
                .aload(1).aload(2).loadConstant(p.inputs()).loadConstant(p.outputs())
                .invokestatic(HELPER, "wrongLength", MethodTypeDesc.of(CD_void, ARRAY, ARRAY, CD_int, CD_int))
                .labelBinding(right);
    }

    /** Complains of the first array that has the wrong length; generated code calls this. */
    static void wrongLength(double[] in, double[] out, int inputs, int outputs) {
        throw new IllegalArgumentException(in.length != inputs
                ? "in must have " + inputs + " entries, but has " + in.length
                : "out must have " + outputs + " entries, but has " + out.length);
    }

    /** Leaves no results behind that mean nothing; generated code calls this. */
    static boolean failed(double[] out) {
        Arrays.fill(out, Double.NaN);
        return false;
    }

    private static void blocks(CodeBuilder code, FusedPlan plan) {
        Label failed = code.newLabel();
        int w = code.allocateLocal(TypeKind.REFERENCE);
        code.loadConstant(FusedClass.classData(SPARES, 0))
                .invokevirtual(SPARES, "take", MethodTypeDesc.of(CD_Object)).checkcast(ARRAYS).astore(w);
        for (int k = 0; k < plan.steps.size(); k++) {
            code.aload(1).aload(2).aload(w).iconst_0().aaload().aload(w)
                    .invokestatic(FusedClass.NAME, "block" + k, BLOCK).ifeq(failed);
        }
        give(code, w);
        code.iconst_1().ireturn().labelBinding(failed);
        give(code, w);
        code.iconst_0().ireturn();
    }

    private static void give(CodeBuilder code, int w) {
        code.loadConstant(FusedClass.classData(SPARES, 0)).aload(w)
                .invokevirtual(SPARES, "give", MethodTypeDesc.of(CD_void, CD_Object));
    }
}
