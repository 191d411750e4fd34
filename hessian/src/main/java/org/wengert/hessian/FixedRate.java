package org.wengert.hessian;

/** Steps of a fixed rate: gradient descent with momentum, and Adam. */
final class FixedRate {

    private static final double MOMENTUM = 0.9;
    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;

    private FixedRate() {}

    static void go(MinimizerRun run, double rate, boolean adam) {
        int n = run.n;
        double[] mean = new double[n];
        double[] squares = new double[n];
        double first = 1;
        double second = 1;
        while (true) {
            double[] x = run.x.clone();
            first *= FIRST;
            second *= SECOND;
            for (int i = 0; i < n; i++) {
                double g = run.gradient[i];
                if (adam) {
                    mean[i] = FIRST * mean[i] + (1 - FIRST) * g;
                    squares[i] = SECOND * squares[i] + (1 - SECOND) * g * g;
                    x[i] -= rate * mean[i] / (1 - first) / (Math.sqrt(squares[i] / (1 - second)) + 1e-8);
                } else {
                    mean[i] = MOMENTUM * mean[i] - rate * g;
                    x[i] += mean[i];
                }
                x[i] = run.bounds == null ? x[i] : run.bounds.clip(i, x[i]);
            }
            double[] gradient = new double[n];
            double value = run.gradient(x, gradient);
            if (!MinimizerRun.isFinite(value, gradient)) {
                run.stuck(); // the rate is too large
                return;
            }
            if (!run.moveTo(x, value, gradient, rate)) {
                return;
            }
        }
    }
}
