/** Jacobians and Jacobian-vector products as EJML matrices. */
@NullMarked
package org.wengert.linalg;

import org.jspecify.annotations.NullMarked;
