package org.wengert.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sin;

import org.junit.jupiter.api.Test;
import org.wengert.core.scalar.Scalar;

class UnivariateTest {

    private final Univariate f = Univariate.of(x -> exp(x).times(sin(x)));

    @Test
    void theDerivativesOfAnExponentiallyGrowingSine() {
        // dᵏ/dxᵏ eˣ sin x = 2^(k/2) eˣ sin(x + kπ/4)
        Derivatives d = f.derivatives(1, 30);
        for (int k = 0; k <= 30; k++) {
            // The product rule adds up terms whose sizes sum to 2ᵏ e.
            double expected = Math.pow(2, k / 2.0) * Math.E * Math.sin(1 + k * Math.PI / 4);
            assertEquals(expected, d.derivative(k), 1e-15 * Math.pow(2, k));
        }
        assertEquals(f.value(1.25), d.at(0.25), 1e-15);
        assertArrayEquals(new double[] {d.value(), d.derivative(1)}, f.derivatives(1, 1).derivatives());
    }

    @Test
    void firstAndSecondDerivativesAgreeWithTheSeries() {
        Derivatives d = f.derivatives(0.5, 2);
        assertEquals(f.value(0.5), f.valueAndDerivative(0.5).value());
        assertEquals(f.derivative(0.5), d.derivative(1));
        assertEquals(f.secondDerivative(0.5), d.derivative(2), 1e-15);
        assertEquals(f.value(0.5), f.derivatives(0.5, 0).value());
    }

    @Test
    void aSeriesAlongADirectionOfAFunctionOfSeveralVariables() {
        // f(x + t v) = (1 + 2t)² (3 - t) = 3 + 11t + 8t² - 4t³
        Differentiable g = Differentiable.of(2, x -> x[0].times(x[0]).times(x[1]));
        Derivatives d = g.derivatives(new double[] {1, 3}, new double[] {2, -1}, 5);
        assertArrayEquals(new double[] {3, 11, 8, -4, 0, 0}, d.coefficients());
        assertEquals(-24, d.derivative(3));
        Derivatives still = g.derivatives(new double[] {1, 3}, new double[] {0, 0}, 2);
        assertArrayEquals(new double[] {3, 0, 0}, still.coefficients());
    }

    @Test
    void everyResultOfAVectorFunctionHasItsSeries() {
        var g = Differentiable.vector(2, 3, x -> new Scalar[] {x[0].div(x[1]), x[1], Scalar.of(7)});
        Derivatives[] d = g.derivatives(new double[] {1, 1}, new double[] {0, -1}, 4);
        assertArrayEquals(new double[] {1, 1, 1, 1, 1}, d[0].coefficients());
        assertArrayEquals(new double[] {1, -1, 0, 0, 0}, d[1].coefficients());
        assertArrayEquals(new double[] {7, 0, 0, 0, 0}, d[2].coefficients());
    }

    @Test
    void aSeriesGoesThroughADerivativeInside() {
        // d/dy sin(xy) at y = 2 is x cos 2x.
        var f = Univariate.of(x -> Univariate.of(y -> sin(x.times(y))).derivative(Scalar.of(2)));
        var g = Univariate.of(x -> x.times(cos(x.times(2))));
        Derivatives expected = g.derivatives(0.3, 8);
        Derivatives actual = f.derivatives(0.3, 8);
        for (int k = 0; k <= 8; k++) {
            assertEquals(expected.derivative(k), actual.derivative(k), 1e-13 * Math.pow(2, k) * (k + 1));
        }
    }

    @Test
    void argumentsAreChecked() {
        var e = assertThrows(IllegalArgumentException.class, () -> f.derivatives(1, -1));
        assertEquals("order must be at least 0, but was -1", e.getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> f.derivatives(1, 3).derivative(4));
    }
}
