/**
 * The table of elementary functions: one row per function, grouped by family.
 *
 * <p>A row ({@link org.wengert.core.elementary.Unary}, {@link org.wengert.core.elementary.Binary},
 * {@link org.wengert.core.elementary.Nary}) states the value of the function in {@code double}
 * arithmetic, its first and second partial derivatives, and the same first derivative as a formula over
 * other rows. Whatever differentiates, the number types, the programs, the generated code, the
 * documentation, reads the row; nothing else in Wengert knows a derivative.
 */
@NullMarked
package org.wengert.core.elementary;

import org.jspecify.annotations.NullMarked;
