package org.wengert.core.engine.roll;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.wengert.core.program.Program;

/**
 * At which outputs the members of classes stand, class by class and round by round: first the first places of all members, then the second
 * places of those that have one, and so on. So the three diagonals of a matrix are three regular lists, however they alternate.
 * Constants, which have nothing in common, come one by one.
 */
final class OutputPlaces {

    /** Receives the places. */
    @FunctionalInterface
    interface Visitor {
        /** Member k of class c stands at output {@code place}, its {@code round + 1}-st. */
        void visit(int c, int k, int round, int place);
    }

    private final Classes classes;

    // The first place of each node, and the next place of the same node after each place.
    private final int[] first;
    private final int[] next;

    OutputPlaces(Program p, Classes classes) {
        this.classes = classes;
        this.first = new int[p.nodes()];
        this.next = new int[p.outputs()];
        Arrays.fill(first, Layout.NONE);
        for (int i = p.outputs() - 1; i >= 0; i--) {
            next[i] = first[p.output(i)];
            first[p.output(i)] = i;
        }
    }

    /** All places of a node, ascending. */
    int[] of(int node) {
        return IntStream.iterate(first[node], place -> place != Layout.NONE, place -> next[place]).toArray();
    }

    /** How many places a member of each class has at most. */
    int[] rounds() {
        int[] rounds = new int[classes.count()];
        forEach((c, _, round, _) -> rounds[c] = Math.max(rounds[c], round + 1));
        return rounds;
    }

    /** Visits all places once. */
    void forEach(Visitor visitor) {
        int[] waiting = new int[first.length];
        int[] place = first.clone();
        for (int c = 0; c < classes.count(); c++) {
            if (classes.isGuard(c)) {
                continue;
            }
            int count = 0;
            for (int k = 0; k < classes.size(c); k++) {
                int v = classes.member(c, k);
                if (c == Classes.CONSTANTS) {
                    for (int round = 0; place[v] != Layout.NONE; round++) {
                        visitor.visit(c, k, round, place[v]);
                        place[v] = next[place[v]];
                    }
                } else if (place[v] != Layout.NONE) {
                    waiting[count++] = k;
                }
            }
            for (int round = 0; count > 0; round++) {
                int left = 0;
                for (int w = 0; w < count; w++) {
                    int k = waiting[w];
                    int v = classes.member(c, k);
                    visitor.visit(c, k, round, place[v]);
                    place[v] = next[place[v]];
                    if (place[v] != Layout.NONE) {
                        waiting[left++] = k;
                    }
                }
                count = left;
            }
        }
    }
}
