/**
 * Side-by-side benchmarks: one function, written in the idiom of each library, differentiated by each.
 *
 * <p>{@code benchmarks/run} builds and runs them; {@link org.wengert.benchmarks.Comparison} is the main class.
 */
@NullMarked
package org.wengert.benchmarks;

import org.jspecify.annotations.NullMarked;
