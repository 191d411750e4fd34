@NullMarked
package org.wengert.core.transform;

import org.jspecify.annotations.NullMarked;
