package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sets of indices behave as sorted sets do, and each is kept once. */
class IndexSetsTest {

    private static final int N = 24;

    private final SplittableRandom random = new SplittableRandom(17);
    private final IndexSets sets = new IndexSets(N);

    // What each id should be, and the id that each content should have.
    private final List<SortedSet<Integer>> expected = new ArrayList<>();
    private final Map<Set<Integer>, Integer> ids = new HashMap<>();

    private void check(SortedSet<Integer> content, int id) {
        Integer known = ids.putIfAbsent(content, id);
        if (known == null) {
            assertEquals(expected.size(), id, "ids are given in order");
            expected.add(content);
        } else {
            assertEquals(known, id, () -> "equal sets must have one id: " + content);
        }
        assertHolds(id);
    }

    private void assertHolds(int id) {
        int[] members = expected.get(id).stream().mapToInt(Integer::intValue).toArray();
        assertArrayEquals(members, sets.members(id));
        assertEquals(members.length, sets.size(id));
    }

    private int any() {
        return random.nextInt(expected.size());
    }

    private SortedSet<Integer> union(int... some) {
        var content = new TreeSet<Integer>();
        for (int s : some) {
            content.addAll(expected.get(s));
        }
        return content;
    }

    private void startWithSingletons() {
        check(new TreeSet<>(), IndexSets.EMPTY);
        for (int i = 0; i < N; i++) {
            check(new TreeSet<>(Set.of(i)), sets.singleton(i));
        }
    }

    @Test
    void unionsOfTwo() {
        startWithSingletons();
        for (int k = 0; k < 6000; k++) {
            int a = any();
            int b = any();
            check(union(a, b), sets.union(a, b));
            check(union(a, b), sets.union(b, a));
        }
        // So many that all tables have grown several times, and what was there before is still there.
        assertEquals(ids.size(), expected.size());
        IntStream.range(0, expected.size()).forEach(this::assertHolds);
        IntStream.range(0, N).forEach(i -> check(new TreeSet<>(Set.of(i)), sets.singleton(i)));
    }

    @Test
    void unionsWithTheEmptySetAndWithItself() {
        startWithSingletons();
        check(union(3, 5), sets.union(3, 5));
        for (int s = 0; s < expected.size(); s++) {
            assertEquals(s, sets.union(s, IndexSets.EMPTY));
            assertEquals(s, sets.union(IndexSets.EMPTY, s));
            assertEquals(s, sets.union(s, s));
        }
    }

    @Test
    void unionsOfMany() {
        startWithSingletons();
        int[] some = new int[9];
        for (int k = 0; k < 3000; k++) {
            int count = random.nextInt(some.length);
            Arrays.setAll(some, _ -> any());
            check(union(Arrays.copyOf(some, count)), sets.union(some, count));
        }
        IntStream.range(0, expected.size()).forEach(this::assertHolds);
    }

    @Test
    void setsWithManyMembersEach() {
        int n = 1000;
        var large = new IndexSets(n);
        int prefix = IndexSets.EMPTY;
        int[] singletons = new int[n];
        for (int i = 0; i < n; i++) {
            singletons[i] = large.singleton(i);
            prefix = large.union(prefix, singletons[i]);
            assertEquals(i + 1, large.size(prefix));
        }
        assertArrayEquals(IntStream.range(0, n).toArray(), large.members(prefix));
        int[] backwards = IntStream.range(0, n).map(i -> singletons[n - 1 - i]).toArray();
        assertEquals(prefix, large.union(backwards, n));
    }

    @Test
    void membersAreCopiedToAPlace() {
        startWithSingletons();
        int set = sets.union(new int[] {sets.singleton(7), sets.singleton(2), sets.singleton(9)}, 3);
        int[] target = {-1, -1, -1, -1, -1};
        sets.copy(set, target, 1);
        assertArrayEquals(new int[] {-1, 2, 7, 9, -1}, target);
    }
}
