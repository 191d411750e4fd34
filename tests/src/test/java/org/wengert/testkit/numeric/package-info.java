@NullMarked
package org.wengert.testkit.numeric;

import org.jspecify.annotations.NullMarked;
