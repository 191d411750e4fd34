package org.wengert.linalg;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.ejml.data.DMatrixSparseCSC;
import org.jspecify.annotations.Nullable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.Pattern;
import org.wengert.linalg.coloring.Coloring;
import org.wengert.linalg.coloring.Ordering;
import org.wengert.linalg.coloring.Patterns;

/**
 * Sparse Jacobians of one function at many points: the pattern is found, colored and prepared once.
 *
 * <pre>{@code
 * SparseJacobian jacobian = SparseJacobian.of(f, start);
 * DMatrixSparseCSC j = jacobian.matrix(x);
 * }</pre>
 *
 * <p><b>The pattern</b> is that of the recorded function, exact for the path taken, and grows where another branch
 * brings new entries (the coloring is made anew then). Of a function that cannot be recorded, it is found by sending an
 * infinite tangent through every input: what it reaches is no finite number any more. That is right for the branches taken at
 * the first point; for others, name the {@link #withPattern pattern} yourself. {@link #check} finds out
 * whether a pattern holds at a point.
 *
 * <p><b>The entries</b> come by compression (a product for each color, see {@link Coloring}) or, where that takes fewer
 * operations, from a program for the entries themselves ({@link Elimination}). Of a large function such a program consists of
 * many copies of a few patterns, which are found and run as vectors.
 *
 * <p>All but the first evaluation take time linear in the size of the function times the number of colors. Safe to share
 * between threads if the function is.
 */
public final class SparseJacobian {

    /** How the entries are computed. */
    public enum Method {
        /** By products with sums of unit vectors, a color each. */
        COMPRESSION,
        /** By a program for the entries. */
        ELIMINATION
    }

    /**
     * The value of a function and its Jacobian.
     *
     * @param value    f(x), m entries; the caller's own
     * @param jacobian J(x), rows ascending in each column; the caller's own
     */
    public record Evaluation(double[] value, DMatrixSparseCSC jacobian) {}

    /** What is prepared, for a pattern. */
    private record Plan(Compression compression, Map<LinearizedProgram, Path> paths) {}

    /** What is prepared for one path through the function; eliminated if that is cheaper. */
    private record Path(long compressed, long elimination, @Nullable EliminatedCode eliminated) {}

    private final Linearizer linearizer;
    private final Function<Pattern, Coloring> color;
    private final boolean patternIsGiven;
    private final @Nullable Method forced;
    private volatile Plan plan;

    private SparseJacobian(
            Linearizer linearizer, Function<Pattern, Coloring> color, Pattern pattern, boolean patternIsGiven,
            @Nullable Method forced) {
        this.linearizer = linearizer;
        this.color = color;
        this.patternIsGiven = patternIsGiven;
        this.forced = forced;
        this.plan = newPlan(pattern);
    }

    private Plan newPlan(Pattern pattern) {
        return new Plan(new Compression(color.apply(pattern)), new ConcurrentHashMap<>());
    }

    // ---- preparing -----------------------------------------------------------------------------------

    /**
     * Prepares a function, with its pattern at a point.
     *
     * @param f n inputs, m results
     * @param x a point, n entries; not changed
     */
    public static SparseJacobian of(DifferentiableVector f, double... x) {
        return of(Linearizer.of(f), x);
    }

    /** Prepares a function that is prepared already for products. */
    public static SparseJacobian of(Linearizer linearizer, double... x) {
        Objects.requireNonNull(linearizer, "linearizer");
        Arguments.length(x, linearizer.function().inputs(), "x");
        return new SparseJacobian(linearizer, Coloring::of, patternAt(linearizer, x), false, null);
    }

    /**
     * Prepares a function whose pattern is known.
     *
     * @param f       n inputs, m results
     * @param pattern m × n; must have every entry that is ever other than zero. It is believed: see {@link #check}
     */
    public static SparseJacobian withPattern(DifferentiableVector f, Pattern pattern) {
        Objects.requireNonNull(pattern, "pattern");
        if (pattern.rows() != f.outputs() || pattern.columns() != f.inputs()) {
            throw new IllegalArgumentException("pattern must be " + Arguments.shape(f.outputs(), f.inputs())
                    + " like the Jacobian, but is " + Arguments.shape(pattern.rows(), pattern.columns()));
        }
        return new SparseJacobian(Linearizer.of(f), Coloring::of, pattern, true, null);
    }

    /** The same, colored by columns in a given order. */
    public SparseJacobian byColumns(Ordering ordering) {
        return colored(p -> Coloring.columns(p, ordering));
    }

    /** The same, colored by rows in a given order. */
    public SparseJacobian byRows(Ordering ordering) {
        return colored(p -> Coloring.rows(p, ordering));
    }

    /** The same, colored by columns and rows in a given order. */
    public SparseJacobian bidirectional(Ordering ordering) {
        return colored(p -> Coloring.bidirectional(p, ordering));
    }

    private SparseJacobian colored(Function<Pattern, Coloring> how) {
        return new SparseJacobian(linearizer, how, pattern(), patternIsGiven, Method.COMPRESSION);
    }

    /** The same, with entries computed in a given way. Functions that cannot be recorded know compression alone. */
    public SparseJacobian by(Method method) {
        return new SparseJacobian(
                linearizer, color, pattern(), patternIsGiven, Objects.requireNonNull(method, "method"));
    }

    // ---- evaluating ----------------------------------------------------------------------------------

    /** A matrix with the pattern as it is known now, all entries zero, rows ascending in each column; the caller's own. */
    public DMatrixSparseCSC newMatrix() {
        return plan.compression.newMatrix();
    }

    /**
     * f(x) and J(x).
     *
     * @param x the point, n entries; not changed
     */
    public Evaluation at(double... x) {
        double[] value = new double[linearizer.function().outputs()];
        return new Evaluation(value, evaluate(x, value, null));
    }

    /**
     * J(x).
     *
     * @param x the point, n entries; not changed
     */
    public DMatrixSparseCSC matrix(double... x) {
        return at(x).jacobian();
    }

    /**
     * Writes J(x) into the caller's matrix. If that has the pattern of J already, only its values change.
     *
     * @param x        the point, n entries; not changed
     * @param jacobian receives J(x)
     * @return f(x), m entries; the caller's own
     */
    public double[] into(double[] x, DMatrixSparseCSC jacobian) {
        double[] value = new double[linearizer.function().outputs()];
        into(x, value, jacobian);
        return value;
    }

    /**
     * Writes f(x) into the caller's array and J(x) into the caller's matrix. If that has the pattern of J already, only its values
     * change. Of a matrix made by {@link #newMatrix}, {@link #at} or
     * {@link #matrix}, what lies behind the entries in {@code nz_values} is used too, and means nothing.
     *
     * @param x        the point, n entries; not changed
     * @param value    receives f(x), m entries; not the array of x
     * @param jacobian receives J(x)
     */
    public void into(double[] x, double[] value, DMatrixSparseCSC jacobian) {
        Arguments.length(value, linearizer.function().outputs(), "value");
        Arguments.distinct(x, value, "value");
        evaluate(x, value, Objects.requireNonNull(jacobian, "jacobian"));
    }

    private DMatrixSparseCSC evaluate(double[] x, double[] value, @Nullable DMatrixSparseCSC given) {
        Arguments.length(x, linearizer.function().inputs(), "x");
        LinearizedProgram program = linearizer.program(x);
        Plan current = planFor(program);
        DMatrixSparseCSC target = given == null ? current.compression.newMatrix() : given;
        if (given != null && !current.compression.fits(target)) {
            target.setTo(current.compression.newMatrix());
        }
        EliminatedCode eliminated = program == null ? null : path(current, program).eliminated;
        if (eliminated == null || !eliminated.run(x, target.nz_values, value)) {
            // Not worth it, or a derivative is no number by plain products: the sweeps look at each of them.
            Sweeps sweeps = program == null ? new EagerSweeps(linearizer.function(), x.clone()) : program.at(x);
            current.compression.evaluate(sweeps, target.nz_values);
            System.arraycopy(sweeps.value(), 0, value, 0, value.length);
        }
        return target;
    }

    /** The plan whose pattern holds for a program: a larger one if the program is new and has new entries. */
    private Plan planFor(@Nullable LinearizedProgram program) {
        Plan current = plan;
        if (program == null || patternIsGiven || current.paths.containsKey(program)) {
            return current;
        }
        synchronized (this) {
            Pattern known = plan.compression.pattern();
            if (!Patterns.contains(known, program.pattern())) {
                plan = newPlan(Patterns.union(known, program.pattern()));
            }
            return plan;
        }
    }

    private Path path(Plan of, LinearizedProgram program) {
        Path known = of.paths.get(program);
        if (known == null) {
            known = newPath(of.compression, program);
            if (of.paths.size() >= 4 * Linearizer.PATHS) {
                of.paths.clear();
            }
            of.paths.put(program, known);
        }
        return known;
    }

    private Path newPath(Compression compression, LinearizedProgram program) {
        long compressed = program.partials + program.edges() * (long) compression.coloring().colors();
        EliminatedCode eliminated = forced == Method.COMPRESSION
                ? null : EliminatedCode.of(program, compressed, forced == Method.ELIMINATION, compression);
        if (eliminated == null) {
            return new Path(compressed, -1, null);
        }
        boolean isTaken = forced != null || eliminated.isBetterThan(compressed);
        return new Path(compressed, eliminated.operations(), isTaken ? eliminated : null);
    }

    // ---- asking --------------------------------------------------------------------------------------

    /** The pattern as it is known now. */
    public Pattern pattern() {
        return plan.compression.pattern();
    }

    /** The coloring that compression uses. */
    public Coloring coloring() {
        return plan.compression.coloring();
    }

    /**
     * How the entries at a point are computed, and what that costs: a line for people.
     *
     * @param x the point, n entries; not changed
     */
    public String report(double... x) {
        Arguments.length(x, linearizer.function().inputs(), "x");
        LinearizedProgram program = linearizer.program(x);
        Plan of = planFor(program);
        if (program == null) {
            return "by compression, run by eager numbers: " + of.compression.coloring();
        }
        Path path = path(of, program);
        return String.format(Locale.ROOT, "by %s%s: %s; %d operations by compression, %s by elimination",
                path.eliminated == null ? "compression" : "elimination", forced == null ? "" : " (asked for)",
                of.compression.coloring(), path.compressed,
                path.elimination < 0 ? "not tried" : Long.toString(path.elimination));
    }

    /**
     * Finds out whether the pattern has all entries that are not zero at a point, by comparing J·v as a product
     * with J·v by the sparse matrix for a vector drawn by chance. Costs an evaluation and a product; an entry that is missing is
     * noticed unless it is below 10⁻⁹ of its row.
     *
     * @param x the point, n entries; not changed
     * @throws IllegalArgumentException if the pattern lacks an entry; the message names it
     */
    public void check(double... x) {
        DMatrixSparseCSC sparse = matrix(x);
        Linearization exact = linearizer.at(x);
        double[] v = new Random(20).doubles(exact.columns(), 0.5, 1.5).toArray();
        double[] expected = exact.jvp(v);
        double[] product = LinearOperator.of(sparse).apply(v);
        double[] size = new double[product.length];
        for (int j = 0; j < sparse.numCols; j++) {
            for (int q = sparse.col_idx[j]; q < sparse.col_idx[j + 1]; q++) {
                size[sparse.nz_rows[q]] += Math.abs(sparse.nz_values[q]);
            }
        }
        for (int i = 0; i < product.length; i++) {
            double tolerance = 1e-9 * (size[i] + Math.abs(expected[i]));
            if (Math.abs(product[i] - expected[i]) > tolerance) {
                throw new IllegalArgumentException(lacking(exact, i));
            }
        }
    }

    private String lacking(Linearization exact, int i) {
        double[] unit = new double[exact.rows()];
        unit[i] = 1;
        double[] row = exact.vjp(unit);
        for (int j = 0; j < row.length; j++) {
            if (row[j] != 0 && pattern().find(i, j) < 0) {
                return "pattern must have every entry that is not zero, but lacks (" + i + ", " + j + "), which is "
                        + row[j] + " at this point";
            }
        }
        return "the sparse Jacobian is wrong in row " + i + " at this point, though the pattern has all its entries";
    }

    // ---- patterns ------------------------------------------------------------------------------------

    private static Pattern patternAt(Linearizer linearizer, double[] x) {
        LinearizedProgram program = linearizer.program(x);
        return program != null ? program.pattern() : eagerPattern(linearizer.function(), x);
    }

    /** By infinite tangents: a derivative of zero makes them NaN, any other keeps them infinite. */
    static Pattern eagerPattern(DifferentiableVector f, double[] x) {
        int n = f.inputs();
        int m = f.outputs();
        int lanes = 8;
        int[][] rows = new int[m][4];
        int[] size = new int[m];
        double[] value = new double[m];
        for (int first = 0; first < n; first += lanes) {
            int k = Math.min(lanes, n - first);
            double[][] directions = new double[k][n];
            for (int lane = 0; lane < k; lane++) {
                directions[lane][first + lane] = Double.POSITIVE_INFINITY;
            }
            double[][] tangents = new double[k][m];
            f.jvpsInto(x, directions, value, tangents);
            for (int i = 0; i < m; i++) {
                for (int lane = 0; lane < k; lane++) {
                    if (tangents[lane][i] != 0) {
                        rows[i] = size[i] < rows[i].length ? rows[i] : Arrays.copyOf(rows[i], 2 * size[i]);
                        rows[i][size[i]++] = first + lane;
                    }
                }
            }
        }
        for (int i = 0; i < m; i++) {
            rows[i] = Arrays.copyOf(rows[i], size[i]);
        }
        return Patterns.of(m, n, rows);
    }
}
