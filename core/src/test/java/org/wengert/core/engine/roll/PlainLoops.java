package org.wengert.core.engine.roll;

import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.plus;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;
import static org.wengert.core.scalar.ScalarMath.times;

import java.util.SplittableRandom;
import java.util.function.Function;
import org.wengert.core.scalar.Scalar;

/** Functions of many variables, written as the plain loops that a user would write. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are lambdas without state
enum PlainLoops {

    ROSENBROCK(x -> {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i + 1 < x.length; i++) {
            Scalar a = x[i + 1].minus(x[i].times(x[i]));
            Scalar b = minus(1, x[i]);
            sum = sum.plus(a.times(a).times(100)).plus(b.times(b));
        }
        return sum;
    }),

    ACKLEY(x -> {
        Scalar squares = Scalar.of(0);
        Scalar cosines = Scalar.of(0);
        for (Scalar v : x) {
            squares = squares.plus(v.times(v));
            cosines = cosines.plus(cos(v.times(2 * Math.PI)));
        }
        return plus(20 + Math.E, exp(sqrt(squares.div(x.length)).times(-0.2)).times(-20)
                .minus(exp(cosines.div(x.length))));
    }),

    BROYDEN(x -> {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i < x.length; i++) {
            Scalar r = minus(3, x[i].times(2)).times(x[i]).plus(1);
            r = i > 0 ? r.minus(x[i - 1]) : r;
            r = i + 1 < x.length ? r.minus(x[i + 1].times(2)) : r;
            sum = sum.plus(r.times(r));
        }
        return sum;
    }),

    BROWN(x -> {
        Scalar all = Scalar.of(0);
        Scalar product = Scalar.of(1);
        for (Scalar v : x) {
            all = all.plus(v);
            product = product.times(v);
        }
        Scalar sum = Scalar.of(0);
        for (int i = 0; i + 1 < x.length; i++) {
            Scalar r = x[i].plus(all).minus(x.length + 1.0);
            sum = sum.plus(r.times(r));
        }
        Scalar last = product.minus(1);
        return sum.plus(last.times(last));
    }),

    /** The area of a surface over a square grid. */
    SURFACE(x -> {
        int n = (int) Math.sqrt(x.length);
        Scalar area = Scalar.of(0);
        for (int i = 0; i + 1 < n; i++) {
            for (int j = 0; j + 1 < n; j++) {
                Scalar a = x[i * n + j].minus(x[(i + 1) * n + j + 1]);
                Scalar b = x[(i + 1) * n + j].minus(x[i * n + j + 1]);
                area = area.plus(sqrt(a.times(a).plus(b.times(b)).times(0.5 * (n - 1) * (n - 1)).plus(1)));
            }
        }
        return area.div((n - 1.0) * (n - 1));
    }),

    ARROW(x -> {
        Scalar sum = x[0].times(x[0]);
        for (int i = 1; i < x.length; i++) {
            Scalar r = x[i].times(x[0]).minus(sin(x[i]));
            sum = sum.plus(r.times(r));
        }
        return sum;
    }),

    /** Steps of the heat equation with a nonlinear source: many phases of shifted copies. */
    HEAT(x -> {
        Scalar[] u = x;
        for (int step = 0; step < 12; step++) {
            Scalar[] next = u.clone();
            for (int i = 1; i + 1 < u.length; i++) {
                Scalar flow = u[i - 1].minus(u[i].times(2)).plus(u[i + 1]);
                next[i] = u[i].plus(flow.times(0.2)).plus(sin(u[i]).times(0.01));
            }
            u = next;
        }
        Scalar sum = Scalar.of(0);
        for (Scalar v : u) {
            sum = sum.plus(v.times(v));
        }
        return sum;
    }),

    /** Springs between the ends of random edges: nothing is in a row. */
    MESH(x -> {
        var random = new SplittableRandom(7);
        Scalar sum = Scalar.of(0);
        for (int e = 0; e < 3 * x.length; e++) {
            int i = random.nextInt(x.length);
            int j = (i + 1 + random.nextInt(x.length - 1)) % x.length;
            Scalar d = x[i].minus(x[j]);
            sum = sum.plus(sqrt(d.times(d).plus(1)));
        }
        return sum;
    }),

    /** A branch that depends on the data in every pass of the loop. */
    HUBER(x -> {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i + 1 < x.length; i++) {
            Scalar d = x[i + 1].minus(x[i]);
            sum = sum.plus(d.isLessThan(0.5) ? d.times(d) : d.minus(0.25));
        }
        return sum;
    }),

    /** Data of its own in every pass. */
    DATA(x -> {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i < 4 * x.length; i++) {
            Scalar model = exp(times(-0.1 * (i % 37), x[i % x.length])).times(x[(i + 1) % x.length]);
            Scalar r = model.minus(Math.sin(i));
            sum = sum.plus(r.times(r));
        }
        return sum;
    });

    private final Function<Scalar[], Scalar> function;

    PlainLoops(Function<Scalar[], Scalar> function) {
        this.function = function;
    }

    Scalar[] apply(Scalar[] x) {
        return new Scalar[] {function.apply(x)};
    }

    static double[] point(int n, long seed) {
        return new SplittableRandom(seed).doubles(n, -1, 1.5).toArray();
    }
}
