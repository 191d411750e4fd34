/**
 * Re-rolling: a program of many nodes for one point, found to be a few small programs over many elements.
 *
 * <p>A function of many variables that is written as a plain loop traces into many copies of a few patterns. Here nodes
 * of equal structure are gathered into classes, classes that are consumed where they are made are joined to stages, and a
 * stage is a small program that an {@link org.wengert.core.engine.Engine} runs over its elements, tile by tile, like a
 * batch. What has no copies is computed node by node between the stages.
 */
@NullMarked
package org.wengert.core.engine.roll;

import org.jspecify.annotations.NullMarked;
