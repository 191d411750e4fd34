/** The gallery: claims about derivatives, computed with Wengert and drawn. */
@NullMarked
package org.wengert.gallery;

import org.jspecify.annotations.NullMarked;
