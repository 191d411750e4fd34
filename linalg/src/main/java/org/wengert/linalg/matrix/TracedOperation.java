package org.wengert.linalg.matrix;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Notes;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.core.scalar.Traced;

/**
 * A matrix function as an operation of a recorded program. A program's nodes are numbers, so each entry of the result becomes a row
 * of its own; the rows share what they compute at a point: value, Jacobian and Hessian-vector products come from one
 * reverse recording, kept for the points seen last, so that a tile of points passes through all rows without computing anything twice.
 *
 * <p>Thread safe.
 */
final class TracedOperation {

    /** How many numbers all points that are kept may hold, and how many points at least and at most. */
    private static final int NUMBERS = 1 << 21;

    private static final int LEAST = 4;
    private static final int MOST = 512;

    private final DifferentiableMatrix f;
    private final int[] rows;
    private final int[] columns;
    private final int inputs;
    private final Map<Point, Results> known;

    TracedOperation(DifferentiableMatrix f, Scalar[][][] shapes) {
        this.f = f;
        this.rows = Arrays.stream(shapes).mapToInt(x -> x.length).toArray();
        this.columns = Arrays.stream(shapes).mapToInt(x -> x.length == 0 ? 0 : x[0].length).toArray();
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            count += rows[i] * columns[i];
        }
        this.inputs = count;
        int capacity = Math.clamp(NUMBERS / Math.max(1L, (long) count * count), LEAST, MOST);
        this.known = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Point, Results> eldest) {
                return size() > capacity;
            }
        };
    }

    /** The arguments as numbers, compared bit by bit. */
    private record Point(double[] x) {

        @Override
        public boolean equals(@Nullable Object o) {
            return o instanceof Point p && Arrays.equals(x, p.x);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(x);
        }
    }

    Scalar[][] apply(Scalar[][][] x) {
        Scalar[] all = new Scalar[inputs];
        double[] here = new double[inputs];
        int at = 0;
        for (Scalar[][] matrix : x) {
            for (Scalar[] row : matrix) {
                for (Scalar s : row) {
                    here[at] = s instanceof Traced t ? t.valueHere() : s.value();
                    all[at++] = s;
                }
            }
        }
        DMatrixRMaj y = results(here).recording.y.m().v();
        Scalar[][] r = new Scalar[y.numRows][y.numCols];
        for (int i = 0; i < y.numRows; i++) {
            for (int j = 0; j < y.numCols; j++) {
                r[i][j] = ScalarMath.apply(row(i * y.numCols + j), all);
            }
        }
        return r;
    }

    /** The row of one entry of the result. */
    private Nary row(int output) {
        return new Nary(
                "matrixFunction" + output, inputs, x -> results(x).value(output),
                new Nary.First() {
                    @Override
                    public double at(double[] x, double z, int i) {
                        return results(x).gradient(output)[i];
                    }

                    @Override
                    public double[] all(double[] x, double z) {
                        return results(x).gradient(output).clone();
                    }
                },
                new Nary.Second() {
                    @Override
                    public double at(double[] x, double z, int i, int j) {
                        return results(x).column(j)[output][i];
                    }

                    @Override
                    public double[] times(double[] x, double z, double[] direction) {
                        return results(x).along(direction)[output];
                    }
                },
                List.of(),
                new Notes(Family.USER, "an entry of a matrix function", Double.NaN, Double.NaN, Double.NaN, "", "user-defined"));
    }

    private Results results(double[] x) {
        Point p = new Point(x.clone());
        synchronized (known) {
            Results r = known.get(p);
            if (r != null) {
                return r;
            }
        }
        Results r = new Results(p.x);
        synchronized (known) {
            known.put(p, r);
        }
        return r;
    }

    private DMatrixRMaj[] matrices(double[] x) {
        DMatrixRMaj[] m = new DMatrixRMaj[rows.length];
        int at = 0;
        for (int i = 0; i < m.length; i++) {
            m[i] = Dense.matrix(rows[i], columns[i]);
            System.arraycopy(x, at, m[i].data, 0, m[i].data.length);
            at += m[i].data.length;
        }
        return m;
    }

    /** The lanes of the adjoints of all arguments: one array of all entries for each lane. */
    private double[][] flat(DMatrixRMaj[] adjoints, int lanes) {
        double[][] r = new double[lanes][inputs];
        int at = 0;
        for (int i = 0; i < adjoints.length; i++) {
            for (int lane = 0; lane < lanes; lane++) {
                System.arraycopy(Blocks.part(adjoints[i], lanes, lane).data, 0, r[lane], at, rows[i] * columns[i]);
            }
            at += rows[i] * columns[i];
        }
        return r;
    }

    /** What is known at a point. */
    private final class Results {

        private final double[] x;
        final DifferentiableMatrix.Recording recording;
        private double @Nullable [][] jacobian;
        private final double[] @Nullable [][] columns;
        private double @Nullable [] direction;
        private double @Nullable [][] product;

        Results(double[] x) {
            this.x = x;
            this.recording = f.new Recording(matrices(x), null);
            this.columns = new double[inputs][][];
        }

        double value(int output) {
            return recording.y.m().v().data[output];
        }

        /** One unit adjoint for each entry of the result, as a block. */
        private Mat units() {
            DMatrixRMaj y = recording.y.m().v();
            int n = y.data.length;
            DMatrixRMaj block = Dense.matrix(y.numRows, n * y.numCols);
            for (int e = 0; e < n; e++) {
                block.set(e / y.numCols, e * y.numCols + e % y.numCols, 1);
            }
            return Mat.of(block);
        }

        synchronized double[] gradient(int output) {
            double[][] known = jacobian;
            if (known == null) {
                int n = recording.y.m().v().data.length;
                Mat[] pulled = recording.pull(units(), n);
                DMatrixRMaj[] v = new DMatrixRMaj[pulled.length];
                Arrays.setAll(v, i -> pulled[i].v());
                known = flat(v, n);
                jacobian = known;
            }
            return known[output];
        }

        /** For each entry of the result, column j of its Hessian. */
        synchronized double[][] column(int j) {
            double[][] known = columns[j];
            if (known == null) {
                double[] unit = new double[inputs];
                unit[j] = 1;
                known = hessianTimes(unit);
                columns[j] = known;
            }
            return known;
        }

        /** For each entry of the result, its Hessian times a direction; the last direction is kept. */
        synchronized double[][] along(double[] v) {
            double[][] known = product;
            if (known == null || !Arrays.equals(direction, v)) {
                direction = v.clone();
                known = hessianTimes(v);
                product = known;
            }
            double[][] copy = known.clone();
            Arrays.setAll(copy, i -> copy[i].clone());
            return copy;
        }

        private double[][] hessianTimes(double[] v) {
            int n = recording.y.m().v().data.length;
            Mat[] pulled = f.new Recording(matrices(x), matrices(v)).pull(units(), n);
            DMatrixRMaj[] b = new DMatrixRMaj[pulled.length];
            Arrays.setAll(b, i -> DifferentiableMatrix.tangent(pulled[i]));
            return flat(b, n);
        }
    }
}
