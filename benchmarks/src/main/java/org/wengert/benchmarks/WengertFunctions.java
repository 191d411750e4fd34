package org.wengert.benchmarks;

import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.div;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.sqrt;
import static org.wengert.core.scalar.ScalarMath.tanh;

import org.wengert.core.scalar.Real;
import org.wengert.core.scalar.Scalar;

/** The functions in Wengert numbers. */
final class WengertFunctions {

    private WengertFunctions() {}

    static Scalar rosenbrock(Scalar[] x) {
        Scalar sum = Real.ZERO;
        for (int i = 0; i + 1 < x.length; i++) {
            Scalar a = x[i + 1].minus(x[i].times(x[i]));
            Scalar b = minus(1, x[i]);
            sum = sum.plus(a.times(a).times(100).plus(b.times(b)));
        }
        return sum;
    }

    static Scalar ackley(Scalar[] x) {
        Scalar squares = Real.ZERO;
        Scalar cosines = Real.ZERO;
        for (Scalar v : x) {
            squares = squares.plus(v.times(v));
            cosines = cosines.plus(cos(v.times(2 * Math.PI)));
        }
        return exp(sqrt(squares.div(x.length)).times(-0.2)).times(-20)
                .minus(exp(cosines.div(x.length))).plus(20 + Math.E);
    }

    static Scalar selfWeightedLogit(Scalar[] x) {
        Scalar dot = Real.ZERO;
        for (Scalar v : x) {
            dot = dot.plus(v.times(v));
        }
        return div(1, exp(dot.unaryMinus()).plus(1));
    }

    static Scalar brownAlmostLinear(Scalar[] x) {
        Scalar sum = Real.ZERO;
        Scalar product = Real.ONE;
        for (Scalar v : x) {
            sum = sum.plus(v);
            product = product.times(v);
        }
        Scalar squares = Real.ZERO;
        for (int i = 0; i + 1 < x.length; i++) {
            Scalar r = x[i].plus(sum).minus(x.length + 1);
            squares = squares.plus(r.times(r));
        }
        Scalar last = product.minus(1);
        return squares.plus(last.times(last));
    }

    static Scalar neuralNetwork(Scalar[] x) {
        Scalar output = Scalar.of(Weights.OUTPUT_BIAS);
        for (int j = 0; j < Weights.HIDDEN; j++) {
            Scalar z = Scalar.of(Weights.bias(j));
            for (int i = 0; i < x.length; i++) {
                z = z.plus(x[i].times(Weights.weight(j, i)));
            }
            output = output.plus(tanh(z).times(Weights.output(j)));
        }
        Scalar error = output.minus(Weights.TARGET);
        return error.times(error);
    }
}
