package org.wengert.core;

import org.wengert.core.scalar.Differentiation;
import org.wengert.core.scalar.Dual;
import org.wengert.core.scalar.Dual1;
import org.wengert.core.scalar.Dual4;
import org.wengert.core.scalar.Dual8;
import org.wengert.core.scalar.Real;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.Traced;

/** Arguments with tangents for one pass, and the tangents of what comes back. */
final class Seeds {

    private Seeds() {}

    /** The chunk for what remains of the directions: 8 lanes, or 4, or 1. */
    static int chunk(int remaining) {
        return remaining > 4 ? 8 : remaining > 1 ? 4 : 1;
    }

    /** All arguments as constants. */
    static Scalar[] constants(double[] x) {
        Scalar[] arguments = new Scalar[x.length];
        for (int i = 0; i < x.length; i++) {
            arguments[i] = new Real(x[i]);
        }
        return arguments;
    }

    /**
     * Arguments for the columns from {@code first} on: those inside the chunk carry unit tangents, all
     * others are constants, so that what depends on them alone costs no more than plain numbers.
     */
    static Scalar[] columns(Differentiation of, double[] x, int first, int lanes) {
        Scalar[] arguments = constants(x);
        for (int lane = 0; lane < lanes && first + lane < x.length; lane++) {
            arguments[first + lane] = unit(of, x[first + lane], lane, lanes);
        }
        return arguments;
    }

    private static Dual unit(Differentiation of, double x, int lane, int lanes) {
        return switch (lanes) {
            case 1 -> new Dual1(of, x, 1);
            case 4 -> new Dual4(of, x, is(lane, 0), is(lane, 1), is(lane, 2), is(lane, 3));
            default -> new Dual8(
                    of, x,
                    is(lane, 0), is(lane, 1), is(lane, 2), is(lane, 3),
                    is(lane, 4), is(lane, 5), is(lane, 6), is(lane, 7));
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

    /** The tangent of a result in a lane; never -0.0, so that it does not depend on the chunks. */
    static double tangent(Differentiation of, Scalar result, int lane) {
        return switch (result) {
            case Real _ -> 0;
            case Dual d when d.of() == of -> d.tangent(lane) + 0.0;
            case Traced t -> throw new IllegalArgumentException(
                    "the result of the " + of + " is a number of a recording: " + t);
            case Dual d -> throw new IllegalArgumentException("the result of the " + of
                    + " carries tangents of another differentiation, the " + d.of());
        };
    }
}
