/**
 * What people do with Jacobians: solvers for F(x) = 0 and for least squares that never form J unless asked, Krylov methods that
 * take any {@link org.wengert.linalg.LinearOperator}, and preconditioners from sparse Jacobians. Results say why they
 * stopped.
 */
@NullMarked
package org.wengert.linalg.solve;

import org.jspecify.annotations.NullMarked;
