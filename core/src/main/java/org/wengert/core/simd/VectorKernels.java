package org.wengert.core.simd;

import static java.util.Map.entry;
import static jdk.incubator.vector.VectorOperators.ACOS;
import static jdk.incubator.vector.VectorOperators.ASIN;
import static jdk.incubator.vector.VectorOperators.ATAN;
import static jdk.incubator.vector.VectorOperators.ATAN2;
import static jdk.incubator.vector.VectorOperators.CBRT;
import static jdk.incubator.vector.VectorOperators.COS;
import static jdk.incubator.vector.VectorOperators.COSH;
import static jdk.incubator.vector.VectorOperators.EXP;
import static jdk.incubator.vector.VectorOperators.EXPM1;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.HYPOT;
import static jdk.incubator.vector.VectorOperators.LOG;
import static jdk.incubator.vector.VectorOperators.LOG10;
import static jdk.incubator.vector.VectorOperators.LOG1P;
import static jdk.incubator.vector.VectorOperators.POW;
import static jdk.incubator.vector.VectorOperators.SIN;
import static jdk.incubator.vector.VectorOperators.SINH;
import static jdk.incubator.vector.VectorOperators.TAN;
import static jdk.incubator.vector.VectorOperators.TANH;

import java.util.Map;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

/**
 * Kernels on the processor's vector units. Each is a method of its own with one short loop, reached through
 * an interface call per column: the shape that the JIT compiler turns into a tight vector loop. Rows without
 * a vector form are served by their scalar twins.
 *
 * <p>Arithmetic and roots give the same bits as the twins. The transcendental functions are the JDK's vector
 * mathematics, within 1 ulp of the exact value, and may differ by that much from {@link Math} and between
 * widths.
 *
 * <p>The species is a constant of this class for the JIT compiler, so a process has one width, fixed when
 * the class is loaded.
 */
final class VectorKernels implements Kernels {

    private static final VectorSpecies<Double> S = species(System.getProperty(BITS, "best"));
    private static final int L = S.length();

    /** Vector forms by the name of the row. Columns are padded, so no loop needs a tail. */
    private static final Map<String, Kernel> FORMS = Map.ofEntries(
            entry("plus", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).add(get(t, b + i)), t, r + i); }),
            entry("minus", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).sub(get(t, b + i)), t, r + i); }),
            entry("times", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).mul(get(t, b + i)), t, r + i); }),
            entry("div", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).div(get(t, b + i)), t, r + i); }),
            entry("min", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).min(get(t, b + i)), t, r + i); }),
            entry("max", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).max(get(t, b + i)), t, r + i); }),
            entry("fma", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).fma(get(t, b + i), get(t, c + i)), t, r + i); }),
            entry("square", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).mul(get(t, a + i)), t, r + i); }),
            entry("reciprocal", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(one().div(get(t, a + i)), t, r + i); }),
            entry("negate", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).neg(), t, r + i); }),
            entry("abs", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).abs(), t, r + i); }),
            entry("sqrt", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).sqrt(), t, r + i); }),
            entry("exp", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(EXP), t, r + i); }),
            entry("expm1", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(EXPM1), t, r + i); }),
            entry("log", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(LOG), t, r + i); }),
            entry("log10", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(LOG10), t, r + i); }),
            entry("log1p", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(LOG1P), t, r + i); }),
            entry("sin", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(SIN), t, r + i); }),
            entry("cos", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(COS), t, r + i); }),
            entry("tan", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(TAN), t, r + i); }),
            entry("asin", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(ASIN), t, r + i); }),
            entry("acos", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(ACOS), t, r + i); }),
            entry("atan", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(ATAN), t, r + i); }),
            entry("sinh", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(SINH), t, r + i); }),
            entry("cosh", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(COSH), t, r + i); }),
            entry("tanh", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(TANH), t, r + i); }),
            entry("cbrt", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(CBRT), t, r + i); }),
            entry("atan2", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(ATAN2, get(t, b + i)), t, r + i); }),
            entry("pow", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(POW, get(t, b + i)), t, r + i); }),
            entry("hypot", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, a + i).lanewise(HYPOT, get(t, b + i)), t, r + i); }),
            entry("select", (t, r, a, b, c, n) -> { for (int i = 0; i < n; i += L) put(get(t, c + i).blend(get(t, b + i), get(t, a + i).compare(GT, 0)), t, r + i); }));

    @Override
    public Kernel of(Unary f) {
        Kernel form = FORMS.get(f.name());
        return form != null ? form : Kernels.scalar().of(f);
    }

    @Override
    public Kernel of(Binary f) {
        // Below 512 bits the JDK has no vector code for pow, only a slow loop that boxes.
        Kernel form = f.name().equals("pow") && bits() < 512 ? null : FORMS.get(f.name());
        return form != null ? form : Kernels.scalar().of(f);
    }

    @Override
    public Kernel of(Nary f) {
        Kernel form = FORMS.get(f.name());
        return form != null ? form : Kernels.scalar().of(f);
    }

    @Override
    public int bits() {
        return S.vectorBitSize();
    }

    @Override
    public String description() {
        return bits() + "-bit vectors";
    }

    private static DoubleVector get(double[] t, int at) {
        return DoubleVector.fromArray(S, t, at);
    }

    private static void put(DoubleVector v, double[] t, int at) {
        v.intoArray(t, at);
    }

    private static DoubleVector one() {
        return DoubleVector.broadcast(S, 1);
    }

    private static VectorSpecies<Double> species(String bits) {
        return switch (bits) {
            case "128" -> DoubleVector.SPECIES_128;
            case "256" -> DoubleVector.SPECIES_256;
            case "512" -> DoubleVector.SPECIES_512;
            default -> DoubleVector.SPECIES_PREFERRED;
        };
    }
}
