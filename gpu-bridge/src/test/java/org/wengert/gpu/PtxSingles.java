package org.wengert.gpu;

import static org.wengert.gpu.PtxOps.BIAS;
import static org.wengert.gpu.PtxOps.bit;
import static org.wengert.gpu.PtxOps.bits;
import static org.wengert.gpu.PtxOps.f64;
import static org.wengert.gpu.PtxOps.put;

import java.util.Map;
import org.wengert.gpu.PtxOps.Op;

/** Instructions in single precision. Where an operation makes a NaN, it is the one that devices make. */
final class PtxSingles {

    private static final int NAN = 0x7fffffff;

    private PtxSingles() {}

    static void addTo(Map<String, Op> t) {
        arithmetic(t);
        comparisons(t);
        conversions(t);
        approximations(t);
    }

    private static float f(long[] r, int i) {
        return Float.intBitsToFloat((int) r[i]);
    }

    private static long w(float x) {
        return Float.isNaN(x) ? NAN : Float.floatToRawIntBits(x) & 0xffffffffL;
    }

    // ---- arithmetic --------------------------------------------------------------------------------------

    private static void arithmetic(Map<String, Op> t) {
        put(t, "add.rn.f32", (r, d, a, b, _) -> r[d] = w(f(r, a) + f(r, b)));
        put(t, "sub.rn.f32", (r, d, a, b, _) -> r[d] = w(f(r, a) - f(r, b)));
        put(t, "mul.rn.f32", (r, d, a, b, _) -> r[d] = w(f(r, a) * f(r, b)));
        put(t, "div.rn.f32", (r, d, a, b, _) -> r[d] = w(f(r, a) / f(r, b)));
        put(t, "rcp.rn.f32", (r, d, a, _, _) -> r[d] = w(1 / f(r, a)));
        put(t, "sqrt.rn.f32", (r, d, a, _, _) -> r[d] = w((float) Math.sqrt(f(r, a))));
        put(t, "fma.rn.f32", (r, d, a, b, c) -> r[d] = w(Math.fma(f(r, a), f(r, b), f(r, c))));
        put(t, "fma.rm.f32", (r, d, a, b, c) -> r[d] = w(down(f(r, a), f(r, b), f(r, c))));
        put(t, "fma.rz.f32", (r, d, a, b, c) -> r[d] = w(towardsZero(f(r, a), f(r, b), f(r, c))));
        put(t, "add.rz.f32", (r, d, a, b, _) -> r[d] = w(towardsZero(f(r, a), 1, f(r, b))));
        put(t, "mul.rz.f32", (r, d, a, b, _) -> r[d] = w(towardsZero(f(r, a), f(r, b), -0.0f)));
        put(t, "neg.f32", (r, d, a, _, _) -> r[d] = (r[a] ^ 0x80000000L) & 0xffffffffL);
        put(t, "abs.f32", (r, d, a, _, _) -> r[d] = r[a] & 0x7fffffffL);
        put(t, "copysign.f32", (r, d, a, b, _) -> r[d] = r[a] & 0x80000000L | r[b] & 0x7fffffffL);
        put(t, "min.f32", (r, d, a, b, _) -> r[d] = w(least(f(r, a), f(r, b))));
        put(t, "max.f32", (r, d, a, b, _) -> r[d] = w(-least(-f(r, a), -f(r, b))));
    }

    private static float least(float x, float y) {
        return Float.isNaN(x) ? y : Float.isNaN(y) ? x : Math.min(x, y);
    }

    /** a b + c, rounded down: in double precision the product is exact, and so is the error of the sum. */
    private static float down(float a, float b, float c) {
        double p = (double) a * b;
        double s = p + c;
        if (Double.isNaN(s) || Double.isInfinite(s)) {
            return (float) s;
        }
        double z = s - p;
        double error = (p - (s - z)) + (c - z);
        if (s == 0 && error == 0) {
            boolean bothPositive = 1 / p > 0 && 1 / (double) c > 0;
            return p == 0 && bothPositive ? 0 : -0.0f; // 0 and -0.0, or x - x: -0.0 when rounding down
        }
        float y = (float) s;
        return y > s || (y == s && error < 0) ? Math.nextDown(y) : y;
    }

    private static float towardsZero(float a, float b, float c) {
        double exactEnough = (double) a * b + c;
        if (exactEnough == 0 || Double.isNaN(exactEnough)) {
            return (float) exactEnough; // if the sum in double is 0, it is exactly 0
        }
        return exactEnough > 0 ? down(a, b, c) : -down(-a, b, -c);
    }

    private static void comparisons(Map<String, Op> t) {
        put(t, "setp.eq.f32", (r, d, a, b, _) -> r[d] = bit(f(r, a) == f(r, b)));
        put(t, "setp.lt.f32", (r, d, a, b, _) -> r[d] = bit(f(r, a) < f(r, b)));
        put(t, "setp.le.f32", (r, d, a, b, _) -> r[d] = bit(f(r, a) <= f(r, b)));
        put(t, "setp.gt.f32", (r, d, a, b, _) -> r[d] = bit(f(r, a) > f(r, b)));
        put(t, "setp.ge.f32", (r, d, a, b, _) -> r[d] = bit(f(r, a) >= f(r, b)));
        put(t, "setp.ne.f32", (r, d, a, b, _) -> r[d] = bit(f(r, a) < f(r, b) || f(r, a) > f(r, b)));
        put(t, "setp.neu.f32", (r, d, a, b, _) -> r[d] = bit(f(r, a) != f(r, b)));
        put(t, "setp.equ.f32", (r, d, a, b, _) -> r[d] = bit(!(f(r, a) < f(r, b) || f(r, a) > f(r, b))));
        put(t, "setp.ltu.f32", (r, d, a, b, _) -> r[d] = bit(!(f(r, a) >= f(r, b))));
        put(t, "setp.leu.f32", (r, d, a, b, _) -> r[d] = bit(!(f(r, a) > f(r, b))));
        put(t, "setp.gtu.f32", (r, d, a, b, _) -> r[d] = bit(!(f(r, a) <= f(r, b))));
        put(t, "setp.geu.f32", (r, d, a, b, _) -> r[d] = bit(!(f(r, a) < f(r, b))));
        put(t, "setp.num.f32", (r, d, a, b, _) -> r[d] = bit(!Float.isNaN(f(r, a)) && !Float.isNaN(f(r, b))));
        put(t, "setp.nan.f32", (r, d, a, b, _) -> r[d] = bit(Float.isNaN(f(r, a)) || Float.isNaN(f(r, b))));
    }

    private static void conversions(Map<String, Op> t) {
        put(t, "cvt.f64.f32", (r, d, a, _, _) -> r[d] = bits(f(r, a)));
        put(t, "cvt.rn.f32.f64", (r, d, a, _, _) -> r[d] = w((float) f64(r, a)));
        put(t, "cvt.rn.f32.s32", (r, d, a, _, _) -> r[d] = w((int) r[a]));
        put(t, "cvt.rn.f32.u32", (r, d, a, _, _) -> r[d] = w((float) (r[a] & 0xffffffffL)));
        put(t, "cvt.rn.f32.s64", (r, d, a, _, _) -> r[d] = w((float) r[a]));
        put(t, "cvt.rni.f32.f32", (r, d, a, _, _) -> r[d] = w((float) Math.rint(f(r, a))));
        put(t, "cvt.rmi.f32.f32", (r, d, a, _, _) -> r[d] = w((float) Math.floor(f(r, a))));
        put(t, "cvt.rpi.f32.f32", (r, d, a, _, _) -> r[d] = w((float) Math.ceil(f(r, a))));
        put(t, "cvt.rzi.f32.f32", (r, d, a, _, _) -> r[d] = w((float) PtxOps.truncated(f(r, a))));
        put(t, "cvt.sat.f32.f32", (r, d, a, _, _) -> r[d] = w(f(r, a) > 0 ? Math.min(f(r, a), 1) : 0));
        // From single precision, NaN becomes 0, as in Java.
        put(t, "cvt.rzi.s32.f32", (r, d, a, _, _) -> r[d] = (int) f(r, a));
        put(t, "cvt.rni.s32.f32", (r, d, a, _, _) -> r[d] = (int) Math.rint(f(r, a)));
        put(t, "cvt.rzi.u32.f32", (r, d, a, _, _) -> r[d] = (long) Math.clamp((double) f(r, a), 0.0, 4294967295.0));
    }

    // ---- approximations ----------------------------------------------------------------------------------

    private static void approximations(Map<String, Op> t) {
        put(t, "rcp.approx.f32", (r, d, a, _, _) -> r[d] = near(1.0 / f(r, a), r));
        put(t, "rcp.approx.ftz.f32", (r, d, a, _, _) -> r[d] = flush(near(1.0 / flush(f(r, a)), r)));
        put(t, "rsqrt.approx.f32", (r, d, a, _, _) -> r[d] = near(1 / Math.sqrt(f(r, a)), r));
        put(t, "rsqrt.approx.ftz.f32", (r, d, a, _, _) -> r[d] = flush(near(1 / Math.sqrt(flush(f(r, a))), r)));
        put(t, "ex2.approx.f32", (r, d, a, _, _) -> r[d] = near(Math.pow(2, f(r, a)), r));
        put(t, "ex2.approx.ftz.f32", (r, d, a, _, _) -> r[d] = flush(near(Math.pow(2, flush(f(r, a))), r)));
        put(t, "lg2.approx.f32", (r, d, a, _, _) -> r[d] = near(log2(f(r, a)), r));
        put(t, "lg2.approx.ftz.f32", (r, d, a, _, _) -> r[d] = flush(near(log2(flush(f(r, a))), r)));
        put(t, "div.approx.f32", (r, d, a, b, _) -> r[d] = near((double) f(r, a) / f(r, b), r));
        put(t, "div.approx.ftz.f32",
                (r, d, a, b, _) -> r[d] = flush(near((double) flush(f(r, a)) / flush(f(r, b)), r)));
    }

    private static double log2(float x) {
        return x > 0 && (Float.floatToIntBits(x) & 0x7fffff) == 0 && x >= Float.MIN_NORMAL
                ? Math.getExponent(x)
                : Math.log(x) / Math.log(2);
    }

    private static float flush(float x) {
        return Math.abs(x) < Float.MIN_NORMAL ? Math.copySign(0, x) : x;
    }

    private static long flush(long bits) {
        return w(flush(Float.intBitsToFloat((int) bits)));
    }

    /** A number as an approximation gives it: what is exact stays so, the rest may be off by one unit. */
    private static long near(double exact, long[] r) {
        float y = (float) exact;
        if (y == exact || Float.isNaN(y) || Float.isInfinite(y)) {
            return w(y);
        }
        return w(r[BIAS] == 0 ? y : r[BIAS] > 0 ? Math.nextUp(y) : Math.nextDown(y));
    }
}
