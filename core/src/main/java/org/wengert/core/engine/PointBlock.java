package org.wengert.core.engine;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.program.Guard;

/** Writes a block of code for one point, which returns whether its guards hold. */
final class PointBlock extends FusedScalarBlock {

    private static final ClassDesc COMPILER = ClassDesc.of(PointCompiler.class.getName());
    private static final ClassDesc ROW = ClassDesc.of(ToDoubleFunction.class.getName());
    private static final ClassDesc ARRAY = CD_double.arrayType();

    private final PointArrays arrays;

    PointBlock(CodeBuilder code, FusedPlan plan, List<Object> classData, FusedFrame frame, PointArrays arrays) {
        super(code, plan, classData, frame);
        this.arrays = arrays;
    }

    /** Writes step k. */
    void write(int k) {
        pieces(k);
        Label failed = code.newLabel();
        List<Guard> guards = plan.steps.get(k).guards();
        for (Guard g : guards) {
            int left = get(g.left());
            int right = get(g.right());
            branch(g, left, right, failed, g.outcome());
        }
        code.iconst_1().ireturn();
        if (!guards.isEmpty()) {
            code.labelBinding(failed).aload(frame.out())
                    .invokestatic(COMPILER, "failed", MethodTypeDesc.of(CD_boolean, ARRAY)).ireturn();
        }
    }

    @Override
    void write(FusedPlan.Piece piece) {
        Elementary row = p.row(piece.node());
        if (!PointForms.takesArray(row)) {
            super.write(piece);
            return;
        }
        int n = p.operandCount(piece.node());
        int x = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(frame.s() + 1).loadConstant(arrays.index(n)).aaload().astore(x);
        for (int i = piece.from(); i < piece.to(); i++) {
            int operand = get(p.operand(piece.node(), i));
            code.aload(x).loadConstant(i);
            pushLocal(operand);
            code.dastore();
        }
        if (piece.to() < n) {
            code.loadConstant(0.0); // nothing yet
            return;
        }
        function(((Nary) row).value(), ROW);
        code.aload(x).invokeinterface(ROW, "applyAsDouble", MethodTypeDesc.ofDescriptor("(Ljava/lang/Object;)D"));
    }
}
