package org.wengert.linalg;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A program linearized at a point: the weights of all edges. A forward sweep is
 *
 * <pre>
 * t(v) = Σ w(e) · t(source of e)      over the edges e into v, for all vertices v in order,
 * </pre>
 *
 * a reverse sweep the same read backwards. One multiplication and one addition an edge; four vectors travel together.
 *
 * <p><b>Zeros and NaN</b> follow the rules of {@code org.wengert.core.transform}: where all weights and all entries of a vector are finite,
 * plain products do; elsewhere each product is looked at.
 */
final class ProgramSweeps implements Sweeps {

    private static final int LANES = 4;

    private final LinearizedProgram graph;
    private final double[] value;
    private final double[] weight;
    private final boolean finite;
    private final boolean undefined;

    // One array of tangents is kept from call to call; a second thread gets its own.
    private final AtomicReference<double[]> buffer = new AtomicReference<>();

    /** Keeps the arrays. */
    ProgramSweeps(LinearizedProgram graph, double[] value, double[] weight) {
        this.graph = graph;
        this.value = value;
        this.weight = weight;
        this.finite = areFinite(weight);
        boolean nan = false;
        for (double y : value) {
            nan |= Double.isNaN(y);
        }
        this.undefined = nan;
    }

    private static boolean areFinite(double[] numbers) {
        // 0 · x is 0 for finite x alone.
        double sum = 0;
        for (double x : numbers) {
            sum += 0 * x;
        }
        return sum == 0;
    }

    @Override
    public double[] value() {
        return value;
    }

    @Override
    public long edges() {
        return graph.edges();
    }

    double[] weights() {
        return weight;
    }

    private double[] take(int size) {
        double[] kept = buffer.getAndSet(null);
        return kept != null && kept.length >= size ? kept : new double[size];
    }

    // ---- forward -------------------------------------------------------------------------------------

    @Override
    public void forward(double[] v, int k, double[] result) {
        boolean plain = finite && areFinite(v);
        double[] t = take(graph.vertices * (plain && k > 1 ? LANES : 1));
        int lane = 0;
        while (plain && k - lane > 1) {
            forward4(v, k, lane, t, result);
            lane += LANES;
        }
        for (; lane < k; lane++) {
            forward1(v, k, lane, plain, t, result);
        }
        buffer.set(t);
        if (undefined) {
            for (int i = 0; i < value.length; i++) {
                if (Double.isNaN(value[i]) && graph.outputVertex[i] >= 0) {
                    Arrays.fill(result, i * k, (i + 1) * k, Double.NaN);
                }
            }
        }
    }

    private void forward1(double[] v, int k, int lane, boolean plain, double[] t, double[] result) {
        int n = graph.inputs;
        for (int j = 0; j < n; j++) {
            t[j] = v[j * k + lane];
        }
        t[graph.vertices - 1] = 0;
        if (plain) {
            int[] start = graph.start;
            int[] source = graph.source;
            for (int op = 0, e = 0; op < start.length - 1; op++) {
                double sum = 0;
                for (int end = start[op + 1]; e < end; e++) {
                    sum += weight[e] * t[source[e]];
                }
                t[n + op] = sum;
            }
        } else {
            forwardCarefully(t);
        }
        for (int i = 0; i < graph.outputVertex.length; i++) {
            int u = graph.outputVertex[i];
            result[i * k + lane] = u < 0 ? 0 : t[u] + 0.0;
        }
    }

    private void forwardCarefully(double[] t) {
        for (int op = 0, e = 0; op < graph.start.length - 1; op++) {
            double sum = 0;
            for (int end = graph.start[op + 1]; e < end; e++) {
                double tangent = t[graph.source[e]];
                boolean zero = tangent == 0 || weight[e] == 0 && graph.isPiecewise(e);
                sum += zero ? 0 : weight[e] * tangent;
            }
            t[graph.inputs + op] = sum;
        }
    }

    /** Columns {@code lane} to {@code lane + 3}, as far as there are so many. */
    private void forward4(double[] v, int k, int lane, double[] t, double[] result) {
        int n = graph.inputs;
        int lanes = Math.min(LANES, k - lane);
        Arrays.fill(t, 0, n * LANES, 0);
        for (int j = 0; j < n; j++) {
            for (int l = 0; l < lanes; l++) {
                t[j * LANES + l] = v[j * k + lane + l];
            }
        }
        Arrays.fill(t, (graph.vertices - 1) * LANES, graph.vertices * LANES, 0);
        int[] start = graph.start;
        int[] source = graph.source;
        for (int op = 0, e = 0, at = n * LANES; op < start.length - 1; op++, at += LANES) {
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            for (int end = start[op + 1]; e < end; e++) {
                double w = weight[e];
                int u = source[e] * LANES;
                s0 += w * t[u];
                s1 += w * t[u + 1];
                s2 += w * t[u + 2];
                s3 += w * t[u + 3];
            }
            t[at] = s0;
            t[at + 1] = s1;
            t[at + 2] = s2;
            t[at + 3] = s3;
        }
        for (int i = 0; i < graph.outputVertex.length; i++) {
            int u = graph.outputVertex[i];
            for (int l = 0; l < lanes; l++) {
                result[i * k + lane + l] = u < 0 ? 0 : t[u * LANES + l] + 0.0;
            }
        }
    }

    // ---- reverse -------------------------------------------------------------------------------------

    @Override
    public void reverse(double[] w, int k, double[] result) {
        boolean plain = finite && !undefined && areFinite(w);
        double[] a = take(graph.vertices * (plain && k > 1 ? LANES : 1));
        int lane = 0;
        while (plain && k - lane > 1) {
            reverse4(w, k, lane, a, result);
            lane += LANES;
        }
        for (; lane < k; lane++) {
            reverse1(w, k, lane, plain, a, result);
        }
        buffer.set(a);
    }

    private void reverse1(double[] w, int k, int lane, boolean plain, double[] a, double[] result) {
        int n = graph.inputs;
        Arrays.fill(a, 0, graph.vertices, 0);
        for (int i = 0; i < value.length; i++) {
            if (graph.outputVertex[i] >= 0) {
                // A weight of an output that is NaN makes all that it depends on NaN.
                a[graph.outputVertex[i]] += Double.isNaN(value[i]) ? Double.NaN : w[i * k + lane];
            }
        }
        int[] start = graph.start;
        int[] source = graph.source;
        for (int op = start.length - 2; op >= 0; op--) {
            double adjoint = a[n + op];
            for (int e = start[op + 1] - 1; adjoint != 0 && e >= start[op]; e--) {
                if (plain || weight[e] != 0) {
                    a[source[e]] += adjoint * weight[e];
                }
            }
        }
        for (int j = 0; j < n; j++) {
            result[j * k + lane] = a[j] + 0.0;
        }
    }

    private void reverse4(double[] w, int k, int lane, double[] a, double[] result) {
        int n = graph.inputs;
        int lanes = Math.min(LANES, k - lane);
        Arrays.fill(a, 0, graph.vertices * LANES, 0);
        for (int i = 0; i < value.length; i++) {
            int u = graph.outputVertex[i];
            for (int l = 0; u >= 0 && l < lanes; l++) {
                a[u * LANES + l] += w[i * k + lane + l];
            }
        }
        int[] start = graph.start;
        int[] source = graph.source;
        for (int op = start.length - 2; op >= 0; op--) {
            int at = (n + op) * LANES;
            double a0 = a[at];
            double a1 = a[at + 1];
            double a2 = a[at + 2];
            double a3 = a[at + 3];
            for (int e = start[op]; e < start[op + 1]; e++) {
                double p = weight[e];
                int u = source[e] * LANES;
                a[u] += p * a0;
                a[u + 1] += p * a1;
                a[u + 2] += p * a2;
                a[u + 3] += p * a3;
            }
        }
        for (int j = 0; j < n; j++) {
            for (int l = 0; l < lanes; l++) {
                result[j * k + lane + l] = a[j * LANES + l] + 0.0;
            }
        }
    }
}
