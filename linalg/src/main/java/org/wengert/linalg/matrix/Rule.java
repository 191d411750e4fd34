package org.wengert.linalg.matrix;

/** A matrix function with its derivatives: values and differentials of the arguments to those of the results. */
@FunctionalInterface
interface Rule {

    /** The results. */
    Variable[] at(Variable[] x);
}
