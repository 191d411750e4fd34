@NullMarked
package org.wengert.core.formula;

import org.jspecify.annotations.NullMarked;
