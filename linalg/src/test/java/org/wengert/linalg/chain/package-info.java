@NullMarked
package org.wengert.linalg.chain;

import org.jspecify.annotations.NullMarked;
