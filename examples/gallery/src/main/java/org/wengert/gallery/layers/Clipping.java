package org.wengert.gallery.layers;

/** Keeps single large gradients from throwing parameters far away. */
public final class Clipping {

    private Clipping() {}

    /**
     * Moves each entry into [-limit, limit]; the direction changes.
     *
     * @param gradient changed in place
     * @param limit    at least 0
     */
    public static void byValue(double[] gradient, double limit) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = Math.clamp(gradient[i], -limit, limit);
        }
    }

    /**
     * Shrinks a gradient whose norm is above the limit to the limit; the direction stays. Source: R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty
     * of training recurrent neural networks", ICML 2013.
     *
     * @param gradient changed in place
     * @param limit    at least 0
     * @return the norm before
     */
    public static double byNorm(double[] gradient, double limit) {
        double norm = 0;
        for (double g : gradient) {
            norm = Math.hypot(norm, g);
        }
        if (norm > limit) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= limit / norm;
            }
        }
        return norm;
    }
}
