package org.wengert.hessian;

import java.util.Arrays;
import org.wengert.linalg.LinearOperator;

/** Hessian-free optimization with Gauss-Newton products. */
final class HessianFree {

    private static final int MOST_PRODUCTS = 250;
    private static final int MOST_REFUSED = 40;

    /** How much of the last step the next one starts from. */
    private static final double KEPT = 0.95;

    private final MinimizerRun run;
    private final GaussNewtonMinimizer.Curvature rows;

    HessianFree(MinimizerRun run, GaussNewtonMinimizer.Curvature rows) {
        this.run = run;
        this.rows = rows;
    }

    /** A step and what the model, without damping, promises of it. */
    private record Step(double[] step, double promised) {}

    void go() {
        double damping = 1;
        double[] last = new double[run.n];
        for (int k = 0; ; k++) {
            LinearOperator b = run.counted(rows.of(k).gaussNewton(run.x));
            Step s = step(b, damping, run.gradient, last);
            double slope = MinimizerRun.dot(run.gradient, s.step);
            if (!(slope < 0)) {
                s = step(b, damping, run.gradient, new double[run.n]);
                slope = MinimizerRun.dot(run.gradient, s.step);
            }
            double t = 1;
            double[] there = MinimizerRun.sum(run.x, 1, s.step);
            double value = run.value(there);
            double ratio = (run.value - value) / s.promised;
            double slack = 10 * Math.ulp(run.value);
            while (!(value <= run.value + 1e-2 * t * slope + slack) && t > 1e-3) {
                t *= 0.7;
                there = MinimizerRun.sum(run.x, t, s.step);
                value = run.value(there);
            }
            damping *= !(ratio >= 0.25) ? 1.5 : ratio > 0.75 ? 2.0 / 3 : 1;
            double[] gradient = new double[run.n];
            boolean accepted = value <= run.value + slack;
            if (accepted) {
                value = run.gradient(there, gradient);
                accepted = MinimizerRun.isFinite(value, gradient);
            }
            if (!accepted || Arrays.equals(there, run.x)) {
                damping *= 4;
                last = new double[run.n];
                if (Arrays.equals(there, run.x) || ++run.rejected > MOST_REFUSED) {
                    run.stuck();
                    return;
                }
                if (run.isInterrupted()) {
                    return;
                }
                continue;
            }
            last = s.step;
            if (!run.moveTo(there, value, gradient, damping)) {
                return;
            }
        }
    }

    /** Conjugate gradients for (B + λI)·d = -g. */
    private static Step step(LinearOperator b, double damping, double[] g, double[] last) {
        int n = g.length;
        double[] d = new double[n];
        double[] r = new double[n];
        double[] bp = new double[n];
        boolean warm = MinimizerRun.norm(last) > 0;
        if (warm) {
            Arrays.setAll(d, i -> KEPT * last[i]);
            b.apply(d, bp);
        }
        for (int i = 0; i < n; i++) {
            r[i] = -g[i] - bp[i] - damping * d[i];
        }
        double[] p = r.clone();
        double rr = MinimizerRun.dot(r, r);
        double enough = 1e-10 * MinimizerRun.norm(g);
        double[] progress = new double[MOST_PRODUCTS + 1];
        for (int k = 1; k <= MOST_PRODUCTS && Math.sqrt(rr) > enough; k++) {
            b.apply(p, bp);
            MinimizerRun.add(bp, damping, p);
            double curvature = MinimizerRun.dot(p, bp);
            if (!(curvature > 0)) {
                break;
            }
            double alpha = rr / curvature;
            MinimizerRun.add(d, alpha, p);
            MinimizerRun.add(r, -alpha, bp);
            double next = MinimizerRun.dot(r, r);
            double beta = next / rr;
            rr = next;
            for (int i = 0; i < n; i++) {
                p[i] = r[i] + beta * p[i];
            }
            // The damped model; it ends when the last tenth of the iterations has brought less than 5e-4 each.
            progress[k] = (MinimizerRun.dot(d, g) - MinimizerRun.dot(d, r)) / 2;
            int back = Math.max(10, k / 10);
            if (k > back && progress[k] < 0 && (progress[k] - progress[k - back]) / progress[k] < back * 5e-4) {
                break;
            }
        }
        double model = (MinimizerRun.dot(d, g) - MinimizerRun.dot(d, r)) / 2;
        return new Step(d, -(model - damping / 2 * MinimizerRun.dot(d, d)));
    }
}
