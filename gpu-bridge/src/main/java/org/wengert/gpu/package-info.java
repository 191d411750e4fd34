/** The bridge to CUDA devices. */
@NullMarked
package org.wengert.gpu;

import org.jspecify.annotations.NullMarked;
