@NullMarked
package org.wengert.core;

import org.jspecify.annotations.NullMarked;
