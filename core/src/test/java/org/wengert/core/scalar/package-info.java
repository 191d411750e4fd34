@NullMarked
package org.wengert.core.scalar;

import org.jspecify.annotations.NullMarked;
