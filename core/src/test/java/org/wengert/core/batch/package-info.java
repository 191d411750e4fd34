@NullMarked
package org.wengert.core.batch;

import org.jspecify.annotations.NullMarked;
