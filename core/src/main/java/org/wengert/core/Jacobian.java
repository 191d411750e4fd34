package org.wengert.core;

/**
 * The value of a vector-valued function and its Jacobian.
 *
 * @param rows    m, the number of results
 * @param columns n, the number of inputs
 * @param value   f(x), m entries; the caller's own
 * @param entries ∂fᵢ/∂xⱼ at {@code i * columns + j}; the caller's own
 */
public record Jacobian(int rows, int columns, double[] value, double[] entries) {

    /**
     * ∂fᵢ/∂xⱼ.
     *
     * @throws IndexOutOfBoundsException if there is no such entry
     */
    public double get(int i, int j) {
        if (i < 0 || i >= rows || j < 0 || j >= columns) {
            throw new IndexOutOfBoundsException(
                    "entry (" + i + ", " + j + ") of a " + rows + " x " + columns + " Jacobian");
        }
        return entries[i * columns + j];
    }
}
