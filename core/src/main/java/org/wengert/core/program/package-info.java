/**
 * The Wengert list: a function recorded once as a list of elementary operations.
 *
 * <p>{@link org.wengert.core.program.Tracer} runs a function with traced numbers and returns its
 * {@link org.wengert.core.program.Program}; {@link org.wengert.core.program.ProgramBuilder} writes a program
 * node by node. A program is flat arrays and nothing else: see {@link org.wengert.core.program.Program} for
 * the layout that engines walk. Nothing in this package recurses over the depth of a program, and all of it
 * takes time and memory linear in the number of nodes.
 *
 * <p>Source: R. E. Wengert, "A simple automatic derivative evaluation program", Comm. ACM 7 (1964).
 */
@NullMarked
package org.wengert.core.program;

import org.jspecify.annotations.NullMarked;
