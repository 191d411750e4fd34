package org.wengert.core.scalar;

/** Conversions that are right only for numbers without derivatives. */
final class Conversions {

    private Conversions() {}

    /** The value of a number that carries no tangent but zeros. */
    static double withoutTangents(Scalar x) {
        if (moves(x)) {
            throw new ArithmeticException("an integer cannot carry tangents, but the number is " + x
                    + "; round it with floor or rint, or convert its value()");
        }
        return x.value();
    }

    private static boolean moves(Scalar x) {
        return switch (x) {
            case Real _ -> false;
            case Dual d -> {
                boolean moves = false;
                for (int lane = 0; lane < d.lanes(); lane++) {
                    moves |= d.tangent(lane) != 0;
                }
                yield moves;
            }
            case HyperDual d -> {
                boolean moves = d.b() != 0;
                for (int lane = 0; lane < d.lanes(); lane++) {
                    moves |= d.a(lane) != 0 || d.ab(lane) != 0;
                }
                yield moves;
            }
            case Taylor y -> y.moves();
            case Nested n -> moves(n.primal()) || n.tangents().stream().anyMatch(t -> moves(t) || t.value() != 0);
            // The value becomes a guard: the recording is right only where it is the same.
            case Traced _ -> false;
        };
    }
}
