/**
 * Coloring of sparsity patterns: which columns, or rows, of a Jacobian can be computed together, so that a few products yield
 * all entries. All of it in time linear in Σ (entries of a row)², without building a graph of columns.
 *
 * <p>Sources: A. R. Curtis, M. J. D. Powell and J. K. Reid, "On the estimation of sparse Jacobian matrices", IMA J.
 * Appl. Math. 13 (1974); A. H. Gebremedhin, F. Manne and A. Pothen, "What color is your Jacobian? Graph coloring for
 * computing derivatives", SIAM Review 47 (2005).
 */
@NullMarked
package org.wengert.linalg.coloring;

import org.jspecify.annotations.NullMarked;
