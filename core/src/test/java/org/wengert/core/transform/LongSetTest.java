package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A set of numbers behaves as one of the library does. */
class LongSetTest {

    private final SplittableRandom random = new SplittableRandom(3);
    private final LongSet set = new LongSet();
    private final Set<Long> expected = new HashSet<>();

    private void add(long number) {
        assertEquals(expected.add(number), set.add(number), () -> "adding " + number);
    }

    private void assertSame() {
        assertArrayEquals(expected.stream().mapToLong(Long::longValue).sorted().toArray(), set.sorted());
    }

    @Test
    void itIsEmptyAtFirst() {
        assertArrayEquals(new long[0], set.sorted());
    }

    @Test
    void extremeNumbers() {
        for (long number : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, 1, -2, 1L << 32, -1L << 32}) {
            assertTrue(set.add(number));
            assertFalse(set.add(number));
            expected.add(number);
        }
        assertSame();
    }

    @Test
    void randomNumbersThatComeAgain() {
        for (int k = 0; k < 5000; k++) {
            add(random.nextLong(700));
            if (k < 100) {
                assertSame();
            }
        }
        assertSame();
    }

    /** As the pairs of a Hessian: two indices in one number. */
    @Test
    void pairs() {
        for (int k = 0; k < 20_000; k++) {
            add((long) random.nextInt(100) << 32 | random.nextInt(100));
        }
        assertSame();
    }
}
