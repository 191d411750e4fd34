@NullMarked
package org.wengert.gallery.layers;

import org.jspecify.annotations.NullMarked;
