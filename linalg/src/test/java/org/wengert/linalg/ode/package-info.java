@NullMarked
package org.wengert.linalg.ode;

import org.jspecify.annotations.NullMarked;
