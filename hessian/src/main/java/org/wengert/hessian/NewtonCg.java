package org.wengert.hessian;

import java.util.Arrays;
import org.wengert.linalg.LinearOperator;

/** Truncated Newton directions with a line search. */
final class NewtonCg {

    private final MinimizerRun run;

    NewtonCg(MinimizerRun run) {
        this.run = run;
    }

    void go() {
        while (true) {
            double[] d = direction(run.hessian(), run.gradient);
            LineSearch.Point p = LineSearch.along(run, d, MinimizerRun.dot(run.gradient, d), 1, 0.9);
            if (p == null) {
                run.stuck();
                return;
            }
            if (!run.moveTo(p.x(), p.value(), p.gradient(), p.t())) {
                return;
            }
        }
    }

    /**
     * Conjugate gradients for H·d = -g. Where curvature is negative they end, after a step of the length that curvature of the same size
     * would ask for: without it d would hardly leave the steepest descent, and in curved valleys steps of that kind never come to an end.
     * Always a direction of descent, since the gradient falls along each of the directions added up.
     */
    static double[] direction(LinearOperator h, double[] g) {
        int n = g.length;
        double gNorm = MinimizerRun.norm(g);
        double enough = Math.min(0.1, Math.sqrt(gNorm)) * gNorm;
        double[] d = new double[n];
        double[] r = g.clone();
        double[] p = new double[n];
        Arrays.setAll(p, i -> -r[i]);
        double[] hp = new double[n];
        double rr = MinimizerRun.dot(r, r);
        int most = Math.max(20, 2 * n);
        for (int k = 0; k < most && Math.sqrt(rr) > enough; k++) {
            h.apply(p, hp);
            double curvature = MinimizerRun.dot(p, hp);
            if (!(curvature > 1e-16 * MinimizerRun.dot(p, p) * gNorm)) {
                if (curvature < 0) {
                    MinimizerRun.add(d, rr / -curvature, p);
                } else if (k == 0) {
                    MinimizerRun.add(d, 1 / Math.max(1, gNorm), p);
                }
                return d;
            }
            double alpha = rr / curvature;
            MinimizerRun.add(d, alpha, p);
            MinimizerRun.add(r, alpha, hp);
            double next = MinimizerRun.dot(r, r);
            double beta = next / rr;
            rr = next;
            for (int i = 0; i < n; i++) {
                p[i] = beta * p[i] - r[i];
            }
        }
        return d;
    }
}
