package org.wengert.linalg;

import java.util.Locale;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Jacobian;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.Pattern;

/**
 * Dense Jacobians of one function at many points, by whichever of three ways takes the fewest operations:
 *
 * <ul>
 *   <li>columns: n forward sweeps over the recorded function, one multiplication an edge each;
 *   <li>rows: m reverse sweeps;
 *   <li>vertex elimination: a program of its own for the entries, see {@link Elimination}. Tried for functions of up to
 *       {@value #MOST_ELIMINATED} operations, and for larger ones whose results depend on few inputs each.
 * </ul>
 *
 * <p>The choice is made once for each path through the function, and {@link #report} tells it. Functions that cannot be
 * recorded are run by eager numbers, column by column. Safe to share between threads if the function is.
 */
public final class DenseJacobian {

    /** Up to so many operations, vertex elimination is tried in any case. */
    public static final int MOST_ELIMINATED = 20_000;

    /** A way to accumulate a Jacobian. */
    public enum Method {
        /** Column by column: forward sweeps. */
        COLUMNS,
        /** Row by row: reverse sweeps. */
        ROWS,
        /** Vertex elimination. */
        ELIMINATION
    }

    /**
     * What each way costs at a point, in operations: multiplications joined with their additions count as one, and the
     * local partial derivatives are in all three.
     *
     * @param chosen      the way that is taken
     * @param forced      whether the user asked for it
     * @param columns     operations by columns
     * @param rows        operations by rows
     * @param elimination operations by elimination, or -1 where that was not tried
     * @param eager       whether the function cannot be recorded; then nothing is counted
     */
    public record Costs(Method chosen, boolean forced, long columns, long rows, long elimination, boolean eager) {

        /** For people: one line. */
        @Override
        public String toString() {
            if (eager) {
                return "by columns, since the function is run by eager numbers";
            }
            return String.format(Locale.ROOT, "by %s%s: %d operations by columns, %d by rows, %s by elimination",
                    chosen.name().toLowerCase(Locale.ROOT), forced ? " (asked for)" : "", columns, rows,
                    elimination < 0 ? "not tried" : Long.toString(elimination));
        }
    }

    /** What is known of a path. */
    private record Plan(LinearizedProgram program, Costs costs, @Nullable EliminatedCode eliminated) {}

    private final Linearizer linearizer;
    private final @Nullable Method forced;
    private volatile @Nullable Plan last;

    private DenseJacobian(Linearizer linearizer, @Nullable Method forced) {
        this.linearizer = linearizer;
        this.forced = forced;
    }

    /**
     * Jacobians of a function, by the cheapest way.
     *
     * @param f n inputs, m results
     */
    public static DenseJacobian of(DifferentiableVector f) {
        return of(Linearizer.of(f));
    }

    /** Jacobians of a function that is prepared already. */
    public static DenseJacobian of(Linearizer linearizer) {
        return new DenseJacobian(Objects.requireNonNull(linearizer, "linearizer"), null);
    }

    /** The same, by a given way. Eager numbers know columns alone, and go on with these. */
    public DenseJacobian by(Method method) {
        return new DenseJacobian(linearizer, Objects.requireNonNull(method, "method"));
    }

    /**
     * f(x) and J(x).
     *
     * @param x the point, n entries; not changed
     */
    public Jacobian at(double... x) {
        DifferentiableVector f = linearizer.function();
        Arguments.length(x, f.inputs(), "x");
        int m = f.outputs();
        int n = f.inputs();
        LinearizedProgram program = linearizer.program(x);
        if (program == null) {
            return f.jacobian(x);
        }
        Plan plan = plan(program);
        if (plan.eliminated != null) {
            Jacobian eliminated = eliminated(plan.eliminated, x, m, n);
            if (eliminated != null) {
                return eliminated;
            }
        }
        Sweeps sweeps = program.at(x);
        DMatrixRMaj j = plan.costs.chosen == Method.ROWS
                ? Accumulation.byRows(sweeps, m, n) : Accumulation.byColumns(sweeps, m, n);
        return new Jacobian(m, n, sweeps.value(), j.data);
    }

    /**
     * J(x) as a matrix.
     *
     * @param x the point, n entries; not changed
     * @return m × n; the caller's own
     */
    public DMatrixRMaj matrix(double... x) {
        return Jacobians.matrix(at(x));
    }

    /**
     * Which way is taken at a point, and what the others would cost.
     *
     * @param x the point, n entries; not changed
     */
    public Costs report(double... x) {
        Arguments.length(x, linearizer.function().inputs(), "x");
        LinearizedProgram program = linearizer.program(x);
        return program == null
                ? new Costs(Method.COLUMNS, false, 0, 0, -1, true)
                : plan(program).costs;
    }

    private static @Nullable Jacobian eliminated(EliminatedCode code, double[] x, int m, int n) {
        Pattern pattern = code.pattern();
        double[] sparse = new double[pattern.size()];
        double[] value = new double[m];
        if (!code.run(x, sparse, value)) {
            return null;
        }
        double[] entries = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int k = pattern.rowStart()[i]; k < pattern.rowStart()[i + 1]; k++) {
                entries[i * n + pattern.column()[k]] = sparse[k] + 0.0;
            }
        }
        return new Jacobian(m, n, value, entries);
    }

    private Plan plan(LinearizedProgram program) {
        Plan known = last;
        if (known == null || known.program != program) {
            known = newPlan(program);
            last = known;
        }
        return known;
    }

    private Plan newPlan(LinearizedProgram program) {
        long columns = program.partials + (long) program.edges() * program.program.inputs();
        long rows = program.partials + (long) program.edges() * program.program.outputs();
        EliminatedCode eliminated = forced == null || forced == Method.ELIMINATION
                ? EliminatedCode.of(program, Math.min(columns, rows), forced == Method.ELIMINATION, null) : null;
        long elimination = eliminated == null ? -1 : eliminated.operations();
        Method cheapest = elimination >= 0 && elimination < Math.min(columns, rows) ? Method.ELIMINATION
                : rows < columns ? Method.ROWS : Method.COLUMNS;
        Method chosen = forced != null ? forced : cheapest;
        return new Plan(program, new Costs(chosen, forced != null, columns, rows, elimination, false),
                chosen == Method.ELIMINATION ? eliminated : null);
    }
}
