package org.wengert.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.wengert.core.transform.Pattern;

/**
 * Arbitraries for tests of derivatives: numbers, points, directions, matrices, programs. All shrink to what is
 * short to read: few entries other than zero, quarters of whole numbers.
 *
 * <p>jqwik's own doubles have two decimals unless told otherwise; these have all their bits.
 */
public final class DerivativeArbitraries {

    /**
     * Numbers at which something happens: both zeros, the ends of normal and subnormal numbers, infinities and NaN, powers of two,
     * numbers whose squares overflow and underflow, kinks and poles of the elementary functions with their neighbours.
     */
    private static final List<Double> EDGES = edges();

    private DerivativeArbitraries() {}

    private static List<Double> edges() {
        List<Double> edges = new ArrayList<>(List.of(
                1.0, 0.0, -1.0, -0.0, 2.0, -2.0, 0.5, -0.5, 1e-8, -1e-8, 1e8, 20.0, 40.0, -40.0, 1e-200, 1e200, -1e-200, -1e200,
                710.0, -746.0, Math.PI, Math.PI / 2, -Math.PI / 2, Math.E, Math.scalb(1.0, 53), 1e22));
        for (double x : new double[] {1, -1, 0.5, 2}) {
            edges.add(Math.nextUp(x));
            edges.add(Math.nextDown(x));
        }
        edges.addAll(List.of(
                Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL, -Double.MIN_NORMAL, Math.nextDown(Double.MIN_NORMAL),
                Double.MAX_VALUE, -Double.MAX_VALUE, 0x1p1023, 0x1p-1022, 0x1p511, 0x1p-538,
                Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN));
        return List.copyOf(edges);
    }

    /** Numbers of moderate size between two bounds: quarters in every third case, else with all their bits. */
    public static Arbitrary<Double> numbers(double least, double most) {
        double width = most - least;
        Arbitrary<Double> fine = Arbitraries.longs().between(0, 1L << 52)
                .map(k -> least + width * Math.scalb((double) k, -52));
        long low = (long) Math.ceil(4 * least);
        long high = (long) Math.floor(4 * most);
        return low > high ? fine : Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.longs().between(low, high).map(k -> k / 4.0)), Tuple.of(2, fine));
    }

    /** Edge doubles: signed zeros, subnormals, huge and tiny numbers, infinities, NaN, kinks and poles with their neighbours. */
    public static Arbitrary<Double> edgeDoubles() {
        return Arbitraries.of(EDGES);
    }

    /** Edge doubles without infinities and NaN. */
    public static Arbitrary<Double> finiteEdgeDoubles() {
        return Arbitraries.of(EDGES.stream().filter(Double::isFinite).toList());
    }

    /** Numbers of moderate size, and every third an edge double. */
    public static Arbitrary<Double> nastyNumbers() {
        return Arbitraries.frequencyOf(Tuple.of(2, numbers(-4, 4)), Tuple.of(1, edgeDoubles()));
    }

    /** Points of n coordinates between -2 and 3. */
    public static Arbitrary<double[]> points(int n) {
        return points(n, numbers(-2, 3));
    }

    /** Points of n coordinates. */
    public static Arbitrary<double[]> points(int n, Arbitrary<Double> coordinates) {
        return coordinates.list().ofSize(n).map(DerivativeArbitraries::array);
    }

    /** Directions of n entries between -1 and 1, some of them zero. */
    public static Arbitrary<double[]> directions(int n) {
        Arbitrary<Double> entries = Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(0.0)), Tuple.of(4, numbers(-1, 1)));
        return entries.list().ofSize(n).map(DerivativeArbitraries::array);
    }

    /** Programs over all elementary functions; see {@link ProgramArbitrary} for what can be chosen. */
    public static ProgramArbitrary programs() {
        return ProgramArbitrary.all();
    }

    // ---- matrices ------------------------------------------------------------------------------------

    /** Matrices of m rows and n columns. */
    public static Arbitrary<double[][]> matrices(int m, int n) {
        return numbers(-2, 2).list().ofSize(m * n).map(entries -> rows(array(entries), m, n));
    }

    /** Orthogonal n x n matrices: products of Householder reflections. */
    public static Arbitrary<double[][]> orthogonal(int n) {
        return numbers(-1, 1).list().ofSize(n * n).map(entries -> reflections(array(entries), n));
    }

    /**
     * Symmetric positive definite n x n matrices Q D Qᵀ of given condition number: eigenvalues from 1 to 1/condition, evenly
     * on a logarithmic scale.
     */
    public static Arbitrary<double[][]> positiveDefinite(int n, double condition) {
        if (!(condition >= 1)) {
            throw new IllegalArgumentException("condition must be at least 1, but was " + condition);
        }
        double[] eigenvalues = new double[n];
        Arrays.setAll(eigenvalues, i -> n == 1 ? 1 : Math.pow(condition, -i / (n - 1.0)));
        return orthogonal(n).map(q -> symmetric(product(q, eigenvalues, q)));
    }

    /** n x n matrices U D Vᵀ of rank n - corank, the other singular values between 1/2 and 1. */
    public static Arbitrary<double[][]> singular(int n, int corank) {
        if (corank < 0 || corank > n) {
            throw new IllegalArgumentException("corank must be from 0 to " + n + ", but was " + corank);
        }
        double[] values = new double[n];
        Arrays.setAll(values, i -> i < n - corank ? 1 - 0.5 * i / n : 0);
        return Combinators.combine(orthogonal(n), orthogonal(n)).as((u, v) -> product(u, values, v));
    }

    /** Matrices whose entries in the pattern are other than zero, and zero elsewhere. */
    public static Arbitrary<double[][]> sparse(Pattern pattern) {
        return numbers(0.25, 2).list().ofSize(pattern.size()).map(entries -> {
            double[][] matrix = new double[pattern.rows()][pattern.columns()];
            for (int i = 0; i < pattern.rows(); i++) {
                for (int k = pattern.rowStart()[i]; k < pattern.rowStart()[i + 1]; k++) {
                    matrix[i][pattern.column()[k]] = k % 2 == 0 ? entries.get(k) : -entries.get(k);
                }
            }
            return matrix;
        });
    }

    /** Patterns of m rows and n columns with about that share of entries, from 0 to 1. */
    public static Arbitrary<Pattern> patterns(int m, int n, double share) {
        return Arbitraries.integers().between(0, 999).map(i -> i >= 1000 - 1000 * share).list().ofSize(m * n).map(filled -> {
            int[] rowStart = new int[m + 1];
            int[] columns = new int[m * n];
            int count = 0;
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    if (filled.get(i * n + j)) {
                        columns[count++] = j;
                    }
                }
                rowStart[i + 1] = count;
            }
            return new Pattern(m, n, rowStart, Arrays.copyOf(columns, count));
        });
    }

    private static double[] array(List<Double> entries) {
        return entries.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[][] rows(double[] entries, int m, int n) {
        double[][] rows = new double[m][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(entries, i * n, (i + 1) * n));
        return rows;
    }

    /** Π (I - 2 v vᵀ/vᵀv) over the rows v of a matrix; a row of zeros is left out. */
    private static double[][] reflections(double[] entries, int n) {
        double[][] q = new double[n][n];
        for (int i = 0; i < n; i++) {
            q[i][i] = 1;
        }
        for (double[] v : rows(entries, n, n)) {
            double square = Arrays.stream(v).map(t -> t * t).sum();
            if (square < 1e-6) {
                continue;
            }
            for (double[] row : q) {
                double along = 0;
                for (int j = 0; j < n; j++) {
                    along += row[j] * v[j];
                }
                for (int j = 0; j < n; j++) {
                    row[j] -= 2 * along / square * v[j];
                }
            }
        }
        return q;
    }

    private static double[][] product(double[][] u, double[] d, double[][] v) {
        int n = d.length;
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    a[i][j] += u[i][k] * d[k] * v[j][k];
                }
            }
        }
        return a;
    }

    private static double[][] symmetric(double[][] a) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < i; j++) {
                a[j][i] = a[i][j];
            }
        }
        return a;
    }
}
