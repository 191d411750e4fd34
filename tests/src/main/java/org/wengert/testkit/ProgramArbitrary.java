package org.wengert.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

/** Which random programs are wanted. Immutable: every method returns another. */
public final class ProgramArbitrary {

    private static final int ARGUMENTS = 4;

    private final int inputs;
    private final int outputs;
    private final int steps;
    private final double branches;
    private final Map<Elementary, Integer> weights;

    private ProgramArbitrary(int inputs, int outputs, int steps, double branches, Map<Elementary, Integer> weights) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.steps = steps;
        this.branches = branches;
        this.weights = weights;
    }

    static ProgramArbitrary all() {
        Map<Elementary, Integer> weights = new LinkedHashMap<>();
        ElementaryTable.rows().forEach(row -> weights.put(row, 2));
        // Made for derivative programs, and no smooth functions.
        List.of("absorb", "absorbEither", "whereNumber").forEach(name -> ElementaryTable.row(name).ifPresent(weights::remove));
        // What programs are mostly made of.
        for (String name : List.of("plus", "minus", "times", "div")) {
            weights.put(ElementaryTable.row(name).orElseThrow(), 12);
        }
        return new ProgramArbitrary(3, 1, 12, 0.1, weights);
    }

    /** Programs of n inputs; without it 3. */
    public ProgramArbitrary inputs(int n) {
        return new ProgramArbitrary(n, outputs, steps, branches, weights);
    }

    /** Programs of m outputs; without it 1. */
    public ProgramArbitrary outputs(int m) {
        return new ProgramArbitrary(inputs, m, steps, branches, weights);
    }

    /** Programs of 1 to so many steps; without it 12. */
    public ProgramArbitrary steps(int most) {
        return new ProgramArbitrary(inputs, outputs, most, branches, weights);
    }

    /** How many of the steps branch, from 0 to 1; without it 0.1. */
    public ProgramArbitrary branches(double share) {
        return new ProgramArbitrary(inputs, outputs, steps, share, weights);
    }

    /** How often a row is taken: 0 never, 2 as all rows but the four operations, which have 12. A row of one's own is added. */
    public ProgramArbitrary weight(Elementary row, int weight) {
        Map<Elementary, Integer> changed = new LinkedHashMap<>(weights);
        changed.put(row, weight);
        return new ProgramArbitrary(inputs, outputs, steps, branches, changed);
    }

    /** Only rows of which this is true. */
    public ProgramArbitrary only(Predicate<? super Elementary> rows) {
        Map<Elementary, Integer> changed = new LinkedHashMap<>(weights);
        changed.keySet().removeIf(row -> !rows.test(row));
        return new ProgramArbitrary(inputs, outputs, steps, branches, changed);
    }

    /** The arbitrary. Failing programs shrink to few steps of simple rows with simple constants. */
    public Arbitrary<RandomProgram> arbitrary() {
        return step().list().ofMinSize(1).ofMaxSize(steps).map(list -> new RandomProgram(inputs, list, outputs));
    }

    /** Programs with points and two directions. */
    public Arbitrary<RandomProgram.At> at(Arbitrary<Double> coordinates) {
        return Combinators.combine(
                        arbitrary(), DerivativeArbitraries.points(inputs, coordinates),
                        DerivativeArbitraries.directions(inputs), DerivativeArbitraries.directions(inputs))
                .as(RandomProgram.At::new);
    }

    private Arbitrary<RandomProgram.Step> step() {
        List<Tuple.Tuple2<Integer, Elementary>> choices = new ArrayList<>();
        weights.forEach((row, weight) -> {
            if (weight > 0) {
                choices.add(Tuple.of(weight, row));
            }
        });
        Arbitrary<Elementary> rows = Arbitraries.frequency(choices);
        Arbitrary<List<Integer>> operands = Arbitraries.integers().between(0, inputs + steps).list().ofSize(ARGUMENTS);
        Arbitrary<Double> constants = Arbitraries.integers().between(-4, 9).map(i -> i / 4.0);
        // A constant in one case of six, on any place.
        Arbitrary<Integer> places = Arbitraries.integers().between(-1, 23);
        Arbitrary<Boolean> branch = Arbitraries.integers().between(0, 99).map(i -> i >= 100 - 100 * branches);
        Arbitrary<Integer> arguments = Arbitraries.integers().between(1, ARGUMENTS);
        return Combinators.combine(rows, operands, constants, places, branch, arguments)
                .as((row, all, constant, place, branches, count) -> {
                    int n = switch (row) {
                        case Unary _ -> 1;
                        case Binary _ -> 2;
                        case Nary f -> f.arity() == Nary.ANY ? count : f.arity();
                    };
                    return new RandomProgram.Step(
                            row, padded(all, n), constant, n > 1 && place < n ? place : -1, branches);
                });
    }

    private static List<Integer> padded(List<Integer> all, int n) {
        Integer[] some = new Integer[n];
        Arrays.setAll(some, i -> all.get(i % all.size()));
        return List.of(some);
    }
}
