package org.wengert.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.scalar.Scalar;

/** How many directions travel together changes no bit, whatever the row and however nasty the point. */
class ChunksTest {

    private static final int N = 19;
    private static final double[] NASTY = {
        0, -0.0, 1, -1, 0.5, 2, -3, 1e-200, 1e200, Double.MIN_VALUE, Double.MAX_VALUE,
        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, Math.PI
    };

    static List<Elementary> rows() {
        return ElementaryTable.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void noBitDependsOnTheChunks(Elementary row) {
        var random = new SplittableRandom(row.name().hashCode());
        for (int k = 0; k < 40; k++) {
            boolean nasty = k % 2 == 0;
            double[] x = Stream.generate(() -> nasty && random.nextInt(3) == 0
                            ? NASTY[random.nextInt(NASTY.length)] : random.nextDouble(-2, 2))
                    .limit(N).mapToDouble(d -> d).toArray();
            double[] v = random.doubles(N, -1, 1).map(d -> Math.abs(d) < 0.3 ? 0 : d).toArray();
            int[] at = random.ints(6, 0, N).toArray();
            double c = NASTY[random.nextInt(NASTY.length)];
            boolean left = random.nextBoolean();
            Differentiable f = Differentiable.of(N, y -> {
                Scalar z = apply(row, y[at[0]].times(y[at[1]]), y[at[2]].plus(y[at[3]]), y[at[4]]);
                Scalar w = z.plus(y[at[5]]).times(y[at[0]]).minus(y[at[2]].div(y[at[1]]));
                return row instanceof Binary g
                        ? w.plus(left ? y[at[3]].applyRight(c, g) : y[at[3]].apply(g, c)) : w.times(c);
            });
            for (int lanes : new int[] {1, 4, 8}) {
                Differentiable fixed = f.withLanes(lanes);
                same(f.gradient(x).gradient(), fixed.gradient(x).gradient(), "gradient");
                same(f.hvp(x, v).product(), fixed.hvp(x, v).product(), "product");
                same(f.hvp(x, v).gradient(), f.gradient(x).gradient(), "gradient beside the product");
                same(f.hessian(x).entries(), fixed.hessian(x).entries(), "Hessian");
            }
        }
    }

    private static void same(double[] expected, double[] actual, String what) {
        assertArrayEquals(bits(expected), bits(actual),
                () -> what + ": " + Arrays.toString(expected) + " and " + Arrays.toString(actual));
    }

    private static long[] bits(double[] a) {
        return Arrays.stream(a).mapToLong(Double::doubleToLongBits).toArray();
    }

    private static Scalar apply(Elementary row, Scalar a, Scalar b, Scalar c) {
        return switch (row) {
            case Unary f -> a.apply(f);
            case Binary f -> a.apply(f, b);
            case Nary f when f.arity() == Nary.ANY || f.arity() == 3 -> a.apply(f, new Scalar[] {a, b, c});
            case Nary f -> {
                Scalar[] x = new Scalar[f.arity()];
                Arrays.setAll(x, i -> i % 3 == 0 ? a : i % 3 == 1 ? b : c);
                yield a.apply(f, x);
            }
        };
    }
}
