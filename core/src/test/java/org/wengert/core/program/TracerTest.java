package org.wengert.core.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.scalar.Real;
import org.wengert.core.scalar.Scalar;

class TracerTest {

    private static Scalar[] one(Scalar y) {
        return new Scalar[] {y};
    }

    private static double inReals(java.util.function.Function<Scalar[], Scalar[]> f, double... x) {
        Scalar[] arguments = new Scalar[x.length];
        for (int i = 0; i < x.length; i++) {
            arguments[i] = new Real(x[i]);
        }
        return f.apply(arguments)[0].value();
    }

    @Test
    void theProgramHasTheBitsOfTheFunctionElsewhereToo() {
        java.util.function.Function<Scalar[], Scalar[]> f =
                x -> one(x[0].times(x[1]).plus(sin(x[0])).div(minus(1, exp(x[1]))).minus(3).unaryMinus());
        Program p = Tracer.trace(new double[] {1, 2}, f);
        for (double x : NastyNumbers.LIST) {
            for (double y : NastyNumbers.LIST) {
                assertEquals(inReals(f, x, y), p.value(x, y)[0]);
            }
        }
    }

    @Test
    void aProgramRunOffItsPathSaysSoAndGivesNoNumbers() {
        Program p = Tracer.trace(
                new double[] {1}, x -> one(x[0].isLessThan(2) ? x[0].times(x[0]) : x[0]));
        double[] out = new double[1];
        assertTrue(p.run(new double[] {1.5}, out, p.newWorkspace()));
        assertEquals(2.25, out[0]);
        assertFalse(p.run(new double[] {2}, out, p.newWorkspace()));
        assertTrue(Double.isNaN(out[0]));
        String message = assertThrows(IllegalStateException.class, () -> p.value(2)).toString();
        assertTrue(message.contains("x0 < 2.0"), message);
    }

    @Test
    void everyComparisonAnswersAsForDoublesAndIsGuarded() {
        List<BiPredicate<Scalar, Scalar>> questions = List.of(
                Scalar::isLessThan, Scalar::isAtMost, Scalar::isGreaterThan, Scalar::isAtLeast,
                (a, b) -> a.compareTo(b) < 0, (a, b) -> a.compareTo(b) == 0, (a, b) -> a.compareTo(b) > 0,
                (a, b) -> a.isNaN(), (a, b) -> b.isNaN(),
                (a, b) -> a.isLessThan(b.value()), (a, b) -> a.isAtMost(b.value()),
                (a, b) -> a.isGreaterThan(b.value()), (a, b) -> a.isAtLeast(b.value()),
                (a, b) -> a.compareTo(b.value()) < 0, (a, b) -> Math.floor(a.value()) == 1);
        for (int q = 0; q < questions.size(); q++) {
            BiPredicate<Scalar, Scalar> question = questions.get(q);
            for (int constants = 0; constants < 3; constants++) {
                int fixed = constants;
                for (double x : NastyNumbers.LIST) {
                    for (double y : NastyNumbers.LIST) {
                        java.util.function.Function<Scalar[], Scalar[]> f = v -> one(new Real(question.test(
                                fixed == 1 ? new Real(x) : v[0], fixed == 2 ? new Real(y) : v[1]) ? 1 : 0));
                        Program p = Tracer.trace(new double[] {x, y}, f);
                        assertEquals(inReals(f, x, y), p.value(x, y)[0], "question " + q + " of " + x + ", " + y);
                        double a = fixed == 1 ? x : 1.5;
                        double b = fixed == 2 ? y : -0.0;
                        double[] out = new double[1];
                        if (p.run(new double[] {a, b}, out, p.newWorkspace())) {
                            assertEquals(inReals(f, a, b), out[0], "question " + q + " of " + a + ", " + b);
                        }
                    }
                }
            }
        }
    }

    @Test
    void equalityOfTracedNumbersIsThatOfTheirValuesAndGuarded() {
        Program p = Tracer.trace(new double[] {2, 2}, x -> one(x[0].equals(x[1]) ? x[0] : x[1].times(3)));
        assertEquals(7, p.value(7, 7)[0]);
        assertThrows(IllegalStateException.class, () -> p.value(0.0, -0.0));
    }

    @Test
    void readingAValueAsADoubleFixesIt() {
        Program p = Tracer.trace(new double[] {2.5}, x -> one(x[0].times(Math.floor(x[0].value()))));
        assertEquals(5.0, p.value(2.5)[0]);
        assertThrows(IllegalStateException.class, () -> p.value(2.75));
    }

    @Test
    void aDerivativeTakenInsideIsRecordedToo() {
        // f(x) = x · d/dy (x y²) at y = x, which is 2x³.
        Program p = Tracer.trace(new double[] {2}, x -> one(x[0].times(
                Differentiable.of(1, y -> y[0].times(y[0]).times(x[0])).gradient(x).gradient()[0])));
        assertEquals(16, p.value(2)[0]);
        assertEquals(54, p.value(3)[0]);
        assertEquals(0, p.guards().size());
    }

    @Test
    void constantsAndInputsMayBeOutputs() {
        Program p = Tracer.trace(new double[] {2, 3}, x -> new Scalar[] {x[1], Scalar.of(7), x[0]});
        assertEquals(0, p.operations());
        assertEquals(List.of(5.0, 7.0, 4.0), java.util.Arrays.stream(p.value(4, 5)).boxed().toList());
    }

    @Test
    void numbersThatLeaveTheirRecordingAreRefused() {
        List<Scalar> escaped = new ArrayList<>();
        Tracer.trace(new double[] {1}, x -> {
            escaped.add(x[0]);
            return x;
        });
        assertThrows(IllegalStateException.class, () -> escaped.getFirst().plus(1));
        assertThrows(IllegalArgumentException.class,
                () -> Tracer.trace(new double[] {1}, x -> one(x[0].plus(escaped.getFirst()))));
        assertThrows(IllegalArgumentException.class,
                () -> Tracer.trace(new double[] {1}, _ -> one(escaped.getFirst())));
        assertThrows(IllegalArgumentException.class,
                () -> Tracer.trace(new double[] {1}, x -> one(x[0].isLessThan(escaped.getFirst()) ? x[0] : x[0].times(2))));
    }

    @Test
    void anotherThreadMayNotRecord() throws InterruptedException {
        List<Throwable> thrown = new ArrayList<>();
        Tracer.trace(new double[] {1}, x -> {
            Thread other = new Thread(() -> {
                try {
                    x[0].plus(1);
                } catch (IllegalStateException e) {
                    thrown.add(e);
                }
            });
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return x;
        });
        assertEquals(1, thrown.size());
    }
}
