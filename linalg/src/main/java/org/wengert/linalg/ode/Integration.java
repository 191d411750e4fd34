package org.wengert.linalg.ode;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.wengert.linalg.Linearization;
import org.wengert.linalg.Linearizer;

/** One integration: the right side with its products, and the control of steps. */
final class Integration {

    private static final double SAFETY = 0.9;
    private static final double SHRINK = 0.2;
    private static final double GROW = 6;

    final OdeSystem system;
    final int n;
    final int k;
    final double[] p;
    final DMatrixRMaj dp;
    final Linearizer f;
    private final Control control;
    private final Integrator method;
    long evaluations;
    long jacobians;

    Integration(OdeSystem system, Control control, Integrator method, double[] p, DMatrixRMaj dp) {
        this.system = system;
        this.n = system.states();
        this.k = dp.numCols;
        this.p = p.clone();
        this.dp = dp;
        this.f = Linearizer.of(system.rightSide());
        this.control = control;
        this.method = method;
    }

    /**
     * f and its tangents at a point.
     *
     * @param y        the states
     * @param tangents their tangents, n × k
     * @param value    receives f
     * @param moving   receives the tangents of f, n × k
     */
    void evaluate(double t, double[] y, double[] tangents, double[] value, double[] moving) {
        evaluations++;
        double[] z = system.point(t, y, p);
        if (k == 0) {
            System.arraycopy(f.value(z), 0, value, 0, n);
            return;
        }
        Linearization j = f.at(z);
        System.arraycopy(j.value(), 0, value, 0, n);
        if (Arrays.stream(tangents).allMatch(Double::isFinite)) {
            System.arraycopy(j.jvp(directions(tangents)).data, 0, moving, 0, n * k);
        } else {
            Arrays.fill(moving, Double.NaN);
        }
    }

    /** Tangents of (y, p, t): those of t are zero. */
    DMatrixRMaj directions(double[] tangents) {
        DMatrixRMaj v = new DMatrixRMaj(n + p.length + 1, k);
        System.arraycopy(tangents, 0, v.data, 0, n * k);
        for (int i = 0; i < p.length; i++) {
            for (int d = 0; d < k; d++) {
                v.data[(n + i) * k + d] = dp.get(i, d);
            }
        }
        return v;
    }

    OdeSolution run(double t0, double[] y0, DMatrixRMaj dy0, double t1) {
        Integrator.Stepper stepper = switch (method) {
            case DormandPrince _ -> new DormandPrince.Steps(this);
            case Rosenbrock _ -> new Rosenbrock.Steps(this);
        };
        int order = method instanceof DormandPrince ? DormandPrince.ERROR_ORDER : Rosenbrock.ERROR_ORDER;
        double t = t0;
        double[] y = y0.clone();
        double[] tangents = Arrays.copyOf(dy0.data, n * k);
        int steps = 0;
        int rejected = 0;
        double direction = Math.signum(t1 - t0);
        double h = t0 == t1 ? 0 : direction * firstStep(t0, y, t1, order);
        if (Double.isNaN(h)) {
            return end(t, y, tangents, steps, rejected, OdeSolution.Reason.NOT_FINITE);
        }
        double lastError = 1;
        boolean wasRejected = false;
        while ((t1 - t) * direction > 0) {
            if (steps + rejected >= control.maxSteps()) {
                return end(t, y, tangents, steps, rejected, OdeSolution.Reason.TOO_MANY_STEPS);
            }
            boolean last = Math.abs(h) >= Math.abs(t1 - t);
            h = last ? t1 - t : h;
            if (t + h == t) {
                return end(t, y, tangents, steps, rejected, OdeSolution.Reason.STEP_TOO_SMALL);
            }
            Integrator.Trial trial = stepper.step(t, y, tangents, h);
            double error = error(y, trial);
            if (error <= 1) {
                t = last ? t1 : t + h;
                y = trial.y();
                tangents = trial.tangents();
                steps++;
                // A proportional-integral controller (K. Gustafsson 1991): smoother than one that sees the last error alone.
                double factor = SAFETY * Math.pow(Math.max(error, 1e-10), -0.7 / order)
                        * Math.pow(Math.max(lastError, 1e-4), 0.4 / order);
                factor = Math.max(SHRINK, Math.min(wasRejected ? 1 : GROW, factor));
                h = direction * Math.min(Math.abs(h * factor), control.maxStep());
                lastError = error;
                wasRejected = false;
            } else {
                rejected++;
                double factor = error <= Double.MAX_VALUE ? SAFETY * Math.pow(error, -1.0 / order) : SHRINK;
                h *= Math.max(SHRINK, Math.min(SAFETY, factor));
                wasRejected = true;
            }
        }
        return end(t, y, tangents, steps, rejected, OdeSolution.Reason.END_REACHED);
    }

    private OdeSolution end(double t, double[] y, double[] tangents, int steps, int rejected, OdeSolution.Reason reason) {
        return new OdeSolution(t, y, DMatrixRMaj.wrap(n, k, tangents), steps, rejected, evaluations, jacobians, reason);
    }

    /** The error of a step in units of the tolerance; NaN counts as infinite. */
    private double error(double[] y, Integrator.Trial trial) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double scale = control.absolute() + control.relative() * Math.max(Math.abs(y[i]), Math.abs(trial.y()[i]));
            double part = trial.error()[i] / scale;
            sum += part * part;
        }
        double error = Math.sqrt(sum / n);
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }

    /** Hairer, Nørsett and Wanner, "Solving Ordinary Differential Equations I", section II.4. */
    private double firstStep(double t0, double[] y0, double t1, int order) {
        if (control.initialStep() > 0) {
            return Math.min(control.initialStep(), control.maxStep());
        }
        double direction = Math.signum(t1 - t0);
        double[] f0 = f.value(system.point(t0, y0, p));
        double d0 = size(y0, y0);
        double d1 = size(f0, y0);
        evaluations++;
        if (!(d1 <= Double.MAX_VALUE)) {
            return Double.NaN;
        }
        double h0 = d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : 0.01 * d0 / d1;
        h0 = Math.min(h0, Math.abs(t1 - t0));
        double[] y1 = new double[n];
        for (int i = 0; i < n; i++) {
            y1[i] = y0[i] + direction * h0 * f0[i];
        }
        double[] f1 = f.value(system.point(t0 + direction * h0, y1, p));
        evaluations++;
        for (int i = 0; i < n; i++) {
            f1[i] -= f0[i];
        }
        double d2 = size(f1, y0) / h0;
        double largest = Math.max(d1, d2);
        double h1 = !(largest <= Double.MAX_VALUE) ? h0
                : largest <= 1e-15 ? Math.max(1e-6, h0 * 1e-3) : Math.pow(0.01 / largest, 1.0 / order);
        return Math.min(Math.min(100 * h0, h1), control.maxStep());
    }

    private double size(double[] v, double[] y) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double part = v[i] / (control.absolute() + control.relative() * Math.abs(y[i]));
            sum += part * part;
        }
        return Math.sqrt(sum / n);
    }
}
