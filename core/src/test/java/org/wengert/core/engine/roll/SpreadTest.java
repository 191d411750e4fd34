package org.wengert.core.engine.roll;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;

/** Elements in rows with gaps between them. */
class SpreadTest {

    private static final int SIDE = 20;

    /** Corner (down, right) of each cell of a square grid. */
    private static IndexMap corners(int down, int right) {
        return IndexMap.of(IntStream.range(0, (SIDE - 1) * (SIDE - 1))
                .map(k -> (k / (SIDE - 1) + down) * SIDE + k % (SIDE - 1) + right).toArray());
    }

    private static Spread cells() {
        return Objects.requireNonNull(Spread.of(corners(0, 0)));
    }

    @Test
    void cellsOfAGridLieLikeTheirCorners() {
        Spread cells = cells();
        assertEquals(SIDE * (SIDE - 1) - 1, cells.size);
        assertEquals(SIDE, cells.places.at(SIDE - 1));
        assertEquals(new IndexMap.Affine(SIDE + 1, 1, cells.size), cells.spread(corners(1, 1)));
        assertNotNull(Spread.of(corners(1, 0)));
    }

    @Test
    void whatIsNotInLongRowsIsNotSpread() {
        assertNull(Spread.of(IndexMap.identity(100)), "no gaps");
        assertNull(Spread.of(IndexMap.of(new int[] {0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14})), "short rows");
        int[] far = IntStream.range(0, 100).map(k -> k < 50 ? k : k + 1000).toArray();
        assertNull(Spread.of(IndexMap.of(far)), "a large gap");
        int[] backwards = IntStream.range(0, 100).map(k -> k < 50 ? k + 50 : k - 50).toArray();
        assertNull(Spread.of(IndexMap.of(backwards)), "rows that go backwards");
    }

    @Test
    void otherMapsTakeAtEachPlaceWhatTheirElementsTake() {
        Spread cells = cells();
        int elements = (SIDE - 1) * (SIDE - 1);
        for (IndexMap map : new IndexMap[] {IndexMap.identity(elements), new IndexMap.Affine(5000, -3, elements)}) {
            IndexMap spread = cells.spread(map);
            assertEquals(cells.size, spread.length());
            for (int k = 0; k < elements; k++) {
                assertEquals(map.at(k), spread.at(cells.places.at(k)), "element " + k);
            }
            int most = Math.max(map.at(0), map.at(elements - 1));
            int least = Math.min(map.at(0), map.at(elements - 1));
            for (int place = 0; place < cells.size; place++) {
                assertTrue(spread.at(place) >= least && spread.at(place) <= most, "place " + place);
            }
        }
    }

    @Test
    void gapsAndNothingElseAreCleared() {
        Spread cells = cells();
        double[] column = new double[cells.size + 8];
        for (int first = 0; first < cells.size; first += 37) {
            int count = Math.min(37, cells.size - first);
            Arrays.fill(column, 1);
            cells.clearGaps(column, 4, first, count);
            for (int i = 0; i < column.length; i++) {
                int place = first + i - 4;
                boolean isGap = i >= 4 && i < 4 + count && place % SIDE == SIDE - 1;
                assertEquals(isGap ? 0 : 1, column[i], "from " + first + ", entry " + i);
            }
        }
    }

    /** A sum over cells that compares neighbours in a row: so does a gap, the end of a row with the beginning of the next. */
    private static Scalar[] rising(Scalar[] x) {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j + 1 < SIDE; j++) {
                Scalar step = x[i * SIDE + j + 1].minus(x[i * SIDE + j]);
                sum = sum.plus(step.isGreaterThan(0) ? step.times(step) : step.times(-5));
            }
        }
        return new Scalar[] {sum};
    }

    @Test
    void comparisonsInGapsDoNotCount() {
        double[] x = new double[SIDE * SIDE];
        Arrays.setAll(x, i -> i % SIDE + 0.25 * Math.sin(i));
        Program p = Tracer.trace(x, SpreadTest::rising);
        RolledCode code = RolledCode.of(p, new OneByOne());
        assertEquals(1, code.report().stages(), code.report().toString());
        assertEquals(0, code.report().irregularShare(), code.report().toString());
        double[] expected = new double[1];
        assertTrue(p.run(x, expected, p.newWorkspace()));
        double[] actual = new double[1];
        assertTrue(code.run(x, actual), code.report().toString());
        assertArrayEquals(expected, actual, 1e-13 * expected[0]);

        for (int cell = 0; cell < x.length; cell++) {
            if (cell % SIDE < SIDE - 1) {
                double[] other = x.clone();
                other[cell] += 10;
                assertFalse(code.run(other, actual), "the step after " + cell + " falls");
            }
        }
    }
}
