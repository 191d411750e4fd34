package org.wengert.hessian;

import java.util.Arrays;
import org.wengert.linalg.LinearOperator;

/**
 * Trust regions and cubic regularization: a model of f around x is minimized, within a radius or with the cube of the length added, and
 * the step is judged by what it brings compared with what the model promised.
 *
 * <p>Source: A. R. Conn, N. I. M. Gould and Ph. L. Toint, "Trust-region methods" (2000); the care for rounding errors is that of section 17.4.2.
 */
final class TrustRegion {

    private static final double MOST_RADIUS = 1e60;

    /** Steps that change nothing in x. */
    private static final int MOST_REJECTED = 200;

    /**
     * A step and what the model promises of it.
     *
     * @param step     s
     * @param promised -(gᵀs + ½sᵀHs), without the cube
     * @param length   ‖s‖
     */
    record Step(double[] step, double promised, double length) {}

    /** The model at a point, asked for steps of several radii (or weights of the cube). */
    interface Model {
        Step step(double parameter);
    }

    private final MinimizerRun run;
    private final MinimizeMethod method;

    TrustRegion(MinimizerRun run, MinimizeMethod method) {
        this.run = run;
        this.method = method;
    }

    private Model model() {
        return switch (method) {
            case EXACT_TRUST_REGION -> {
                run.countProducts(run.n);
                var eigen = EigenModel.of(run.f.denseHessian(run.x), run.gradient);
                yield eigen::withinRadius;
            }
            case LANCZOS_TRUST_REGION, CUBIC -> new LanczosModel(run.hessian(), run.gradient, method == MinimizeMethod.CUBIC)::step;
            default -> {
                LinearOperator h = run.hessian();
                yield radius -> steihaug(h, run.gradient, radius);
            }
        };
    }

    void go() {
        boolean cubic = method == MinimizeMethod.CUBIC;
        // A first radius of the order of the start; a first weight that gives a step of that order.
        double radius = Math.max(1, MinimizerRun.norm(run.x) / 10);
        double weight = 1;
        Model model = model();
        while (true) {
            Step s = model.step(cubic ? weight : radius);
            double[] there = MinimizerRun.sum(run.x, 1, s.step);
            if (Arrays.equals(there, run.x) || run.rejected > MOST_REJECTED) {
                run.stuck();
                return;
            }
            double[] gradient = new double[run.n];
            double value = run.value(there);
            double slack = 10 * Math.ulp(1.0) * Math.max(1e-300, Math.abs(run.value));
            double promised = s.promised;
            if (cubic) {
                promised -= weight * Math.pow(s.length, 3) / 3;
            }
            double ratio = (run.value - value + slack) / (promised + slack);
            // At a decrease that f cannot show, the gradient decides.
            boolean accepted = ratio >= 1e-4;
            if (accepted) {
                value = run.gradient(there, gradient);
                accepted = MinimizerRun.isFinite(value, gradient);
                if (accepted && s.promised <= slack) {
                    accepted = MinimizerRun.norm(gradient) < MinimizerRun.norm(run.gradient);
                }
            }
            if (!Double.isFinite(value)) {
                ratio = -1;
            }
            double used = cubic ? weight : radius;
            if (cubic) {
                weight = !accepted || ratio < 0.1 ? Math.max(weight * (ratio < 0 ? 5 : 2), 1e-300)
                        : ratio > 0.9 ? Math.max(weight / 5, 1e-200) : weight;
            } else if (!accepted || ratio < 0.25) {
                radius = Math.min(radius, s.length) * (ratio < 0 || !accepted ? 0.25 : 0.5);
            } else if (ratio > 0.75 && s.length > 0.8 * radius) {
                radius = Math.min(MOST_RADIUS, Math.max(radius, 2.5 * s.length));
            }
            if (!accepted) {
                run.rejected++;
                if (run.isInterrupted()) {
                    return;
                }
                continue;
            }
            if (!run.moveTo(there, value, gradient, used)) {
                return;
            }
            model = model();
        }
    }

    /** Conjugate gradients until the equation is solved well enough, the boundary is reached or curvature is negative. */
    static Step steihaug(LinearOperator h, double[] g, double radius) {
        int n = g.length;
        double gNorm = MinimizerRun.norm(g);
        double enough = Math.min(0.1, Math.sqrt(gNorm)) * gNorm;
        double[] s = new double[n];
        double[] r = g.clone();
        double[] p = new double[n];
        Arrays.setAll(p, i -> -r[i]);
        double[] hp = new double[n];
        double rr = MinimizerRun.dot(r, r);
        double promised = 0;
        int most = Math.max(20, 2 * n);
        for (int k = 0; k < most; k++) {
            h.apply(p, hp);
            double curvature = MinimizerRun.dot(p, hp);
            double pp = MinimizerRun.dot(p, p);
            double sp = MinimizerRun.dot(s, p);
            double ss = MinimizerRun.dot(s, s);
            double alpha = rr / curvature;
            boolean outside = !(curvature > 1e-14 * pp * Math.ulp(1.0)) || ss + 2 * alpha * sp + alpha * alpha * pp >= radius * radius;
            if (outside) {
                // The root τ > 0 of ‖s + τp‖ = radius, without cancellation.
                double room = radius * radius - ss;
                double root = Math.sqrt(sp * sp + pp * Math.max(0, room));
                alpha = sp > 0 ? room / (sp + root) : (root - sp) / pp;
            }
            promised -= -alpha * rr + 0.5 * alpha * alpha * curvature;
            MinimizerRun.add(s, alpha, p);
            if (outside) {
                return new Step(s, promised, radius);
            }
            MinimizerRun.add(r, alpha, hp);
            double next = MinimizerRun.dot(r, r);
            if (Math.sqrt(next) <= enough) {
                break;
            }
            double beta = next / rr;
            rr = next;
            for (int i = 0; i < n; i++) {
                p[i] = beta * p[i] - r[i];
            }
        }
        return new Step(s, promised, MinimizerRun.norm(s));
    }
}
