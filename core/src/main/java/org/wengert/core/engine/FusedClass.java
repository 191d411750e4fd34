package org.wengert.core.engine;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a hidden class for consecutive blocks of a program and loads it.
 *
 * <p>Each block is a method {@code block} for one vector of points (or one point), called by a method {@code loop} for a
 * run of them, called by {@link FusedPart#run}. With the loop around straight-line vector code, in one method,
 * C2 gives up inlining.
 */
final class FusedClass {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final ClassDesc NAME = ClassDesc.of(FusedClass.class.getPackageName(), "FusedKernel");
    private static final ClassDesc PART = ClassDesc.of(FusedPart.class.getName());
    private static final ClassDesc ARRAY = CD_double.arrayType();
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_void, ARRAY, ARRAY, CD_int, ARRAY, CD_int, ARRAY, CD_int);

    /** Longer methods are never compiled. */
    private static final int LONGEST_METHOD = 8000;

    /** What writes the code of step k. */
    @FunctionalInterface
    interface BlockWriter {
        void write(CodeBuilder code, int k, List<Object> classData);
    }

    private FusedClass() {}

    /**
     * A class for the steps from to to (exclusive).
     *
     * @param plan  what is written
     * @param lanes how many points a block of vectors takes
     */
    static FusedPart load(FusedPlan plan, int from, int to, int lanes, BlockWriter writer) {
        List<Object> classData = new ArrayList<>();
        byte[] bytes = ClassFile.of().build(NAME, builder -> {
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC).withInterfaceSymbols(PART);
            constructor(builder);
            for (int k = from; k < to; k++) {
                int step = k;
                builder.withMethodBody("block" + k, RUN, ClassFile.ACC_STATIC, code -> writer.write(code, step, classData));
                int stride = plan.steps.get(k).kind() == FusedPlan.Kind.VECTOR ? lanes : 1;
                builder.withMethodBody("loop" + k, RUN, ClassFile.ACC_STATIC, code -> loop(code, step, stride));
            }
            builder.withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, code -> run(code, from, to));
        });
        checkLengths(bytes);
        try {
            Class<?> c = LOOKUP.defineHiddenClassWithClassData(bytes, List.copyOf(classData), true).lookupClass();
            return (FusedPart) c.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the code that was written does not load", e);
        }
    }

    private static void constructor(ClassBuilder builder) {
        builder.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0, code -> code.aload(0)
                .invokespecial(CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .return_());
    }

    /** for (i = 0; i < points; i += stride) block(u, in, inAt + i, out, outAt + i, s, i). */
    private static void loop(CodeBuilder code, int k, int stride) {
        int points = FusedBlock.S_AT;
        int i = code.allocateLocal(TypeKind.INT);
        Label body = code.newLabel();
        Label test = code.newLabel();
        code.loadConstant(0).istore(i).goto_(test).labelBinding(body)
                .aload(FusedBlock.U)
                .aload(FusedBlock.IN).iload(FusedBlock.IN_AT).iload(i).iadd()
                .aload(FusedBlock.OUT).iload(FusedBlock.OUT_AT).iload(i).iadd()
                .aload(FusedBlock.S).iload(i)
                .invokestatic(NAME, "block" + k, RUN)
                .iinc(i, stride)
                .labelBinding(test).iload(i).iload(points).if_icmplt(body)
                .return_();
    }

    private static void run(CodeBuilder code, int from, int to) {
        for (int k = from; k < to; k++) {
            code.aload(1).aload(2).iload(3).aload(4).iload(5).aload(6).iload(7).invokestatic(NAME, "loop" + k, RUN);
        }
        code.return_();
    }

    private static void checkLengths(byte[] bytes) {
        for (var method : ClassFile.of().parse(bytes).methods()) {
            method.code().ifPresent(code -> {
                int length = ((CodeAttribute) code).codeLength();
                if (length >= LONGEST_METHOD) {
                    throw new AssertionError(method.methodName().stringValue() + " has " + length + " bytes of code");
                }
            });
        }
    }
}
