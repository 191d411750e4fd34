@NullMarked
package org.wengert.core.simd;

import org.jspecify.annotations.NullMarked;
