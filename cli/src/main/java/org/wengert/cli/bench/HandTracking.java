package org.wengert.cli.bench;

import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;
import static org.wengert.core.scalar.ScalarMath.sum;

import java.util.Arrays;
import org.wengert.core.scalar.Scalar;

/**
 * Hand tracking: how far measured points are from the skin of a hand in a pose of 26 numbers.
 *
 * <pre>
 * bones      T_b = absolute_b · inverse_b,   absolute_b = absolute_parent · relative_b · Rz Ry Rx
 * a vertex   s = Σ_b w_b T_b p,  then  R s + t
 * residual   y - vertex,  or  y - (u₁ v_a + u₂ v_b + (1-u₁-u₂) v_c)  with a place u on a triangle of the skin
 * </pre>
 *
 * The pose: the angle-axis vector of R (3), t (3), and four angles a finger: flexion and abduction of its second bone,
 * flexion of its third and fourth.
 *
 * <p>Written with its structure in view: the bones' {@link #transforms} are the same for all measured points, and
 * {@link #residual} takes them as uniform. The vertices a point is compared with come as data: for each its place at rest and its
 * weights.
 *
 * <p>Source: as {@link BundleAdjustment}.
 *
 * @param model         the hand
 * @param isComplicated whether measured points lie on triangles (two more unknowns a point) rather than at vertices
 * @param matches       for each measured point, the vertex or the triangle it is compared with
 * @param measured      where the points are; rows of 3
 */
public record HandTracking(HandModel model, boolean isComplicated, int[] matches, double[] measured) {

    /** Numbers in a pose. */
    public static final int POSE = 26;

    /** The number of measured points. */
    public int points() {
        return matches.length;
    }

    /** Vertices a point is compared with: 1 or 3. */
    public int corners() {
        return isComplicated ? 3 : 1;
    }

    /** Unknowns of a point's own: 0 or 2. */
    public int own() {
        return isComplicated ? 2 : 0;
    }

    /**
     * All residuals.
     *
     * @param unknowns u of all points (2 each, if it is complicated), then the pose
     * @return 3 a point
     */
    public Scalar[] objective(Scalar[] unknowns) {
        int first = own() * points();
        Scalar[] pose = Arrays.copyOfRange(unknowns, first, first + POSE);
        Scalar[] bones = transforms(pose);
        Scalar[] residuals = new Scalar[3 * points()];
        for (int i = 0; i < points(); i++) {
            Scalar[] u = Arrays.copyOfRange(unknowns, own() * i, own() * (i + 1));
            Scalar[][] corners = new Scalar[corners()][];
            for (int c = 0; c < corners.length; c++) {
                corners[c] = skinned(bones, vertex(i, c));
            }
            Scalar[] y = {measured(i, 0), measured(i, 1), measured(i, 2)};
            System.arraycopy(difference(y, placed(pose, rotation(pose), on(u, corners))), 0, residuals, 3 * i, 3);
        }
        return residuals;
    }

    /** The vertex that is corner c of what point i is compared with. */
    public int vertex(int i, int c) {
        return isComplicated ? model.triangles()[3 * matches[i] + c] : matches[i];
    }

    private Scalar measured(int i, int j) {
        return Scalar.of(measured[3 * i + j]);
    }

    /**
     * The residual of one point, in a form that is the same for all.
     *
     * @param pose uniform
     * @param u    its place on the triangle; empty if it is compared with a vertex
     * @param y    where it was measured
     * @param skin for each corner its place at rest (3) and its weights (one a bone)
     */
    public Scalar[] residual(Scalar[] pose, Scalar[] u, Scalar[] y, Scalar[] skin) {
        Scalar[] bones = transforms(pose);
        int width = 3 + model.bones();
        Scalar[][] corners = new Scalar[corners()][3];
        for (int c = 0; c < corners.length; c++) {
            for (int i = 0; i < 3; i++) {
                // The blend of the bones' maps first, then the map: a quarter of the work of mapping by each bone.
                Scalar[] row = new Scalar[4];
                for (int j = 0; j < 4; j++) {
                    Scalar[] terms = new Scalar[model.bones()];
                    for (int b = 0; b < terms.length; b++) {
                        terms[b] = bones[12 * b + 4 * i + j].times(skin[c * width + 3 + b]);
                    }
                    row[j] = sum(terms);
                }
                corners[c][i] = row[0].times(skin[c * width])
                        .plus(row[1].times(skin[c * width + 1]))
                        .plus(row[2].times(skin[c * width + 2]))
                        .plus(row[3]);
            }
        }
        return difference(y, placed(pose, rotation(pose), on(u, corners)));
    }

    /** {@link #residual(Scalar[], Scalar[], Scalar[], Scalar[])} of the pose and a row of {@link #rows}, one behind the other. */
    public Scalar[] residual(Scalar[] x, int pose) {
        int y = pose + own();
        return residual(
                Arrays.copyOf(x, pose), Arrays.copyOfRange(x, pose, y), Arrays.copyOfRange(x, y, y + 3),
                Arrays.copyOfRange(x, y + 3, x.length));
    }

    /** The numbers that {@link #residual} takes beside the pose, a row a point: u, y, skin. */
    public double[] rows(double[] u) {
        int bones = model.bones();
        int width = own() + 3 + corners() * (3 + bones);
        double[] rows = new double[points() * width];
        for (int i = 0; i < points(); i++) {
            int to = i * width;
            System.arraycopy(u, own() * i, rows, to, own());
            System.arraycopy(measured, 3 * i, rows, to + own(), 3);
            to += own() + 3;
            for (int c = 0; c < corners(); c++, to += 3 + bones) {
                System.arraycopy(model.positions(), 3 * vertex(i, c), rows, to, 3);
                System.arraycopy(model.weights(), bones * vertex(i, c), rows, to + 3, bones);
            }
        }
        return rows;
    }

    /** T of each bone, 12 numbers each. */
    public Scalar[] transforms(Scalar[] pose) {
        int bones = model.bones();
        Scalar[][] absolute = new Scalar[bones][];
        Scalar[] transforms = new Scalar[12 * bones];
        int next = 6;
        for (int b = 0; b < bones; b++) {
            // The bones of a finger are numbered from 1 on in fours; the first does not bend.
            int place = b == 0 || b > 4 * HandModel.FINGERS ? 0 : (b - 1) % 4;
            double[] rest = Arrays.copyOfRange(model.relative(), 12 * b, 12 * (b + 1));
            Scalar[] relative;
            if (place == 0) {
                relative = Arrays.stream(rest).mapToObj(Scalar::of).toArray(Scalar[]::new);
            } else if (place == 1) {
                relative = bent(rest, pose[next], pose[next + 1]);
                next += 2;
            } else {
                relative = bent(rest, pose[next++]);
            }
            int parent = model.parents()[b];
            absolute[b] = parent < 0 ? relative : times(absolute[parent], relative);
            double[] inverse = Arrays.copyOfRange(model.inverse(), 12 * b, 12 * (b + 1));
            System.arraycopy(times(absolute[b], inverse), 0, transforms, 12 * b, 12);
        }
        return transforms;
    }

    /** The map followed by a rotation about x. */
    private static Scalar[] bent(double[] map, Scalar flexion) {
        Scalar c = cos(flexion);
        Scalar s = sin(flexion);
        Scalar[] result = new Scalar[12];
        for (int i = 0; i < 3; i++) {
            result[4 * i] = Scalar.of(map[4 * i]);
            result[4 * i + 1] = c.times(map[4 * i + 1]).plus(s.times(map[4 * i + 2]));
            result[4 * i + 2] = c.times(map[4 * i + 2]).minus(s.times(map[4 * i + 1]));
            result[4 * i + 3] = Scalar.of(map[4 * i + 3]);
        }
        return result;
    }

    /** The map followed by Rz(abduction) Rx(flexion). */
    private static Scalar[] bent(double[] map, Scalar flexion, Scalar abduction) {
        Scalar c = cos(abduction);
        Scalar s = sin(abduction);
        Scalar cx = cos(flexion);
        Scalar sx = sin(flexion);
        Scalar[] result = new Scalar[12];
        for (int i = 0; i < 3; i++) {
            Scalar first = c.times(map[4 * i]).plus(s.times(map[4 * i + 1]));
            Scalar second = c.times(map[4 * i + 1]).minus(s.times(map[4 * i]));
            result[4 * i] = first;
            result[4 * i + 1] = cx.times(second).plus(sx.times(map[4 * i + 2]));
            result[4 * i + 2] = cx.times(map[4 * i + 2]).minus(sx.times(second));
            result[4 * i + 3] = Scalar.of(map[4 * i + 3]);
        }
        return result;
    }

    private static Scalar[] times(Scalar[] a, Scalar[] b) {
        Scalar[] product = new Scalar[12];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                Scalar sum = a[4 * i].times(b[j])
                        .plus(a[4 * i + 1].times(b[4 + j]))
                        .plus(a[4 * i + 2].times(b[8 + j]));
                product[4 * i + j] = j == 3 ? sum.plus(a[4 * i + 3]) : sum;
            }
        }
        return product;
    }

    private static Scalar[] times(Scalar[] a, double[] b) {
        Scalar[] product = new Scalar[12];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                Scalar sum = a[4 * i].times(b[j])
                        .plus(a[4 * i + 1].times(b[4 + j]))
                        .plus(a[4 * i + 2].times(b[8 + j]));
                product[4 * i + j] = j == 3 ? sum.plus(a[4 * i + 3]) : sum;
            }
        }
        return product;
    }

    /** Where a vertex is in the hand's own frame, by the bones it follows. */
    private Scalar[] skinned(Scalar[] bones, int vertex) {
        int[] followed = model.followed(vertex);
        Scalar[] place = new Scalar[3];
        for (int i = 0; i < 3; i++) {
            Scalar sum = Scalar.of(0);
            for (int b : followed) {
                int at = 12 * b + 4 * i;
                double w = model.weights()[vertex * model.bones() + b];
                Scalar there = bones[at].times(model.positions()[3 * vertex])
                        .plus(bones[at + 1].times(model.positions()[3 * vertex + 1]))
                        .plus(bones[at + 2].times(model.positions()[3 * vertex + 2]))
                        .plus(bones[at + 3]);
                sum = sum.plus(there.times(w));
            }
            place[i] = sum;
        }
        return place;
    }

    /** The place on a triangle, or the only corner. */
    private static Scalar[] on(Scalar[] u, Scalar[][] corners) {
        if (corners.length == 1) {
            return corners[0];
        }
        Scalar rest = minus(1, u[0]).minus(u[1]);
        Scalar[] place = new Scalar[3];
        for (int i = 0; i < 3; i++) {
            place[i] = u[0].times(corners[0][i])
                    .plus(u[1].times(corners[1][i]))
                    .plus(rest.times(corners[2][i]));
        }
        return place;
    }

    /** R s + t. */
    private static Scalar[] placed(Scalar[] pose, Scalar[] r, Scalar[] s) {
        Scalar[] place = new Scalar[3];
        for (int i = 0; i < 3; i++) {
            place[i] = r[3 * i].times(s[0])
                    .plus(r[3 * i + 1].times(s[1]))
                    .plus(r[3 * i + 2].times(s[2]))
                    .plus(pose[3 + i]);
        }
        return place;
    }

    /** The rotation of an angle-axis vector; none below an angle of 1e-4. */
    private static Scalar[] rotation(Scalar[] pose) {
        Scalar square = pose[0].times(pose[0]).plus(pose[1].times(pose[1])).plus(pose[2].times(pose[2]));
        Scalar angle = sqrt(square);
        if (angle.isLessThan(1e-4)) {
            Scalar[] identity = new Scalar[9];
            Arrays.setAll(identity, i -> Scalar.of(i % 4 == 0 ? 1 : 0));
            return identity;
        }
        Scalar x = pose[0].div(angle);
        Scalar y = pose[1].div(angle);
        Scalar z = pose[2].div(angle);
        Scalar s = sin(angle);
        Scalar c = cos(angle);
        Scalar rest = minus(1, c);
        return new Scalar[] {
            x.times(x).times(rest).plus(c), x.times(y).times(rest).minus(z.times(s)),
            x.times(z).times(rest).plus(y.times(s)),
            x.times(y).times(rest).plus(z.times(s)), y.times(y).times(rest).plus(c),
            y.times(z).times(rest).minus(x.times(s)),
            x.times(z).times(rest).minus(y.times(s)), z.times(y).times(rest).plus(x.times(s)),
            z.times(z).times(rest).plus(c)
        };
    }

    private static Scalar[] difference(Scalar[] a, Scalar[] b) {
        Scalar[] difference = new Scalar[a.length];
        Arrays.setAll(difference, i -> a[i].minus(b[i]));
        return difference;
    }

    /** Measured points at random near a random hand. */
    public static HandTracking generate(int points, boolean isComplicated, long seed) {
        HandModel model = HandModel.generate(544, seed);
        SplitMix random = new SplitMix(seed + 1);
        int[] matches = new int[points];
        double[] measured = new double[3 * points];
        for (int i = 0; i < points; i++) {
            matches[i] = (int) (random.uniform() * (isComplicated ? 2 * model.vertices() : model.vertices()));
            for (int j = 0; j < 3; j++) {
                measured[3 * i + j] = random.uniform(-1, 1);
            }
        }
        return new HandTracking(model, isComplicated, matches, measured);
    }

    /** Unknowns to evaluate the residuals at. */
    public double[] someUnknowns(long seed) {
        SplitMix random = new SplitMix(seed);
        double[] unknowns = new double[own() * points() + POSE];
        for (int i = 0; i < unknowns.length; i++) {
            unknowns[i] = i < own() * points() ? random.uniform(0, 0.5) : random.uniform(-1, 1);
        }
        return unknowns;
    }
}
