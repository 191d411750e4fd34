/**
 * Independent estimates of derivatives, to check exact ones against, and to show what they are up against:
 * finite differences with their trade-off of truncation and rounding, and complex steps.
 */
@NullMarked
package org.wengert.core.numeric;

import org.jspecify.annotations.NullMarked;
