package org.wengert.benchmarks;

import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.RealFieldElement;
import org.hipparchus.CalculusFieldElement;
import org.wengert.core.ScalarFunction;

/** A function of n inputs, in the idiom of each library. */
@SuppressWarnings("ImmutableEnumChecker") // the method references keep no state
public enum Function {
    /** Σ 100 (xᵢ₊₁ - xᵢ²)² + (1 - xᵢ)²: cheap arithmetic. */
    ROSENBROCK(
            PlainFunctions::rosenbrock,
            WengertFunctions::rosenbrock,
            HipparchusFunctions::rosenbrock,
            CommonsMathFunctions::rosenbrock),
    /** A sum of squares and a sum of cosines, under exponentials: one transcendental function per input. */
    ACKLEY(
            PlainFunctions::ackley,
            WengertFunctions::ackley,
            HipparchusFunctions::ackley,
            CommonsMathFunctions::ackley),
    /** 1 / (1 + exp(-x·x)): two operations per input. */
    SELF_WEIGHTED_LOGIT(
            PlainFunctions::selfWeightedLogit,
            WengertFunctions::selfWeightedLogit,
            HipparchusFunctions::selfWeightedLogit,
            CommonsMathFunctions::selfWeightedLogit),
    /** Σ (xᵢ + Σx - (n+1))² + (Πx - 1)²: everything depends on everything. */
    BROWN_ALMOST_LINEAR(
            PlainFunctions::brownAlmostLinear,
            WengertFunctions::brownAlmostLinear,
            HipparchusFunctions::brownAlmostLinear,
            CommonsMathFunctions::brownAlmostLinear),
    /** The squared error of a network with 8 hidden units of tanh: 8 multiply-adds per input, constants in doubles. */
    NEURAL_NETWORK(
            PlainFunctions::neuralNetwork,
            WengertFunctions::neuralNetwork,
            HipparchusFunctions::neuralNetwork,
            CommonsMathFunctions::neuralNetwork);

    final ToDoubleFunction<double[]> plain;
    final ScalarFunction wengert;
    final OfHipparchus hipparchus;
    final OfCommonsMath commonsMath;

    Function(ToDoubleFunction<double[]> plain, ScalarFunction wengert, OfHipparchus hipparchus, OfCommonsMath commonsMath) {
        this.plain = plain;
        this.wengert = wengert;
        this.hipparchus = hipparchus;
        this.commonsMath = commonsMath;
    }

    /** A function of any Hipparchus numbers. */
    interface OfHipparchus {
        <T extends CalculusFieldElement<T>> T apply(T[] x);
    }

    /** A function of any Commons Math numbers. */
    interface OfCommonsMath {
        <T extends RealFieldElement<T>> T apply(T[] x);
    }

    /** A point near (1, …, 1), where none of the functions overflows. */
    static double[] point(int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = 1 + 0.2 * Math.sin(i + 1);
        }
        return x;
    }
}
