package sample;

/** A robot arm of two links in the plane, with derivatives written by hand. */
public final class Arm {

    private static final double FIRST = 1.2;
    private static final double SECOND = 0.8;

    private Arm() {}

    /** Where the hand is, (x, y), for the angles of shoulder and elbow. */
    public static double[] hand(double[] q) {
        return new double[] {
            FIRST * Math.cos(q[0]) + SECOND * Math.cos(q[0] + q[1]),
            FIRST * Math.sin(q[0]) + SECOND * Math.sin(q[0] + q[1])
        };
    }

    /** The Jacobian of {@link #hand}: row i is the gradient of coordinate i. */
    public static double[][] jacobian(double[] q) {
        double s = Math.sin(q[0] + q[1]);
        double c = Math.cos(q[0] + q[1]);
        return new double[][] {
            {-FIRST * Math.sin(q[0]) - SECOND * s, -SECOND * s},
            {FIRST * Math.cos(q[0]) + SECOND * c, SECOND * c}
        };
    }

    /** The square of the distance from the hand to the point (1, 1). */
    public static double cost(double[] q) {
        double[] p = hand(q);
        return (p[0] - 1) * (p[0] - 1) + (p[1] - 1) * (p[1] - 1);
    }

    /** ∇cost = 2 Jᵀ(hand - (1, 1)). */
    public static double[] gradient(double[] q) {
        double[] p = hand(q);
        double[][] j = jacobian(q);
        return new double[] {
            2 * (j[0][0] * (p[0] - 1) + j[1][0] * (p[1] - 1)),
            2 * (j[0][1] * (p[0] - 1) + j[1][1] * (p[1] - 1))
        };
    }
}
