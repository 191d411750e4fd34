/** A door into the command for tests of other packages. */
@NullMarked
package org.wengert.cli;

import org.jspecify.annotations.NullMarked;
