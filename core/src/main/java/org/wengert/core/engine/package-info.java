/**
 * Engines: from a program to code that runs it over tiles of points. Several engines, one contract, the same results.
 */
@NullMarked
package org.wengert.core.engine;

import org.jspecify.annotations.NullMarked;
