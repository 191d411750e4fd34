package org.wengert.gallery;

import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.sin;

import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.scalar.Scalar;

/** Where the hand of a robot arm is, by the angles of its joints and the lengths of its bones: written for Wengert, and twice in plain Java. */
final class RobotArm {

    static final int JOINTS = 4;
    static final int INPUTS = 2 * JOINTS;

    private RobotArm() {}

    static DifferentiableVector function() {
        return Differentiable.vector(INPUTS, 2, RobotArm::hand);
    }

    /** (x, y) of the hand; v holds the angles, each against the bone before, then the lengths. */
    static Scalar[] hand(Scalar[] v) {
        Scalar angle = Scalar.of(0);
        Scalar x = Scalar.of(0);
        Scalar y = Scalar.of(0);
        for (int i = 0; i < JOINTS; i++) {
            angle = angle.plus(v[i]);
            x = x.plus(v[JOINTS + i].times(cos(angle)));
            y = y.plus(v[JOINTS + i].times(sin(angle)));
        }
        return new Scalar[] {x, y};
    }

    /** The values in plain Java. */
    static void hand(double[] v, double[] out) {
        double angle = 0;
        double x = 0;
        double y = 0;
        for (int i = 0; i < JOINTS; i++) {
            angle += v[i];
            x += v[JOINTS + i] * Math.cos(angle);
            y += v[JOINTS + i] * Math.sin(angle);
        }
        out[0] = x;
        out[1] = y;
    }

    /** Values, then the Jacobian row by row, derived on paper, in plain Java. */
    static void jacobian(double[] v, double[] out) {
        double angle = 0;
        double x = 0;
        double y = 0;
        for (int i = 0; i < JOINTS; i++) {
            angle += v[i];
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            x += v[JOINTS + i] * c;
            y += v[JOINTS + i] * s;
            out[2 + JOINTS + i] = c;
            out[2 + INPUTS + JOINTS + i] = s;
        }
        out[0] = x;
        out[1] = y;
        double left = 0;
        double up = 0;
        for (int i = JOINTS - 1; i >= 0; i--) { // what lies behind a joint turns with it
            left -= v[JOINTS + i] * out[2 + INPUTS + JOINTS + i];
            up += v[JOINTS + i] * out[2 + JOINTS + i];
            out[2 + i] = left;
            out[2 + INPUTS + i] = up;
        }
    }
}
