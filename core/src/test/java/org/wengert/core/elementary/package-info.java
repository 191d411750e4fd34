/** Tests of the table of elementary functions. */
@NullMarked
package org.wengert.core.elementary;

import org.jspecify.annotations.NullMarked;
