package org.wengert.tests.fuzz;

import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;

/**
 * Tries a check on random things and makes the first that fails as small as it can. As jqwik does, but for counts that are set from
 * outside, and with a seed for each try: any one can be repeated alone.
 */
final class Fuzzer {

    private static final int PATIENCE = 2000;

    private Fuzzer() {}

    /**
     * Runs a check many times.
     *
     * @param what  a name for reports
     * @param seed  decides everything
     * @param count how many times
     */
    static <T> void run(String what, Arbitrary<T> things, long seed, int count, Consumer<T> check) {
        var generator = things.generator(1000);
        for (int k = 0; k < count; k++) {
            Shrinkable<T> thing = generator.next(new Random(seed * 1_000_003 + k));
            Optional<Throwable> failure = failure(thing.value(), check);
            if (failure.isPresent()) {
                Shrinkable<T> smallest = smallest(thing, check);
                Throwable last = failure(smallest.value(), check).orElse(failure.get());
                throw new AssertionError(what + ", try " + k + " of seed " + seed + ", shrunk: " + last.getMessage(), last);
            }
        }
    }

    private static <T> Optional<Throwable> failure(T thing, Consumer<T> check) {
        try {
            check.accept(thing);
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
        }
    }

    private static <T> Shrinkable<T> smallest(Shrinkable<T> failing, Consumer<T> check) {
        Shrinkable<T> smallest = failing;
        int[] left = {PATIENCE};
        while (left[0] > 0) {
            Optional<Shrinkable<T>> smaller = smallest.shrink()
                    .takeWhile(_ -> left[0]-- > 0)
                    .filter(s -> failure(s.value(), check).isPresent())
                    .findFirst();
            if (smaller.isEmpty()) {
                break;
            }
            smallest = smaller.get();
        }
        return smallest;
    }
}
