package org.wengert.gpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.core.transform.JacobianProgram;

/**
 * Sums over the points of a batch: entry e is the sum over all points of Σₖ yᵢ · yⱼ over its pairs (i, j) of outputs.
 *
 * <p>The order of summation is fixed: the points of a {@linkplain CudaSource#CHUNK chunk} in groups of as many as a
 * block has threads, from first to last inside a group; then the groups of a chunk; then chunks in groups of
 * {@value CudaSource#FOLD}; then those. It depends on neither the device nor on how a batch is cut into tiles.
 *
 * @param entries for each entry its pairs, one after another: i₀, j₀, i₁, j₁, …; j is {@link #ONE} for yᵢ itself
 */
public record Reduction(List<int[]> entries) {

    /** In place of j: the number one. */
    public static final int ONE = -1;

    /** Checks the pairs. */
    public Reduction {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("entries must not be empty");
        }
        for (int[] pairs : entries) {
            if (pairs.length % 2 != 0) {
                throw new IllegalArgumentException("an entry must have two numbers a pair, but was "
                        + Arrays.toString(pairs));
            }
        }
    }

    /** Σ yᵢ for outputs from (included) to (excluded): the sum of values, of gradients, of Hessian-vector products. */
    public static Reduction sums(int from, int to) {
        List<int[]> entries = new ArrayList<>();
        for (int i = from; i < to; i++) {
            entries.add(new int[] {i, ONE});
        }
        return new Reduction(entries);
    }

    /**
     * What a Gauss-Newton step needs of residuals r and their Jacobian J with n columns: Σ rᵀr, then Σ Jᵀr (n entries),
     * then Σ JᵀJ, of which the upper triangle goes row by row (n(n + 1)/2 entries). What is zero by structure is not
     * multiplied.
     */
    public static Reduction gaussNewton(JacobianProgram jacobian) {
        int n = jacobian.pattern().columns();
        List<int[]> entries = new ArrayList<>();
        entries.add(products(jacobian, -1, -1));
        for (int i = 0; i < n; i++) {
            entries.add(products(jacobian, i, -1));
        }
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                entries.add(products(jacobian, i, j));
            }
        }
        return new Reduction(entries);
    }

    /** The pairs of Σₖ aₖ bₖ over the m rows, for columns of J; -1 is the column of residuals. */
    private static int[] products(JacobianProgram jacobian, int a, int b) {
        int[] pairs = new int[2 * jacobian.values()];
        int n = 0;
        for (int row = 0; row < jacobian.values(); row++) {
            int i = a < 0 ? row : jacobian.output(row, a);
            int j = b < 0 ? row : jacobian.output(row, b);
            if (i >= 0 && j >= 0) {
                pairs[n++] = i;
                pairs[n++] = j;
            }
        }
        return Arrays.copyOf(pairs, n);
    }
}
