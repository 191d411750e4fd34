package org.wengert.core.transform;

/**
 * A derivative in a program being written, packed into an {@code int}: the node that holds it, and what is
 * known of it. {@link #ZERO} stands for what is zero by structure.
 */
final class Weight {

    /** Zero by structure: no node at all. */
    static final int ZERO = -1;

    /** May be infinite or NaN although all numbers it is made from are finite. */
    static final int SINGULAR = 1;

    /** If zero, it means "not looked at": whatever it is multiplied with vanishes. */
    static final int ZERO_WINS = 2;

    private static final int FLAGS = 2;

    private Weight() {}

    static int of(int node, int flags) {
        if (node >= 1 << 31 - FLAGS) {
            throw new IllegalStateException("a program can have 2^29 nodes at most while it is differentiated");
        }
        return node << FLAGS | flags;
    }

    static int of(int node) {
        return of(node, 0);
    }

    static int node(int weight) {
        return weight >> FLAGS;
    }

    static int flags(int weight) {
        return weight & (1 << FLAGS) - 1;
    }

    static boolean isSingular(int weight) {
        return (weight & SINGULAR) != 0;
    }

    static boolean zeroWins(int weight) {
        return (weight & ZERO_WINS) != 0;
    }
}
