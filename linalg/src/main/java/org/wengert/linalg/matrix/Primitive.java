package org.wengert.linalg.matrix;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A function whose values come from an algorithm in plain numbers, and whose differential is known. Where the arguments have a
 * tangent, that of the results comes from the differential, too, so that its coefficients have tangents in turn.
 *
 * <p>One object serves one application: it may keep factors from {@link #values} for {@link #differentials}.
 */
abstract class Primitive {

    /** The results. */
    abstract DMatrixRMaj[] values(DMatrixRMaj[] x);

    /**
     * The differentials of the results.
     *
     * @param x  the arguments
     * @param y  the results
     * @param dx the differentials of the arguments
     */
    abstract Differential[] differentials(Mat[] x, Mat[] y, Differential[] dx);

    final Variable[] at(Variable... x) {
        DMatrixRMaj[] v = new DMatrixRMaj[x.length];
        Mat[] xs = new Mat[x.length];
        Differential[] dx = new Differential[x.length];
        boolean moves = false;
        for (int i = 0; i < x.length; i++) {
            xs[i] = x[i].m();
            v[i] = xs[i].v();
            dx[i] = x[i].d();
            moves |= xs[i].b() != null;
        }
        DMatrixRMaj[] values = values(v);
        Mat[] y = new Mat[values.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = Mat.of(values[i]);
        }
        if (moves) {
            y = withTangents(xs, y);
        }
        Variable[] results = new Variable[y.length];
        if (Arrays.stream(dx).allMatch(Differential::isZero)) {
            Mat[] constants = y;
            Arrays.setAll(results, i -> Variable.constant(constants[i]));
            return results;
        }
        Differential[] dy = differentials(xs, y, dx);
        for (int i = 0; i < y.length; i++) {
            results[i] = new Variable(y[i], dy[i]);
        }
        return results;
    }

    /** The results with their tangents along that of the arguments. */
    private Mat[] withTangents(Mat[] x, Mat[] y) {
        Mat[] plain = new Mat[x.length];
        Differential[] dx = new Differential[x.length];
        var sweep = new Differential.Sweep(1);
        for (int i = 0; i < x.length; i++) {
            plain[i] = x[i].plain();
            DMatrixRMaj b = x[i].b();
            dx[i] = b == null
                    ? Differential.zero(x[i].rows(), x[i].columns())
                    : Differential.variable(x[i].rows(), x[i].columns());
            if (b != null) {
                sweep.seed(dx[i], Mat.of(b));
            }
        }
        Differential[] dy = differentials(plain, y, dx);
        Mat[] both = new Mat[y.length];
        for (int i = 0; i < y.length; i++) {
            @Nullable Mat tangent = sweep.forward(dy[i]);
            both[i] = new Mat(y[i].v(), tangent == null ? null : tangent.v());
        }
        return both;
    }
}
