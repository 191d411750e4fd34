package sample;

/** The derivatives of {@link Arm} with the mistakes that everybody makes. */
public final class BrokenArm {

    private BrokenArm() {}

    /** The second entry has the wrong sign. */
    public static double[] gradientWithSignError(double[] q) {
        double[] g = Arm.gradient(q);
        return new double[] {g[0], -g[1]};
    }

    /** The 2 of the square is forgotten. */
    public static double[] gradientWithoutTheTwo(double[] q) {
        double[] g = Arm.gradient(q);
        return new double[] {g[0] / 2, g[1] / 2};
    }

    /** Columns are gradients, as in many books. */
    public static double[][] transposedJacobian(double[] q) {
        double[][] j = Arm.jacobian(q);
        return new double[][] {{j[0][0], j[1][0]}, {j[0][1], j[1][1]}};
    }
}
