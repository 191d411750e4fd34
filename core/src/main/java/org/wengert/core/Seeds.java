package org.wengert.core;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.wengert.core.scalar.Differentiation;
import org.wengert.core.scalar.Dual;
import org.wengert.core.scalar.Dual1;
import org.wengert.core.scalar.Dual4;
import org.wengert.core.scalar.Dual8;
import org.wengert.core.scalar.HyperDual1;
import org.wengert.core.scalar.HyperDual4;
import org.wengert.core.scalar.HyperDual8;
import org.wengert.core.scalar.HyperDual;
import org.wengert.core.scalar.Real;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.Taylor;

/**
 * Arguments with tangents for one pass, and the tangents of what comes back.
 *
 * <p>An argument that does not move is a constant, so that what depends on it alone costs no more than plain
 * numbers. Tangents are never handed out as -0.0: the sign of a zero is the one thing that depends on the chunks.
 */
final class Seeds {

    private Seeds() {}

    /** All arguments as constants. */
    static Scalar[] constants(double[] x) {
        Scalar[] arguments = new Scalar[x.length];
        for (int i = 0; i < x.length; i++) {
            arguments[i] = new Real(x[i]);
        }
        return arguments;
    }

    /** Arguments for the columns from {@code first} on: unit tangents, one per lane. */
    static Scalar[] columns(Differentiation of, double[] x, int first, int lanes) {
        Scalar[] arguments = new Scalar[x.length];
        for (int i = 0; i < x.length; i++) {
            int lane = i - first;
            arguments[i] = lane >= 0 && lane < lanes ? unit(of, x[i], lane, lanes) : new Real(x[i]);
        }
        return arguments;
    }

    private static Dual unit(Differentiation of, double x, int lane, int lanes) {
        return switch (lanes) {
            case 1 -> new Dual1(of, x, 1);
            case 4 -> new Dual4(of, x, is(lane, 0), is(lane, 1), is(lane, 2), is(lane, 3));
            case 8 -> new Dual8(
                    of, x,
                    is(lane, 0), is(lane, 1), is(lane, 2), is(lane, 3),
                    is(lane, 4), is(lane, 5), is(lane, 6), is(lane, 7));
            default -> Dual.unit(of, x, lane);
        };
    }

    private static double is(int lane, int i) {
        return lane == i ? 1 : 0;
    }

    /** Arguments that move along one direction. */
    static Scalar[] along(Differentiation of, double[] x, double[] direction) {
        Scalar[] arguments = new Scalar[x.length];
        for (int i = 0; i < x.length; i++) {
            arguments[i] = direction[i] == 0 ? new Real(x[i]) : new Dual1(of, x[i], direction[i]);
        }
        return arguments;
    }

    /** Arguments that move along the directions from {@code first} on, one per lane. */
    static Scalar[] along(Differentiation of, double[] x, double[][] directions, int first, int lanes) {
        Scalar[] arguments = new Scalar[x.length];
        double[] tangents = new double[lanes];
        for (int i = 0; i < x.length; i++) {
            boolean moves = false;
            for (int lane = 0; lane < lanes; lane++) {
                tangents[lane] = first + lane < directions.length ? directions[first + lane][i] : 0;
                moves |= tangents[lane] != 0;
            }
            arguments[i] = moves ? Dual.of(of, x[i], tangents) : new Real(x[i]);
        }
        return arguments;
    }

    /** Arguments for second derivatives: unit tangents for the columns from {@code first} on, and v along b. */
    static Scalar[] columnsAndDirection(Differentiation of, double[] x, int first, int lanes, double[] v) {
        Scalar[] arguments = new Scalar[x.length];
        for (int i = 0; i < x.length; i++) {
            arguments[i] = columnAndDirection(of, x[i], i - first, lanes, v[i]);
        }
        return arguments;
    }

    /** The same, with the unit vector of variable j along b. */
    static Scalar[] columnsAndVariable(Differentiation of, double[] x, int first, int lanes, int j) {
        Scalar[] arguments = constants(x);
        for (int i = first; i < Math.min(first + lanes, x.length); i++) {
            arguments[i] = columnAndDirection(of, x[i], i - first, lanes, i == j ? 1 : 0);
        }
        arguments[j] = columnAndDirection(of, x[j], j - first, lanes, 1);
        return arguments;
    }

    private static Scalar columnAndDirection(Differentiation of, double x, int lane, int lanes, double b) {
        if (b == 0 && (lane < 0 || lane >= lanes)) {
            return new Real(x);
        }
        return switch (lanes) {
            case 1 -> new HyperDual1(of, x, is(lane, 0), b, 0);
            case 4 -> new HyperDual4(of, x, is(lane, 0), is(lane, 1), is(lane, 2), is(lane, 3), b, 0, 0, 0, 0);
            default -> new HyperDual8(
                    of, x,
                    is(lane, 0), is(lane, 1), is(lane, 2), is(lane, 3),
                    is(lane, 4), is(lane, 5), is(lane, 6), is(lane, 7),
                    b,
                    0, 0, 0, 0, 0, 0, 0, 0);
        };
    }

    /** Arguments for second derivatives that move along one direction in both senses: a = b = v. */
    static Scalar[] twiceAlong(Differentiation of, double[] x, double[] v) {
        Scalar[] arguments = new Scalar[x.length];
        for (int i = 0; i < x.length; i++) {
            arguments[i] = v[i] == 0 ? new Real(x[i]) : new HyperDual1(of, x[i], v[i], v[i], 0);
        }
        return arguments;
    }

    /** Arguments that move along a straight line, as series: xᵢ + t vᵢ. */
    static Scalar[] lines(Differentiation of, double[] x, double[] v, int order) {
        Scalar[] arguments = new Scalar[x.length];
        for (int i = 0; i < x.length; i++) {
            arguments[i] = v[i] == 0 ? new Real(x[i]) : Taylor.line(of, x[i], v[i], order);
        }
        return arguments;
    }

    /** The coefficients of a result as a series. */
    static Derivatives series(Differentiation of, Scalar result, int order) {
        return switch (result) {
            case Real y -> new Derivatives(Arrays.copyOf(new double[] {y.value()}, order + 1));
            case Taylor y when y.of() == of -> new Derivatives(y.coefficients());
            default -> throw foreign(of, result);
        };
    }

    /** The tangent of a result in a lane. */
    static double tangent(Differentiation of, Scalar result, int lane) {
        return switch (result) {
            case Real _ -> 0;
            case Dual d when d.of() == of -> lane < d.lanes() ? d.tangent(lane) + 0.0 : 0;
            case HyperDual d when d.of() == of -> d.a(lane) + 0.0;
            default -> throw foreign(of, result);
        };
    }

    /** The tangent of a result along the second direction. */
    static double along(Differentiation of, Scalar result) {
        return switch (result) {
            case Real _ -> 0;
            case HyperDual d when d.of() == of -> d.b() + 0.0;
            default -> throw foreign(of, result);
        };
    }

    /** The mixed second derivative of a result in a lane. */
    static double mixed(Differentiation of, Scalar result, int lane) {
        return switch (result) {
            case Real _ -> 0;
            case HyperDual d when d.of() == of -> d.ab(lane) + 0.0;
            default -> throw foreign(of, result);
        };
    }

    /** The value of a result that must not depend on anything that is being differentiated. */
    static double value(Scalar result) {
        if (Differentiation.owners(result).isEmpty()) {
            return result.value();
        }
        throw new IllegalArgumentException("the value was asked for as a double, but carries tangents of "
                + names(Differentiation.owners(result)) + "; ask for it at Scalar points to keep them");
    }

    private static IllegalArgumentException foreign(Differentiation of, Scalar result) {
        Set<Differentiation> others = Differentiation.owners(result);
        others.remove(of);
        return new IllegalArgumentException("the result of the " + of + " was asked for in doubles, but carries "
                + (others.isEmpty() ? "a node of a recording" : "tangents of " + names(others))
                + " too; ask for it at Scalar points to keep both");
    }

    private static String names(Set<Differentiation> differentiations) {
        return differentiations.stream().map(of -> "the " + of).collect(Collectors.joining(" and "));
    }
}
