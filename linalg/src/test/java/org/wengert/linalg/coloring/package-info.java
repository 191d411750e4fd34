@NullMarked
package org.wengert.linalg.coloring;

import org.jspecify.annotations.NullMarked;
