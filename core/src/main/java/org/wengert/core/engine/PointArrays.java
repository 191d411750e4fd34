package org.wengert.core.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * The working space of a {@link PointCode}: first the values that go from block to block, then an array for each number
 * of operands that a row on arrays has.
 *
 * @param slots   how many values go from block to block
 * @param lengths the numbers of operands
 */
record PointArrays(int slots, List<Integer> lengths) {

    static PointArrays of(FusedPlan plan) {
        List<Integer> lengths = new ArrayList<>();
        for (FusedPlan.Step step : plan.steps) {
            for (FusedPlan.Piece piece : step.pieces()) {
                int n = plan.p.operandCount(piece.node());
                if (PointForms.takesArray(plan.p.row(piece.node())) && !lengths.contains(n)) {
                    lengths.add(n);
                }
            }
        }
        return new PointArrays(plan.slots, lengths);
    }

    boolean needed() {
        return slots > 0 || !lengths.isEmpty();
    }

    /** Where the array of n operands is. */
    int index(int n) {
        return 1 + lengths.indexOf(n);
    }

    double[][] make() {
        double[][] arrays = new double[1 + lengths.size()][];
        arrays[0] = new double[slots];
        for (int i = 0; i < lengths.size(); i++) {
            arrays[i + 1] = new double[lengths.get(i)];
        }
        return arrays;
    }
}
