package org.wengert.linalg.matrix;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Every rule beside an algorithm in numbers, in both orders and both modes. */
class RulesTest {

    private static final List<RuleCase> ALL = RuleCases.all();

    @Provide
    Arbitrary<RuleCase> rules() {
        return Arbitraries.of(ALL);
    }

    /** The law: a rule's derivative is that of the algorithm's steps; errors grow with the condition number of the arguments. */
    @Property(tries = 1500, seed = "42")
    void aRuleHasTheDerivativesOfTheAlgorithmStepByStep(@ForAll("rules") RuleCase c, @ForAll long seed) {
        assertHolds(c, Agreement.of(c, new Random(seed)));
    }

    @Test
    void noRuleIsLeftToChance() {
        for (RuleCase c : ALL) {
            for (int seed = 0; seed < 10; seed++) {
                assertHolds(c, Agreement.of(c, new Random(seed)));
            }
        }
    }

    private static void assertHolds(RuleCase c, Agreement a) {
        double tolerance = 1e-12 * a.condition();
        // Terms of second derivatives grow with the square of the condition number, and may cancel.
        double second = tolerance * a.condition() / 10;
        assertTrue(a.value() < tolerance && a.first() < tolerance && a.reverse() < tolerance, c + ": " + a);
        // Of what the numbers compute, second derivatives lose most: their algorithms take more steps than a rule.
        assertTrue(a.second() < 100 * second && a.hvp() < second, c + ": " + a);
    }
}
