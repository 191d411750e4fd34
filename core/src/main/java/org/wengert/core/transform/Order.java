package org.wengert.core.transform;

/** In which order the intermediate vertices of a linearized program are eliminated. */
public enum Order {

    /** From the inputs to the outputs: forward mode, all columns at once. */
    FORWARD,

    /** From the outputs to the inputs: reverse mode, all rows at once. */
    REVERSE,

    /** The vertex with the smallest product of edges in and edges out first (H. M. Markowitz 1957; A. Griewank 1991). */
    MARKOWITZ,

    /** As Markowitz, but among vertices of equal cost the one nearest to the outputs first. */
    MARKOWITZ_FROM_OUTPUTS
}
