@NullMarked
package org.wengert.core.engine.roll;

import org.jspecify.annotations.NullMarked;
