package org.wengert.hessian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.linalg.LinearOperator;

/** One run of a {@link Minimizer}: where it stands, what it has cost, and whether it goes on. */
final class MinimizerRun {

    private static final double LOWEST = -1e100;

    final Objective f;
    final int n;
    final double tolerance;
    final @Nullable Bounds bounds;
    private final int mostIterations;
    private final IterationListener listener;
    private final List<Iteration> history = new ArrayList<>();

    /** Where the run stands, f and ∇f there. */
    double[] x;
    double value = Double.NaN;
    double[] gradient;

    /** |f| at the start. */
    private double first;

    private @Nullable StopReason reason;
    private int values;
    private int gradients;
    private int products;

    /** Steps that were refused since the last one taken. */
    int rejected;

    MinimizerRun(Objective f, double[] start, double tolerance, int mostIterations, @Nullable Bounds bounds, IterationListener listener) {
        this.f = f;
        this.n = start.length;
        this.tolerance = tolerance;
        this.bounds = bounds;
        this.mostIterations = mostIterations;
        this.listener = listener;
        this.x = start.clone();
        this.gradient = new double[n];
    }

    /** Evaluates the start; false if the run is over. */
    boolean begin() {
        value = gradient(x, gradient);
        if (!isFinite(value, gradient)) {
            reason = StopReason.START_NOT_FINITE;
            return false;
        }
        first = Math.abs(value);
        return tell(0, 0);
    }

    double value(double[] at) {
        values++;
        return f.value(at);
    }

    double gradient(double[] at, double[] into) {
        gradients++;
        return f.gradient(at, into);
    }

    /** ∇²f(x), counting its products. */
    LinearOperator hessian() {
        return counted(f.hessian(x));
    }

    /** An operator that counts its products. */
    LinearOperator counted(LinearOperator h) {
        return CurvatureProducts.symmetric(n, (v, result) -> {
            products++;
            h.apply(v, result);
        });
    }

    /** Counts the products that a dense Hessian is worth. */
    void countProducts(int k) {
        products += k;
    }

    static boolean isFinite(double value, double[] gradient) {
        double sum = value;
        for (double g : gradient) {
            sum += Math.abs(g);
        }
        return Math.abs(sum) <= Double.MAX_VALUE;
    }

    /** What gradients are compared with: |f|, but no more than at the start, and at least 1. */
    private double scale() {
        return Math.max(1, Math.min(first, Math.abs(value)));
    }

    /** Takes a step; false if the run is over. */
    boolean moveTo(double[] there, double valueThere, double[] gradientThere, double parameter) {
        double step = 0;
        for (int i = 0; i < n; i++) {
            double change = Math.abs(there[i] - x[i]);
            step = change == 0 ? step : Math.max(step, change / Math.max(Math.abs(there[i]), 1e-300));
        }
        x = there;
        value = valueThere;
        gradient = gradientThere;
        return tell(step, parameter);
    }

    private boolean tell(double step, double parameter) {
        var iteration = new Iteration(history.size(), x.clone(), value, gradientNorm(), step, parameter, rejected, evaluations());
        rejected = 0;
        history.add(n <= Minimizer.MOST_KEPT ? iteration : new Iteration(
                iteration.number(), new double[0], value, iteration.offset(), step, parameter, iteration.rejected(), iteration.evaluations()));
        if (!listener.proceed(iteration)) {
            reason = StopReason.STOPPED;
        } else if (iteration.offset() <= tolerance * scale()) {
            reason = StopReason.GRADIENT_SMALL;
        } else if (value < LOWEST) {
            reason = StopReason.UNBOUNDED;
        } else if (Thread.currentThread().isInterrupted()) {
            reason = StopReason.INTERRUPTED;
        } else if (history.size() > mostIterations) {
            reason = StopReason.ITERATION_LIMIT;
        }
        return reason == null;
    }

    /** Whether to go on looking for a step. */
    boolean isInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            reason = StopReason.INTERRUPTED;
        }
        return reason != null;
    }

    /** No step helps: as good as rounding allows, or the derivatives do not fit. */
    void stuck() {
        reason = gradientNorm() <= Math.max(1e-5, tolerance) * scale() || isAtRounding()
                ? StopReason.ROUNDING_LIMIT : StopReason.NO_PROGRESS;
    }

    /** Whether a unit step of the size of x against the gradient would change f by no more than its rounding errors. */
    private boolean isAtRounding() {
        double promised = 0;
        for (int i = 0; i < n; i++) {
            promised += Math.abs(gradient[i]) * Math.ulp(x[i]);
        }
        return promised > Math.ulp(value) / 4;
    }

    /** The largest entry of the gradient, of the part that bounds leave free. */
    double gradientNorm() {
        double most = 0;
        for (int i = 0; i < n; i++) {
            most = Math.max(most, Math.abs(isHeld(i) ? 0 : gradient[i]));
        }
        return most;
    }

    /** Whether a variable rests on a bound against which the gradient pushes it. */
    boolean isHeld(int i) {
        return bounds != null && (x[i] <= bounds.least(i) && gradient[i] > 0 || x[i] >= bounds.most(i) && gradient[i] < 0);
    }

    Minimum finish() {
        StopReason why = reason == null ? StopReason.NO_PROGRESS : reason;
        String message = why.text() + ": f = " + value + " with a gradient of " + gradientNorm() + " after "
                + Math.max(0, history.size() - 1) + " iterations";
        return new Minimum(x.clone(), value, gradient.clone(), gradientNorm(), why, message, List.copyOf(history),
                evaluations());
    }

    private Evaluations evaluations() {
        return new Evaluations(values, gradients, 0, products);
    }

    // ---- vectors -------------------------------------------------------------------------------------

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double norm(double[] a) {
        double largest = 0;
        for (double t : a) {
            largest = Math.max(largest, Math.abs(t));
        }
        if (largest == 0 || !(largest <= Double.MAX_VALUE)) {
            return largest;
        }
        double sum = 0;
        for (double t : a) {
            sum += t / largest * (t / largest);
        }
        return largest * Math.sqrt(sum);
    }

    /** a + s·b, a new array. */
    static double[] sum(double[] a, double s, double[] b) {
        double[] c = new double[a.length];
        Arrays.setAll(c, i -> a[i] + s * b[i]);
        return c;
    }

    static void add(double[] a, double s, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += s * b[i];
        }
    }
}
