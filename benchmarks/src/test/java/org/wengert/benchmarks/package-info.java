@NullMarked
package org.wengert.benchmarks;

import org.jspecify.annotations.NullMarked;
