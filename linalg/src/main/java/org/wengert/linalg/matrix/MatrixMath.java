package org.wengert.linalg.matrix;

import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Unary;

/**
 * Functions of matrices, for static import. Each works on all kinds of {@link Matrix} and states its differential, which is
 * the rule that all derivatives follow from. Values are computed once; k tangents cost k times the products and
 * solutions that the differential shows, without another factorization.
 *
 * <p>Unless a function says otherwise: arguments of a wrong shape, and entries that are not finite where an iteration
 * needs them, are refused with an {@link IllegalArgumentException}; matrices for which the function or its derivative does not
 * exist with an {@link ArithmeticException}. Functions of symmetric matrices are those of (A + Aᵀ)/2, and refuse
 * matrices that differ from it by more than rounding. Stateless and thread safe.
 */
public final class MatrixMath {

    private MatrixMath() {}

    // ---- elementwise and structural ------------------------------------------------------------------

    /** f of each entry: d f(A) = f'(A)∘dA. Any row of the table of elementary functions. */
    public static Matrix elementwise(Unary f, Matrix a) {
        return Dispatch.one(x -> Products.elementwise(f, x[0]), a);
    }

    /** f of each pair of entries: d f(A, B) = fx∘dA + fy∘dB. Any row of the table of elementary functions. */
    public static Matrix elementwise(Binary f, Matrix a, Matrix b) {
        return Dispatch.one(x -> Products.elementwise(f, x[0], x[1]), a, b);
    }

    /** Kronecker's product A ⊗ B: dA ⊗ B + A ⊗ dB. */
    public static Matrix kronecker(Matrix a, Matrix b) {
        return Dispatch.one(x -> Products.kronecker(x[0], x[1]), a, b);
    }

    /** [A B]. */
    public static Matrix beside(Matrix a, Matrix b) {
        return Dispatch.one(x -> Products.beside(x[0], x[1]), a, b);
    }

    /** A on top of B. */
    public static Matrix above(Matrix a, Matrix b) {
        return Dispatch.one(x -> Products.beside(x[0].transpose(), x[1].transpose()).transpose(), a, b);
    }

    /** The diagonal, as a column. */
    public static Matrix diagonal(Matrix a) {
        return Dispatch.one(x -> Products.diagonal(x[0]), a);
    }

    /** The square matrix whose diagonal is a column. */
    public static Matrix ofDiagonal(Matrix column) {
        return Dispatch.one(x -> Products.ofDiagonal(x[0]), column);
    }

    // ---- numbers of a matrix -------------------------------------------------------------------------

    /** tr A: tr dA. */
    public static Matrix trace(Matrix a) {
        return Dispatch.one(x -> Products.trace(x[0]), a);
    }

    /** The sum of all entries. */
    public static Matrix sum(Matrix a) {
        return Dispatch.one(x -> Products.sum(x[0]), a);
    }

    /** ⟨A, B⟩ = tr(AᵀB), the sum of products of entries. */
    public static Matrix inner(Matrix a, Matrix b) {
        return Dispatch.one(x -> Products.inner(x[0], x[1]), a, b);
    }

    /** Frobenius' norm √⟨A, A⟩: ⟨A, dA⟩/‖A‖. At A = 0 the derivative is the subgradient 0. */
    public static Matrix frobeniusNorm(Matrix a) {
        return Dispatch.one(x -> Products.frobeniusNorm(x[0]), a);
    }

    /**
     * The spectral norm, the largest singular value: u₁ᵀ·dA·v₁.
     *
     * @throws ArithmeticException if its derivative is asked for where the largest singular value is repeated or zero
     */
    public static Matrix spectralNorm(Matrix a) {
        return Dispatch.one(x -> Spectra.spectralNorm(x[0]), a);
    }

    /**
     * The nuclear norm, the sum of the singular values: ⟨U·Vᵀ, dA⟩. Repeated singular values do no harm.
     *
     * @throws ArithmeticException if its derivative is asked for where a singular value is zero
     */
    public static Matrix nuclearNorm(Matrix a) {
        return Dispatch.one(x -> Spectra.nuclearNorm(x[0]), a);
    }

    /**
     * det A: ⟨cof A, dA⟩. Right at singular matrices, too: the first derivative where the rank is n - 1 and the second where it
     * is n - 2 are not zero. Overflows where the product of the pivots does: see {@link #logDeterminant}.
     */
    public static Matrix determinant(Matrix a) {
        return Dispatch.one(x -> Systems.determinant(x[0]), a);
    }

    /**
     * log|det A|: tr(A⁻¹dA).
     *
     * @throws ArithmeticException if A is singular
     */
    public static Matrix logDeterminant(Matrix a) {
        return Dispatch.one(x -> Systems.logDeterminant(x[0]), a);
    }

    // ---- inverses and systems ------------------------------------------------------------------------

    /**
     * A⁻¹: -A⁻¹·dA·A⁻¹. To apply an inverse, {@link #solve} is faster and more accurate.
     *
     * @throws ArithmeticException if A is singular
     */
    public static Matrix inverse(Matrix a) {
        return Dispatch.one(x -> Systems.inverse(x[0]), a);
    }

    /**
     * X with A·X = B: A⁻¹(dB - dA·X).
     *
     * @throws ArithmeticException if A is singular
     */
    public static Matrix solve(Matrix a, Matrix b) {
        return Dispatch.one(x -> Systems.solve(x[0], x[1]), a, b);
    }

    /**
     * X that minimizes ‖A·X - B‖ for A with at least as many rows as columns: A⁺(dB - dA·X) + (AᵀA)⁻¹dAᵀ(B - A·X). With fewer rows
     * the solution of least norm.
     *
     * @throws ArithmeticException if the columns depend on each other; {@link #pseudoInverse} does not mind
     */
    public static Matrix leastSquares(Matrix a, Matrix b) {
        return Dispatch.one(x -> Systems.leastSquares(x[0], x[1]), a, b);
    }

    /**
     * The inverse of Moore and Penrose, P: -P·dA·P + P·Pᵀ·dAᵀ·(I - A·P) + (I - P·A)·dAᵀ·Pᵀ·P. Singular values up to
     * max(m, n) ulp of the largest count as zero. The derivative is the one along which the rank stays; in other directions
     * there is none, and this is not noticed.
     */
    public static Matrix pseudoInverse(Matrix a) {
        return Dispatch.one(x -> Systems.pseudoInverse(x[0]), a);
    }

    // ---- factors -------------------------------------------------------------------------------------

    /**
     * P·A = L·U with partial pivoting: with M = L⁻¹·P·dA·U⁻¹, dL = L·lower(M), dU = upper(M)·U. Where pivots change, the factors jump; P
     * counts as a constant.
     *
     * @throws ArithmeticException if A is singular
     */
    public static Lu lu(Matrix a) {
        Matrix[] r = Dispatch.apply(x -> Factorizations.lu(x[0]), a);
        return new Lu(r[0], r[1], r[2]);
    }

    /**
     * A = Q·R, thin, with positive diagonal of R: with C = Qᵀ·dA·R⁻¹ and the skew S with C's lower triangle,
     * dR = (C - S)·R, dQ = dA·R⁻¹ - Q·(C - S).
     *
     * @throws ArithmeticException if the first min(m, n) columns depend on each other
     */
    public static Qr qr(Matrix a) {
        Matrix[] r = Dispatch.apply(x -> Factorizations.qr(x[0]), a);
        return new Qr(r[0], r[1]);
    }

    /**
     * The lower triangular L with A = L·Lᵀ of a symmetric A: L·Φ(L⁻¹·dA·L⁻ᵀ), Φ = lower triangle and half of the diagonal.
     *
     * @throws ArithmeticException if A is not positive definite
     */
    public static Matrix cholesky(Matrix a) {
        return Dispatch.one(x -> Factorizations.cholesky(x[0]), a);
    }

    /**
     * A = L·D·Lᵀ of a symmetric A, definite or not, without exchanges: with M = L⁻¹·dA·L⁻ᵀ, dD = diag(M), dL = L·lower(M)·D⁻¹.
     *
     * @throws ArithmeticException if a leading block is singular
     */
    public static Ldl ldl(Matrix a) {
        Matrix[] r = Dispatch.apply(x -> Factorizations.ldl(x[0]), a);
        return new Ldl(r[0], r[1]);
    }

    // ---- spectra -------------------------------------------------------------------------------------

    /**
     * Eigenvalues of a symmetric matrix from the smallest to the largest, as a column: diag(Vᵀ·dA·V). Of repeated ones each by itself
     * has no derivative; the numbers given are those for one choice of vectors, and their SUM over equal values is exact
     * in first and second order.
     */
    public static Matrix symmetricEigenvalues(Matrix a) {
        return Dispatch.one(x -> Spectra.symmetricValues(x[0]), a);
    }

    /**
     * Eigenvalues and eigenvectors of a symmetric matrix: with P = Vᵀ·dA·V, dλ = diag(P), dV = V·(E∘P), eᵢⱼ = 1/(λⱼ - λᵢ). Of each vector the
     * entry of largest size is positive.
     *
     * @throws ArithmeticException if derivatives of vectors are taken where eigenvalues are repeated
     */
    public static SymmetricEigen symmetricEigen(Matrix a) {
        Matrix[] r = Dispatch.apply(x -> Spectra.symmetric(x[0]), a);
        return new SymmetricEigen(r[0], r[1]);
    }

    /**
     * Eigenvalues of any square matrix, by real part, then by imaginary part: diag(V⁻¹·dA·V). For repeated ones see
     * {@link #symmetricEigenvalues}.
     *
     * @throws ArithmeticException if A has too few eigenvectors
     */
    public static Eigenvalues eigenvalues(Matrix a) {
        Matrix[] r = Dispatch.apply(x -> Spectra.generalValues(x[0]), a);
        return new Eigenvalues(r[0], r[1]);
    }

    /**
     * Eigenvalues and eigenvectors of any square matrix: with P = V⁻¹·dA·V, dλ = diag(P), dV = V·(E∘P) + V·diag(c), c such that each
     * vector keeps length 1 and its entry of largest size real and positive.
     *
     * @throws ArithmeticException if A has too few eigenvectors, or if derivatives of vectors are taken where eigenvalues
     *     are repeated
     */
    public static Eigen eigen(Matrix a) {
        Matrix[] r = Dispatch.apply(x -> Spectra.general(x[0]), a);
        return new Eigen(new Eigenvalues(r[0], r[1]), r[2], r[3]);
    }

    /**
     * Singular values from the largest to the smallest, as a column: diag(Uᵀ·dA·V). For repeated ones see
     * {@link #symmetricEigenvalues}.
     *
     * @throws ArithmeticException if derivatives are taken where one is zero
     */
    public static Matrix singularValues(Matrix a) {
        return Dispatch.one(x -> Spectra.singularValues(x[0]), a);
    }

    /**
     * A = U·diag(σ)·Vᵀ, thin: with P = Uᵀ·dA·V, S and K its symmetric and skew parts, eᵢⱼ = 1/(σⱼ - σᵢ), gᵢⱼ = 1/(σⱼ + σᵢ): dσ = diag(P),
     * dV = V·(E∘S - G∘K), dU = U·(E∘S + G∘K) + (I - U·Uᵀ)·dA·V·diag(1/σ) for m ≥ n.
     *
     * @throws ArithmeticException if derivatives are taken where singular values are repeated or zero
     */
    public static Svd svd(Matrix a) {
        Matrix[] r = Dispatch.apply(x -> Spectra.svd(x[0]), a);
        return new Svd(r[0], r[1], r[2]);
    }

    // ---- functions of matrices -----------------------------------------------------------------------

    /** exp A, by scaling and squaring of a Padé approximant, each step differentiated. */
    public static Matrix exp(Matrix a) {
        return Dispatch.one(x -> Functions.exponential(x[0]), a);
    }

    /**
     * The principal logarithm, by square roots and a Padé approximant, each step differentiated.
     *
     * @throws ArithmeticException if an eigenvalue is zero or negative
     */
    public static Matrix log(Matrix a) {
        return Dispatch.one(x -> Functions.logarithm(x[0]), a);
    }

    /**
     * The principal square root X: X·dX + dX·X = dA.
     *
     * @throws ArithmeticException if an eigenvalue is zero or negative
     */
    public static Matrix sqrt(Matrix a) {
        return Dispatch.one(x -> Functions.squareRoot(x[0]), a);
    }

    /**
     * Aᵖ for a whole p, by repeated squaring.
     *
     * @throws ArithmeticException if p is negative and A singular
     */
    public static Matrix power(Matrix a, int p) {
        return Dispatch.one(x -> Functions.power(x[0], p), a);
    }

    /**
     * The principal power Aᵖ = exp(p·log A); for a whole p as {@link #power(Matrix, int)}.
     *
     * @throws ArithmeticException if p is not whole and an eigenvalue is zero or negative
     */
    public static Matrix power(Matrix a, double p) {
        return Dispatch.one(x -> Functions.power(x[0], p), a);
    }

    /**
     * X with A·X + X·B = C: A·dX + dX·B = dC - dA·X - X·dB.
     *
     * @throws ArithmeticException if an eigenvalue of A is the negative of one of B
     */
    public static Matrix sylvester(Matrix a, Matrix b, Matrix c) {
        return Dispatch.one(x -> Functions.sylvester(x[0], x[1], x[2]), a, b, c);
    }

    /**
     * X with A·X + X·Aᵀ = C: A·dX + dX·Aᵀ = dC - dA·X - X·dAᵀ.
     *
     * @throws ArithmeticException if the sum of two eigenvalues of A is zero
     */
    public static Matrix lyapunov(Matrix a, Matrix c) {
        return Dispatch.one(x -> Functions.lyapunov(x[0], x[1]), a, c);
    }
}
