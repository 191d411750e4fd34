package org.wengert.core.elementary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.wengert.core.scalar.ScalarMath.apply;

import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.Hessian;

/** Functions that a user adds take part in differentiation like those of the table. */
class UserDefinedTest {

    private static final Unary CUBE = Unary.of("cube", x -> x * x * x, x -> 3 * x * x, x -> 6 * x);
    private static final Unary CUBE_WITHOUT_SECOND = Unary.of("cubeOnce", x -> x * x * x, x -> 3 * x * x);
    private static final Binary SADDLE = Binary.of(
            "saddle", (x, y) -> x * x - y * y, (x, y) -> 2 * x, (x, y) -> -2 * y,
            (x, y) -> 2, (x, y) -> 0, (x, y) -> -2);
    private static final Nary TRIPLE = Nary.of(
            "triple", 3, x -> x[0] * x[1] * x[2],
            x -> new double[] {x[1] * x[2], x[0] * x[2], x[0] * x[1]},
            x -> new double[][] {{0, x[2], x[1]}, {x[2], 0, x[0]}, {x[1], x[0], 0}});

    @Test
    void aUnaryRowHasTheDerivativesThatWereGiven() {
        Hessian h = Differentiable.of(1, x -> apply(CUBE, x[0].times(2))).hessian(1.5);
        assertEquals(27, h.value());
        assertEquals(3 * 9 * 2, h.gradient()[0]);
        assertEquals(6 * 3 * 4, h.get(0, 0));
    }

    @Test
    void aBinaryRowMixesWithConstantsOnEitherSide() {
        assertArrayEquals(
                new double[] {6, -8},
                Differentiable.of(2, x -> apply(SADDLE, x[0], x[1])).gradient(3, 4).gradient());
        assertEquals(6, Differentiable.of(1, x -> apply(SADDLE, x[0], 4)).gradient(3).gradient()[0]);
        assertEquals(-8, Differentiable.of(1, x -> apply(SADDLE, 3, x[0])).gradient(4).gradient()[0]);
        assertArrayEquals(
                new double[] {2, 0, 0, -2},
                Differentiable.of(2, x -> apply(SADDLE, x[0], x[1])).hessian(3, 4).entries());
    }

    @Test
    void anNaryRowHasTheHessianThatWasGiven() {
        Hessian h = Differentiable.of(3, x -> apply(TRIPLE, x)).hessian(2, 3, 5);
        assertArrayEquals(new double[] {15, 10, 6}, h.gradient());
        assertArrayEquals(new double[] {0, 5, 3, 5, 0, 2, 3, 2, 0}, h.entries());
    }

    @Test
    void aMissingSecondDerivativeIsSaidAndNeverZero() {
        var f = Differentiable.of(1, x -> apply(CUBE_WITHOUT_SECOND, x[0]));
        assertEquals(12, f.gradient(2).gradient()[0]);
        var e = assertThrows(UnsupportedOperationException.class, () -> f.hessian(2));
        assertEquals("second derivatives of the user-defined function cubeOnce were asked for, but only first ones "
                + "were given; give them too: Unary.of(name, f, f', f'')", e.getMessage());
        Binary sum = Binary.of("mySum", Double::sum, (x, y) -> 1, (x, y) -> 1);
        assertThrows(UnsupportedOperationException.class,
                () -> Differentiable.of(2, x -> apply(sum, x[0], x[1])).hessian(1, 2));
        Nary first = Nary.of("myFirst", Nary.ANY, x -> x[0], x -> {
            double[] g = new double[x.length];
            g[0] = 1;
            return g;
        });
        assertThrows(UnsupportedOperationException.class,
                () -> Differentiable.of(2, x -> apply(first, x)).hessian(1, 2));
    }

    @Test
    void aNameMustFitIntoFormulas() {
        for (String name : new String[] {"", "2f", "my f", "f+", "α"}) {
            var e = assertThrows(IllegalArgumentException.class, () -> Unary.of(name, x -> x, x -> 1));
            assertEquals("name must be a letter followed by letters, digits and underscores, but was \"" + name + "\"",
                    e.getMessage());
        }
    }

    @Test
    void wrongSizesAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> Nary.of("f", 0, x -> 0, x -> x));
        var few = assertThrows(IllegalArgumentException.class,
                () -> Differentiable.of(2, x -> apply(TRIPLE, x)).value(1, 2));
        assertEquals("arguments of triple must be 3, but were 2", few.getMessage());
        Nary shortGradient = Nary.of("shortGradient", 2, x -> x[0], x -> new double[] {1});
        var e = assertThrows(IllegalStateException.class,
                () -> Differentiable.of(2, x -> apply(shortGradient, x)).gradient(1, 2));
        assertEquals("gradient of shortGradient must have 2 elements, one for each argument, but had 1", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> TRIPLE.withDerivatives("x1*x2"));
    }

    @Test
    void formulasOfDerivativesCanBeAdded() {
        assertEquals("", CUBE.derivative());
        assertEquals("3*x^2", CUBE.withDerivative("3*x^2").derivative());
        assertEquals("2*x", SADDLE.withDerivatives("2*x", "-2*y").dx());
        assertEquals(3, TRIPLE.withDerivatives("x1*x2", "x0*x2", "x0*x1").partials().size());
    }
}
