@NullMarked
package org.wengert.core.engine;

import org.jspecify.annotations.NullMarked;
