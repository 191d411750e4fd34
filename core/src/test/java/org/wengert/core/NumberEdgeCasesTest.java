package org.wengert.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.fma;
import static org.wengert.core.scalar.ScalarMath.nextUp;
import static org.wengert.core.scalar.ScalarMath.select;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wengert.core.scalar.Scalar;

/** Single cases at which numbers with derivatives are known to go wrong. */
class NumberEdgeCasesTest {

    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private static Differentiable univariate(java.util.function.UnaryOperator<Scalar> f) {
        return Univariate.of(f).differentiable();
    }

    private static void assertDerivatives(double value, double first, double second, Hessian actual) {
        assertEquals(value, actual.value());
        assertEquals(first, actual.gradient()[0]);
        assertEquals(second, actual.get(0, 0));
    }

    @Test
    void aQuotientIsTheQuotientAndNotTheProductWithAReciprocal() {
        var random = new SplittableRandom(4);
        for (int k = 0; k < 100_000; k++) {
            double a = random.nextDouble(-10, 10);
            double b = random.nextDouble(-10, 10);
            Differentiable quotient = Differentiable.of(2, x -> x[0].div(x[1]));
            assertEquals(a / b, quotient.gradient(a, b).value());
            assertEquals(a / b, quotient.jvp(new double[] {a, b}, new double[] {0, 1}).value());
            assertEquals(a / b, quotient.hvp(new double[] {a, b}, new double[] {1, 1}).value());
            assertEquals(a / b, quotient.value(a, b));
        }
        assertEquals(10.0 / 49, Differentiable.of(2, x -> x[0].div(x[1])).gradient(10, 49).value());
    }

    @Test
    void theReciprocalAtBothZerosAndAtSubnormalDerivatives() {
        Differentiable reciprocal = univariate(x -> x.divFrom(1));
        assertDerivatives(INF, -INF, INF, reciprocal.hessian(0.0));
        assertDerivatives(-INF, -INF, -INF, reciprocal.hessian(-0.0));
        assertDerivatives(1e-155, -1e-310, 0, reciprocal.hessian(1e155));
    }

    @Test
    void fusedMultiplyAddRoundsOnce() {
        Differentiable f = Differentiable.of(3, x -> fma(x[0], x[1], x[2]));
        Hessian plain = f.hessian(2, 3, 4);
        assertEquals(10, plain.value());
        assertArrayEquals(new double[] {3, 2, 1}, plain.gradient());
        assertArrayEquals(new double[] {0, 1, 0, 1, 0, 0, 0, 0, 0}, plain.entries());
        double e = 0x1p-30;
        Hessian close = f.hessian(1 + e, 1 - e, -1);
        assertEquals(-8.673617379884035e-19, close.value());
        assertArrayEquals(new double[] {1 - e, 1 + e, 1}, close.gradient());
    }

    @Test
    void aBranchOnEqualityOfValuesLosesTheDerivativeButSelectAndEqualsDoNot() {
        Differentiable square = univariate(x -> x.equals(Scalar.of(1)) ? Scalar.of(1) : x.times(x));
        assertDerivatives(1, 2, 2, square.hessian(1));
        // The branch not taken leaks neither its infinity nor its NaN.
        Differentiable root = univariate(x -> select(x, sqrt(x), Scalar.of(0)));
        assertDerivatives(0, 0, 0, root.hessian(0));
        assertDerivatives(0, 0, 0, root.hessian(-1));
        assertDerivatives(2, 0.25, -0.03125, root.hessian(4));
        // A mask multiplied with cannot do that: the value itself is NaN.
        assertDerivatives(NAN, NAN, NAN, univariate(x -> sqrt(x).times(0)).hessian(-1));
    }

    @Test
    void theNextDoubleKeepsItsDerivative() {
        assertDerivatives(1 + 0x1p-52, 1, 0, univariate(x -> nextUp(x)).hessian(1));
    }

    @Test
    void aConstantThatIsRoundedToAnIntegerMayNotBeAVariable() {
        Differentiable power = Differentiable.of(2, x -> {
            Scalar product = x[0];
            for (int k = 1; k < x[1].intValue(); k++) {
                product = product.times(x[0]);
            }
            return product;
        });
        assertEquals(8, power.value(2, 3));
        assertEquals(12, power.jvp(new double[] {2, 3}, new double[] {1, 0}).tangent());
        assertThrows(ArithmeticException.class, () -> power.gradient(2, 3));
    }

    @Test
    void overflowInOneFactorLeavesTheOthersAlone() {
        Differentiable f = Differentiable.of(3, x -> x[0].times(exp(x[1])).plus(x[2]));
        Gradient g = f.gradient(1, 710, 5);
        assertEquals(INF, g.value());
        assertArrayEquals(new double[] {INF, INF, 1}, g.gradient());
    }

    @Test
    void rosenbrocksPublishedNumbers() {
        Differentiable f = Differentiable.of(3, x -> {
            Scalar sum = Scalar.of(0);
            for (int i = 0; i + 1 < x.length; i++) {
                Scalar a = x[i].minusFrom(1);
                Scalar b = x[i + 1].minus(x[i].times(x[i]));
                sum = sum.plus(a.times(a)).plus(b.times(b).times(100));
            }
            return sum;
        });
        for (int lanes : new int[] {1, 4, 8}) {
            Hessian h = f.withLanes(lanes).hessian(0.1, 0.2, 0.3);
            assertEquals(11.82, h.value(), 4e-15);
            assertArrayEquals(new double[] {-9.4, 15.6, 52}, h.gradient(), 2e-14);
            assertArrayEquals(new double[] {-66, -40, 0, -40, 130, -80, 0, -80, 200}, h.entries(), 6e-14);
        }
    }
}
