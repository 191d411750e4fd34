package org.wengert.linalg.coloring;

/** In which order vertices are colored. A greedy coloring gives each the least color that none of its neighbours has. */
public enum Ordering {

    /** As they come. Best for banded matrices, whose structure it keeps. */
    NATURAL,

    /** By the number of neighbours, most first (D. J. A. Welsh and M. B. Powell 1967). */
    LARGEST_FIRST,

    /**
     * Backwards: last comes the vertex with the fewest neighbours, before it the one with the fewest among
     * the rest, and so on (D. W. Matula 1968). Never more colors than one plus the largest least degree of a subgraph.
     */
    SMALLEST_LAST,

    /** Next the vertex with most neighbours colored already (T. F. Coleman and J. J. Moré 1983). */
    INCIDENCE_DEGREE,

    /**
     * The best of all of the above, of colors by position modulo a period (which finds the least number on regular grids),
     * and of some orders by chance, each improved by coloring anew class by class (J. C. Culberson's
     * iterated greedy, 1992), which never needs more colors. Takes some {@value Greedy#ATTEMPTS} times as long; ends early
     * where the lower bound is reached. The same result in every run.
     */
    RANDOM_RESTARTS
}
