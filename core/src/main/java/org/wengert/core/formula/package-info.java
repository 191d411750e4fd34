/**
 * Formulas: text over the table of elementary functions, read once into a flat list of steps that can be
 * evaluated in any {@link org.wengert.core.elementary.Arithmetic}.
 *
 * <p>{@link org.wengert.core.formula.Formula} describes the language.
 * {@link org.wengert.core.formula.DerivativeFormulas} reads the derivatives that rows state as text.
 */
@NullMarked
package org.wengert.core.formula;

import org.jspecify.annotations.NullMarked;
