/** Tests of the wengert command. */
@NullMarked
package org.wengert.cli;

import org.jspecify.annotations.NullMarked;
