package org.wengert.hessian;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** L-BFGS. */
final class LimitedMemory {

    private static final int PAIRS = 10;

    private record Pair(double[] s, double[] y, double sy) {}

    private final MinimizerRun run;
    private final Deque<Pair> pairs = new ArrayDeque<>(); // newest first

    LimitedMemory(MinimizerRun run) {
        this.run = run;
    }

    void go() {
        while (true) {
            double[] d = direction();
            double slope = MinimizerRun.dot(d, run.gradient);
            if (!(slope < 0)) {
                pairs.clear();
                d = direction();
                slope = MinimizerRun.dot(d, run.gradient);
            }
            double first = pairs.isEmpty() ? Math.min(1, 1 / MinimizerRun.norm(run.gradient)) : 1;
            LineSearch.Point p = next(d, slope, first);
            if (p == null && !pairs.isEmpty()) {
                pairs.clear(); // once more from the gradient alone
                d = direction();
                p = next(d, MinimizerRun.dot(d, run.gradient), Math.min(1, 1 / MinimizerRun.norm(run.gradient)));
            }
            if (p == null) {
                run.stuck();
                return;
            }
            double[] s = MinimizerRun.sum(p.x(), -1, run.x);
            double[] y = MinimizerRun.sum(p.gradient(), -1, run.gradient);
            double sy = MinimizerRun.dot(s, y);
            if (sy > 1e-16 * MinimizerRun.norm(s) * MinimizerRun.norm(y)) {
                pairs.addFirst(new Pair(s, y, sy));
                if (pairs.size() > PAIRS) {
                    pairs.removeLast();
                }
            }
            if (!run.moveTo(p.x(), p.value(), p.gradient(), p.t())) {
                return;
            }
        }
    }

    private LineSearch.@Nullable Point next(double[] d, double slope, double first) {
        return run.bounds == null ? LineSearch.along(run, d, slope, first, 0.9) : ProjectedNewton.arc(run, run.bounds, d, first);
    }

    private double[] direction() {
        double[] q = run.gradient.clone();
        if (run.bounds != null) {
            for (int i = 0; i < q.length; i++) {
                q[i] = run.isHeld(i) ? 0 : q[i];
            }
        }
        double[] alpha = new double[pairs.size()];
        int k = 0;
        for (Pair p : pairs) {
            alpha[k] = MinimizerRun.dot(p.s, q) / p.sy;
            MinimizerRun.add(q, -alpha[k++], p.y);
        }
        Pair newest = pairs.peekFirst();
        double scale = newest == null ? 1 : newest.sy / MinimizerRun.dot(newest.y, newest.y);
        double[] d = new double[q.length];
        Arrays.setAll(d, i -> scale * q[i]);
        for (Iterator<Pair> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
            Pair p = oldest.next();
            double beta = MinimizerRun.dot(p.y, d) / p.sy;
            MinimizerRun.add(d, alpha[--k] - beta, p.s);
        }
        for (int i = 0; i < d.length; i++) {
            d[i] = run.isHeld(i) ? 0 : -d[i];
        }
        return d;
    }
}
