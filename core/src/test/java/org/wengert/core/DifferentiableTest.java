package org.wengert.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.wengert.core.scalar.ScalarMath.sin;

import org.junit.jupiter.api.Test;

class DifferentiableTest {

    private final Differentiable f = Differentiable.of(2, x -> x[0].times(x[1]).plus(sin(x[0])));

    @Test
    void theGradientOfAProductPlusASine() {
        Gradient g = f.gradient(1.0, 2.0);
        assertEquals(2 + Math.sin(1), g.value());
        assertEquals(2 + Math.cos(1), g.gradient()[0]);
        assertEquals(1.0, g.gradient()[1]);
    }

    @Test
    void aPointOfTheWrongLengthIsNamed() {
        var e = assertThrows(IllegalArgumentException.class, () -> f.gradient(1.0, 2.0, 3.0));
        assertEquals("x must have 2 entries, but has 3", e.getMessage());
    }
}
