/**
 * The cases of {@code wengert bench}: functions written once, as a user would write them, with inputs from a seeded
 * generator, beside the same in plain Java and by hand.
 */
@NullMarked
package org.wengert.cli.bench;

import org.jspecify.annotations.NullMarked;
