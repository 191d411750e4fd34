/**
 * Differential fuzzing: random programs through every way to derivatives. A new way joins by one line in {@link
 * org.wengert.tests.fuzz.Paths}.
 */
@NullMarked
package org.wengert.tests.fuzz;

import org.jspecify.annotations.NullMarked;
