package org.wengert.gpu;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What PTX instructions compute, by their name: all that nvcc 13.0 makes of our kernels, and what is next to that. A
 * register is a long: a double or a 64-bit integer by its bits, 32 bits in the low half, a predicate as 0 or 1.
 *
 * <p>Sums and products that a compiler may contract ({@code add.f64} in place of {@code add.rn.f64}) are left out on
 * purpose: our kernels must not have any.
 */
final class PtxOps {

    /** One instruction: r[d] from r[a], r[b] and r[c]. */
    @FunctionalInterface
    interface Op {
        void run(long[] r, int d, int a, int b, int c);
    }

    /** Registers that every frame has: the carry, how approximations err (-1, 0 or 1 units), and who the thread is. */
    static final int CARRY = 0;
    static final int BIAS = 1;
    static final int TID = 2;
    static final int NTID = 3;
    static final int CTAID = 4;
    static final int NCTAID = 5;
    static final int ZERO = 6;
    static final int FIRST_FREE = 7;

    static final Op MOVE = (r, d, a, _, _) -> r[d] = r[a];
    static final Op PACK = (r, d, a, b, _) -> r[d] = r[a] & 0xffffffffL | r[b] << 32;
    static final Op LOW = (r, d, a, _, _) -> r[d] = r[a] & 0xffffffffL;
    static final Op HIGH = (r, d, a, _, _) -> r[d] = r[a] >>> 32;

    private static final Map<String, Op> TABLE = new HashMap<>();

    private PtxOps() {}

    static {
        moves();
        doubles();
        PtxIntegers.addTo(TABLE);
        PtxSingles.addTo(TABLE);
    }

    /** What an instruction computes. */
    static Op op(String name) {
        Op op = TABLE.get(name);
        if (op == null) {
            throw new IllegalArgumentException("the instruction " + name + " is not known here");
        }
        return op;
    }

    static double f64(long[] r, int i) {
        return Double.longBitsToDouble(r[i]);
    }

    static long bits(double x) {
        return Double.doubleToRawLongBits(x);
    }

    static long bit(boolean x) {
        return x ? 1 : 0;
    }

    /** Adds an instruction under each of the names. */
    static void put(Map<String, Op> table, String names, Op op) {
        for (String name : names.split(" ", -1)) {
            table.put(name, op);
        }
    }

    private static void put(String names, Op op) {
        put(TABLE, names, op);
    }

    private static void moves() {
        for (String type : List.of("b64", "u64", "s64", "f64", "b32", "u32", "s32", "f32", "b16", "u16", "s16", "pred")) {
            put("mov." + type, MOVE);
            put("selp." + type, (r, d, a, b, c) -> r[d] = r[r[c] != 0 ? a : b]);
        }
        for (String space : List.of("global", "local", "shared", "const", "param")) {
            put("cvta." + space + ".u64 cvta.to." + space + ".u64", MOVE);
        }
    }

    // ---- double precision --------------------------------------------------------------------------------

    private static void doubles() {
        put("add.rn.f64", (r, d, a, b, _) -> r[d] = bits(f64(r, a) + f64(r, b)));
        put("sub.rn.f64", (r, d, a, b, _) -> r[d] = bits(f64(r, a) - f64(r, b)));
        put("mul.rn.f64", (r, d, a, b, _) -> r[d] = bits(f64(r, a) * f64(r, b)));
        put("div.rn.f64", (r, d, a, b, _) -> r[d] = bits(f64(r, a) / f64(r, b)));
        put("rcp.rn.f64", (r, d, a, _, _) -> r[d] = bits(1 / f64(r, a)));
        put("sqrt.rn.f64", (r, d, a, _, _) -> r[d] = bits(Math.sqrt(f64(r, a))));
        put("fma.rn.f64", (r, d, a, b, c) -> r[d] = bits(Math.fma(f64(r, a), f64(r, b), f64(r, c))));
        put("neg.f64", (r, d, a, _, _) -> r[d] = r[a] ^ Long.MIN_VALUE);
        put("abs.f64", (r, d, a, _, _) -> r[d] = r[a] & Long.MAX_VALUE);
        put("copysign.f64", (r, d, a, b, _) -> r[d] = r[a] & Long.MIN_VALUE | r[b] & Long.MAX_VALUE);
        put("min.f64", (r, d, a, b, _) -> r[d] = bits(least(f64(r, a), f64(r, b))));
        put("max.f64", (r, d, a, b, _) -> r[d] = bits(-least(-f64(r, a), -f64(r, b))));

        put("setp.eq.f64", (r, d, a, b, _) -> r[d] = bit(f64(r, a) == f64(r, b)));
        put("setp.lt.f64", (r, d, a, b, _) -> r[d] = bit(f64(r, a) < f64(r, b)));
        put("setp.le.f64", (r, d, a, b, _) -> r[d] = bit(f64(r, a) <= f64(r, b)));
        put("setp.gt.f64", (r, d, a, b, _) -> r[d] = bit(f64(r, a) > f64(r, b)));
        put("setp.ge.f64", (r, d, a, b, _) -> r[d] = bit(f64(r, a) >= f64(r, b)));
        put("setp.ne.f64", (r, d, a, b, _) -> r[d] = bit(f64(r, a) < f64(r, b) || f64(r, a) > f64(r, b)));
        put("setp.neu.f64", (r, d, a, b, _) -> r[d] = bit(f64(r, a) != f64(r, b)));
        put("setp.equ.f64", (r, d, a, b, _) -> r[d] = bit(!(f64(r, a) < f64(r, b) || f64(r, a) > f64(r, b))));
        put("setp.ltu.f64", (r, d, a, b, _) -> r[d] = bit(!(f64(r, a) >= f64(r, b))));
        put("setp.leu.f64", (r, d, a, b, _) -> r[d] = bit(!(f64(r, a) > f64(r, b))));
        put("setp.gtu.f64", (r, d, a, b, _) -> r[d] = bit(!(f64(r, a) <= f64(r, b))));
        put("setp.geu.f64", (r, d, a, b, _) -> r[d] = bit(!(f64(r, a) < f64(r, b))));
        put("setp.num.f64", (r, d, a, b, _) -> r[d] = bit(!Double.isNaN(f64(r, a)) && !Double.isNaN(f64(r, b))));
        put("setp.nan.f64", (r, d, a, b, _) -> r[d] = bit(Double.isNaN(f64(r, a)) || Double.isNaN(f64(r, b))));

        put("cvt.rni.f64.f64", (r, d, a, _, _) -> r[d] = bits(Math.rint(f64(r, a))));
        put("cvt.rmi.f64.f64", (r, d, a, _, _) -> r[d] = bits(Math.floor(f64(r, a))));
        put("cvt.rpi.f64.f64", (r, d, a, _, _) -> r[d] = bits(Math.ceil(f64(r, a))));
        put("cvt.rzi.f64.f64", (r, d, a, _, _) -> r[d] = bits(truncated(f64(r, a))));
        put("cvt.rn.f64.s32", (r, d, a, _, _) -> r[d] = bits((int) r[a]));
        put("cvt.rn.f64.u32", (r, d, a, _, _) -> r[d] = bits((double) (r[a] & 0xffffffffL)));
        put("cvt.rn.f64.s64", (r, d, a, _, _) -> r[d] = bits((double) r[a]));
        put("cvt.rzi.s32.f64", (r, d, a, _, _) -> r[d] = toInt(f64(r, a)));
        put("cvt.rni.s32.f64", (r, d, a, _, _) -> r[d] = toInt(Math.rint(f64(r, a))));
        put("cvt.rzi.s64.f64", (r, d, a, _, _) -> r[d] = toLong(f64(r, a)));
        put("cvt.rni.s64.f64", (r, d, a, _, _) -> r[d] = toLong(Math.rint(f64(r, a))));

        // Of the argument and of the result, the upper half alone.
        put("rcp.approx.ftz.f64", (r, d, a, _, _) -> r[d] = upper(1 / flushed(r[a]), r[BIAS]));
        put("rsqrt.approx.ftz.f64", (r, d, a, _, _) -> r[d] = upper(1 / Math.sqrt(flushed(r[a])), r[BIAS]));
    }

    /** The smaller of two, -0.0 below 0.0; the number where the other is none. */
    private static double least(double x, double y) {
        return Double.isNaN(x) ? y : Double.isNaN(y) ? x : Math.min(x, y);
    }

    static double truncated(double x) {
        return Math.copySign(Math.floor(Math.abs(x)), x);
    }

    /** Saturates like Java's conversion, but NaN becomes the least integer. */
    private static long toInt(double x) {
        return Double.isNaN(x) ? Integer.MIN_VALUE : (int) x;
    }

    private static long toLong(double x) {
        return Double.isNaN(x) ? Long.MIN_VALUE : (long) x;
    }

    private static double flushed(long bits) {
        double x = Double.longBitsToDouble(bits & 0xffffffff00000000L);
        return Math.abs(x) < Double.MIN_NORMAL ? Math.copySign(0, x) : x;
    }

    private static long upper(double y, long bias) {
        if (Double.isNaN(y) || Double.isInfinite(y)) {
            return bits(y);
        }
        if (Math.abs(y) < Double.MIN_NORMAL) {
            return bits(Math.copySign(0, y));
        }
        long exact = bits(y);
        long rounded = exact + 0x80000000L & 0xffffffff00000000L;
        return rounded == exact ? exact : rounded + (bias << 32);
    }
}
