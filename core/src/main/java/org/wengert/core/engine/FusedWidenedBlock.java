package org.wengert.core.engine;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import org.wengert.core.program.Guard;

/** Writes a block of plain double arithmetic for one point whose columns are of single precision. */
final class FusedWidenedBlock extends FusedScalarBlock {

    private static final ClassDesc SELF = ClassDesc.of(FusedWidenedBlock.class.getName());

    private final FusedVectorForms forms;

    FusedWidenedBlock(CodeBuilder code, FusedPlan plan, List<Object> classData, FusedVectorForms forms, FusedFrame frame) {
        super(code, plan, classData, frame);
        this.forms = forms;
    }

    @Override
    void load(int array, int at, int offset) {
        index(array, at, offset);
        code.faload().f2d();
    }

    @Override
    void store(int local, int array, int at, int offset) {
        index(array, at, offset);
        pushLocal(local);
        code.d2f().fastore();
    }

    @Override
    void addFailure(Guard g, int left, int right) {
        super.addFailure(g, left, right);
        if (!forms.decides(p, g)) {
            Label sure = code.newLabel();
            x(left).x(right);
            code.invokestatic(SELF, "areApart", MethodTypeDesc.of(CD_boolean, CD_double, CD_double)).ifne(sure);
            code.loadConstant(1.0).dadd().labelBinding(sure);
        }
    }

    /** Whether two numbers are finite and far enough apart for their relation to be sure. Called by generated code. */
    static boolean areApart(double a, double b) {
        return Math.abs(a - b) > (Math.abs(a) + Math.abs(b)) * SingleTileCode.CLOSE + Float.MIN_NORMAL;
    }
}
