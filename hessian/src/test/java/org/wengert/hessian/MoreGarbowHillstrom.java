package org.wengert.hessian;

import static org.wengert.core.scalar.ScalarMath.atan;
import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.product;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;
import static org.wengert.core.scalar.ScalarMath.square;
import static org.wengert.core.scalar.ScalarMath.sum;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.VectorFunction;
import org.wengert.core.scalar.Scalar;

/**
 * The least-squares problems of J. J. Moré, B. S. Garbow and K. E. Hillstrom, "Testing unconstrained optimization
 * software", ACM TOMS 7 (1981), by their numbers there.
 */
final class MoreGarbowHillstrom {

    /** A problem: its number in the paper, its name, and its residuals. */
    record Problem(int number, String name, DifferentiableVector residuals) {
        @Override
        public String toString() {
            return number + " " + name;
        }
    }

    private static final double[] BARD = {
        0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39};
    private static final double[] GAUSSIAN = {
        0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989,
        0.3521, 0.2420, 0.1295, 0.0540, 0.0175, 0.0044, 0.0009};
    private static final double[] KOWALIK_Y = {
        0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246};
    private static final double[] KOWALIK_U = {4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625};
    private static final double[] OSBORNE = {
        0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628, 0.603,
        0.580, 0.558, 0.538, 0.522, 0.506, 0.490, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.420, 0.414, 0.411, 0.406};

    /** All of them. */
    static final List<Problem> ALL = List.of(
            problem(1, "Rosenbrock", 2, 2, x -> rosenbrock(x, 0)),
            problem(2, "Freudenstein and Roth", 2, 2, x -> new Scalar[] {
                x[0].plus(x[1].minusFrom(5).times(x[1]).minus(2).times(x[1])).minus(13),
                x[0].plus(x[1].plus(1).times(x[1]).minus(14).times(x[1])).minus(29)}),
            problem(3, "Powell badly scaled", 2, 2, x -> new Scalar[] {
                x[0].times(x[1]).times(1e4).minus(1),
                exp(x[0].unaryMinus()).plus(exp(x[1].unaryMinus())).minus(1.0001)}),
            problem(5, "Beale", 2, 3, x -> rows(3, i -> {
                Scalar power = x[1];
                for (int k = 0; k < i; k++) {
                    power = power.times(x[1]);
                }
                return x[0].times(power.minusFrom(1)).minusFrom(new double[] {1.5, 2.25, 2.625}[i]);
            })),
            problem(7, "helical valley", 3, 3, x -> {
                Scalar theta = atan(x[1].div(x[0])).div(2 * Math.PI);
                theta = x[0].isLessThan(0) ? theta.plus(0.5) : theta;
                return new Scalar[] {
                    x[2].minus(theta.times(10)).times(10),
                    sqrt(square(x[0]).plus(square(x[1]))).minus(1).times(10), x[2]};
            }),
            problem(8, "Bard", 3, 15, x -> rows(15, i -> {
                double u = i + 1;
                double v = 15 - i;
                return x[0].plus(x[1].times(v).plus(x[2].times(Math.min(u, v))).divFrom(u)).minusFrom(BARD[i]);
            })),
            problem(9, "Gaussian", 3, 15, x -> rows(15, i -> {
                Scalar d = x[2].minusFrom((7.0 - i) / 2);
                return x[0].times(exp(x[1].times(square(d)).div(-2))).minus(GAUSSIAN[i]);
            })),
            problem(12, "Box in three dimensions", 3, 10, x -> rows(10, i -> {
                double t = 0.1 * (i + 1);
                return exp(x[0].times(-t)).minus(exp(x[1].times(-t)))
                        .minus(x[2].times(Math.exp(-t) - Math.exp(-10 * t)));
            })),
            problem(13, "Powell singular", 4, 4, x -> powellSingular(x, 0)),
            problem(14, "Wood", 4, 6, x -> new Scalar[] {
                x[1].minus(square(x[0])).times(10), x[0].minusFrom(1),
                x[3].minus(square(x[2])).times(Math.sqrt(90)), x[2].minusFrom(1),
                x[1].plus(x[3]).minus(2).times(Math.sqrt(10)), x[1].minus(x[3]).div(Math.sqrt(10))}),
            problem(15, "Kowalik and Osborne", 4, 11, x -> rows(11, i -> {
                double u = KOWALIK_U[i];
                return x[0].times(x[1].times(u).plus(u * u)).div(x[2].times(u).plus(u * u).plus(x[3]))
                        .minusFrom(KOWALIK_Y[i]);
            })),
            problem(16, "Brown and Dennis", 4, 20, x -> rows(20, i -> {
                double t = (i + 1) / 5.0;
                return square(x[1].times(t).plus(x[0]).minus(Math.exp(t)))
                        .plus(square(x[3].times(Math.sin(t)).plus(x[2]).minus(Math.cos(t))));
            })),
            problem(17, "Osborne 1", 5, 33, x -> rows(33, i -> {
                double t = 10.0 * i;
                return x[0].plus(x[1].times(exp(x[3].times(-t)))).plus(x[2].times(exp(x[4].times(-t))))
                        .minusFrom(OSBORNE[i]);
            })),
            problem(20, "Watson", 6, 31, x -> rows(31, i -> watson(x, i))),
            problem(21, "extended Rosenbrock", 10, 10, x -> joined(5, k -> rosenbrock(x, 2 * k))),
            problem(22, "extended Powell singular", 12, 12, x -> joined(3, k -> powellSingular(x, 4 * k))),
            problem(23, "penalty I", 4, 5, x -> rows(5, i -> i < 4 ? x[i].minus(1).times(Math.sqrt(1e-5))
                    : sum(squares(x)).minus(0.25))),
            problem(25, "variably dimensioned", 10, 12, x -> rows(12, i -> {
                Scalar s = Scalar.of(0);
                for (int j = 0; j < 10; j++) {
                    s = s.plus(x[j].minus(1).times(j + 1));
                }
                return i < 10 ? x[i].minus(1) : i == 10 ? s : square(s);
            })),
            problem(26, "trigonometric", 10, 10, x -> rows(10, i -> {
                Scalar cosines = Scalar.of(0);
                for (Scalar t : x) {
                    cosines = cosines.plus(cos(t));
                }
                return cosines.minusFrom(10).plus(cos(x[i]).minusFrom(1).times(i + 1)).minus(sin(x[i]));
            })),
            problem(27, "Brown almost linear", 10, 10, x -> rows(10,
                    i -> i < 9 ? x[i].plus(sum(x)).minus(11) : product(x).minus(1))),
            problem(30, "Broyden tridiagonal", 10, 10, x -> rows(10, i -> {
                Scalar t = x[i].times(2).minusFrom(3).times(x[i]).plus(1);
                t = i > 0 ? t.minus(x[i - 1]) : t;
                return i < 9 ? t.minus(x[i + 1].times(2)) : t;
            })),
            problem(31, "Broyden banded", 10, 10, x -> rows(10, i -> {
                Scalar t = x[i].times(square(x[i]).times(5).plus(2)).plus(1);
                for (int j = Math.max(0, i - 5); j <= Math.min(9, i + 1); j++) {
                    t = j == i ? t : t.minus(x[j].times(x[j].plus(1)));
                }
                return t;
            })),
            problem(32, "linear, full rank", 10, 20, x -> rows(20, i -> {
                Scalar mean = sum(x).times(2.0 / 20);
                return i < 10 ? x[i].minus(mean).minus(1) : mean.unaryMinus().minus(1);
            })),
            problem(35, "Chebyquad", 8, 8, x -> rows(8, i -> chebyshev(x, i + 1))));

    private MoreGarbowHillstrom() {}

    private static Problem problem(int number, String name, int n, int m, VectorFunction residuals) {
        return new Problem(number, name, Differentiable.vector(n, m, residuals));
    }

    private interface Row {
        Scalar residual(int i);
    }

    private interface Rows {
        Scalar[] residuals(int k);
    }

    private static Scalar[] rows(int m, Row row) {
        Scalar[] r = new Scalar[m];
        Arrays.setAll(r, row::residual);
        return r;
    }

    private static Scalar[] joined(int blocks, Rows block) {
        return IntStream.range(0, blocks).boxed()
                .flatMap(k -> Arrays.stream(block.residuals(k))).toArray(Scalar[]::new);
    }

    private static Scalar[] squares(Scalar[] x) {
        Scalar[] s = new Scalar[x.length];
        Arrays.setAll(s, i -> square(x[i]));
        return s;
    }

    private static Scalar[] rosenbrock(Scalar[] x, int from) {
        return new Scalar[] {x[from + 1].minus(square(x[from])).times(10), x[from].minusFrom(1)};
    }

    private static Scalar[] powellSingular(Scalar[] x, int from) {
        return new Scalar[] {
            x[from].plus(x[from + 1].times(10)),
            x[from + 2].minus(x[from + 3]).times(Math.sqrt(5)),
            square(x[from + 1].minus(x[from + 2].times(2))),
            square(x[from].minus(x[from + 3])).times(Math.sqrt(10))};
    }

    private static Scalar watson(Scalar[] x, int i) {
        if (i == 29) {
            return x[0];
        }
        if (i == 30) {
            return x[1].minus(square(x[0])).minus(1);
        }
        double t = (i + 1) / 29.0;
        Scalar slope = Scalar.of(0);
        Scalar value = Scalar.of(0);
        double power = 1;
        for (int j = 0; j < x.length; j++) {
            value = value.plus(x[j].times(power));
            if (j + 1 < x.length) {
                slope = slope.plus(x[j + 1].times((j + 1) * power));
            }
            power *= t;
        }
        return slope.minus(square(value)).minus(1);
    }

    /** Mean of the shifted Chebyshev polynomial of degree d over the points, less its integral. */
    private static Scalar chebyshev(Scalar[] x, int d) {
        Scalar total = Scalar.of(0);
        for (Scalar point : x) {
            Scalar z = point.times(2).minus(1);
            Scalar before = Scalar.of(1);
            Scalar t = z;
            for (int k = 1; k < d; k++) {
                Scalar next = z.times(2).times(t).minus(before);
                before = t;
                t = next;
            }
            total = total.plus(t);
        }
        double integral = d % 2 == 1 ? 0 : -1.0 / (d * d - 1.0);
        return total.div(x.length).minus(integral);
    }
}
