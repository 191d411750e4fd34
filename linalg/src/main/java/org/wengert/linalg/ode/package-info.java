/**
 * Ordinary differential equations with sensitivities: tangents are carried through the integration itself, by exact
 * products with the Jacobian of the right side, and a method for stiff equations gets its Jacobian the same way.
 */
@NullMarked
package org.wengert.linalg.ode;

import org.jspecify.annotations.NullMarked;
