@NullMarked
package org.wengert.core.numeric;

import org.jspecify.annotations.NullMarked;
