/**
 * Loops over columns of numbers: one kernel per elementary operation, on the processor's vector units where
 * they are to be had, and a scalar twin of each that tests compare it with.
 */
@NullMarked
package org.wengert.core.simd;

import org.jspecify.annotations.NullMarked;
