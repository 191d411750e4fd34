package org.wengert.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The interpreter's instructions, where PTX differs from Java or where they are not Java's own. */
class PtxOpsTest {

    private static final double NAN = Double.NaN;

    private final SplittableRandom random = new SplittableRandom(3);

    /** Runs one instruction. */
    private static long run(String name, long... x) {
        long[] r = new long[20];
        System.arraycopy(x, 0, r, 10, x.length);
        PtxOps.op(name).run(r, 19, 10, 11, 12);
        return r[19];
    }

    private static double number(String name, double x, double y) {
        return Double.longBitsToDouble(run(name, PtxOps.bits(x), PtxOps.bits(y)));
    }

    private static long word(float x) {
        return Float.floatToRawIntBits(x) & 0xffffffffL;
    }

    private static float single(String name, float... x) {
        long[] words = new long[x.length];
        for (int i = 0; i < x.length; i++) {
            words[i] = word(x[i]);
        }
        return Float.intBitsToFloat((int) run(name, words));
    }

    @Test
    void theSmallerOfANumberAndNoneIsTheNumber() {
        assertEquals(1.0, number("min.f64", NAN, 1.0));
        assertEquals(1.0, number("max.f64", 1.0, NAN));
        assertEquals(NAN, number("min.f64", NAN, NAN));
        assertEquals(-0.0, number("min.f64", 0.0, -0.0));
        assertEquals(0.0, number("max.f64", -0.0, 0.0));
        assertEquals(2.0f, single("max.f32", Float.NaN, 2));
    }

    @Test
    void theSignIsCopiedFromTheFirstArgument() {
        assertEquals(3.0, number("copysign.f64", 2.0, -3.0));
        assertEquals(-3.0f, single("copysign.f32", -0.0f, 3));
    }

    @Test
    void comparisonsTellNumbersFromNone() {
        double[] x = {-1, -0.0, 0.0, 2, Double.POSITIVE_INFINITY, NAN};
        for (double a : x) {
            for (double b : x) {
                boolean none = Double.isNaN(a) || Double.isNaN(b);
                boolean[] holds = {a == b, !none && a != b, a < b, a <= b, a > b, a >= b};
                String[] names = {"eq", "ne", "lt", "le", "gt", "ge"};
                for (int k = 0; k < names.length; k++) {
                    String where = names[k] + " of " + a + " and " + b;
                    for (String type : new String[] {".f64", ".f32"}) {
                        long p = type.equals(".f64") ? PtxOps.bits(a) : word((float) a);
                        long q = type.equals(".f64") ? PtxOps.bits(b) : word((float) b);
                        assertEquals(holds[k] ? 1 : 0, run("setp." + names[k] + type, p, q), where);
                        assertEquals(holds[k] || none ? 1 : 0, run("setp." + names[k] + "u" + type, p, q), where);
                        assertEquals(none ? 1 : 0, run("setp.nan" + type, p, q), where);
                        assertEquals(none ? 0 : 1, run("setp.num" + type, p, q), where);
                    }
                }
            }
        }
    }

    @Test
    void conversionsSaturateAndNoneIsTheLeastIntegerInDoublePrecisionAndZeroInSingle() {
        assertEquals(Integer.MAX_VALUE, (int) run("cvt.rzi.s32.f64", PtxOps.bits(1e10)));
        assertEquals(Integer.MIN_VALUE, (int) run("cvt.rni.s32.f64", PtxOps.bits(NAN)));
        assertEquals(Long.MIN_VALUE, run("cvt.rzi.s64.f64", PtxOps.bits(NAN)));
        assertEquals(0, run("cvt.rzi.s32.f32", word(Float.NaN)));
        assertEquals(0xffffffffL, run("cvt.rzi.u32.f32", word(1e20f)));
        assertEquals(0, run("cvt.rzi.u32.f32", word(-5)));
        assertEquals(2, run("cvt.rni.s32.f64", PtxOps.bits(2.5)));
        assertEquals(-2.0, Double.longBitsToDouble(run("cvt.rzi.f64.f64", PtxOps.bits(-2.9))));
        assertEquals(0, single("cvt.sat.f32.f32", Float.NaN));
        assertEquals(1, single("cvt.sat.f32.f32", 7));
    }

    @Test
    void whatIsShiftedOutIsGone() {
        assertEquals(0, run("shl.b32", 1, 32));
        assertEquals(0, run("shr.u32", -1, 40));
        assertEquals(-1, (int) run("shr.s32", -8, 1000));
        assertEquals(0, run("shl.b64", 1, 64));
        assertEquals(-1, run("shr.s64", -8, 64));
        assertEquals(0xfedcba98L, run("shf.l.wrap.b32", 0x98000000L, 0x00fedcbaL, 40));
    }

    @Test
    void aProductOfManyWordsCarries() {
        BigInteger word = BigInteger.ONE.shiftLeft(32);
        for (int i = 0; i < 1000; i++) {
            long[] r = new long[20];
            for (int k = 10; k < 14; k++) {
                r[k] = random.nextInt(4) == 0 ? 0xffffffffL : random.nextInt() & 0xffffffffL;
            }
            BigInteger exact = BigInteger.valueOf(r[10]).multiply(BigInteger.valueOf(r[11]))
                    .add(BigInteger.valueOf(r[12])).add(BigInteger.valueOf(r[13]).multiply(word));
            PtxOps.op("mad.lo.cc.u32").run(r, 14, 10, 11, 12);
            PtxOps.op("madc.hi.cc.u32").run(r, 15, 10, 11, 13);
            PtxOps.op("addc.u32").run(r, 16, 17, 17, 0); // the carry
            assertEquals(exact, BigInteger.valueOf(r[14]).add(BigInteger.valueOf(r[15]).multiply(word))
                    .add(BigInteger.valueOf(r[16]).multiply(word).multiply(word)));
        }
    }

    @Test
    void aDifferenceOfManyWordsBorrows() {
        for (int i = 0; i < 1000; i++) {
            long a = random.nextLong();
            long b = random.nextLong(a - 3, a + 4);
            long[] r = new long[20];
            r[10] = a & 0xffffffffL;
            r[11] = a >>> 32;
            r[12] = b & 0xffffffffL;
            r[13] = b >>> 32;
            PtxOps.op("sub.cc.u32").run(r, 14, 10, 12, 0);
            PtxOps.op("subc.cc.u32").run(r, 15, 11, 13, 0);
            PtxOps.op("subc.u32").run(r, 16, 17, 17, 0);
            assertEquals(a - b, r[14] | r[15] << 32);
            assertEquals(Long.compareUnsigned(a, b) < 0 ? 0xffffffffL : 0, r[16]);
        }
    }

    @Test
    void aFieldIsPutIntoAWord() {
        for (int i = 0; i < 1000; i++) {
            long field = random.nextLong();
            long into = random.nextLong();
            int at = random.nextInt(64);
            int length = random.nextInt(65);
            long expected = into;
            for (int k = 0; k < length && at + k < 64; k++) {
                expected = expected & ~(1L << at + k) | (field >>> k & 1) << at + k;
            }
            assertEquals(expected, run("bfi.b64", field, into, at | (long) length << 32));
        }
    }

    @Test
    void roundingDownAndTowardsZeroIsThatOfTheExactNumber() {
        for (int i = 0; i < 20_000; i++) {
            float[] x = {number(), number(), number()};
            if (i % 3 == 0) {
                x[2] = -x[0] * x[1]; // most of it cancels
            }
            BigDecimal exact = new BigDecimal(x[0]).multiply(new BigDecimal(x[1])).add(new BigDecimal(x[2]));
            float down = single("fma.rm.f32", x);
            if (exact.signum() != 0) {
                assertEquals(below(exact), down);
                assertEquals(exact.signum() > 0 ? below(exact) : -below(exact.negate()), single("fma.rz.f32", x));
            } else {
                assertEquals(0, Math.abs(down));
            }
            BigDecimal product = new BigDecimal(x[0]).multiply(new BigDecimal(x[1]));
            assertEquals(product.signum() > 0 ? below(product) : -below(product.negate()), single("mul.rz.f32", x));
        }
    }

    private float number() {
        return (random.nextFloat() + 1) * Math.scalb(random.nextBoolean() ? 1f : -1f, random.nextInt(-60, 60));
    }

    /** The greatest float that is not greater. */
    private static float below(BigDecimal x) {
        float y = x.floatValue();
        return new BigDecimal(y).compareTo(x) > 0 ? Math.nextDown(y) : y;
    }

    @Test
    void approximationsKeepTheUpperHalfAndErrAsTold() {
        long[] r = new long[20];
        r[10] = PtxOps.bits(3.000001234567);
        for (long bias = -1; bias <= 1; bias++) {
            r[PtxOps.BIAS] = bias;
            PtxOps.op("rcp.approx.ftz.f64").run(r, 11, 10, 0, 0);
            assertEquals(0, r[11] & 0xffffffffL);
            assertEquals(1 / 3.000001234567, Double.longBitsToDouble(r[11]), 0x1p-20);
        }
        assertEquals(Double.NEGATIVE_INFINITY, number("rcp.approx.ftz.f64", -Double.MIN_VALUE, 0));
        assertEquals(0.5, number("rsqrt.approx.ftz.f64", 4.0, 0), "what is exact stays exact");
        assertEquals(8, single("ex2.approx.ftz.f32", 3));
        assertEquals(Float.NEGATIVE_INFINITY, single("lg2.approx.ftz.f32", Float.MIN_VALUE));
    }
}
