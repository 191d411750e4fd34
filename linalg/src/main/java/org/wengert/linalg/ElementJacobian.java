package org.wengert.linalg;

import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixSparseCSC;
import org.wengert.core.engine.Engines;
import org.wengert.core.engine.PointCode;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.Pattern;
import org.wengert.linalg.coloring.Patterns;

/**
 * Sparse Jacobians of functions that are sums of small elements, without coloring: the Jacobian of an element is a small program,
 * run once for each element, whose entries are added where they belong.
 *
 * <pre>
 * F(x) = Σₑ Pₑ φ(x at inputs e, data e)      Pₑ adds result k of φ to row e,k of F
 * </pre>
 *
 * <p>φ is recorded once for each path through it. Takes time proportional to the elements alone, whatever n is; a residual that is
 * a stencil, a finite-element assembly, or bundle adjustment has this form. Not safe for use by several threads at once.
 */
public final class ElementJacobian {

    /** φ: what every element computes. */
    @FunctionalInterface
    public interface Element {
        /**
         * The results of one element.
         *
         * @param x    its inputs; a fresh array
         * @param data its data, as constants; a fresh array
         */
        Scalar[] apply(Scalar[] x, Scalar[] data);
    }

    /**
     * Which inputs, rows and data belong to each element.
     *
     * @param count   how many elements
     * @param inputs  how many inputs each has
     * @param results how many results each has
     * @param data    how many data each has; may be 0
     * @param input   {@code inputs} indices into x for each element, one element after the other; wrapped
     * @param row     {@code results} indices into F for each element; wrapped
     * @param datum   {@code data} numbers for each element; wrapped
     */
    public record Elements(int count, int inputs, int results, int data, int[] input, int[] row, double[] datum) {

        /** Checks the sizes. */
        public Elements {
            Arguments.atLeast(count, 1, "count");
            Arguments.atLeast(inputs, 1, "inputs");
            Arguments.atLeast(results, 1, "results");
            Arguments.atLeast(data, 0, "data");
            requireSize(input.length, count, inputs, "input");
            requireSize(row.length, count, results, "row");
            Arguments.length(datum, Math.multiplyExact(count, data), "datum");
        }

        private static void requireSize(int length, int count, int each, String name) {
            if (length != Math.multiplyExact(count, each)) {
                throw new IllegalArgumentException(name + " must have " + count + " x " + each
                        + " entries, but has " + length);
            }
        }
    }

    /** A path through φ, ready to run. */
    private record Code(JacobianProgram jacobian, PointCode code, double[] out, int[] local) {}

    private final Elements elements;
    private final int m;
    private final int n;
    private final PathCache<Code> codes;
    private final double[] in;
    private final DMatrixSparseCSC structure;

    /** Where entry (result, input) of each element stands in compressed columns; -1 if it never comes. */
    private final int[] position;

    private ElementJacobian(int m, int n, Element element, Elements e, double[] x) {
        this.elements = e;
        this.m = m;
        this.n = n;
        this.in = new double[e.inputs + e.data];
        boolean[] uniform = new boolean[in.length];
        this.codes = PathCache.of(uniform, z -> element.apply(
                Arrays.copyOf(z, e.inputs), Arrays.copyOfRange(z, e.inputs, z.length)), this::code, Linearizer.PATHS);
        gather(x, 0);
        Code first = codes.at(in);
        if (first.jacobian.values() != e.results) {
            throw new IllegalArgumentException("the element must return " + e.results + " results, but returned "
                    + first.jacobian.values());
        }
        // With branches another path may have other entries: all are provided for.
        boolean fixed = first.jacobian.program().guards().isEmpty();
        Pattern local = fixed ? first.jacobian.pattern() : Patterns.dense(e.results, e.inputs);
        this.structure = structure(local);
        this.position = positions(local);
    }

    /**
     * Prepares a function of n inputs and m results.
     *
     * @param rows     m
     * @param columns  n
     * @param element  φ
     * @param elements which inputs, rows and data each element has; kept
     * @param x        a point, n entries; not changed
     * @throws IllegalArgumentException if an index is out of range, or φ returns another number of results
     */
    public static ElementJacobian of(int rows, int columns, Element element, Elements elements, double... x) {
        Arguments.atLeast(rows, 1, "rows");
        Arguments.atLeast(columns, 1, "columns");
        Objects.requireNonNull(element, "element");
        Arguments.length(x, columns, "x");
        requireIndices(elements.input, columns, "input");
        requireIndices(elements.row, rows, "row");
        return new ElementJacobian(rows, columns, element, elements, x);
    }

    private static void requireIndices(int[] indices, int limit, String name) {
        for (int k = 0; k < indices.length; k++) {
            if (indices[k] < 0 || indices[k] >= limit) {
                throw new IllegalArgumentException(name + " must be from 0 to " + (limit - 1) + ", but entry " + k
                        + " is " + indices[k]);
            }
        }
    }

    private Code code(Program program) {
        int[] wrt = new int[elements.inputs];
        Arrays.setAll(wrt, i -> i);
        JacobianProgram jacobian = Elimination.jacobian(program, wrt);
        Pattern p = jacobian.pattern();
        int[] local = new int[p.size()];
        for (int i = 0; i < p.rows(); i++) {
            for (int k = p.rowStart()[i]; k < p.rowStart()[i + 1]; k++) {
                local[k] = i * elements.inputs + p.column()[k];
            }
        }
        return new Code(jacobian, Engines.point().compile(jacobian.program()),
                new double[jacobian.program().outputs()], local);
    }

    // ---- structure -----------------------------------------------------------------------------------

    private DMatrixSparseCSC structure(Pattern local) {
        // Two counting sorts by row and by column, then duplicates go.
        int[] rowCount = new int[m + 1];
        for (int e = 0; e < elements.count; e++) {
            for (int i = 0; i < elements.results; i++) {
                rowCount[elements.row[e * elements.results + i] + 1] += local.rowStart()[i + 1] - local.rowStart()[i];
            }
        }
        for (int i = 0; i < m; i++) {
            rowCount[i + 1] = Math.addExact(rowCount[i + 1], rowCount[i]);
        }
        int[] column = new int[rowCount[m]];
        int[] next = rowCount.clone();
        for (int e = 0; e < elements.count; e++) {
            for (int i = 0; i < elements.results; i++) {
                int row = elements.row[e * elements.results + i];
                for (int k = local.rowStart()[i]; k < local.rowStart()[i + 1]; k++) {
                    column[next[row]++] = elements.input[e * elements.inputs + local.column()[k]];
                }
            }
        }
        int[] rowStart = new int[m + 1];
        int size = 0;
        for (int i = 0; i < m; i++) {
            int from = rowCount[i];
            Arrays.sort(column, from, rowCount[i + 1]);
            for (int k = from; k < rowCount[i + 1]; k++) {
                if (k == from || column[k] != column[size - 1]) {
                    column[size++] = column[k];
                }
            }
            rowStart[i + 1] = size;
        }
        return Patterns.matrix(new Pattern(m, n, rowStart, Arrays.copyOf(column, size)));
    }

    private int[] positions(Pattern local) {
        int each = elements.results * elements.inputs;
        int[] at = new int[Math.multiplyExact(elements.count, each)];
        Arrays.fill(at, -1);
        for (int e = 0; e < elements.count; e++) {
            for (int i = 0; i < elements.results; i++) {
                int row = elements.row[e * elements.results + i];
                for (int k = local.rowStart()[i]; k < local.rowStart()[i + 1]; k++) {
                    int j = elements.input[e * elements.inputs + local.column()[k]];
                    at[e * each + i * elements.inputs + local.column()[k]] = Arrays.binarySearch(
                            structure.nz_rows, structure.col_idx[j], structure.col_idx[j + 1], row);
                }
            }
        }
        return at;
    }

    // ---- evaluating ----------------------------------------------------------------------------------

    private void gather(double[] x, int e) {
        for (int i = 0; i < elements.inputs; i++) {
            in[i] = x[elements.input[e * elements.inputs + i]];
        }
        System.arraycopy(elements.datum, e * elements.data, in, elements.inputs, elements.data);
    }

    /**
     * F(x) and J(x).
     *
     * @param x the point, n entries; not changed
     */
    public SparseJacobian.Evaluation at(double... x) {
        DMatrixSparseCSC jacobian = structure.copy();
        double[] value = new double[m];
        into(x, value, jacobian.nz_values);
        return new SparseJacobian.Evaluation(value, jacobian);
    }

    /**
     * Writes F(x) and the entries of J(x) into the caller's arrays.
     *
     * @param x       the point, n entries; not changed
     * @param value   receives m entries
     * @param entries receives the entries of J in the order of {@link #newMatrix}'s; may be its {@code nz_values}
     */
    public void into(double[] x, double[] value, double[] entries) {
        Arguments.length(x, n, "x");
        Arguments.length(value, m, "value");
        Arguments.distinct(x, value, "value");
        if (entries.length < structure.nz_length) {
            throw new IllegalArgumentException("entries must have room for " + structure.nz_length
                    + " numbers, but has " + entries.length);
        }
        Arrays.fill(value, 0);
        Arrays.fill(entries, 0);
        int each = elements.results * elements.inputs;
        gather(x, 0);
        Code code = codes.at(in);
        for (int e = 0; e < elements.count; e++) {
            gather(x, e);
            if (!code.code.run(in, code.out)) {
                code = codes.at(in);
                code.code.run(in, code.out);
            }
            for (int i = 0; i < elements.results; i++) {
                value[elements.row[e * elements.results + i]] += code.out[i];
            }
            for (int k = 0; k < code.local.length; k++) {
                entries[position[e * each + code.local[k]]] += code.out[elements.results + k];
            }
        }
    }

    /** A matrix with the pattern of J, all entries zero, rows ascending in each column; the caller's own. */
    public DMatrixSparseCSC newMatrix() {
        return structure.copy();
    }
}
