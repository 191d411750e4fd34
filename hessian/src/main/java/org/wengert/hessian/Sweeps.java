package org.wengert.hessian;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.core.Jacobian;
import org.wengert.linalg.TallSkinnyQr;

/**
 * Sweeps over all rows of a problem, block by block, so that memory does not grow with the rows.
 *
 * <p>The rows are cut into at most {@value #MOST_PARTS} parts, whatever the number of threads. Each part is
 * reduced from its first row to its last by one thread, and the parts are joined in their order: the
 * bits of the result do not depend on how many threads there are.
 */
final class Sweeps implements AutoCloseable {

    private static final int MOST_PARTS = 64;

    /** Up to so many entries of J are kept from the linearization to the geodesic acceleration (32 MiB). */
    private static final long KEPT_ENTRIES = 1L << 22;

    private final LeastSquares problem;
    private final Residuals residuals;
    private final int n;
    private final int block;
    private final int blocks;
    private final int parts;

    /** A power of two that brings residuals to size 1 where their squares would overflow or vanish; else 1. */
    private final double unit;

    private final @Nullable ForkJoinPool pool;

    private int values;
    private int jacobians;
    private int curvatures;

    Sweeps(LeastSquares problem, double unit, int threads) {
        this.problem = problem;
        this.residuals = problem.residuals();
        this.n = problem.parameters();
        this.unit = unit;
        int m = problem.rows();
        this.block = Math.min(m, residuals.block());
        this.blocks = (m - 1) / block + 1;
        this.parts = Math.min(blocks, MOST_PARTS);
        int workers = Math.min(threads, parts);
        this.pool = workers > 1 ? new ForkJoinPool(workers) : null;
    }

    /** The power of two by which residuals at x should be multiplied; 1 unless they are very large or small. */
    static double unit(LeastSquares problem, double[] x) {
        double largest = 0;
        int block = problem.residuals().block();
        for (int first = 0; first < problem.rows(); first += block) {
            int count = Math.min(block, problem.rows() - first);
            double[] r = problem.residuals().values(x, first, count);
            for (int i = 0; i < count; i++) {
                double each = Math.abs(r[i] * problem.rootWeight(first + i));
                largest = each > largest && Double.isFinite(each) ? each : largest;
            }
        }
        int exponent = largest == 0 ? 0 : Math.getExponent(largest);
        return Math.abs(exponent) < 400 ? 1 : Math.scalb(1.0, -exponent);
    }

    double unit() {
        return unit;
    }

    Evaluations evaluations() {
        return new Evaluations(values, jacobians, curvatures);
    }

    /** ‖r(x)‖²; infinite or NaN if a residual is. */
    double sumOfSquares(double[] x) {
        values++;
        SumOfSquares sum = new SumOfSquares();
        for (SumOfSquares part : inParts(part -> sumOfSquares(x, part), SumOfSquares[]::new)) {
            sum.add(part);
        }
        return sum.value();
    }

    private SumOfSquares sumOfSquares(double[] x, int part) {
        SumOfSquares sum = new SumOfSquares();
        for (int b = start(part); b < start(part + 1); b++) {
            int first = b * block;
            double[] r = residuals.values(x, first, count(b));
            for (int i = 0; i < r.length; i++) {
                double weight = problem.rootWeight(first + i) * unit;
                if (weight != 0) {
                    sum.add(r[i] * weight);
                }
            }
        }
        return sum;
    }

    /** What a part of the rows contributes to a linearization, or the first place where it is not finite. */
    private record Part(TallSkinnyQr qr, SumOfSquares sum, List<Jacobian> kept, @Nullable String failure) {}

    /** The linearization at x, or a sentence saying which row is not finite. */
    sealed interface Linearized {
        record At(Linearization linearization) implements Linearized {}

        record NotFinite(String where) implements Linearized {}
    }

    Linearized linearize(double[] x) {
        jacobians++;
        boolean keep = (long) problem.rows() * n <= KEPT_ENTRIES;
        Part[] all = inParts(part -> linearize(x, part, keep), Part[]::new);
        TallSkinnyQr qr = all[0].qr;
        SumOfSquares sum = all[0].sum;
        List<Jacobian> kept = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            String failure = all[part].failure;
            if (failure != null) {
                return new Linearized.NotFinite(failure);
            }
            kept.addAll(all[part].kept);
            if (part > 0) {
                qr.add(all[part].qr);
                sum.add(all[part].sum);
            }
        }
        return new Linearized.At(Linearization.of(x, sum.value(), qr.r(), keep ? kept : null));
    }

    private Part linearize(double[] x, int part, boolean keep) {
        TallSkinnyQr qr = new TallSkinnyQr(n + 1);
        SumOfSquares sum = new SumOfSquares();
        List<Jacobian> kept = new ArrayList<>();
        double[] row = new double[n + 1];
        for (int b = start(part); b < start(part + 1); b++) {
            int first = b * block;
            Jacobian jacobian = residuals.jacobian(x, first, count(b));
            double[] entries = jacobian.entries();
            for (int i = 0; i < jacobian.rows(); i++) {
                double weight = problem.rootWeight(first + i) * unit;
                for (int j = 0; j < n; j++) {
                    double entry = weight == 0 ? 0 : entries[i * n + j] * weight;
                    row[j] = entry;
                    entries[i * n + j] = entry;
                    if (!Double.isFinite(entry)) {
                        return new Part(qr, sum, kept, "the derivative of residual " + (first + i)
                                + " with respect to parameter " + j + " is " + entry);
                    }
                }
                double r = weight == 0 ? 0 : jacobian.value()[i] * weight;
                if (!Double.isFinite(r)) {
                    return new Part(qr, sum, kept, "residual " + (first + i) + " is " + r);
                }
                if (weight != 0) {
                    row[n] = r;
                    qr.add(row, 0);
                    sum.add(r);
                }
            }
            if (keep) {
                kept.add(jacobian);
            }
        }
        return new Part(qr, sum, kept, null);
    }

    /** Jᵀ·r″ with r″ᵢ = vᵀ·∇²rᵢ·v at the point of a linearization. */
    double[] curvature(Linearization at, double[] v) {
        curvatures++;
        if (at.rows() == null) {
            jacobians++;
        }
        double[] sum = new double[n];
        for (double[] part : inParts(part -> curvature(at, v, part), double[][]::new)) {
            for (int j = 0; j < n; j++) {
                sum[j] += part[j];
            }
        }
        return sum;
    }

    private double[] curvature(Linearization at, double[] v, int part) {
        double[] sum = new double[n];
        List<Jacobian> kept = at.rows();
        for (int b = start(part); b < start(part + 1); b++) {
            int first = b * block;
            double[] second = residuals.curvature(at.x(), v, first, count(b));
            double[] entries =
                    (kept == null ? residuals.jacobian(at.x(), first, count(b)) : kept.get(b)).entries();
            for (int i = 0; i < second.length; i++) {
                double weight = problem.rootWeight(first + i) * unit;
                if (weight != 0) {
                    double bend = second[i] * weight * (kept == null ? weight : 1);
                    for (int j = 0; j < n; j++) {
                        sum[j] += entries[i * n + j] * bend;
                    }
                }
            }
        }
        return sum;
    }

    private int start(int part) {
        return (int) ((long) part * blocks / parts);
    }

    private int count(int b) {
        return Math.min(block, problem.rows() - b * block);
    }

    private <T> T[] inParts(IntFunction<T> work, IntFunction<T[]> array) {
        if (pool == null) {
            return IntStream.range(0, parts).mapToObj(work).toArray(array);
        }
        return pool.submit(() -> IntStream.range(0, parts).parallel().mapToObj(work).toArray(array)).join();
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
