package org.wengert.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.wengert.core.Differentiable;
import org.wengert.core.formula.Formula;
import org.wengert.core.scalar.Scalar;
import org.wengert.testkit.DifferentiationBackend;
import org.wengert.testkit.ScenarioSuite;

/** Every backend of ours passes all scenarios; Hipparchus and finite differences fail those in which they are known to be wrong. */
class ScenarioSuiteTest {

    @TestFactory
    Stream<DynamicTest> everyWayOfOursPasses() {
        return Backends.ours().stream().map(backend -> DynamicTest.dynamicTest(backend.name(), () -> {
            List<ScenarioSuite.Outcome> outcomes = ScenarioSuite.outcomes(backend);
            assertTrue(outcomes.size() > 150, backend.name() + " ran only " + outcomes.size());
            assertEquals(List.of(), outcomes.stream().filter(o -> o.failure().isPresent())
                    .map(o -> o.operator() + ", " + o.mode() + ": " + o.failure().get()).toList());
        }));
    }

    /** At edges they may fail: their step is not small beside 1e-200. */
    @Test
    void complexStepsPassAtOrdinaryPoints() {
        List<String> failing = ScenarioSuite.outcomes(new Backends.ComplexSteps()).stream()
                .filter(o -> !o.scenario().edge()).flatMap(o -> o.failure().stream()).toList();
        assertEquals(List.of(), failing);
    }

    private static Set<String> failing(DifferentiationBackend backend) {
        return ScenarioSuite.outcomes(backend).stream().filter(o -> o.failure().isPresent())
                .map(o -> o.scenario().name() + ", " + o.operator()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The known faults of Hipparchus 4.0: a test that a new version may turn red, which then is good news. */
    @Test
    void hipparchusShowsItsKnownFaults() {
        Set<String> failing = failing(new HipparchusBackend());
        for (String known : List.of(
                "division of tiny numbers, GRADIENT",
                "a power at zero, GRADIENT",
                "arsinh of a huge number, GRADIENT",
                "length along nearly one axis: the small tangent stays, GRADIENT",
                "a quotient is the quotient, bit for bit, VALUE",
                "angle of a huge point, GRADIENT")) {
            assertTrue(failing.contains(known), known + " is not among " + failing);
        }
        // It is right where nothing is special: the suite does not find fault with everything.
        assertTrue(failing.stream().noneMatch(f -> f.startsWith("3 to 1")), failing.toString());
    }

    @Test
    void hipparchusDropsTangentsOfNumbersOfDifferentSizesSilentlyAndWengertRefusesToMixDifferentiations() {
        Gradient x = Gradient.variable(1, 0, 2);
        Gradient y = Gradient.variable(2, 1, 3);
        assertEquals(1, x.add(y).getGradient().length, "the tangent of y is gone without a word");
        Differentiable outer = Differentiable.of(1, a -> Scalar.of(
                Differentiable.of(1, b -> a[0].times(b[0])).jvp(new double[] {1}, new double[] {1}).tangent()));
        assertThrows(RuntimeException.class, () -> outer.gradient(2));
    }

    @Test
    void finiteDifferencesFailAtTheEdges() {
        Set<String> failing = failing(new Backends.Differences());
        assertTrue(failing.contains("division of tiny numbers, GRADIENT"), failing.toString());
        assertTrue(failing.contains("division of huge numbers, GRADIENT") || failing.contains("tanh far out, GRADIENT"), failing.toString());
    }

    @Test
    void aBackendThatChangesItsArgumentsOrForgetsEntriesIsFound() {
        DifferentiationBackend careless = new DifferentiationBackend() {
            @Override
            public String name() {
                return "careless";
            }

            @Override
            public Set<Operator> operators() {
                return Set.of(Operator.VALUE);
            }

            @Override
            public Prepared prepare(Formula f) {
                return new Prepared() {
                    @Override
                    public double[] apply(Operator operator, double[] x, double[] seed) {
                        double[] value = f.values(x);
                        x[0] = 0;
                        return value;
                    }

                    @Override
                    public void applyInto(Operator operator, double[] x, double[] seed, double[] result) {
                        // Writes nothing.
                    }
                };
            }
        };
        var messages = new TreeMap<String, Integer>();
        ScenarioSuite.outcomes(careless).forEach(o -> o.failure().ifPresent(
                m -> messages.merge(m.contains("changed its arguments") ? "changed" : "wrong", 1, Integer::sum)));
        assertEquals(Set.of("changed", "wrong"), messages.keySet());
    }
}
