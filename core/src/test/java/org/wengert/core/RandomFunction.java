package org.wengert.core;

import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.log;
import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.util.SplittableRandom;
import org.wengert.core.scalar.Real;
import org.wengert.core.scalar.Scalar;

/**
 * A smooth random function of n inputs: a list of steps, each of which applies a random operation to earlier
 * numbers. The same steps can be run on doubles. All numbers stay of moderate size.
 */
final class RandomFunction {

    private final int inputs;
    private final int[] operation;
    private final int[] left;
    private final int[] right;
    private final double[] constant;

    RandomFunction(long seed, int inputs, int steps) {
        var random = new SplittableRandom(seed);
        this.inputs = inputs;
        operation = random.ints(steps, 0, 12).toArray();
        constant = random.doubles(steps, 0.5, 2).toArray();
        left = new int[steps];
        right = new int[steps];
        for (int k = 0; k < steps; k++) {
            left[k] = random.nextInt(inputs + k);
            right[k] = random.nextInt(inputs + k);
        }
    }

    /** A point at which to take derivatives. */
    static double[] point(long seed, int inputs) {
        return new SplittableRandom(seed ^ 0x9E3779B97F4A7C15L).doubles(inputs, -1.5, 1.5).toArray();
    }

    static double[][] directions(long seed, int count, int inputs) {
        var random = new SplittableRandom(seed + 17);
        double[][] v = new double[count][];
        for (int k = 0; k < count; k++) {
            v[k] = random.doubles(inputs, -1, 1).map(t -> Math.abs(t) < 0.2 ? 0 : t).toArray();
        }
        return v;
    }

    Scalar apply(Scalar[] x) {
        Scalar[] v = new Scalar[inputs + operation.length];
        System.arraycopy(x, 0, v, 0, inputs);
        Scalar sum = Real.ZERO;
        for (int k = 0; k < operation.length; k++) {
            Scalar a = v[left[k]];
            Scalar b = v[right[k]];
            double c = constant[k];
            v[inputs + k] = switch (operation[k]) {
                case 0 -> a.plus(b);
                case 1 -> a.minus(b);
                case 2 -> sin(a).times(b);
                case 3 -> a.div(b.times(b).plus(c));
                case 4 -> sin(a.times(c));
                case 5 -> cos(a.minus(c));
                case 6 -> exp(sin(a));
                case 7 -> log(a.times(a).plus(c));
                case 8 -> minus(c, a);
                case 9 -> sin(a.times(b));
                case 10 -> a.unaryMinus().div(c);
                default -> cos(b).plus(sin(a));
            };
            sum = sum.plus(v[inputs + k].times(v[inputs + k]));
        }
        return sum;
    }

    double apply(double[] x) {
        double[] v = new double[inputs + operation.length];
        System.arraycopy(x, 0, v, 0, inputs);
        double sum = 0;
        for (int k = 0; k < operation.length; k++) {
            double a = v[left[k]];
            double b = v[right[k]];
            double c = constant[k];
            v[inputs + k] = switch (operation[k]) {
                case 0 -> a + b;
                case 1 -> a - b;
                case 2 -> Math.sin(a) * b;
                case 3 -> a / (b * b + c);
                case 4 -> Math.sin(a * c);
                case 5 -> Math.cos(a - c);
                case 6 -> Math.exp(Math.sin(a));
                case 7 -> Math.log(a * a + c);
                case 8 -> c - a;
                case 9 -> Math.sin(a * b);
                case 10 -> -a / c;
                default -> Math.cos(b) + Math.sin(a);
            };
            sum = sum + v[inputs + k] * v[inputs + k];
        }
        return sum;
    }
}
