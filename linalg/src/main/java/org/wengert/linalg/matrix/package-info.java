/**
 * Matrix functions with derivative rules: products, factorizations, solutions, spectra and functions of matrices,
 * differentiated as wholes.
 *
 * <p>A function is written once over {@link org.wengert.linalg.matrix.Matrix}, with its methods and those of
 * {@link org.wengert.linalg.matrix.MatrixMath}. {@link org.wengert.linalg.matrix.DifferentiableMatrix} returns its
 * derivatives; {@link org.wengert.linalg.matrix.DualMatrix} and {@link org.wengert.linalg.matrix.HyperDualMatrix}
 * carry them along by hand.
 *
 * <p>Inside, each rule is stated once, as the differential that the papers print: the differential of a result as a linear
 * expression of the differentials of the arguments ({@code Differential}). Forward mode evaluates that expression,
 * for all directions at once; reverse mode evaluates its transpose; and because its coefficients are
 * matrices that may themselves carry a tangent ({@code Mat}), second derivatives come from the same statement.
 */
@NullMarked
package org.wengert.linalg.matrix;

import org.jspecify.annotations.NullMarked;
