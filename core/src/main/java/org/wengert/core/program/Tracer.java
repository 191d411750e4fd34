package org.wengert.core.program;

import java.util.Objects;
import java.util.function.Function;
import org.wengert.core.scalar.Real;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.Traced;

/**
 * Records a function as a program by running it once with traced numbers.
 *
 * <p>The function must not keep state from call to call, must do with its arguments nothing but what
 * {@link Scalar} offers, and must use them in the calling thread. Where its path depends on comparisons, the
 * program has guards, and {@link PathCache} keeps the programs of several paths.
 */
public final class Tracer {

    private Tracer() {}

    /**
     * The program of a function, all inputs varying.
     *
     * @param point    where to trace: decides which way comparisons go; n entries, not changed
     * @param function n numbers to m numbers
     */
    public static Program trace(double[] point, Function<Scalar[], Scalar[]> function) {
        return trace(point, new boolean[point.length], function);
    }

    /**
     * The program of a function.
     *
     * @param point    where to trace: decides which way comparisons go; n entries, not changed
     * @param uniform  which inputs have one value for a whole batch; n entries, not changed
     * @param function n numbers to m numbers
     */
    public static Program trace(double[] point, boolean[] uniform, Function<Scalar[], Scalar[]> function) {
        Objects.requireNonNull(function, "function");
        if (uniform.length != point.length) {
            throw new IllegalArgumentException("uniform must have " + point.length + " entries like point, but has "
                    + uniform.length);
        }
        var recording = new Recording();
        Scalar[] x = new Scalar[point.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = new Traced(recording, recording.builder().input(uniform[i]), point[i]);
        }
        try {
            Scalar[] y = Objects.requireNonNull(function.apply(x), "results of the function");
            int[] outputs = new int[y.length];
            for (int i = 0; i < y.length; i++) {
                outputs[i] = node(recording, Objects.requireNonNull(y[i], "a result of the function"));
            }
            return recording.builder().build(outputs);
        } finally {
            recording.end();
        }
    }

    private static int node(Recording recording, Scalar result) {
        return switch (result) {
            case Traced t when t.recorder() == recording -> t.node();
            case Real r -> recording.builder().constant(r.value());
            default -> throw new IllegalArgumentException(
                    "the traced function must return traced numbers or constants, but returned " + result);
        };
    }
}
