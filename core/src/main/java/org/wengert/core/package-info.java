/**
 * The entry point: {@link org.wengert.core.Differentiable} wraps a function written with
 * {@link org.wengert.core.scalar.Scalar} numbers and returns its derivatives.
 */
@NullMarked
package org.wengert.core;

import org.jspecify.annotations.NullMarked;
