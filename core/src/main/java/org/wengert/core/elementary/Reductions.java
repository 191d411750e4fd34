package org.wengert.core.elementary;

import java.util.Arrays;
import java.util.List;

/**
 * Sums, products and norms of any number of arguments, none included. Gradients and products of the Hessian
 * with a direction take time linear in the number of arguments.
 */
public final class Reductions {

    /** Squares between these bounds neither overflow nor lose digits when they are added. */
    private static final double LEAST_SAFE = 0x1p-900;
    private static final double MOST_SAFE = 0x1p1000;

    /** x₀ + x₁ + …, added from left to right, starting with x₀. */
    public static final Nary SUM = new Nary(
            "sum", Nary.ANY, Reductions::sum,
            (x, z, i) -> 1,
            Nary.Second.along((x, z, v) -> new double[x.length]),
            List.of("1"),
            new Notes(Family.REDUCTION, "x0 + x1 + ...", 1, 0, 0, "0 for no arguments",
                    "errors of a left-to-right sum grow with the number of terms"));

    /** x₀ · x₁ · …, multiplied from left to right. Partials are products of the others, not quotients. */
    public static final Nary PRODUCT = new Nary(
            "product", Nary.ANY, Reductions::product,
            Nary.First.together((x, z) -> productGradient(x)),
            Nary.Second.along((x, z, v) -> productHessianTimes(x, v)),
            List.of("rest"),
            new Notes(Family.REDUCTION, "x0 * x1 * ...", 2, 2, 2, "1 for no arguments", ""));

    /** x₀² + x₁² + …, added from left to right. */
    public static final Nary SUM_OF_SQUARES = new Nary(
            "sumOfSquares", Nary.ANY, Reductions::sumOfSquares,
            (x, z, i) -> 2 * x[i],
            Nary.Second.along((x, z, v) -> Arrays.stream(v).map(t -> 2 * t).toArray()),
            List.of("2*x"),
            new Notes(Family.REDUCTION, "x0^2 + x1^2 + ...", 2, 0, 0, "0 for no arguments", ""));

    /** √(x₀² + x₁² + …) without overflow or underflow in between. */
    public static final Nary NORM = new Nary(
            "norm", Nary.ANY, Reductions::norm,
            Reductions::normFirst,
            Nary.Second.along(Reductions::normHessianTimes),
            List.of("select(z,x/z,0)"),
            new Notes(Family.REDUCTION, "sqrt(x0^2 + x1^2 + ...)", 2, 2, 4,
                    "derivatives 0 where all arguments are 0, the subgradient of least length; "
                            + "squares are best written as sumOfSquares, which is smooth there", ""));

    /** ln(e^x₀ + e^x₁ + …) without overflow. */
    public static final Nary LOG_SUM_EXP = new Nary(
            "logSumExp", Nary.ANY, Reductions::logSumExp,
            Nary.First.together((x, z) -> weights(x)),
            Nary.Second.along((x, z, v) -> logSumExpHessianTimes(x, v)),
            List.of("exp(x-z)"),
            new Notes(Family.REDUCTION, "ln(exp(x0) + exp(x1) + ...)", 2, 4, 8,
                    "-Inf for no arguments; the formula of the derivative loses |z| ulp", ""));

    private Reductions() {}

    private static double sum(double[] x) {
        double sum = x.length == 0 ? 0 : x[0];
        for (int i = 1; i < x.length; i++) {
            sum += x[i];
        }
        return sum;
    }

    private static double product(double[] x) {
        double product = 1;
        for (double t : x) {
            product *= t;
        }
        return product;
    }

    private static double sumOfSquares(double[] x) {
        double sum = 0;
        for (double t : x) {
            sum += t * t;
        }
        return sum;
    }

    /** ∂/∂xᵢ is the product of what stands before xᵢ and of what stands after it. */
    private static double[] productGradient(double[] x) {
        double[] partials = new double[x.length];
        double before = 1;
        for (int i = 0; i < x.length; i++) {
            partials[i] = before;
            before *= x[i];
        }
        double after = 1;
        for (int i = x.length - 1; i >= 0; i--) {
            partials[i] *= after;
            after *= x[i];
        }
        return partials;
    }

    /** The gradient's before · after along v: before' · after + before · after'. */
    private static double[] productHessianTimes(double[] x, double[] v) {
        int n = x.length;
        double[] before = new double[n];
        double[] slope = new double[n];
        double p = 1;
        double dp = 0;
        for (int i = 0; i < n; i++) {
            before[i] = p;
            slope[i] = dp;
            dp = dp * x[i] + p * v[i];
            p *= x[i];
        }
        double[] result = new double[n];
        p = 1;
        dp = 0;
        for (int i = n - 1; i >= 0; i--) {
            result[i] = slope[i] * p + before[i] * dp;
            dp = dp * x[i] + p * v[i];
            p *= x[i];
        }
        return result;
    }

    private static double norm(double[] x) {
        double sum = sumOfSquares(x);
        if (sum > LEAST_SAFE && sum < MOST_SAFE) {
            return Math.sqrt(sum);
        }
        double most = 0;
        for (double t : x) {
            if (Double.isInfinite(t)) {
                return Double.POSITIVE_INFINITY;
            }
            most = Math.max(most, Math.abs(t));
        }
        if (most == 0 || Double.isNaN(most)) {
            return most;
        }
        int scale = Math.getExponent(most);
        sum = 0;
        for (double t : x) {
            double scaled = Math.scalb(t, -scale);
            sum += scaled * scaled;
        }
        return Math.scalb(Math.sqrt(sum), scale);
    }

    private static double normFirst(double[] x, double z, int i) {
        return z == 0 ? 0 : x[i] / z;
    }

    /**
     * H = (I - u uᵀ)/z with u = x/z. Since H x = 0, a multiple of x may be taken from the direction first, so much
     * that its component along the largest xₘ vanishes: then nothing cancels.
     */
    private static double[] normHessianTimes(double[] x, double z, double[] v) {
        double[] result = new double[x.length];
        if (z == 0) {
            return result;
        }
        int m = largest(x);
        double along = 0;
        for (int i = 0; i < x.length; i++) {
            result[i] = i == m ? 0 : v[i] - v[m] * (x[i] / x[m]);
            along += x[i] / z * result[i];
        }
        for (int i = 0; i < x.length; i++) {
            result[i] = (result[i] - x[i] / z * along) / z;
        }
        return result;
    }

    private static int largest(double[] x) {
        int m = 0;
        for (int i = 1; i < x.length; i++) {
            m = Math.abs(x[i]) > Math.abs(x[m]) ? i : m;
        }
        return m;
    }

    private static int greatest(double[] x) {
        int m = 0;
        for (int i = 1; i < x.length; i++) {
            m = x[i] > x[m] || Double.isNaN(x[i]) ? i : m;
        }
        return m;
    }

    /** xₘ + ln(1 + Σ e^(xᵢ - xₘ)), the sum over all but the greatest xₘ. */
    private static double logSumExp(double[] x) {
        if (x.length == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        int m = greatest(x);
        if (!(Math.abs(x[m]) <= Double.MAX_VALUE)) {
            return x[m];
        }
        double others = 0;
        for (int i = 0; i < x.length; i++) {
            others += i == m ? 0 : Math.exp(x[i] - x[m]);
        }
        return x[m] + Math.log1p(others);
    }

    /** The softmax of x, e^(xᵢ - xₘ)/Σ; where several are infinite they share alike. */
    private static double[] weights(double[] x) {
        double greatest = x[greatest(x)];
        double[] w = new double[x.length];
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            w[i] = x[i] == greatest ? 1 : Math.exp(x[i] - greatest);
            sum += w[i];
        }
        for (int i = 0; i < x.length; i++) {
            w[i] /= sum;
        }
        return w;
    }

    /**
     * H = diag p - p pᵀ with p the softmax. Equal shifts of all arguments are in its null space; with the component
     * of the greatest argument shifted to 0 nothing cancels where one weight is nearly 1.
     */
    private static double[] logSumExpHessianTimes(double[] x, double[] v) {
        double[] p = weights(x);
        double shift = v[greatest(x)];
        double mean = 0;
        for (int i = 0; i < x.length; i++) {
            mean += p[i] * (v[i] - shift);
        }
        double[] result = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = p[i] * (v[i] - shift - mean);
        }
        return result;
    }
}
