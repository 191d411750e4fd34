package org.wengert.cli.bench;

import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.plus;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import org.wengert.core.scalar.Scalar;

/**
 * Bundle adjustment: the reprojection error of one observation, a camera's picture of a point.
 *
 * <pre>
 * p = R(r) (X - C)                        into the camera's frame, R by Rodrigues' formula
 * u = (p₀, p₁) / p₂                       onto the plane
 * e = w (f u (1 + k₁|u|² + k₂|u|⁴) + (u₀, v₀) - m)
 * </pre>
 *
 * An observation is a row of 17 numbers: r (3), C (3), f, u₀, v₀, k₁, k₂, X (3), w, by which e is differentiated, and
 * the measured feature m (2).
 *
 * <p>Source: F. Šrajer, Z. Kukelova, A. Fitzgibbon, "A benchmark of selected algorithmic differentiation tools on some
 * problems in computer vision and machine learning", Optim. Methods Softw. 33 (2018).
 */
public final class BundleAdjustment {

    /** Numbers in an observation. */
    public static final int INPUTS = 17;

    /** How many of them, the first ones, the error is differentiated by. */
    public static final int PARAMETERS = 15;

    /** Numbers in an error. */
    public static final int OUTPUTS = 2;

    /** One observation in so many has a camera without rotation: the other branch of Rodrigues' formula. */
    public static final int WITHOUT_ROTATION = 100;

    private static final double[] TYPICAL = {
        0.6, -0.4, 0.3, 2.5, -3.0, 4.0, 800, 320, 240, -0.05, 0.01, 4.0, 2.0, 9.0, 0.8, 500, 420
    };

    private BundleAdjustment() {}

    /** The error of an observation. */
    public static Scalar[] error(Scalar[] x) {
        Scalar[] r = {x[0], x[1], x[2]};
        Scalar[] v = {x[11].minus(x[3]), x[12].minus(x[4]), x[13].minus(x[5])};
        Scalar[] p = rotated(r, v);
        Scalar u0 = p[0].div(p[2]);
        Scalar u1 = p[1].div(p[2]);
        Scalar square = u0.times(u0).plus(u1.times(u1));
        Scalar distortion = plus(1, square.times(x[9].plus(square.times(x[10]))));
        return new Scalar[] {
            x[14].times(u0.times(distortion).times(x[6]).plus(x[7]).minus(x[15])),
            x[14].times(u1.times(distortion).times(x[6]).plus(x[8]).minus(x[16]))
        };
    }

    /** 1 - w², which keeps the weights from vanishing. */
    public static Scalar weightError(Scalar w) {
        return minus(1, w.times(w));
    }

    /** Rodrigues' formula; to first order where there is no rotation. */
    private static Scalar[] rotated(Scalar[] r, Scalar[] v) {
        Scalar square = dot(r, r);
        if (!square.isGreaterThan(0)) {
            Scalar[] c = cross(r, v);
            return new Scalar[] {v[0].plus(c[0]), v[1].plus(c[1]), v[2].plus(c[2])};
        }
        Scalar angle = sqrt(square);
        Scalar c = cos(angle);
        Scalar s = sin(angle);
        Scalar[] axis = {r[0].div(angle), r[1].div(angle), r[2].div(angle)};
        Scalar along = dot(axis, v).times(minus(1, c));
        Scalar[] across = cross(axis, v);
        Scalar[] result = new Scalar[3];
        for (int i = 0; i < 3; i++) {
            result[i] = v[i].times(c).plus(across[i].times(s)).plus(axis[i].times(along));
        }
        return result;
    }

    private static Scalar dot(Scalar[] a, Scalar[] b) {
        return a[0].times(b[0]).plus(a[1].times(b[1])).plus(a[2].times(b[2]));
    }

    private static Scalar[] cross(Scalar[] a, Scalar[] b) {
        return new Scalar[] {
            a[1].times(b[2]).minus(a[2].times(b[1])),
            a[2].times(b[0]).minus(a[0].times(b[2])),
            a[0].times(b[1]).minus(a[1].times(b[0]))
        };
    }

    /**
     * Observations, each different: every number of a typical one changed by up to 1 %, and no rotation in one of
     * {@value #WITHOUT_ROTATION}.
     *
     * @param count how many
     * @param seed  of the generator
     * @return count rows of {@value #INPUTS}
     */
    public static double[] observations(int count, long seed) {
        SplitMix random = new SplitMix(seed);
        double[] rows = new double[Math.multiplyExact(count, INPUTS)];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < INPUTS; j++) {
                double changed = TYPICAL[j] * (1 + 0.01 * random.uniform(-1, 1));
                rows[i * INPUTS + j] = j < 3 && i % WITHOUT_ROTATION == WITHOUT_ROTATION - 1 ? 0 : changed;
            }
        }
        return rows;
    }
}
