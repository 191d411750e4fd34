package org.wengert.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.hypot;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Implicit;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Trigonometry;
import org.wengert.core.elementary.Unary;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;

class DerivativeLawsTest {

    /** Laws pointed at functions; jqwik finds the properties in the interfaces. */
    static class RosenbrockTest implements FunctionLaws {

        @Override
        public Differentiable function() {
            return Differentiable.of(2, x -> x[1].minus(x[0].times(x[0])).times(10).times(x[1].minus(x[0].times(x[0])))
                    .plus(x[0].minusFrom(1).times(x[0].minusFrom(1))));
        }
    }

    static class LengthTest implements FunctionLaws {

        @Override
        public Differentiable function() {
            return Differentiable.of(3, x -> hypot(x[0], hypot(x[1], x[2])));
        }

        @Override
        public OptionalDouble degree() {
            return OptionalDouble.of(1);
        }

        @Override
        public Arbitrary<double[]> points() {
            return DerivativeArbitraries.points(3, DerivativeArbitraries.numbers(0.5, 2));
        }
    }

    static class TangentRowTest implements RowLaws {

        @Override
        public Elementary row() {
            return Trigonometry.TAN;
        }

        @Override
        public Optional<Unary> inverse() {
            return Optional.of(Trigonometry.ATAN);
        }

        @Override
        public Arbitrary<double[]> points() {
            return DerivativeArbitraries.points(1, DerivativeArbitraries.numbers(-1.4, 1.4));
        }
    }

    static class OwnRowTest implements RowLaws {

        private static final Unary SOFTSIGN = Unary.of(
                "softsign", x -> x / (1 + Math.abs(x)),
                x -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x))),
                x -> -2 * Math.signum(x) / ((1 + Math.abs(x)) * (1 + Math.abs(x)) * (1 + Math.abs(x))))
                .withDerivative("1/square(1+abs(x))");

        @Override
        public Elementary row() {
            return SOFTSIGN;
        }

        @Override
        public Arbitrary<double[]> points() {
            return DerivativeArbitraries.points(1, DerivativeArbitraries.numbers(0.25, 3));
        }
    }

    static class PolarTest implements VectorFunctionLaws {

        @Override
        public DifferentiableVector vectorFunction() {
            return Differentiable.vector(2, 3, x ->
                    new Scalar[] {x[0].times(cos(x[1])), x[0].times(sin(x[1])), exp(x[0])});
        }
    }

    /** Laws must be able to fail. */
    @Nested
    class AFunctionWhoseDerivativesAreWrong {

        /** Claims 2 cos for the derivative of sin. */
        private static final Unary TWICE = Unary.of("sin2", Math::sin, x -> 2 * Math.cos(x), x -> -2 * Math.sin(x));

        /** A derivative that changes with the number of inputs looked at is impossible with rows, so one with state stands in. */
        private final Differentiable wrong = Differentiable.of(1, x -> x[0].apply(TWICE));

        @Test
        void breaksTheLawOfTheInverse() {
            var e = assertThrows(AssertionFailedError.class,
                    () -> DerivativeLaws.inverse(x -> x.apply(TWICE), ScalarMath::asin, 0.5));
            assertTrue(String.valueOf(e.getMessage()).contains("multiply to 1"), e.getMessage());
        }

        @Test
        void breaksEulersTheorem() {
            Unary square = Unary.of("square2", x -> x * x, x -> x, x -> 1);
            Differentiable f = Differentiable.of(1, x -> x[0].apply(square));
            assertThrows(AssertionFailedError.class, () -> DerivativeLaws.eulerHomogeneity(f, 2, new double[] {1.5}));
        }

        @Test
        void breaksTheTaylorShift() {
            Unary square = Unary.of("square3", x -> x * x * x, x -> x * x).withDerivative("x*x");
            Differentiable f = Differentiable.of(1, x -> x[0].apply(square));
            assertThrows(AssertionFailedError.class,
                    () -> DerivativeLaws.taylorShift(f, new double[] {1.5}, new double[] {1}, 1.0 / 256));
        }

        @Test
        void breaksTheImplicitFunctionTheorem() {
            Differentiable equation = Differentiable.of(2, z -> sin(z[0]).minus(z[1]));
            Unary asin = Unary.of("asin2", Math::asin, x -> 1, x -> 0);
            Differentiable root = Differentiable.of(1, p -> p[0].apply(asin));
            assertThrows(AssertionFailedError.class,
                    () -> DerivativeLaws.implicitFunction(root, equation, new double[] {0.5}, new double[] {1}));
        }

        @Test
        void keepsTheLawsOfStructureNevertheless() {
            DerivativeLaws.zeroTangentStaysZero(wrong, new double[] {0.5});
            DerivativeLaws.jvpIsLinear(wrong, new double[] {0.5}, new double[] {1}, new double[] {-0.5}, 2, 3);
            DerivativeLaws.productRule(wrong, new double[] {0.5}, new double[] {1});
        }
    }

    @Test
    void rootsOfEquationsObeyTheImplicitFunctionTheorem() {
        Differentiable equation = Differentiable.of(2, z -> z[0].times(z[0]).times(z[0]).plus(z[0]).minus(z[1]));
        Differentiable root = Differentiable.of(1, p -> Implicit.root(
                (x, q) -> x.times(x).times(x).plus(x).minus(q[0]), q -> {
                    double x = 0;
                    for (int k = 0; k < 60; k++) {
                        x -= (x * x * x + x - q[0]) / (3 * x * x + 1);
                    }
                    return x;
                }, p));
        DerivativeLaws.implicitFunction(root, equation, new double[] {2}, new double[] {1});
    }
}
