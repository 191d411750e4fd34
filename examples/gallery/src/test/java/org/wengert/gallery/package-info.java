@NullMarked
package org.wengert.gallery;

import org.jspecify.annotations.NullMarked;
