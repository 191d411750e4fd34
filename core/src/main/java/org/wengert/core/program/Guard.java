package org.wengert.core.program;

import org.wengert.core.scalar.Relation;

/**
 * A condition under which a program is right: the question that the traced function asked, and the answer
 * it got.
 *
 * @param left     a node
 * @param relation the relation asked about
 * @param right    a node
 * @param outcome  whether {@code left} stood in the relation to {@code right}
 */
public record Guard(int left, Relation relation, int right, boolean outcome) {

    /** Whether the answer is the same for these values of the two nodes. */
    public boolean holds(double leftValue, double rightValue) {
        return relation.holds(leftValue, rightValue) == outcome;
    }
}
