/**
 * Numbers to compare derivatives with: double-double arithmetic of the elementary functions, differences of function
 * values extrapolated with an account of their errors, and rounding errors measured by random perturbation.
 */
@NullMarked
package org.wengert.testkit.numeric;

import org.jspecify.annotations.NullMarked;
