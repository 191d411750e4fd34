package org.wengert.cli.bench;

import java.util.List;
import java.util.function.BiFunction;

/**
 * A case of the benchmarks.
 *
 * @param name   how it is called on the command line
 * @param title  what it is, in a line
 * @param points how many points it has if nothing else is said
 * @param make   makes the ways to compute it, for a number of points and a number of threads
 */
public record BenchCase(String name, String title, int points, BiFunction<Integer, Integer, List<Contender>> make) {

    /** The ways to compute it. */
    public List<Contender> contenders(int count, int threads) {
        return make.apply(count, threads);
    }
}
