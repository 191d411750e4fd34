/**
 * A small library of neural-network layers, written with Wengert as a user would write it: a layer is a function of its
 * parameters and its inputs, the engine differentiates it, and a minibatch is a batch in which the parameters are the uniform inputs.
 */
@NullMarked
package org.wengert.gallery.layers;

import org.jspecify.annotations.NullMarked;
