package org.wengert.hessian;

import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixSparseCSC;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.HessianProgram;
import org.wengert.core.transform.Pattern;
import org.wengert.core.transform.SecondOrder;
import org.wengert.core.transform.Zeros;
import org.wengert.linalg.coloring.Patterns;

/**
 * Sparse Hessians of sums of small elements, without coloring: the Hessian of an element is a small program, run once for each element, whose
 * entries are added where they belong.
 *
 * <pre>
 * f(x) = Σₑ φ(x at inputs e, data e)
 * </pre>
 *
 * <p>φ is recorded once for each path through it. Takes time proportional to the elements alone, whatever n is. Not safe for use by several
 * threads at once.
 */
public final class ElementHessian {

    /** φ: what every element adds. */
    @FunctionalInterface
    public interface Element {
        /**
         * The value of one element.
         *
         * @param x    its inputs; a fresh array
         * @param data its data, as constants; a fresh array
         */
        Scalar apply(Scalar[] x, Scalar[] data);
    }

    /**
     * Which inputs and data belong to each element.
     *
     * @param count  how many elements
     * @param inputs how many inputs each has, all different
     * @param data   how many data each has; may be 0
     * @param input  {@code inputs} indices into x for each element, one element after the other; wrapped
     * @param datum  {@code data} numbers for each element; wrapped
     */
    public record Elements(int count, int inputs, int data, int[] input, double[] datum) {

        /** Checks the sizes. */
        public Elements {
            Require.atLeast(count, 1, "count");
            Require.atLeast(inputs, 1, "inputs");
            Require.atLeast(data, 0, "data");
            if (input.length != Math.multiplyExact(count, inputs)) {
                throw new IllegalArgumentException("input must have " + count + " x " + inputs + " entries, but has " + input.length);
            }
            Require.length(datum, Math.multiplyExact(count, data), "datum");
        }
    }

    /** A path through φ, ready to run. */
    private static final class Path {
        final HessianProgram plain;
        final Workspace workspace;
        final double[] out;

        Path(Program program, int[] wrt) {
            this.plain = SecondOrder.hessian(program, Zeros.ABSORBED, wrt);
            this.workspace = plain.program().newWorkspace();
            this.out = new double[plain.program().outputs()];
        }
    }

    private final int n;
    private final Elements elements;
    private final PathCache<Path> paths;
    private final SymmetricStructure structure;
    private final double[] in;

    /** Where the pair (i, j) of each element stands in the lower triangle, i ≥ j. */
    private final int[] position;

    private ElementHessian(int n, Element element, Elements e) {
        this.n = n;
        this.elements = e;
        this.in = new double[e.inputs + e.data];
        int[] wrt = new int[e.inputs];
        Arrays.setAll(wrt, i -> i);
        this.paths = PathCache.of(new boolean[in.length],
                z -> new Scalar[] {element.apply(Arrays.copyOf(z, e.inputs), Arrays.copyOfRange(z, e.inputs, z.length))},
                p -> new Path(p, wrt), 16);
        Pattern lower = lower();
        this.structure = new SymmetricStructure(lower);
        int pairs = e.inputs * (e.inputs + 1) / 2;
        this.position = new int[Math.multiplyExact(e.count, pairs)];
        for (int k = 0, q = 0; k < e.count; k++) {
            for (int i = 0; i < e.inputs; i++) {
                for (int j = 0; j <= i; j++) {
                    int a = e.input[k * e.inputs + i];
                    int b = e.input[k * e.inputs + j];
                    position[q++] = lower.find(Math.max(a, b), Math.min(a, b));
                }
            }
        }
    }

    /**
     * Prepares a function of n inputs.
     *
     * @param n        how many inputs x has
     * @param element  φ
     * @param elements which inputs and data each element has; kept
     * @throws IllegalArgumentException if an index is out of range or comes twice in an element
     */
    public static ElementHessian of(int n, Element element, Elements elements) {
        Require.atLeast(n, 1, "n");
        Objects.requireNonNull(element, "element");
        int[] input = elements.input;
        for (int k = 0; k < input.length; k++) {
            if (input[k] < 0 || input[k] >= n) {
                throw new IllegalArgumentException("input must be from 0 to " + (n - 1) + ", but entry " + k + " is " + input[k]);
            }
            for (int q = k - k % elements.inputs; q < k; q++) {
                if (input[q] == input[k]) {
                    throw new IllegalArgumentException("input must name an index once in an element, but names " + input[k]
                            + " twice in element " + k / elements.inputs);
                }
            }
        }
        return new ElementHessian(n, element, elements);
    }

    /** All pairs within an element. */
    private Pattern lower() {
        int[] start = new int[n + 1];
        int m = elements.inputs;
        for (int k = 0; k < elements.input.length; k++) {
            int from = k - k % m;
            for (int q = from; q < from + m; q++) {
                if (elements.input[q] <= elements.input[k]) {
                    start[elements.input[k] + 1]++;
                }
            }
        }
        for (int i = 0; i < n; i++) {
            start[i + 1] = Math.addExact(start[i + 1], start[i]);
        }
        int[] column = new int[start[n]];
        int[] next = start.clone();
        for (int k = 0; k < elements.input.length; k++) {
            int from = k - k % m;
            for (int q = from; q < from + m; q++) {
                if (elements.input[q] <= elements.input[k]) {
                    column[next[elements.input[k]]++] = elements.input[q];
                }
            }
        }
        int[][] rows = new int[n][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(column, start[i], start[i + 1]));
        return Patterns.of(n, n, rows);
    }

    /** A matrix with the pattern of the Hessian, all entries zero; the caller's own. */
    public DMatrixSparseCSC newMatrix() {
        return structure.newMatrix();
    }

    /**
     * f(x), ∇f(x) and ∇²f(x).
     *
     * @param x the point, n entries; not changed
     */
    public SparseHessian.Evaluation at(double... x) {
        Require.length(x, n, "x");
        double[] gradient = new double[n];
        DMatrixSparseCSC hessian = structure.newMatrix();
        double value = 0;
        int m = elements.inputs;
        int pairs = m * (m + 1) / 2;
        Path path = null;
        for (int e = 0; e < elements.count; e++) {
            for (int i = 0; i < m; i++) {
                in[i] = x[elements.input[e * m + i]];
            }
            System.arraycopy(elements.datum, e * elements.data, in, m, elements.data);
            if (path == null || !path.plain.program().run(in, path.out, path.workspace)) {
                path = paths.at(in);
                path.plain.program().run(in, path.out, path.workspace);
            }
            value += path.out[0];
            for (int i = 0; i < m; i++) {
                gradient[elements.input[e * m + i]] += path.out[1 + i];
            }
            Pattern local = path.plain.pattern();
            for (int i = 0; i < m; i++) {
                for (int k = local.rowStart()[i]; k < local.rowStart()[i + 1]; k++) {
                    structure.add(hessian.nz_values, position[e * pairs + i * (i + 1) / 2 + local.column()[k]], path.out[1 + m + k]);
                }
            }
        }
        return new SparseHessian.Evaluation(value, gradient, hessian);
    }
}
