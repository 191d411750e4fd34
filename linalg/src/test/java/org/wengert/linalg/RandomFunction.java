package org.wengert.linalg;

import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;
import static org.wengert.core.scalar.ScalarMath.square;
import static org.wengert.core.scalar.ScalarMath.sum;
import static org.wengert.core.scalar.ScalarMath.tanh;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.scalar.Scalar;

/** Functions drawn by chance, with moderate values, shared subexpressions, branches, and inputs and constants among the results. */
final class RandomFunction {

    private RandomFunction() {}

    /** A function that is the same in each call. */
    static DifferentiableVector of(long seed, int n, int m, int operations) {
        return Differentiable.vector(n, m, x -> run(new Random(seed), x, m, operations));
    }

    static double[] point(long seed, int n) {
        return new Random(seed * 31 + 7).doubles(n, -2, 2).toArray();
    }

    private static Scalar[] run(Random random, Scalar[] x, int m, int operations) {
        List<Scalar> all = new ArrayList<>(List.of(x));
        for (int k = 0; k < operations; k++) {
            Scalar a = all.get(random.nextInt(all.size()));
            Scalar b = all.get(random.nextInt(all.size()));
            all.add(switch (random.nextInt(11)) {
                case 0 -> a.plus(b);
                case 1 -> a.minus(b);
                case 2 -> tanh(a.times(b));
                case 3 -> sin(a);
                case 4 -> cos(a).times(0.5);
                case 5 -> a.div(square(b).plus(1));
                case 6 -> exp(tanh(a).unaryMinus());
                case 7 -> sqrt(square(a).plus(2));
                case 8 -> sum(a, b, x[0], a);
                case 9 -> a.isLessThan(b) ? a.times(2) : b.minus(1);
                default -> tanh(a.times(3).minus(b.div(2)));
            });
        }
        Scalar[] y = new Scalar[m];
        for (int i = 0; i < m; i++) {
            y[i] = i == m - 1 && random.nextBoolean() ? Scalar.of(1.5) : all.get(all.size() - 1 - random.nextInt(all.size()));
        }
        return y;
    }
}
