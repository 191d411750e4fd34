package org.wengert.core.batch;

import org.wengert.core.engine.SumCode;
import org.wengert.core.simd.Form;
import org.wengert.core.simd.Kernel;
import org.wengert.core.simd.Kernels;

/**
 * Sums over the points of tiles. Eight running sums for each quantity, whatever the width of the vectors, folded in a fixed
 * order at the end of a chunk of tiles: the result depends on the points and their order alone.
 */
abstract sealed class Reduction {

    static final int LANES = SumCode.LANES;

    /** How many sums there are. */
    abstract int size();

    /** How many running sums by eight there are, for the outputs of a plan. */
    abstract int lanes(Plan plan);

    /** Which of them sum c is; -1 for one that is zero by structure. */
    abstract int lane(Plan plan, int c);

    /** Adds a tile whose columns are padded with zeros. */
    abstract void add(double[] lanes, double[] tile, int points, Plan plan, double[] weights, int weightsAt, double[] room);

    /** Adds the row of a single point. */
    abstract void add(double[] sums, double[] row, double weight);

    /** The sum of eight running sums. */
    static double fold(double[] lanes, int at) {
        return ((lanes[at] + lanes[at + 4]) + (lanes[at + 2] + lanes[at + 6]))
                + ((lanes[at + 1] + lanes[at + 5]) + (lanes[at + 3] + lanes[at + 7]));
    }

    /** Σ of every column; {@link SumCode} does the same in double precision. */
    static final class Columns extends Reduction {

        private static final Kernel SUM = Kernels.best().of(Form.SUM_LANES);
        private final int columns;

        Columns(int columns) {
            this.columns = columns;
        }

        @Override
        int size() {
            return columns;
        }

        @Override
        int lanes(Plan plan) {
            return plan.program().outputs();
        }

        @Override
        int lane(Plan plan, int c) {
            return plan.stored()[c];
        }

        @Override
        void add(double[] lanes, double[] tile, int points, Plan plan, double[] weights, int weightsAt, double[] room) {
            for (int i = 0; i < lanes(plan); i++) {
                SUM.run(lanes, i * LANES, tile, i * Tiles.STRIDE, tile, 0, tile, 0, tile, 0, points);
            }
        }

        @Override
        void add(double[] sums, double[] row, double weight) {
            for (int c = 0; c < columns; c++) {
                sums[c] += row[c];
            }
        }
    }

    /**
     * Σ w r², and for each j: Σ w Jⱼ r, then Σ w Jⱼ Jₗ for l ≤ j, one row after the other. A product with r is treated like one with
     * a column of J before the first.
     */
    static final class Products extends Reduction {

        private static final Kernel DOT = Kernels.best().of(Form.DOT_LANES);
        private static final Kernel DOT3 = Kernels.best().of(Form.DOT3_LANES);
        private static final Kernel MUL = Kernels.best().of(Form.MUL);

        private final int m;
        private final int k;
        private final boolean weighted;

        Products(int m, int k, boolean weighted) {
            this.m = m;
            this.k = k;
            this.weighted = weighted;
        }

        @Override
        int size() {
            return rowStart(k);
        }

        @Override
        int lanes(Plan plan) {
            return size();
        }

        @Override
        int lane(Plan plan, int c) {
            return c;
        }

        /** Where the sums of row j begin. */
        static int rowStart(int j) {
            return 1 + j * (j + 3) / 2;
        }

        @Override
        void add(double[] lanes, double[] tile, int points, Plan plan, double[] weights, int weightsAt, double[] room) {
            for (int i = 0; i < m; i++) {
                multiply(lanes, 0, i, -1, 0, tile, points, plan, weights, weightsAt, room);
                for (int j = 0; j < k; j++) {
                    multiply(lanes, rowStart(j), i, j, j + 1, tile, points, plan, weights, weightsAt, room);
                }
            }
        }

        /** The products of column j of residual i with r and with columns 0 to last - 1. */
        private void multiply(
                double[] lanes, int first, int i, int j, int last, double[] tile, int points, Plan plan,
                double[] weights, int weightsAt, double[] room) {
            int left = column(plan, i, j);
            if (left < 0) {
                return;
            }
            double[] a = tile;
            int ai = left * Tiles.STRIDE;
            if (weighted) {
                MUL.run(room, 0, tile, ai, weights, weightsAt, tile, 0, tile, 0, points);
                a = room;
                ai = 0;
            }
            for (int l = -1; l < last; ) {
                int b = column(plan, i, l);
                int c = l + 1 < last ? column(plan, i, l + 1) : -1;
                int d = l + 2 < last ? column(plan, i, l + 2) : -1;
                int at = (first + l + 1) * LANES;
                if (b >= 0 && c >= 0 && d >= 0) {
                    DOT3.run(lanes, at, a, ai, tile, b * Tiles.STRIDE, tile, c * Tiles.STRIDE, tile, d * Tiles.STRIDE, points);
                    l += 3;
                    continue;
                }
                if (b >= 0) {
                    DOT.run(lanes, at, a, ai, tile, b * Tiles.STRIDE, tile, 0, tile, 0, points);
                }
                l++;
            }
        }

        /** Where ∂rᵢ/∂xⱼ stands in a tile, or rᵢ for j = -1; -1 if it is zero by structure. */
        private int column(Plan plan, int i, int j) {
            return plan.stored()[j < 0 ? i : m + i * k + j];
        }

        @Override
        void add(double[] sums, double[] row, double weight) {
            for (int i = 0; i < m; i++) {
                double r = row[i];
                sums[0] += weight * r * r;
                for (int j = 0; j < k; j++) {
                    double w = weight * row[m + i * k + j];
                    int at = rowStart(j);
                    sums[at++] += w * r;
                    for (int l = 0; l <= j; l++) {
                        sums[at++] += w * row[m + i * k + l];
                    }
                }
            }
        }
    }
}
