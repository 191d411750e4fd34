@NullMarked
package org.wengert.core.program;

import org.jspecify.annotations.NullMarked;
