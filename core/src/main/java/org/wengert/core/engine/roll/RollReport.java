package org.wengert.core.engine.roll;

/**
 * What re-rolling made of a program.
 *
 * @param nodes           the nodes of the program
 * @param runs            the classes of many nodes of equal structure
 * @param phases          how many times lone operations and stages alternate
 * @param stages          the small programs over many elements
 * @param instructions    the operations of all of these, each of which is a vector instruction over the elements
 * @param inPlace         for how many stages there is code that reads and writes columns where they lie: it comes when a program is hot
 * @param lone            the operations that are computed one by one
 * @param irregularShare  which share of the operands of stages has to be gathered one by one, 0 to 1
 */
public record RollReport(
        int nodes, int runs, int phases, int stages, int instructions, int inPlace, long lone, double irregularShare) {

    /** For people, one line. */
    @Override
    public String toString() {
        return String.format(java.util.Locale.ROOT,
                "%,d nodes in %,d runs: %,d vector instructions in %,d stages (%,d of them in place) and %,d phases, %,d operations one by one,"
                        + " %.1f %% of the operands gathered",
                nodes, runs, instructions, stages, inPlace, phases, lone, 100 * irregularShare);
    }
}
