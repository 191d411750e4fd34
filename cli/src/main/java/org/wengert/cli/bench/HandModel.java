package org.wengert.cli.bench;

import java.util.Arrays;

/**
 * A hand: bones that hang on one another, and a skin of vertices that each follow a few bones.
 *
 * <p>Affine maps are three rows of four numbers.
 *
 * @param parents      for each bone the one it hangs on, which comes before it; -1 for the wrist
 * @param relative     for each bone its place in the frame of its parent, at rest; rows of 12
 * @param inverse      for each bone the inverse of its absolute place, at rest; rows of 12
 * @param positions    where the vertices are at rest; rows of 3
 * @param weights      how much each vertex follows each bone; rows of one entry a bone
 * @param triangles    the corners of the triangles of the skin; rows of 3
 */
public record HandModel(
        int[] parents, double[] relative, double[] inverse, double[] positions, double[] weights, int[] triangles) {

    /** Fingers, and bones of each: the first of a finger does not move. */
    public static final int FINGERS = 5;

    private static final int FINGER_BONES = 4;

    /** The number of bones. */
    public int bones() {
        return parents.length;
    }

    /** The number of vertices. */
    public int vertices() {
        return positions.length / 3;
    }

    /** A hand with bones like those of a real one and vertices at random around them. */
    public static HandModel generate(int vertices, long seed) {
        SplitMix random = new SplitMix(seed);
        int bones = 2 + FINGERS * FINGER_BONES;
        int[] parents = new int[bones];
        parents[0] = -1;
        for (int b = 1; b < bones; b++) {
            boolean begins = (b - 1) % FINGER_BONES == 0;
            parents[b] = begins ? 0 : b - 1;
        }
        double[] relative = new double[12 * bones];
        double[] absolute = new double[12 * bones];
        double[] inverse = new double[12 * bones];
        for (int b = 0; b < bones; b++) {
            rotation(random, relative, 12 * b);
            for (int i = 0; i < 3; i++) {
                relative[12 * b + 4 * i + 3] = b == 0 ? 0 : random.uniform(-0.4, 0.4);
            }
            if (b == 0) {
                System.arraycopy(relative, 0, absolute, 0, 12);
            } else {
                times(absolute, 12 * parents[b], relative, 12 * b, absolute, 12 * b);
            }
            invert(absolute, 12 * b, inverse, 12 * b);
        }
        double[] positions = new double[3 * vertices];
        double[] weights = new double[bones * vertices];
        for (int v = 0; v < vertices; v++) {
            double sum = 0;
            for (int follows = 0; follows < 4; follows++) {
                int b = (int) (random.uniform() * bones);
                double w = random.uniform(0.1, 1);
                weights[v * bones + b] += w;
                sum += w;
                for (int i = 0; i < 3; i++) {
                    positions[3 * v + i] += w * (absolute[12 * b + 4 * i + 3] + random.uniform(-0.1, 0.1));
                }
            }
            for (int b = 0; b < bones; b++) {
                weights[v * bones + b] /= sum;
            }
            for (int i = 0; i < 3; i++) {
                positions[3 * v + i] /= sum;
            }
        }
        int[] triangles = new int[6 * vertices];
        for (int i = 0; i < triangles.length; i++) {
            triangles[i] = (int) (random.uniform() * vertices);
        }
        return new HandModel(parents, relative, inverse, positions, weights, triangles);
    }

    /** A random rotation, from a unit quaternion. */
    private static void rotation(SplitMix random, double[] to, int at) {
        double w = 1.5;
        double x = random.uniform(-1, 1);
        double y = random.uniform(-1, 1);
        double z = random.uniform(-1, 1);
        double length = Math.sqrt(w * w + x * x + y * y + z * z);
        w /= length;
        x /= length;
        y /= length;
        z /= length;
        double[] rows = {
            1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
            2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
            2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)
        };
        for (int i = 0; i < 9; i++) {
            to[at + 4 * (i / 3) + i % 3] = rows[i];
        }
    }

    private static void times(double[] a, int atA, double[] b, int atB, double[] to, int at) {
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                double sum = j == 3 ? a[atA + 4 * i + 3] : 0;
                for (int k = 0; k < 3; k++) {
                    sum += a[atA + 4 * i + k] * b[atB + 4 * k + j];
                }
                to[at + 4 * i + j] = sum;
            }
        }
    }

    /** The inverse of a rotation with a translation. */
    private static void invert(double[] a, int atA, double[] to, int at) {
        for (int i = 0; i < 3; i++) {
            double sum = 0;
            for (int j = 0; j < 3; j++) {
                to[at + 4 * i + j] = a[atA + 4 * j + i];
                sum -= a[atA + 4 * j + i] * a[atA + 4 * j + 3];
            }
            to[at + 4 * i + 3] = sum;
        }
    }

    /** The bones that some vertex follows, for a vertex. */
    int[] followed(int vertex) {
        int n = bones();
        int[] some = new int[n];
        int count = 0;
        for (int b = 0; b < n; b++) {
            if (weights[vertex * n + b] != 0) {
                some[count++] = b;
            }
        }
        return Arrays.copyOf(some, count);
    }
}
