/**
 * Products of a chain of Jacobians J = Jₖ · … · J₁: in which order to multiply, and when not to form a factor at all.
 *
 * <p>Sources: U. Naumann, "Optimization of generalized Jacobian chain products without memory constraints" (2020);
 * A. Griewank and A. Walther, "Evaluating Derivatives", SIAM 2008, chapter 10.
 */
@NullMarked
package org.wengert.linalg.chain;

import org.jspecify.annotations.NullMarked;
