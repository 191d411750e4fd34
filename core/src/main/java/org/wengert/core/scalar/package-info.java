/**
 * The number types that carry derivatives along with values, and the functions on them.
 *
 * <p>{@link org.wengert.core.scalar.Scalar} is the one type a user's function is written with.
 */
@NullMarked
package org.wengert.core.scalar;

import org.jspecify.annotations.NullMarked;
