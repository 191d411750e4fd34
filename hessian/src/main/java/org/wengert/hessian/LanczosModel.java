package org.wengert.hessian;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.wengert.linalg.LinearOperator;

/**
 * A quadratic model in the Krylov space of its gradient: in an orthonormal basis (kept orthogonal) its matrix is tridiagonal, and the small problem is solved
 * exactly. The space grows until the step solves the large problem well enough. Other radii use the basis that is there already.
 */
final class LanczosModel {

    /** The largest Krylov space: its basis is kept. */
    private static final int MOST = 150;

    private final LinearOperator h;
    private final boolean cubic;
    private final double norm;
    private final List<double[]> basis = new ArrayList<>();
    private final List<Double> diagonal = new ArrayList<>();
    private final List<Double> beside = new ArrayList<>();

    /** The next vector of the basis, or of length 0 if the space is invariant. */
    private double[] next;

    LanczosModel(LinearOperator h, double[] g, boolean cubic) {
        this.h = h;
        this.cubic = cubic;
        this.norm = MinimizerRun.norm(g);
        this.next = MinimizerRun.sum(new double[g.length], 1 / norm, g);
    }

    private boolean grow() {
        int most = Math.min(MOST, h.columns());
        if (basis.size() >= most || next.length == 0) {
            return false;
        }
        double[] q = next;
        basis.add(q);
        double[] w = h.apply(q);
        double alpha = MinimizerRun.dot(q, w);
        diagonal.add(alpha);
        for (int round = 0; round < 2; round++) { // twice is enough
            for (double[] b : basis) {
                MinimizerRun.add(w, -MinimizerRun.dot(b, w), b);
            }
        }
        double beta = MinimizerRun.norm(w);
        beside.add(beta);
        boolean invariant = !(beta > 1e-14 * (Math.abs(alpha) + norm * 1e-300 + 1e-300)) || !Double.isFinite(beta);
        next = invariant ? new double[0] : MinimizerRun.sum(new double[w.length], 1 / beta, w);
        return true;
    }

    TrustRegion.Step step(double parameter) {
        double enough = Math.min(0.1, Math.sqrt(norm)) * norm;
        int check = 1;
        if (basis.isEmpty()) {
            grow();
        }
        while (true) {
            int k = basis.size();
            TrustRegion.Step small = small(k, parameter);
            // The residual of the large problem: what leaves the space at its end.
            boolean done = beside.get(k - 1) * Math.abs(small.step()[k - 1]) <= enough;
            boolean grew = false;
            for (int i = 0; !done && i < check; i++) {
                grew |= grow();
            }
            check = Math.min(16, check + 1);
            if (done || !grew) {
                double[] s = new double[h.columns()];
                for (int i = 0; i < k; i++) {
                    MinimizerRun.add(s, small.step()[i], basis.get(i));
                }
                return new TrustRegion.Step(s, small.promised(), small.length());
            }
        }
    }

    private TrustRegion.Step small(int k, double parameter) {
        var t = new DMatrixRMaj(k, k);
        double[] g = new double[k];
        g[0] = norm;
        for (int i = 0; i < k; i++) {
            t.set(i, i, diagonal.get(i));
            if (i + 1 < k) {
                t.set(i, i + 1, beside.get(i));
                t.set(i + 1, i, beside.get(i));
            }
        }
        EigenModel model = EigenModel.of(t, g);
        return cubic ? model.withCube(parameter) : model.withinRadius(parameter);
    }
}
