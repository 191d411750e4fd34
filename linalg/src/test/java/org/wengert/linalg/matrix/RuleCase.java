package org.wengert.linalg.matrix;

import java.util.Random;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.wengert.core.scalar.Scalar;

/**
 * A matrix function with all results in one list, and the same function number by number.
 *
 * @param name      for messages
 * @param rule      all results of the matrix function
 * @param algorithm the same results by an algorithm in numbers
 * @param point     random arguments: structure, conditioning
 * @param direction a random direction at those arguments
 */
record RuleCase(
        String name,
        Function<Matrix[], Matrix[]> rule,
        Function<Scalar[][][], Scalar[][][]> algorithm,
        Function<Random, DMatrixRMaj[]> point,
        Direction direction) {

    /** Directions along which the function is differentiated. */
    interface Direction {
        DMatrixRMaj[] at(Random random, DMatrixRMaj[] point);
    }

    @Override
    public String toString() {
        return name;
    }

    // ---- points --------------------------------------------------------------------------------------

    static DMatrixRMaj random(Random r, int n, int m) {
        DMatrixRMaj x = new DMatrixRMaj(n, m);
        for (int k = 0; k < x.data.length; k++) {
            x.data[k] = r.nextGaussian();
        }
        return x;
    }

    static DMatrixRMaj symmetric(DMatrixRMaj x) {
        return Dense.scale(0.5, Dense.plus(x, Dense.transpose(x, 1)));
    }

    /** A = U·diag(d)·Vᵀ with random orthogonal U and V. */
    static DMatrixRMaj withSingularValues(Random r, int n, int m, double... d) {
        DMatrixRMaj u = orthogonal(r, n);
        DMatrixRMaj v = orthogonal(r, m);
        DMatrixRMaj s = new DMatrixRMaj(n, m);
        for (int k = 0; k < d.length; k++) {
            s.set(k, k, d[k]);
        }
        return Dense.times(Dense.times(u, s), Dense.transpose(v, 1));
    }

    /** A = Q·diag(d)·Qᵀ with a random orthogonal Q. */
    static DMatrixRMaj withEigenvalues(Random r, double... d) {
        DMatrixRMaj q = orthogonal(r, d.length);
        DMatrixRMaj s = new DMatrixRMaj(d.length, d.length);
        for (int k = 0; k < d.length; k++) {
            s.set(k, k, d[k]);
        }
        return symmetric(Dense.times(Dense.times(q, s), Dense.transpose(q, 1)));
    }

    static DMatrixRMaj orthogonal(Random r, int n) {
        return MatrixMath.qr(Matrix.of(random(r, n, n))).q().value();
    }

    static Direction free() {
        return (r, point) -> {
            DMatrixRMaj[] d = new DMatrixRMaj[point.length];
            for (int i = 0; i < d.length; i++) {
                d[i] = random(r, point[i].numRows, point[i].numCols);
            }
            return d;
        };
    }

    /** Symmetric where the argument is. */
    static Direction symmetric() {
        return (r, point) -> {
            DMatrixRMaj[] d = free().at(r, point);
            for (int i = 0; i < d.length; i++) {
                d[i] = d[i].numRows == d[i].numCols ? symmetric(d[i]) : d[i];
            }
            return d;
        };
    }
}
