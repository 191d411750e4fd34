package org.wengert.core.simd;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

/**
 * The scalar twins: for a row, one loop over its own function; for a form, its formula. Arithmetic and rounding are written
 * out, because the JIT compiler turns such loops into vector code by itself.
 *
 * @param description see {@link Kernels#description}
 */
record ScalarKernels(String description) implements Kernels {

    private static final int MOST = 4;

    @Override
    public int bits() {
        return 64;
    }

    @Override
    public Kernels reproducible() {
        return this;
    }

    @Override
    public Kernel of(Elementary row) {
        return switch (row) {
            case Unary f -> unary(f);
            case Binary f -> binary(f);
            case Nary f -> nary(f);
        };
    }

    private static Kernel unary(Unary row) {
        DoubleUnaryOperator f = row.value();
        return switch (row.name()) {
            case "negate" -> (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = -a[ai + i]; };
            case "abs" -> (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = Math.abs(a[ai + i]); };
            case "sqrt" -> (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = Math.sqrt(a[ai + i]); };
            case "floor" -> (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = Math.floor(a[ai + i]); };
            case "ceil" -> (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = Math.ceil(a[ai + i]); };
            case "rint" -> (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = Math.rint(a[ai + i]); };
            default -> (r, ri, a, ai, _, _, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = f.applyAsDouble(a[ai + i]); };
        };
    }

    private static Kernel binary(Binary row) {
        DoubleBinaryOperator f = row.value();
        return switch (row.name()) {
            case "plus" -> form(Form.ADD);
            case "minus" -> form(Form.SUB);
            case "times" -> form(Form.MUL);
            case "div" -> form(Form.DIV);
            default -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = f.applyAsDouble(a[ai + i], b[bi + i]); };
        };
    }

    private static Kernel nary(Nary row) {
        int arity = row.arity();
        if (arity == Nary.ANY || arity > MOST) {
            throw new IllegalArgumentException("a kernel takes at most " + MOST + " operands, but " + row + " has "
                    + (arity == Nary.ANY ? "any number" : arity));
        }
        ToDoubleFunction<double[]> f = row.value();
        return (r, ri, a, ai, b, bi, c, ci, d, di, n) -> {
            double[] x = Operands.array(arity);
            for (int i = 0; i < n; i++) {
                x[0] = a[ai + i];
                if (arity > 1) {
                    x[1] = b[bi + i];
                }
                if (arity > 2) {
                    x[2] = c[ci + i];
                }
                if (arity > 3) {
                    x[3] = d[di + i];
                }
                r[ri + i] = f.applyAsDouble(x);
            }
        };
    }

    @Override
    public Kernel of(Form form) {
        return form(form);
    }

    private static Kernel form(Form form) {
        return switch (form) {
            case ZERO -> (r, ri, _, _, _, _, _, _, _, _, n) -> Arrays.fill(r, ri, ri + n, 0);
            case COPY -> (r, ri, a, ai, _, _, _, _, _, _, n) -> System.arraycopy(a, ai, r, ri, n);
            case FILL -> (r, ri, a, ai, _, _, _, _, _, _, n) -> Arrays.fill(r, ri, ri + n, a[ai]);
            case ADD -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] + b[bi + i]; };
            case ADD_SCALAR -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { double s = b[bi]; for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] + s; };
            case SUB -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] - b[bi + i]; };
            case SUB_SCALAR -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { double s = b[bi]; for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] - s; };
            case SCALAR_SUB -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { double s = a[ai]; for (int i = 0; i < n; i++) r[ri + i] = s - b[bi + i]; };
            case MUL -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] * b[bi + i]; };
            case MUL_SCALAR -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { double s = b[bi]; for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] * s; };
            case DIV -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] / b[bi + i]; };
            case DIV_SCALAR -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { double s = b[bi]; for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] / s; };
            case SCALAR_DIV -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { double s = a[ai]; for (int i = 0; i < n; i++) r[ri + i] = s / b[bi + i]; };
            case ADD3 -> (r, ri, a, ai, b, bi, c, ci, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] + b[bi + i] + c[ci + i]; };
            case ADD4 -> (r, ri, a, ai, b, bi, c, ci, d, di, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] + b[bi + i] + c[ci + i] + d[di + i]; };
            case MUL_ADD -> (r, ri, a, ai, b, bi, c, ci, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] * b[bi + i] + c[ci + i]; };
            case SCALE_ADD -> (r, ri, a, ai, b, bi, c, ci, _, _, n) -> { double s = b[bi]; for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] * s + c[ci + i]; };
            case MUL_SUB -> (r, ri, a, ai, b, bi, c, ci, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] * b[bi + i] - c[ci + i]; };
            case SUB_MUL -> (r, ri, a, ai, b, bi, c, ci, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = c[ci + i] - a[ai + i] * b[bi + i]; };
            case MUL_ADD_MUL -> (r, ri, a, ai, b, bi, c, ci, d, di, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] * b[bi + i] + c[ci + i] * d[di + i]; };
            case MUL_SUB_MUL -> (r, ri, a, ai, b, bi, c, ci, d, di, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] * b[bi + i] - c[ci + i] * d[di + i]; };
            case LOG_SUM_EXP_TERM -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> {
                for (int i = 0; i < n; i++) {
                    double m = a[ai + i];
                    double x = b[bi + i];
                    // 1 where both are the same, and be it -∞, which differs from itself by no number.
                    double e = x == m ? 1 : Math.exp(-Math.abs(x - m));
                    double s = r[ri + i];
                    r[ri + i] = x > m ? s * e + e : s + e;
                    a[ai + i] = Math.max(m, x);
                }
            };
            case LOG_SUM_EXP -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> {
                for (int i = 0; i < n; i++) {
                    double m = a[ai + i];
                    r[ri + i] = Math.abs(m) <= Double.MAX_VALUE ? m + Math.log1p(b[bi + i]) : m;
                }
            };
            case NAN -> (r, ri, a, ai, b, bi, c, ci, d, di, n) -> {
                for (int i = 0; i < n; i++) {
                    boolean nan = Double.isNaN(a[ai + i]) || Double.isNaN(b[bi + i]) || Double.isNaN(c[ci + i]) || Double.isNaN(d[di + i]);
                    r[ri + i] = nan ? 1 : r[ri + i];
                }
            };
            case UNLESS_LESS -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] < b[bi + i] ? r[ri + i] : 1; };
            case IF_LESS -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] < b[bi + i] ? 1 : r[ri + i]; };
            case UNLESS_AT_MOST -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] <= b[bi + i] ? r[ri + i] : 1; };
            case IF_AT_MOST -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] <= b[bi + i] ? 1 : r[ri + i]; };
            case UNLESS_EQUAL -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] == b[bi + i] ? r[ri + i] : 1; };
            case IF_EQUAL -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = a[ai + i] == b[bi + i] ? 1 : r[ri + i]; };
            case UNLESS_SAME -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = same(a[ai + i], b[bi + i]) ? r[ri + i] : 1; };
            case IF_SAME -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> { for (int i = 0; i < n; i++) r[ri + i] = same(a[ai + i], b[bi + i]) ? 1 : r[ri + i]; };
            case SUM_LANES -> (r, ri, a, ai, _, _, _, _, _, _, n) -> {
                for (int i = 0; i < n; i += LANES) {
                    for (int j = 0; j < LANES; j++) {
                        r[ri + j] += a[ai + i + j];
                    }
                }
            };
            case DOT_LANES -> (r, ri, a, ai, b, bi, _, _, _, _, n) -> dot(r, ri, a, ai, b, bi, n);
            case DOT3_LANES -> (r, ri, a, ai, b, bi, c, ci, d, di, n) -> {
                dot(r, ri, a, ai, b, bi, n);
                dot(r, ri + LANES, a, ai, c, ci, n);
                dot(r, ri + 2 * LANES, a, ai, d, di, n);
            };
        };
    }

    private static boolean same(double a, double b) {
        return Double.doubleToLongBits(a) == Double.doubleToLongBits(b);
    }

    private static void dot(double[] r, int ri, double[] a, int ai, double[] b, int bi, int n) {
        for (int i = 0; i < n; i += LANES) {
            for (int j = 0; j < LANES; j++) {
                r[ri + j] += a[ai + i + j] * b[bi + i + j];
            }
        }
    }
}
