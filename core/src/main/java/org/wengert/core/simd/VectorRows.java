package org.wengert.core.simd;

import static java.util.Map.entry;
import static jdk.incubator.vector.VectorOperators.ACOS;
import static jdk.incubator.vector.VectorOperators.ASIN;
import static jdk.incubator.vector.VectorOperators.ATAN;
import static jdk.incubator.vector.VectorOperators.ATAN2;
import static jdk.incubator.vector.VectorOperators.CBRT;
import static jdk.incubator.vector.VectorOperators.COS;
import static jdk.incubator.vector.VectorOperators.COSH;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.EXP;
import static jdk.incubator.vector.VectorOperators.EXPM1;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.HYPOT;
import static jdk.incubator.vector.VectorOperators.IS_NAN;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LOG;
import static jdk.incubator.vector.VectorOperators.LOG10;
import static jdk.incubator.vector.VectorOperators.LOG1P;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.POW;
import static jdk.incubator.vector.VectorOperators.SIN;
import static jdk.incubator.vector.VectorOperators.SINH;
import static jdk.incubator.vector.VectorOperators.TAN;
import static jdk.incubator.vector.VectorOperators.TANH;
import static org.wengert.core.simd.VectorKernels.L;
import static org.wengert.core.simd.VectorKernels.all;
import static org.wengert.core.simd.VectorKernels.get;
import static org.wengert.core.simd.VectorKernels.put;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;

/**
 * Vector forms of rows of the elementary table, by name. What the JDK's vector mathematics has not is put together
 * from what it has by the same formulas as in the row, so with the same accuracy, all cases computed and the right one selected.
 */
final class VectorRows {

    private static final double LN_2 = 0.6931471805599453;

    /** Rows whose forms select. */
    private static final Set<String> MASKED = Set.of(
            "select", "sigmoid", "step", "leakyRelu", "elu", "silu", "logCosh", "xlogx", "entr", "xlogy", "xlog1py",
            "absorb", "absorbEither", "whereNumber", "powDerivative", "powLog");

    static final Map<String, Kernel> FORMS = forms();

    private VectorRows() {}

    private static Map<String, Kernel> forms() {
        Map<String, Kernel> forms = new HashMap<>(Map.ofEntries(
            entry("plus", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).add(get(b, bi + i)), r, ri + i); }),
            entry("minus", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).sub(get(b, bi + i)), r, ri + i); }),
            entry("times", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).mul(get(b, bi + i)), r, ri + i); }),
            entry("div", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).div(get(b, bi + i)), r, ri + i); }),
            entry("min", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).min(get(b, bi + i)), r, ri + i); }),
            entry("max", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).max(get(b, bi + i)), r, ri + i); }),
            entry("fma", (r, ri, a, ai, b, bi, c, ci, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).fma(get(b, bi + i), get(c, ci + i)), r, ri + i); }),
            entry("square", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).mul(get(a, ai + i)), r, ri + i); }),
            entry("reciprocal", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(all(1).div(get(a, ai + i)), r, ri + i); }),
            entry("negate", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).neg(), r, ri + i); }),
            entry("abs", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).abs(), r, ri + i); }),
            entry("sqrt", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).sqrt(), r, ri + i); }),
            entry("exp", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(EXP), r, ri + i); }),
            entry("expm1", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(EXPM1), r, ri + i); }),
            entry("log", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(LOG), r, ri + i); }),
            entry("log10", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(LOG10), r, ri + i); }),
            entry("log1p", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(LOG1P), r, ri + i); }),
            entry("sin", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(SIN), r, ri + i); }),
            entry("cos", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(COS), r, ri + i); }),
            entry("tan", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(TAN), r, ri + i); }),
            entry("asin", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(ASIN), r, ri + i); }),
            entry("acos", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(ACOS), r, ri + i); }),
            entry("atan", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(ATAN), r, ri + i); }),
            entry("sinh", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(SINH), r, ri + i); }),
            entry("cosh", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(COSH), r, ri + i); }),
            entry("tanh", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(TANH), r, ri + i); }),
            entry("cbrt", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(CBRT), r, ri + i); }),
            entry("atan2", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(ATAN2, get(b, bi + i)), r, ri + i); }),
            entry("pow", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(pow(get(a, ai + i), get(b, bi + i)), r, ri + i); }),
            entry("hypot", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).lanewise(HYPOT, get(b, bi + i)), r, ri + i); }),
            entry("exp2", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(all(2).lanewise(POW, get(a, ai + i)), r, ri + i); }),
            entry("exp10", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(all(10).lanewise(POW, get(a, ai + i)), r, ri + i); }),
            entry("select", (r, ri, a, ai, b, bi, c, ci, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(c, ci + i).blend(get(b, bi + i), get(a, ai + i).compare(GT, 0)), r, ri + i); }),
            entry("clamp", (r, ri, a, ai, b, bi, c, ci, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(c, ci + i).min(get(a, ai + i).max(get(b, bi + i))), r, ri + i); }),
            entry("sigmoid", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(sigmoid(get(a, ai + i)), r, ri + i); }),
            entry("logSigmoid", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(logSigmoid(get(a, ai + i)), r, ri + i); }),
            entry("softplus", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(softplus(get(a, ai + i)), r, ri + i); }),
            entry("step", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(step(get(a, ai + i)), r, ri + i); }),
            entry("silu", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(silu(get(a, ai + i)), r, ri + i); }),
            entry("logCosh", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(logCosh(get(a, ai + i)), r, ri + i); }),
            entry("xlogx", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(xlogx(get(a, ai + i)), r, ri + i); }),
            entry("entr", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(entr(get(a, ai + i)), r, ri + i); }),
            entry("sechSquared", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(sechSquared(get(a, ai + i)), r, ri + i); }),
            entry("relu", (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).max(0.0), r, ri + i); }),
            entry("leakyRelu", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(leakyRelu(get(a, ai + i), get(b, bi + i)), r, ri + i); }),
            entry("elu", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(elu(get(a, ai + i), get(b, bi + i)), r, ri + i); }),
            entry("xlogy", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(xlogy(get(a, ai + i), get(b, bi + i)), r, ri + i); }),
            entry("xlog1py", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(xlog1py(get(a, ai + i), get(b, bi + i)), r, ri + i); }),
            entry("absorb", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(absorb(get(a, ai + i), get(b, bi + i)), r, ri + i); }),
            entry("absorbEither", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(absorbEither(get(a, ai + i), get(b, bi + i)), r, ri + i); }),
            entry("whereNumber", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(whereNumber(get(a, ai + i), get(b, bi + i)), r, ri + i); }),
            entry("powDerivative", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(powDerivative(get(a, ai + i), get(b, bi + i)), r, ri + i); }),
            entry("powLog", (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(powLog(get(a, ai + i), get(b, bi + i)), r, ri + i); })));
        if (VectorKernels.S.vectorBitSize() < 512) {
            // Below 512 bits the JDK has no vector code for pow, only a slow loop that boxes.
            forms.keySet().removeAll(Set.of("pow", "exp2", "exp10", "powDerivative", "powLog"));
        }
        if (!VectorKernels.HAS_MASKS) {
            forms.keySet().removeAll(MASKED);
        }
        return Map.copyOf(forms);
    }

    /** Whether a row is the one that the table has under its name. */
    static boolean isOfTable(Elementary row) {
        return ElementaryTable.row(row.name()).orElse(null) == row;
    }

    // ---- learning ------------------------------------------------------------------------------------

    private static DoubleVector expOfMinusAbs(DoubleVector x) {
        return x.abs().neg().lanewise(EXP);
    }

    private static DoubleVector sigmoid(DoubleVector x) {
        DoubleVector e = expOfMinusAbs(x);
        return all(1).blend(e, x.compare(LT, 0)).div(e.add(1));
    }

    private static DoubleVector logSigmoid(DoubleVector x) {
        return x.min(0.0).sub(expOfMinusAbs(x).lanewise(LOG1P));
    }

    private static DoubleVector softplus(DoubleVector x) {
        return x.max(0.0).add(expOfMinusAbs(x).lanewise(LOG1P));
    }

    private static DoubleVector step(DoubleVector x) {
        return all(0).blend(1, x.compare(GT, 0)).blend(x, x.test(IS_NAN));
    }

    private static DoubleVector leakyRelu(DoubleVector x, DoubleVector slope) {
        return slope.mul(x).blend(x, x.compare(GT, 0));
    }

    private static DoubleVector elu(DoubleVector x, DoubleVector scale) {
        return scale.mul(x.lanewise(EXPM1)).blend(x, x.compare(GT, 0));
    }

    private static DoubleVector silu(DoubleVector x) {
        return x.mul(sigmoid(x)).blend(-0.0, x.compare(EQ, Double.NEGATIVE_INFINITY));
    }

    private static DoubleVector logCosh(DoubleVector x) {
        DoubleVector a = x.abs();
        DoubleVector s = x.mul(0.5).lanewise(SINH);
        DoubleVector large = a.add(a.mul(-2).lanewise(EXP).lanewise(LOG1P).sub(LN_2));
        return large.blend(s.mul(2).mul(s).lanewise(LOG1P), a.compare(LT, 1));
    }

    private static DoubleVector sechSquared(DoubleVector x) {
        DoubleVector e = x.abs().mul(-2).lanewise(EXP);
        DoubleVector f = e.add(1);
        return e.mul(4).div(f.mul(f));
    }

    private static DoubleVector xlogx(DoubleVector x) {
        return x.mul(x.lanewise(LOG)).blend(0, x.compare(EQ, 0));
    }

    private static DoubleVector entr(DoubleVector x) {
        return x.neg().mul(x.lanewise(LOG)).blend(0, x.compare(EQ, 0));
    }

    private static DoubleVector xlogy(DoubleVector x, DoubleVector y) {
        return x.mul(y.lanewise(LOG)).blend(0, x.compare(EQ, 0)).blend(y, y.test(IS_NAN));
    }

    private static DoubleVector xlog1py(DoubleVector x, DoubleVector y) {
        return x.mul(y.lanewise(LOG1P)).blend(0, x.compare(EQ, 0)).blend(y, y.test(IS_NAN));
    }

    // ---- laws of zeros -------------------------------------------------------------------------------

    private static DoubleVector absorb(DoubleVector x, DoubleVector y) {
        return x.mul(y).blend(0, y.compare(EQ, 0));
    }

    private static DoubleVector absorbEither(DoubleVector x, DoubleVector y) {
        return x.mul(y).blend(0, x.compare(EQ, 0).or(y.compare(EQ, 0)));
    }

    private static DoubleVector whereNumber(DoubleVector x, DoubleVector y) {
        return x.blend(Double.NaN, y.test(IS_NAN));
    }

    // ---- powers --------------------------------------------------------------------------------------

    private static VectorMask<Double> isNormal(DoubleVector x) {
        DoubleVector a = x.abs();
        return a.compare(LE, Double.MAX_VALUE).and(a.compare(LT, Double.MIN_NORMAL).not());
    }

    /** Java's power, which is NaN where |x| = 1 and y is infinite or NaN; compiled code of the JDK's vectors says 1 there. */
    private static DoubleVector pow(DoubleVector x, DoubleVector y) {
        VectorMask<Double> isFinite = y.abs().compare(LE, Double.MAX_VALUE);
        return x.lanewise(POW, y).blend(Double.NaN, x.abs().compare(EQ, 1).andNot(isFinite));
    }

    private static DoubleVector powDerivative(DoubleVector x, DoubleVector y) {
        DoubleVector z = pow(x, y);
        VectorMask<Double> divides = isNormal(z).and(isNormal(x));
        DoubleVector lower = z.div(x);
        if (!divides.allTrue()) {
            lower = pow(x, y.sub(1)).blend(lower, divides);
        }
        return y.mul(lower).blend(0, y.compare(EQ, 0));
    }

    private static DoubleVector powLog(DoubleVector x, DoubleVector y) {
        DoubleVector z = pow(x, y);
        return z.mul(x.lanewise(LOG)).blend(0, z.compare(EQ, 0)).blend(Double.NaN, x.compare(LT, 0));
    }
}
