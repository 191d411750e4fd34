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
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Writes hidden classes and loads them. */
final class FusedClass {

    /** What generated classes call themselves. */
    static final ClassDesc NAME = ClassDesc.of(FusedClass.class.getPackageName(), "FusedKernel");

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final ClassDesc ARRAY = CD_double.arrayType();
    private static final MethodTypeDesc RUN_PLACED =
            MethodTypeDesc.of(CD_void, ARRAY, ARRAY, ARRAY, ARRAY, ARRAY, ARRAY, CD_int, CD_int);

    /** Longer methods are never compiled. */
    private static final int LONGEST_METHOD = 8000;

    /** Writes the methods of a class. */
    @FunctionalInterface
    interface Writer {
        void write(ClassBuilder builder, List<Object> classData);
    }

    /** Writes the code of step k of a plan. */
    @FunctionalInterface
    interface BlockWriter {
        void write(CodeBuilder code, int k, List<Object> classData);
    }

    private FusedClass() {}

    /** An instance of a class that implements an interface. Nothing but the instance keeps the class loaded. */
    static <T> T load(Class<T> type, Writer writer) {
        List<Object> classData = new ArrayList<>();
        byte[] bytes = ClassFile.of().build(NAME, builder -> {
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
                    .withInterfaceSymbols(ClassDesc.of(type.getName()))
                    .withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0, code -> code.aload(0)
                            .invokespecial(CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .return_());
            writer.write(builder, classData);
        });
        checkLengths(bytes);
        try {
            Class<?> c = LOOKUP.defineHiddenClassWithClassData(bytes, List.copyOf(classData), true).lookupClass();
            return type.cast(c.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the code that was written does not load", e);
        }
    }

    /** Entry i of the class data, as a constant that the JIT compiler trusts. */
    static ConstantDesc classData(ClassDesc type, int i) {
        return DynamicConstantDesc.ofNamed(ConstantDescs.BSM_CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, type, i);
    }

    /**
     * The methods of a {@link FusedPart} or, in single precision, of a {@link FusedSinglePart} for the steps from to to (exclusive) of a plan.
     *
     * <p>Each step is a method {@code block} for one vector of points (or one point), called by a method {@code loop} for
     * a run of them, called by {@link FusedPart#run}. With the loop around straight-line vector code, in one method, C2
     * gives up inlining.
     *
     * @param lanes how many points a vector holds
     */
    static Writer part(FusedPlan plan, int from, int to, FusedFormat format, int lanes, BlockWriter writer) {
        ClassDesc columns = format.array;
        MethodTypeDesc type = MethodTypeDesc.of(CD_void, ARRAY, columns, CD_int, columns, CD_int, columns, CD_int);
        return (builder, classData) -> {
            for (int k = from; k < to; k++) {
                int step = k;
                int stride = plan.steps.get(k).isVector() ? lanes : 1;
                builder.withMethodBody("block" + k, type, ClassFile.ACC_STATIC, code -> writer.write(code, step, classData));
                boolean sums = plan.outputs == FusedPlan.Outputs.SUMMED;
                builder.withMethodBody("loop" + k, type, ClassFile.ACC_STATIC, code -> loop(code, step, type, stride, sums));
            }
            builder.withMethodBody("run", type, ClassFile.ACC_PUBLIC, code -> run(code, from, to, type));
        };
    }

    /**
     * for (i = 0; i < points; i += stride) block(u, in, inAt + i, out, outAt + i, s, i).
     *
     * @param sums whether there are running sums in out, that of point i at outAt + i mod 8
     */
    private static void loop(CodeBuilder code, int k, MethodTypeDesc type, int stride, boolean sums) {
        loop(code, 6, stride, i -> {
            code.aload(0).aload(1).iload(2).iload(i).iadd().aload(3).iload(4).iload(i);
            if (sums) {
                code.loadConstant(SumCode.LANES - 1).iand();
            }
            code.iadd().aload(5).iload(i).invokestatic(NAME, "block" + k, type);
        });
    }

    /** for (i = 0; i < points; i += stride) body. */
    private static void loop(CodeBuilder code, int points, int stride, IntConsumer body) {
        int i = code.allocateLocal(TypeKind.INT);
        Label start = code.newLabel();
        Label test = code.newLabel();
        code.loadConstant(0).istore(i).goto_(test).labelBinding(start);
        body.accept(i);
        code.iinc(i, stride).labelBinding(test).iload(i).iload(points).if_icmplt(start).return_();
    }

    private static void run(CodeBuilder code, int from, int to, MethodTypeDesc type) {
        for (int k = from; k < to; k++) {
            code.aload(1).aload(2).iload(3).aload(4).iload(5).aload(6).iload(7).invokestatic(NAME, "loop" + k, type);
        }
        code.return_();
    }

    /** The methods of a {@link PlacedPart}, as {@link #part} writes those of a {@link FusedPart}. */
    static Writer placed(FusedPlan plan, int from, int to, int lanes, BlockWriter writer) {
        return (builder, classData) -> {
            for (int k = from; k < to; k++) {
                int step = k;
                int stride = plan.steps.get(k).isVector() ? lanes : 1;
                builder.withMethodBody("block" + k, RUN_PLACED, ClassFile.ACC_STATIC, code -> writer.write(code, step, classData));
                // for (i = 0; i < points; i += stride) block(u, in, out, memory, work, s, at + i, i)
                builder.withMethodBody("loop" + k, RUN_PLACED, ClassFile.ACC_STATIC, code -> loop(code, 7, stride, i -> {
                    for (int array = 0; array < 6; array++) {
                        code.aload(array);
                    }
                    code.iload(6).iload(i).iadd().iload(i).invokestatic(NAME, "block" + step, RUN_PLACED);
                }));
            }
            builder.withMethodBody("run", RUN_PLACED, ClassFile.ACC_PUBLIC, code -> {
                for (int k = from; k < to; k++) {
                    for (int array = 1; array < 7; array++) {
                        code.aload(array);
                    }
                    code.iload(7).iload(8).invokestatic(NAME, "loop" + k, RUN_PLACED);
                }
                code.return_();
            });
        };
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
