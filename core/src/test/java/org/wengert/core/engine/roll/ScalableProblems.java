package org.wengert.core.engine.roll;

import static org.wengert.core.scalar.ScalarMath.abs;
import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.pow;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.wengert.core.scalar.Scalar;

/** Twelve functions of any number of variables (CUTE names), each a plain loop, with their start points. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are lambdas without state
enum ScalableProblems {

    SROSENBR(i -> i % 2 == 0 ? -1.2 : 1, x -> {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i < x.length; i += 2) {
            sum = sum.plus(square(x[i + 1].minus(square(x[i]))).times(100)).plus(square(x[i].minus(1)));
        }
        return sum;
    }),

    CHNROSENBROCK(i -> i % 2 == 0 ? -1.2 : 1, x -> {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i + 1 < x.length; i++) {
            sum = sum.plus(square(x[i + 1].minus(square(x[i]))).times(100)).plus(square(minus(1, x[i])));
        }
        return sum;
    }),

    WOODS(i -> i % 2 == 0 ? -3 : -1, x -> {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i < x.length; i += 4) {
            Scalar a = x[i];
            Scalar b = x[i + 1];
            Scalar c = x[i + 2];
            Scalar d = x[i + 3];
            sum = sum.plus(square(b.minus(square(a))).times(100)).plus(square(minus(1, a)))
                    .plus(square(d.minus(square(c))).times(90)).plus(square(minus(1, c)))
                    .plus(square(b.plus(d).minus(2)).times(10)).plus(square(b.minus(d)).times(0.1));
        }
        return sum;
    }),

    POWELLSG(i -> new double[] {3, -1, 0, 1}[(int) i % 4], x -> {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i < x.length; i += 4) {
            Scalar a = x[i];
            Scalar b = x[i + 1];
            Scalar c = x[i + 2];
            Scalar d = x[i + 3];
            sum = sum.plus(square(a.plus(b.times(10)))).plus(square(c.minus(d)).times(5))
                    .plus(square(square(b.minus(c.times(2))))).plus(square(square(a.minus(d))).times(10));
        }
        return sum;
    }),

    BRTRIDIA(i -> -1, x -> {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i < x.length; i++) {
            Scalar r = minus(3, x[i].times(2)).times(x[i]).plus(1);
            r = i > 0 ? r.minus(x[i - 1]) : r;
            r = i + 1 < x.length ? r.minus(x[i + 1].times(2)) : r;
            sum = sum.plus(square(r));
        }
        return sum;
    }),

    BROYDN7D(i -> -1, x -> {
        int n = x.length;
        Scalar sum = Scalar.of(0);
        for (int i = 0; i < n; i++) {
            Scalar r = minus(3, x[i].times(0.5)).times(x[i]).plus(1);
            r = i > 0 ? r.minus(x[i - 1]) : r;
            r = i + 1 < n ? r.minus(x[i + 1].times(2)) : r;
            sum = sum.plus(pow(abs(r), 7.0 / 3));
        }
        for (int i = 0; i < n / 2; i++) {
            sum = sum.plus(pow(abs(x[i].plus(x[i + n / 2])), 7.0 / 3));
        }
        return sum;
    }),

    ARWHEAD(i -> 1, x -> {
        Scalar last = square(x[x.length - 1]);
        Scalar sum = Scalar.of(0);
        for (int i = 0; i + 1 < x.length; i++) {
            sum = sum.plus(square(square(x[i]).plus(last))).minus(x[i].times(4)).plus(3);
        }
        return sum;
    }),

    COSINE(i -> 1, x -> {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i + 1 < x.length; i++) {
            sum = sum.plus(cos(square(x[i]).minus(x[i + 1].times(0.5))));
        }
        return sum;
    }),

    EDENSCH(i -> 0, x -> {
        Scalar sum = Scalar.of(16);
        for (int i = 0; i + 1 < x.length; i++) {
            sum = sum.plus(square(square(x[i].minus(2)))).plus(square(x[i].times(x[i + 1]).minus(x[i + 1].times(2))))
                    .plus(square(x[i + 1].plus(1)));
        }
        return sum;
    }),

    ENGVAL1(i -> 2, x -> {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i + 1 < x.length; i++) {
            sum = sum.plus(square(square(x[i]).plus(square(x[i + 1])))).minus(x[i].times(4)).plus(3);
        }
        return sum;
    }),

    LIARWHD(i -> 4, x -> {
        Scalar sum = Scalar.of(0);
        for (Scalar v : x) {
            sum = sum.plus(square(square(v).minus(x[0])).times(4)).plus(square(v.minus(1)));
        }
        return sum;
    }),

    SINQUAD(i -> 0.1, x -> {
        int n = x.length;
        Scalar first = square(x[0]);
        Scalar sum = square(square(x[0].minus(1))).plus(square(square(x[n - 1]).minus(first)));
        for (int i = 1; i + 1 < n; i++) {
            sum = sum.plus(square(sin(x[i].minus(x[n - 1])).minus(first).plus(square(x[i]))));
        }
        return sum;
    });

    private final DoubleUnaryOperator start;
    private final Function<Scalar[], Scalar> function;

    ScalableProblems(DoubleUnaryOperator start, Function<Scalar[], Scalar> function) {
        this.start = start;
        this.function = function;
    }

    private static Scalar square(Scalar x) {
        return x.times(x);
    }

    Scalar[] apply(Scalar[] x) {
        return new Scalar[] {function.apply(x)};
    }

    double[] start(int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = start.applyAsDouble(i);
        }
        return x;
    }

    /** A point near the start with nothing special about it. */
    double[] probe(int n) {
        double[] x = start(n);
        for (int i = 0; i < n; i++) {
            x[i] += (37 * i + 11) % 64 / 512.0;
        }
        return x;
    }

    static double[] direction(int n) {
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = ((53 * i + 5) % 32 - 16) / 16.0;
        }
        return v;
    }
}
