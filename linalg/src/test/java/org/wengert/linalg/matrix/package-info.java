@NullMarked
package org.wengert.linalg.matrix;

import org.jspecify.annotations.NullMarked;
