/** Tests of the GPU bridge. */
@NullMarked
package org.wengert.gpu;

import org.jspecify.annotations.NullMarked;
