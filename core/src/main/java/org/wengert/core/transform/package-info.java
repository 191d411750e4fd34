/**
 * Programs that compute derivatives of programs. A transform takes a program and returns a program, so
 * transforms compose: the tangent of an adjoint gives Hessian-vector products.
 *
 * <ul>
 *   <li>{@link org.wengert.core.transform.Tangent}: forward mode, along one or many directions;
 *   <li>{@link org.wengert.core.transform.Adjoint}: reverse mode;
 *   <li>{@link org.wengert.core.transform.Elimination}: sparse Jacobians by vertex elimination;
 *   <li>{@link org.wengert.core.transform.SecondOrder}: Hessian-vector products and sparse Hessians;
 *   <li>{@link org.wengert.core.transform.Sparsity}: which entries can differ from zero at all.
 * </ul>
 *
 * <h2>Rules of all transforms</h2>
 *
 * The derivatives of an operation come from its row alone: the formula of each partial derivative is written into the
 * new program. A row that states none takes part through its {@code double} functions, up to second order.
 *
 * <p>What is zero by structure (an input that a result does not depend on, the derivative of
 * {@code floor}) is never written; what is one by structure (seeds, the derivative of a sum) costs nothing.
 *
 * <p><b>Zeros at run time.</b> A zero tangent stays zero even where a partial derivative is infinite or NaN. The
 * product of a chain of partials ⊗ is therefore {@code a ⊗ b = (b == 0 ? 0 : a * b)}, the factor nearer to the
 * inputs on the right. This product is associative (up to rounding), so forward, reverse and every other
 * order of elimination follow the same rule. It is written as the row {@code absorb} only where the factor on
 * the left can fail to be finite at arguments of finite value, which its formula tells (a division, a power, a
 * logarithm, …); everywhere else as a plain product. For piecewise rows a partial of zero wins too: the branch not
 * taken does not come through.
 *
 * <p><b>NaN.</b> Where an output is NaN, so are its derivatives, but for those that are zero by structure.
 *
 * <p><b>Guards</b> of a program are guards of everything made from it.
 */
@NullMarked
package org.wengert.core.transform;

import org.jspecify.annotations.NullMarked;
