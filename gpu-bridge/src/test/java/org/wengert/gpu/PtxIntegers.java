package org.wengert.gpu;

import static org.wengert.gpu.PtxOps.CARRY;
import static org.wengert.gpu.PtxOps.bit;
import static org.wengert.gpu.PtxOps.put;

import java.util.Map;
import org.wengert.gpu.PtxOps.Op;

/** Instructions on integers, bits and predicates. */
final class PtxIntegers {

    private static final long MASK = 0xffffffffL;

    private PtxIntegers() {}

    static void addTo(Map<String, Op> t) {
        words(t);
        longs(t);
        bits(t);
        carries(t);
        halfWords(t);
        conversions(t);
    }

    // ---- 32 bits -----------------------------------------------------------------------------------------

    private static void words(Map<String, Op> t) {
        put(t, "add.s32 add.u32", (r, d, a, b, _) -> r[d] = r[a] + r[b] & MASK);
        put(t, "sub.s32 sub.u32", (r, d, a, b, _) -> r[d] = r[a] - r[b] & MASK);
        put(t, "mul.lo.s32 mul.lo.u32", (r, d, a, b, _) -> r[d] = r[a] * r[b] & MASK);
        put(t, "mul.hi.u32", (r, d, a, b, _) -> r[d] = (r[a] & MASK) * (r[b] & MASK) >>> 32);
        put(t, "mul.hi.s32", (r, d, a, b, _) -> r[d] = (long) (int) r[a] * (int) r[b] >>> 32);
        put(t, "mul.wide.s32", (r, d, a, b, _) -> r[d] = (long) (int) r[a] * (int) r[b]);
        put(t, "mul.wide.u32", (r, d, a, b, _) -> r[d] = (r[a] & MASK) * (r[b] & MASK));
        put(t, "mad.lo.s32 mad.lo.u32", (r, d, a, b, c) -> r[d] = r[a] * r[b] + r[c] & MASK);
        put(t, "mad.wide.s32", (r, d, a, b, c) -> r[d] = (long) (int) r[a] * (int) r[b] + r[c]);
        put(t, "mad.wide.u32", (r, d, a, b, c) -> r[d] = (r[a] & MASK) * (r[b] & MASK) + r[c]);
        put(t, "div.s32", (r, d, a, b, _) -> r[d] = (int) r[a] / (int) r[b]);
        put(t, "rem.s32", (r, d, a, b, _) -> r[d] = (int) r[a] % (int) r[b]);
        put(t, "div.u32", (r, d, a, b, _) -> r[d] = Integer.divideUnsigned((int) r[a], (int) r[b]));
        put(t, "rem.u32", (r, d, a, b, _) -> r[d] = Integer.remainderUnsigned((int) r[a], (int) r[b]));
        put(t, "neg.s32", (r, d, a, _, _) -> r[d] = -(int) r[a]);
        put(t, "abs.s32", (r, d, a, _, _) -> r[d] = Math.abs((int) r[a]));
        put(t, "min.s32", (r, d, a, b, _) -> r[d] = Math.min((int) r[a], (int) r[b]));
        put(t, "max.s32", (r, d, a, b, _) -> r[d] = Math.max((int) r[a], (int) r[b]));
        put(t, "min.u32", (r, d, a, b, _) -> r[d] = Math.min(r[a] & MASK, r[b] & MASK));
        put(t, "max.u32", (r, d, a, b, _) -> r[d] = Math.max(r[a] & MASK, r[b] & MASK));

        put(t, "setp.eq.s32 setp.eq.u32 setp.eq.b32", (r, d, a, b, _) -> r[d] = bit((int) r[a] == (int) r[b]));
        put(t, "setp.ne.s32 setp.ne.u32 setp.ne.b32", (r, d, a, b, _) -> r[d] = bit((int) r[a] != (int) r[b]));
        put(t, "setp.lt.s32", (r, d, a, b, _) -> r[d] = bit((int) r[a] < (int) r[b]));
        put(t, "setp.le.s32", (r, d, a, b, _) -> r[d] = bit((int) r[a] <= (int) r[b]));
        put(t, "setp.gt.s32", (r, d, a, b, _) -> r[d] = bit((int) r[a] > (int) r[b]));
        put(t, "setp.ge.s32", (r, d, a, b, _) -> r[d] = bit((int) r[a] >= (int) r[b]));
        put(t, "setp.lt.u32", (r, d, a, b, _) -> r[d] = bit((r[a] & MASK) < (r[b] & MASK)));
        put(t, "setp.le.u32", (r, d, a, b, _) -> r[d] = bit((r[a] & MASK) <= (r[b] & MASK)));
        put(t, "setp.gt.u32", (r, d, a, b, _) -> r[d] = bit((r[a] & MASK) > (r[b] & MASK)));
        put(t, "setp.ge.u32", (r, d, a, b, _) -> r[d] = bit((r[a] & MASK) >= (r[b] & MASK)));
    }

    // ---- 64 bits -----------------------------------------------------------------------------------------

    private static void longs(Map<String, Op> t) {
        put(t, "add.s64 add.u64", (r, d, a, b, _) -> r[d] = r[a] + r[b]);
        put(t, "sub.s64 sub.u64", (r, d, a, b, _) -> r[d] = r[a] - r[b]);
        put(t, "mul.lo.s64 mul.lo.u64", (r, d, a, b, _) -> r[d] = r[a] * r[b]);
        put(t, "mul.hi.s64", (r, d, a, b, _) -> r[d] = Math.multiplyHigh(r[a], r[b]));
        put(t, "mul.hi.u64", (r, d, a, b, _) -> r[d] = Math.unsignedMultiplyHigh(r[a], r[b]));
        put(t, "mad.lo.s64 mad.lo.u64", (r, d, a, b, c) -> r[d] = r[a] * r[b] + r[c]);
        put(t, "div.s64", (r, d, a, b, _) -> r[d] = r[a] / r[b]);
        put(t, "rem.s64", (r, d, a, b, _) -> r[d] = r[a] % r[b]);
        put(t, "div.u64", (r, d, a, b, _) -> r[d] = Long.divideUnsigned(r[a], r[b]));
        put(t, "rem.u64", (r, d, a, b, _) -> r[d] = Long.remainderUnsigned(r[a], r[b]));
        put(t, "neg.s64", (r, d, a, _, _) -> r[d] = -r[a]);
        put(t, "abs.s64", (r, d, a, _, _) -> r[d] = Math.abs(r[a]));
        put(t, "min.s64", (r, d, a, b, _) -> r[d] = Math.min(r[a], r[b]));
        put(t, "max.s64", (r, d, a, b, _) -> r[d] = Math.max(r[a], r[b]));
        put(t, "min.u64", (r, d, a, b, _) -> r[d] = Long.compareUnsigned(r[a], r[b]) < 0 ? r[a] : r[b]);
        put(t, "max.u64", (r, d, a, b, _) -> r[d] = Long.compareUnsigned(r[a], r[b]) > 0 ? r[a] : r[b]);

        put(t, "setp.eq.s64 setp.eq.u64 setp.eq.b64", (r, d, a, b, _) -> r[d] = bit(r[a] == r[b]));
        put(t, "setp.ne.s64 setp.ne.u64 setp.ne.b64", (r, d, a, b, _) -> r[d] = bit(r[a] != r[b]));
        put(t, "setp.lt.s64", (r, d, a, b, _) -> r[d] = bit(r[a] < r[b]));
        put(t, "setp.le.s64", (r, d, a, b, _) -> r[d] = bit(r[a] <= r[b]));
        put(t, "setp.gt.s64", (r, d, a, b, _) -> r[d] = bit(r[a] > r[b]));
        put(t, "setp.ge.s64", (r, d, a, b, _) -> r[d] = bit(r[a] >= r[b]));
        put(t, "setp.lt.u64", (r, d, a, b, _) -> r[d] = bit(Long.compareUnsigned(r[a], r[b]) < 0));
        put(t, "setp.le.u64", (r, d, a, b, _) -> r[d] = bit(Long.compareUnsigned(r[a], r[b]) <= 0));
        put(t, "setp.gt.u64", (r, d, a, b, _) -> r[d] = bit(Long.compareUnsigned(r[a], r[b]) > 0));
        put(t, "setp.ge.u64", (r, d, a, b, _) -> r[d] = bit(Long.compareUnsigned(r[a], r[b]) >= 0));
    }

    // ---- bits --------------------------------------------------------------------------------------------

    private static void bits(Map<String, Op> t) {
        put(t, "and.b32 and.b64 and.pred and.b16", (r, d, a, b, _) -> r[d] = r[a] & r[b]);
        put(t, "or.b32 or.b64 or.pred or.b16", (r, d, a, b, _) -> r[d] = r[a] | r[b]);
        put(t, "xor.b32 xor.b64 xor.pred xor.b16", (r, d, a, b, _) -> r[d] = r[a] ^ r[b]);
        put(t, "not.b32", (r, d, a, _, _) -> r[d] = ~r[a] & MASK);
        put(t, "not.b64", (r, d, a, _, _) -> r[d] = ~r[a]);
        put(t, "not.pred", (r, d, a, _, _) -> r[d] = r[a] ^ 1);
        // The amount is unsigned, and what is shifted out is gone.
        put(t, "shl.b32", (r, d, a, b, _) -> r[d] = (r[b] & MASK) > 31 ? 0 : r[a] << r[b] & MASK);
        put(t, "shr.u32 shr.b32", (r, d, a, b, _) -> r[d] = (r[b] & MASK) > 31 ? 0 : (r[a] & MASK) >>> r[b]);
        put(t, "shr.s32", (r, d, a, b, _) -> r[d] = (int) r[a] >> (int) Math.min(31, r[b] & MASK));
        put(t, "shl.b64", (r, d, a, b, _) -> r[d] = (r[b] & MASK) > 63 ? 0 : r[a] << r[b]);
        put(t, "shr.u64 shr.b64", (r, d, a, b, _) -> r[d] = (r[b] & MASK) > 63 ? 0 : r[a] >>> r[b]);
        put(t, "shr.s64", (r, d, a, b, _) -> r[d] = r[a] >> Math.min(63, r[b] & MASK));
        // The upper word of b:a shifted left, the lower word of b:a shifted right.
        put(t, "shf.l.wrap.b32",
                (r, d, a, b, c) -> r[d] = (r[b] << 32 | r[a] & MASK) << (r[c] & 31) >>> 32);
        put(t, "shf.r.wrap.b32",
                (r, d, a, b, c) -> r[d] = (r[b] << 32 | r[a] & MASK) >>> (r[c] & 31) & MASK);
        put(t, "clz.b32", (r, d, a, _, _) -> r[d] = Integer.numberOfLeadingZeros((int) r[a]));
        put(t, "clz.b64", (r, d, a, _, _) -> r[d] = Long.numberOfLeadingZeros(r[a]));
        put(t, "popc.b32", (r, d, a, _, _) -> r[d] = Integer.bitCount((int) r[a]));
        put(t, "popc.b64", (r, d, a, _, _) -> r[d] = Long.bitCount(r[a]));
        // The field's place is in the low half of c, its length in the upper half.
        put(t, "bfi.b64", (r, d, a, b, c) -> r[d] = inserted(r[a], r[b], r[c] & 0xff, r[c] >>> 32 & 0xff));
    }

    private static long inserted(long field, long into, long at, long length) {
        if (at > 63) {
            return into;
        }
        long mask = (length > 63 ? -1L : (1L << length) - 1) << at;
        return into & ~mask | field << at & mask;
    }

    // ---- with carry --------------------------------------------------------------------------------------

    private static void carries(Map<String, Op> t) {
        put(t, "add.cc.u32 add.cc.s32", (r, d, a, b, _) -> carry(r, d, (r[a] & MASK) + (r[b] & MASK)));
        put(t, "addc.cc.u32 addc.cc.s32", (r, d, a, b, _) -> carry(r, d, (r[a] & MASK) + (r[b] & MASK) + r[CARRY]));
        put(t, "addc.u32 addc.s32", (r, d, a, b, _) -> r[d] = r[a] + r[b] + r[CARRY] & MASK);
        put(t, "sub.cc.u32 sub.cc.s32", (r, d, a, b, _) -> borrow(r, d, (r[a] & MASK) - (r[b] & MASK)));
        put(t, "subc.cc.u32 subc.cc.s32", (r, d, a, b, _) -> borrow(r, d, (r[a] & MASK) - (r[b] & MASK) - r[CARRY]));
        put(t, "subc.u32 subc.s32", (r, d, a, b, _) -> r[d] = r[a] - r[b] - r[CARRY] & MASK);
        put(t, "mad.lo.cc.u32", (r, d, a, b, c) -> carry(r, d, low(r, a, b) + (r[c] & MASK)));
        put(t, "mad.hi.cc.u32", (r, d, a, b, c) -> carry(r, d, high(r, a, b) + (r[c] & MASK)));
        put(t, "madc.lo.cc.u32", (r, d, a, b, c) -> carry(r, d, low(r, a, b) + (r[c] & MASK) + r[CARRY]));
        put(t, "madc.hi.cc.u32", (r, d, a, b, c) -> carry(r, d, high(r, a, b) + (r[c] & MASK) + r[CARRY]));
        put(t, "madc.lo.u32", (r, d, a, b, c) -> r[d] = low(r, a, b) + r[c] + r[CARRY] & MASK);
        put(t, "madc.hi.u32", (r, d, a, b, c) -> r[d] = high(r, a, b) + r[c] + r[CARRY] & MASK);
    }

    private static long low(long[] r, int a, int b) {
        return r[a] * r[b] & MASK;
    }

    private static long high(long[] r, int a, int b) {
        return (r[a] & MASK) * (r[b] & MASK) >>> 32;
    }

    private static void carry(long[] r, int d, long sum) {
        r[d] = sum & MASK;
        r[CARRY] = sum >>> 32;
    }

    private static void borrow(long[] r, int d, long difference) {
        r[d] = difference & MASK;
        r[CARRY] = difference < 0 ? 1 : 0;
    }

    // ---- 16 bits, and between sizes ----------------------------------------------------------------------

    private static void halfWords(Map<String, Op> t) {
        put(t, "add.s16 add.u16", (r, d, a, b, _) -> r[d] = r[a] + r[b] & 0xffff);
        put(t, "sub.s16 sub.u16", (r, d, a, b, _) -> r[d] = r[a] - r[b] & 0xffff);
        put(t, "mul.wide.u16", (r, d, a, b, _) -> r[d] = (r[a] & 0xffff) * (r[b] & 0xffff));
        put(t, "setp.eq.b16 setp.eq.s16 setp.eq.u16", (r, d, a, b, _) -> r[d] = bit((short) r[a] == (short) r[b]));
        put(t, "setp.ne.b16 setp.ne.s16 setp.ne.u16", (r, d, a, b, _) -> r[d] = bit((short) r[a] != (short) r[b]));
    }

    private static void conversions(Map<String, Op> t) {
        put(t, "cvt.u64.u32 cvt.u32.u64 cvt.s32.s64 cvt.u32.s64 cvt.s64.u32", (r, d, a, _, _) -> r[d] = r[a] & MASK);
        put(t, "cvt.s64.s32", (r, d, a, _, _) -> r[d] = (int) r[a]);
        put(t, "cvt.u32.u16 cvt.s32.u16 cvt.u64.u16 cvt.u16.u32 cvt.u16.u64",
                (r, d, a, _, _) -> r[d] = r[a] & 0xffff);
        put(t, "cvt.u32.u8 cvt.u16.u8", (r, d, a, _, _) -> r[d] = r[a] & 0xff);
    }
}
