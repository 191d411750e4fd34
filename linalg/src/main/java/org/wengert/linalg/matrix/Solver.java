package org.wengert.linalg.matrix;

/**
 * A factorized linear operator with a coefficient that may have a tangent. Solutions have the tangents that come from both, the
 * coefficient's and the right side's:
 *
 * <pre>
 * A·X = R   implies   A·X.b = R.b - A.b·X
 * </pre>
 */
interface Solver {

    /** X with A·X = R, for any number of columns. */
    Mat solve(Mat r);

    /** X with Aᵀ·X = R, for any number of columns. */
    Mat solveTransposed(Mat r);
}
