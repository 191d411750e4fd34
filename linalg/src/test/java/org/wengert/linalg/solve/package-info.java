@NullMarked
package org.wengert.linalg.solve;

import org.jspecify.annotations.NullMarked;
