package org.wengert.core;

/**
 * The value of a scalar function, its gradient and its Hessian matrix.
 *
 * @param value    f(x)
 * @param gradient ∇f(x), n entries; the caller's own
 * @param entries  ∂²f/∂xᵢ∂xⱼ at {@code i * n + j}, n² entries, exactly symmetric; the caller's own
 */
public record Hessian(double value, double[] gradient, double[] entries) {

    /** n, the number of rows and of columns. */
    public int size() {
        return gradient.length;
    }

    /**
     * ∂²f/∂xᵢ∂xⱼ.
     *
     * @throws IndexOutOfBoundsException if there is no such entry
     */
    public double get(int i, int j) {
        int n = size();
        if (i < 0 || i >= n || j < 0 || j >= n) {
            throw new IndexOutOfBoundsException("entry (" + i + ", " + j + ") of a " + n + " x " + n + " Hessian");
        }
        return entries[i * n + j];
    }
}
