package org.wengert.benchmarks;

import org.apache.commons.math3.RealFieldElement;

/** The functions in the idiom of Apache Commons Math 3, for any of its number types. */
final class CommonsMathFunctions {

    private CommonsMathFunctions() {}

    static <T extends RealFieldElement<T>> T rosenbrock(T[] x) {
        T sum = x[0].getField().getZero();
        for (int i = 0; i + 1 < x.length; i++) {
            T a = x[i + 1].subtract(x[i].multiply(x[i]));
            T b = x[i].negate().add(1);
            sum = sum.add(a.multiply(a).multiply(100).add(b.multiply(b)));
        }
        return sum;
    }

    static <T extends RealFieldElement<T>> T ackley(T[] x) {
        T squares = x[0].getField().getZero();
        T cosines = x[0].getField().getZero();
        for (T v : x) {
            squares = squares.add(v.multiply(v));
            cosines = cosines.add(v.multiply(2 * Math.PI).cos());
        }
        return squares.divide(x.length).sqrt().multiply(-0.2).exp().multiply(-20)
                .subtract(cosines.divide(x.length).exp()).add(20 + Math.E);
    }

    static <T extends RealFieldElement<T>> T selfWeightedLogit(T[] x) {
        T dot = x[0].getField().getZero();
        for (T v : x) {
            dot = dot.add(v.multiply(v));
        }
        return dot.negate().exp().add(1).reciprocal();
    }

    static <T extends RealFieldElement<T>> T brownAlmostLinear(T[] x) {
        T sum = x[0].getField().getZero();
        T product = x[0].getField().getOne();
        for (T v : x) {
            sum = sum.add(v);
            product = product.multiply(v);
        }
        T squares = x[0].getField().getZero();
        for (int i = 0; i + 1 < x.length; i++) {
            T r = x[i].add(sum).subtract(x.length + 1);
            squares = squares.add(r.multiply(r));
        }
        T last = product.subtract(1);
        return squares.add(last.multiply(last));
    }

    static <T extends RealFieldElement<T>> T neuralNetwork(T[] x) {
        T output = x[0].getField().getZero().add(Weights.OUTPUT_BIAS);
        for (int j = 0; j < Weights.HIDDEN; j++) {
            T z = x[0].getField().getZero().add(Weights.bias(j));
            for (int i = 0; i < x.length; i++) {
                z = z.add(x[i].multiply(Weights.weight(j, i)));
            }
            output = output.add(z.tanh().multiply(Weights.output(j)));
        }
        T error = output.subtract(Weights.TARGET);
        return error.multiply(error);
    }
}
