/**
 * Functions over many points at once: values, derivatives of every kind, and sums over the points.
 *
 * <p>{@link org.wengert.core.batch.Batch} is where to start. Points are stored as tiles of 256, each a small structure of
 * arrays that the cache holds; {@link org.wengert.core.batch.Points} makes them of rows or columns.
 */
@NullMarked
package org.wengert.core.batch;

import org.jspecify.annotations.NullMarked;
