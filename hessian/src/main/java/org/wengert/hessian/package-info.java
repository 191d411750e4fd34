/** Nonlinear least squares and second-order optimization with exact derivatives. */
@NullMarked
package org.wengert.hessian;

import org.jspecify.annotations.NullMarked;
