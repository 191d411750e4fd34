@NullMarked
package org.wengert.testkit;

import org.jspecify.annotations.NullMarked;
