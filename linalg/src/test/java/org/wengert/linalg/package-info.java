/** Tests of the package of the same name. */
@NullMarked
package org.wengert.linalg;

import org.jspecify.annotations.NullMarked;
