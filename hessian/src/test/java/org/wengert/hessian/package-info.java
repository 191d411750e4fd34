/** Tests of the package of the same name. */
@NullMarked
package org.wengert.hessian;

import org.jspecify.annotations.NullMarked;
