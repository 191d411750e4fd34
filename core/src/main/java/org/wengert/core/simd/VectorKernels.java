package org.wengert.core.simd;

import static java.util.Map.entry;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.IS_NAN;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LOG1P;
import static jdk.incubator.vector.VectorOperators.EXP;
import static jdk.incubator.vector.VectorOperators.LT;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.wengert.core.elementary.Elementary;

/**
 * Kernels on the processor's vector units. Each is a method of its own with one short loop, reached through
 * an interface call per column: the shape that the JIT compiler turns into a tight vector loop. Rows without
 * a vector form are served by their scalar twins.
 *
 * <p>Arithmetic and roots give the same bits as the twins. The transcendental functions are the JDK's vector
 * mathematics, within 1 ulp of the exact value, and may differ by that much from {@link Math} and between
 * widths; {@link VectorRows} has them.
 *
 * <p>The species is a constant of this class for the JIT compiler, so a process has one width, fixed when
 * the class is loaded.
 *
 * @param isReproducible whether only rows that give the same bits as their twins have vector forms
 */
record VectorKernels(boolean isReproducible) implements Kernels {

    static final VectorSpecies<Double> S = species(System.getProperty(BITS, "best"));
    static final int L = S.length();

    /** The JIT compiler has no code for masks of two lanes: each would be an object, and cost more than a scalar loop. */
    static final boolean HAS_MASKS = L > 2;

    /** Forms that compare. */
    private static final Set<Form> MASKED = EnumSet.of(
            Form.LOG_SUM_EXP_TERM, Form.LOG_SUM_EXP, Form.NAN, Form.UNLESS_LESS, Form.IF_LESS, Form.UNLESS_AT_MOST,
            Form.IF_AT_MOST, Form.UNLESS_EQUAL, Form.IF_EQUAL, Form.UNLESS_SAME, Form.IF_SAME);

    /** Rows whose vector form gives the very same bits as the twin. */
    static final Set<String> EXACT = Set.of(
            "plus", "minus", "times", "div", "negate", "abs", "min", "max", "sqrt", "fma", "square",
            "reciprocal", "select", "relu", "step", "leakyRelu", "clamp", "absorb", "absorbEither", "whereNumber");

    /** Columns are padded, so no loop needs a tail. */
    private static final Map<Form, Kernel> FORMS = new EnumMap<>(Map.ofEntries(
            entry(Form.ZERO, (r, ri, _, _, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(all(0), r, ri + i); }),
            entry(Form.COPY, (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i), r, ri + i); }),
            entry(Form.FILL, (r, ri, a, ai, _, _, _, _, _, _, n) -> { DoubleVector s = all(a[ai]); for (int i = 0; i < n; i += L) put(s, r, ri + i); }),
            entry(Form.ADD, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).add(get(b, bi + i)), r, ri + i); }),
            entry(Form.ADD_SCALAR, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { DoubleVector s = all(b[bi]); for (int i = 0; i < n; i += L) put(get(a, ai + i).add(s), r, ri + i); }),
            entry(Form.SUB, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).sub(get(b, bi + i)), r, ri + i); }),
            entry(Form.SUB_SCALAR, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { DoubleVector s = all(b[bi]); for (int i = 0; i < n; i += L) put(get(a, ai + i).sub(s), r, ri + i); }),
            entry(Form.SCALAR_SUB, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { DoubleVector s = all(a[ai]); for (int i = 0; i < n; i += L) put(s.sub(get(b, bi + i)), r, ri + i); }),
            entry(Form.MUL, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).mul(get(b, bi + i)), r, ri + i); }),
            entry(Form.MUL_SCALAR, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { DoubleVector s = all(b[bi]); for (int i = 0; i < n; i += L) put(get(a, ai + i).mul(s), r, ri + i); }),
            entry(Form.DIV, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).div(get(b, bi + i)), r, ri + i); }),
            entry(Form.DIV_SCALAR, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { DoubleVector s = all(b[bi]); for (int i = 0; i < n; i += L) put(get(a, ai + i).div(s), r, ri + i); }),
            entry(Form.SCALAR_DIV, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { DoubleVector s = all(a[ai]); for (int i = 0; i < n; i += L) put(s.div(get(b, bi + i)), r, ri + i); }),
            entry(Form.ADD3, (r, ri, a, ai, b, bi, c, ci, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).add(get(b, bi + i)).add(get(c, ci + i)), r, ri + i); }),
            entry(Form.ADD4, (r, ri, a, ai, b, bi, c, ci, d, di, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).add(get(b, bi + i)).add(get(c, ci + i)).add(get(d, di + i)), r, ri + i); }),
            entry(Form.MUL_ADD, (r, ri, a, ai, b, bi, c, ci, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).mul(get(b, bi + i)).add(get(c, ci + i)), r, ri + i); }),
            entry(Form.SCALE_ADD, (r, ri, a, ai, b, bi, c, ci, _, _, n) -> { DoubleVector s = all(b[bi]); for (int i = 0; i < n; i += L) put(get(a, ai + i).mul(s).add(get(c, ci + i)), r, ri + i); }),
            entry(Form.MUL_SUB, (r, ri, a, ai, b, bi, c, ci, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).mul(get(b, bi + i)).sub(get(c, ci + i)), r, ri + i); }),
            entry(Form.SUB_MUL, (r, ri, a, ai, b, bi, c, ci, _, _, n) -> { for (int i = 0; i < n; i += L) put(get(c, ci + i).sub(get(a, ai + i).mul(get(b, bi + i))), r, ri + i); }),
            entry(Form.MUL_ADD_MUL, (r, ri, a, ai, b, bi, c, ci, d, di, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).mul(get(b, bi + i)).add(get(c, ci + i).mul(get(d, di + i))), r, ri + i); }),
            entry(Form.MUL_SUB_MUL, (r, ri, a, ai, b, bi, c, ci, d, di, n) -> { for (int i = 0; i < n; i += L) put(get(a, ai + i).mul(get(b, bi + i)).sub(get(c, ci + i).mul(get(d, di + i))), r, ri + i); }),
            entry(Form.LOG_SUM_EXP_TERM, (r, ri, a, ai, b, bi, _, _, _, _, n) -> {
                for (int i = 0; i < n; i += L) {
                    DoubleVector m = get(a, ai + i);
                    DoubleVector x = get(b, bi + i);
                    // 1 where both are the same, and be it -∞, which differs from itself by no number.
                    DoubleVector e = x.sub(m).abs().neg().lanewise(EXP).blend(1, x.compare(EQ, m));
                    DoubleVector s = get(r, ri + i);
                    put(s.blend(s.mul(e), x.compare(GT, m)).add(e), r, ri + i);
                    put(m.max(x), a, ai + i);
                }
            }),
            entry(Form.LOG_SUM_EXP, (r, ri, a, ai, b, bi, _, _, _, _, n) -> {
                for (int i = 0; i < n; i += L) {
                    DoubleVector m = get(a, ai + i);
                    put(m.blend(m.add(get(b, bi + i).lanewise(LOG1P)), m.abs().compare(LE, Double.MAX_VALUE)), r, ri + i);
                }
            }),
            entry(Form.NAN, (r, ri, a, ai, b, bi, c, ci, d, di, n) -> {
                DoubleVector one = all(1);
                for (int i = 0; i < n; i += L) {
                    VectorMask<Double> nan = get(a, ai + i).test(IS_NAN).or(get(b, bi + i).test(IS_NAN))
                            .or(get(c, ci + i).test(IS_NAN)).or(get(d, di + i).test(IS_NAN));
                    put(get(r, ri + i).blend(one, nan), r, ri + i);
                }
            }),
            entry(Form.UNLESS_LESS, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { DoubleVector one = all(1); for (int i = 0; i < n; i += L) put(get(r, ri + i).blend(one, get(a, ai + i).compare(LT, get(b, bi + i)).not()), r, ri + i); }),
            entry(Form.IF_LESS, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { DoubleVector one = all(1); for (int i = 0; i < n; i += L) put(get(r, ri + i).blend(one, get(a, ai + i).compare(LT, get(b, bi + i))), r, ri + i); }),
            entry(Form.UNLESS_AT_MOST, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { DoubleVector one = all(1); for (int i = 0; i < n; i += L) put(get(r, ri + i).blend(one, get(a, ai + i).compare(LE, get(b, bi + i)).not()), r, ri + i); }),
            entry(Form.IF_AT_MOST, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { DoubleVector one = all(1); for (int i = 0; i < n; i += L) put(get(r, ri + i).blend(one, get(a, ai + i).compare(LE, get(b, bi + i))), r, ri + i); }),
            entry(Form.UNLESS_EQUAL, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { DoubleVector one = all(1); for (int i = 0; i < n; i += L) put(get(r, ri + i).blend(one, get(a, ai + i).compare(EQ, get(b, bi + i)).not()), r, ri + i); }),
            entry(Form.IF_EQUAL, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { DoubleVector one = all(1); for (int i = 0; i < n; i += L) put(get(r, ri + i).blend(one, get(a, ai + i).compare(EQ, get(b, bi + i))), r, ri + i); }),
            entry(Form.UNLESS_SAME, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { DoubleVector one = all(1); for (int i = 0; i < n; i += L) put(get(r, ri + i).blend(one, same(get(a, ai + i), get(b, bi + i)).not()), r, ri + i); }),
            entry(Form.IF_SAME, (r, ri, a, ai, b, bi, _, _, _, _, n) -> { DoubleVector one = all(1); for (int i = 0; i < n; i += L) put(get(r, ri + i).blend(one, same(get(a, ai + i), get(b, bi + i))), r, ri + i); })));

    static {
        // Reductions have 8 running sums whatever the width: the loop over the lanes' vectors is outside.
        FORMS.put(Form.SUM_LANES, (r, ri, a, ai, _, _, _, _, _, _, n) -> {
            for (int j = 0; j < LANES; j += L) {
                DoubleVector s = get(r, ri + j);
                for (int i = j; i < n; i += LANES) {
                    s = s.add(get(a, ai + i));
                }
                put(s, r, ri + j);
            }
        });
        FORMS.put(Form.DOT_LANES, (r, ri, a, ai, b, bi, _, _, _, _, n) -> {
            for (int j = 0; j < LANES; j += L) {
                DoubleVector s = get(r, ri + j);
                for (int i = j; i < n; i += LANES) {
                    s = s.add(get(a, ai + i).mul(get(b, bi + i)));
                }
                put(s, r, ri + j);
            }
        });
        FORMS.put(Form.DOT3_LANES, (r, ri, a, ai, b, bi, c, ci, d, di, n) -> {
            for (int j = 0; j < LANES; j += L) {
                DoubleVector s = get(r, ri + j);
                DoubleVector t = get(r, ri + LANES + j);
                DoubleVector u = get(r, ri + 2 * LANES + j);
                for (int i = j; i < n; i += LANES) {
                    DoubleVector x = get(a, ai + i);
                    s = s.add(x.mul(get(b, bi + i)));
                    t = t.add(x.mul(get(c, ci + i)));
                    u = u.add(x.mul(get(d, di + i)));
                }
                put(s, r, ri + j);
                put(t, r, ri + LANES + j);
                put(u, r, ri + 2 * LANES + j);
            }
        });
    }

    @Override
    public Kernel of(Form form) {
        Kernel kernel = FORMS.get(form);
        boolean exact = form != Form.LOG_SUM_EXP && form != Form.LOG_SUM_EXP_TERM;
        boolean serves = (exact || !isReproducible) && (HAS_MASKS || !MASKED.contains(form));
        return kernel != null && serves ? kernel : Kernels.scalar().of(form);
    }

    @Override
    public Kernel of(Elementary row) {
        boolean wanted = !isReproducible || EXACT.contains(row.name());
        // A row that a user made may have the name of a row of the table.
        Kernel form = wanted && VectorRows.isOfTable(row) ? VectorRows.FORMS.get(row.name()) : null;
        return form != null ? form : Kernels.scalar().of(row);
    }

    @Override
    public Kernels reproducible() {
        return new VectorKernels(true);
    }

    @Override
    public int bits() {
        return S.vectorBitSize();
    }

    @Override
    public String description() {
        return bits() + "-bit vectors";
    }

    static DoubleVector get(double[] t, int at) {
        return DoubleVector.fromArray(S, t, at);
    }

    static void put(DoubleVector v, double[] t, int at) {
        v.intoArray(t, at);
    }

    static DoubleVector all(double s) {
        return DoubleVector.broadcast(S, s);
    }

    /** Equal bits, all NaN counting as one. */
    private static VectorMask<Double> same(DoubleVector a, DoubleVector b) {
        return a.reinterpretAsLongs().compare(EQ, b.reinterpretAsLongs()).cast(S).or(a.test(IS_NAN).and(b.test(IS_NAN)));
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
