package org.wengert.linalg.matrix;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * Rules of eigenvalues, singular values and the norms made of them.
 *
 * <p>Differences of equal values in denominators count as infinite: the terms they belong to cancel in every function
 * that does not depend on the choice of vectors within a repeated value's space, such as sums over the values. Vectors of repeated values
 * have no derivative, and asking for it is an error.
 *
 * <p>Sources: J. Magnus, "On differentiating eigenvalues and eigenvectors", Econometric Theory 1 (1985); M. Giles (2008);
 * P. Lancaster, "On eigenvalues of matrices dependent on a parameter", Numer. Math. 6 (1964); for singular values J. Townsend,
 * "Differentiating the singular value decomposition" (2016).
 */
final class Spectra {

    /** Values count as equal if they differ by this much for each row, relative to the largest. */
    private static final double EQUAL = 0x1p-46;

    private Spectra() {}

    // ---- symmetric matrices --------------------------------------------------------------------------

    /**
     * A = V·diag(λ)·Vᵀ: with P = Vᵀ·dA·V, dλ = diag(P) and dV = V·(E∘P), eᵢⱼ = 1/(λⱼ - λᵢ).
     *
     * @return λ from the smallest to the largest, as a column, and V
     */
    static Variable[] symmetric(Variable a) {
        Variable[] r = symmetricOfClusters(a);
        return new Variable[] {r[0], distinct(r[1], repeated(r[0].m().v().data, r[0].m().v().data), "eigenvalues")};
    }

    static Variable symmetricValues(Variable a) {
        return symmetricOfClusters(a)[0];
    }

    private static Variable[] symmetricOfClusters(Variable a) {
        Shapes.symmetric(a, "a");
        return new Primitive() {
            @Override
            DMatrixRMaj[] values(DMatrixRMaj[] x) {
                return symmetricDecomposition(x[0]);
            }

            @Override
            Differential[] differentials(Mat[] x, Mat[] y, Differential[] dx) {
                Mat v = y[1];
                Differential p = dx[0].left(v.transpose()).right(v);
                return new Differential[] {p.diagonal(), p.hadamard(differences(y[0])).left(v)};
            }
        }.at(a.symmetric());
    }

    private static DMatrixRMaj[] symmetricDecomposition(DMatrixRMaj a) {
        int n = a.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(a.copy())) {
            throw new ArithmeticException("the eigenvalues of a, " + Shapes.of(a) + ", did not converge");
        }
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (i, j) -> Double.compare(eigen.getEigenvalue(i).real, eigen.getEigenvalue(j).real));
        DMatrixRMaj values = Dense.matrix(n, 1);
        DMatrixRMaj vectors = Dense.matrix(n, n);
        for (int k = 0; k < n; k++) {
            values.data[k] = eigen.getEigenvalue(order[k]).real;
            DMatrixRMaj x = eigen.getEigenVector(order[k]);
            for (int i = 0; i < n; i++) {
                vectors.set(i, k, x.data[i]);
            }
            if (vectors.get(SingularValues.largest(vectors, k), k) < 0) {
                SingularValues.negateColumn(vectors, k);
            }
        }
        return new DMatrixRMaj[] {values, vectors};
    }

    private static boolean equal(double x, double y, double scale, int n) {
        return Math.abs(x - y) <= EQUAL * n * scale;
    }

    private static double largest(double[] x) {
        return Arrays.stream(x).map(Math::abs).max().orElse(0);
    }

    /** 1/(λⱼ - λᵢ), and 0 for equal values. */
    private static Mat differences(Mat values) {
        int n = values.rows();
        double scale = largest(values.v().data);
        DMatrixRMaj e = Dense.matrix(n, n);
        DMatrixRMaj b = values.b();
        DMatrixRMaj eb = b == null ? null : Dense.matrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double x = values.v().data[i];
                double y = values.v().data[j];
                if (!equal(x, y, scale, n)) {
                    double r = 1 / (y - x);
                    e.set(i, j, r);
                    if (b != null && eb != null) {
                        eb.set(i, j, -r * r * (b.data[j] - b.data[i]));
                    }
                }
            }
        }
        return new Mat(e, eb);
    }

    /** Says which two values are equal, or null. */
    private static @Nullable String repeated(double[] re, double[] im) {
        double scale = Math.max(largest(re), largest(im));
        for (int i = 0; i < re.length; i++) {
            for (int j = 0; j < i; j++) {
                if (equal(re[i], re[j], scale, re.length) && equal(im[i], im[j], scale, re.length)) {
                    return "values " + j + " and " + i + " are " + re[j] + " and " + re[i];
                }
            }
        }
        return null;
    }

    /** The vectors, whose derivatives are refused if two values are equal. */
    private static Variable distinct(Variable vectors, @Nullable String repeated, String what) {
        if (repeated == null) {
            return vectors;
        }
        var e = new ArithmeticException("vectors of repeated " + what + " have no derivative, but " + repeated
                + "; the values alone, and sums of them over equal ones, do");
        if (vectors.m().b() != null) {
            throw e;
        }
        return new Variable(vectors.m(), vectors.d().refused(() -> e));
    }

    // ---- singular values -----------------------------------------------------------------------------

    /**
     * A = U·diag(σ)·Vᵀ, thin: with P = Uᵀ·dA·V split into its symmetric part S and its skew part K, and for m ≥ n,
     *
     * <pre>
     * dσ = diag(P),   dV = V·(E∘S - G∘K),   dU = U·(E∘S + G∘K) + (I - U·Uᵀ)·dA·V·diag(1/σ),
     * eᵢⱼ = 1/(σⱼ - σᵢ),   gᵢⱼ = 1/(σⱼ + σᵢ).
     * </pre>
     *
     * @return U, σ as a column, V
     */
    static Variable[] svd(Variable a) {
        Variable[] r = svdOfClusters(a);
        double[] sigma = r[1].m().v().data;
        String why = repeated(sigma, new double[sigma.length]);
        if (why == null && sigma.length > 0 && isZero(sigma, sigma.length - 1, a)) {
            why = "value " + (sigma.length - 1) + " is " + sigma[sigma.length - 1] + ", zero to working precision";
        }
        String what = "or vanishing singular values";
        return new Variable[] {distinct(r[0], why, what), values(r[1], a), distinct(r[2], why, what)};
    }

    static Variable singularValues(Variable a) {
        return values(svdOfClusters(a)[1], a);
    }

    /** Singular values, whose derivative is refused where one is zero. */
    private static Variable values(Variable sigma, Variable a) {
        double[] s = sigma.m().v().data;
        if (s.length == 0 || !isZero(s, s.length - 1, a)) {
            return sigma;
        }
        var e = new ArithmeticException("a singular value that is zero has no derivative, but value " + (s.length - 1)
                + " is " + s[s.length - 1]);
        if (sigma.m().b() != null) {
            throw e;
        }
        return new Variable(sigma.m(), sigma.d().refused(() -> e));
    }

    private static boolean isZero(double[] sigma, int i, Variable a) {
        return sigma[i] <= Math.max(a.rows(), a.columns()) * 0x1p-52 * sigma[0];
    }

    private static Variable[] svdOfClusters(Variable a) {
        Shapes.finite(a, "a");
        if (a.rows() < a.columns()) {
            Variable[] t = svdOfClusters(a.transpose());
            return new Variable[] {t[2], t[1], t[0]};
        }
        int m = a.rows();
        int n = a.columns();
        return new Primitive() {
            @Override
            DMatrixRMaj[] values(DMatrixRMaj[] x) {
                SingularValues svd = SingularValues.of(x[0]);
                return new DMatrixRMaj[] {svd.u(), DMatrixRMaj.wrap(n, 1, svd.sigma()), svd.v()};
            }

            @Override
            Differential[] differentials(Mat[] x, Mat[] y, Differential[] dx) {
                Mat u = y[0];
                Mat v = y[2];
                Differential av = dx[0].right(v);
                Differential p = av.left(u.transpose());
                Differential s = p.symmetric().hadamard(differences(y[1]));
                Differential k = p.minus(p.transpose()).scale(0.5).hadamard(inverseSums(y[1]));
                Differential du = s.plus(k).left(u);
                if (m > n) {
                    Mat inverse = inverses(y[1]);
                    Differential outside = av.hadamard(Mat.ones(m, 1).times(inverse.transpose()));
                    du = du.plus(outside).minus(outside.left(u.transpose()).left(u));
                }
                return new Differential[] {du, p.diagonal(), s.minus(k).left(v)};
            }
        }.at(a);
    }

    /** 1/(σⱼ + σᵢ), and 0 where both are zero. */
    private static Mat inverseSums(Mat sigma) {
        Mat row = Mat.ones(sigma.rows(), 1);
        Mat columns = row.times(sigma.transpose());
        return inverses(columns.plus(columns.transpose()));
    }

    /** 1/x, and 0 for 0. */
    private static Mat inverses(Mat x) {
        double zero = x.rows() * 0x1p-52 * Dense.maxAbs(x.v());
        return x.map(s -> s <= zero ? 0 : 1 / s, s -> s <= zero ? 0 : -1 / s / s);
    }

    /** ‖A‖₂ = σ₁ with d‖A‖₂ = u₁ᵀ·dA·v₁, where σ₁ is simple. */
    static Variable spectralNorm(Variable a) {
        Variable[] svd = svdOfClusters(a);
        double[] sigma = svd[1].m().v().data;
        Variable norm = svd[1].submatrix(0, 0, 1, 1);
        if (sigma[0] == 0 || sigma.length > 1 && equal(sigma[0], sigma[1], sigma[0], sigma.length)) {
            String values = sigma.length > 1 ? sigma[0] + " and " + sigma[1] : String.valueOf(sigma[0]);
            return refused(norm, "the spectral norm has no derivative where the largest singular value is repeated or zero, "
                    + "but the largest are " + values);
        }
        return norm;
    }

    /** ‖A‖₊ = Σ σᵢ with d‖A‖₊ = ⟨U·Vᵀ, dA⟩, where no σ is zero. */
    static Variable nuclearNorm(Variable a) {
        Variable[] svd = svdOfClusters(a);
        double[] sigma = svd[1].m().v().data;
        Mat sum = Mat.ones(1, sigma.length).times(svd[1].m());
        Mat polar = svd[0].m().times(svd[2].m().transpose());
        Variable norm = new Variable(sum, a.d().inner(polar));
        if (sigma.length > 0 && isZero(sigma, sigma.length - 1, a)) {
            return refused(norm, "the nuclear norm has no derivative where a singular value is zero, but the smallest is "
                    + sigma[sigma.length - 1]);
        }
        return norm;
    }

    private static Variable refused(Variable x, String why) {
        var e = new ArithmeticException(why);
        if (x.m().b() != null) {
            throw e;
        }
        return new Variable(x.m(), x.d().refused(() -> e));
    }

    // ---- general matrices ----------------------------------------------------------------------------

    /** A complex matrix of differentials. */
    private record Complex(Differential re, Differential im) {

        Complex plus(Complex y) {
            return new Complex(re.plus(y.re), im.plus(y.im));
        }

        Complex hadamard(Mat cre, Mat cim) {
            return new Complex(
                    re.hadamard(cre).minus(im.hadamard(cim)), re.hadamard(cim).plus(im.hadamard(cre)));
        }

        Complex left(Mat cre, Mat cim) {
            return new Complex(re.left(cre).minus(im.left(cim)), re.left(cim).plus(im.left(cre)));
        }
    }

    /**
     * A·V = V·diag(λ) with complex λ and V: with P = V⁻¹·dA·V, dλ = diag(P) and dV = V·(E∘P) + V·diag(c), eᵢⱼ = 1/(λⱼ - λᵢ). Each
     * column of V has length 1, and its entry of largest size is real and positive; c keeps it so:
     *
     * <pre>
     * U = V·(E∘P),   Re cⱼ = -Re(vⱼᴴuⱼ),   Im cⱼ = -Im(uₘⱼ)/vₘⱼ.
     * </pre>
     *
     * @return Re λ, Im λ as columns, Re V, Im V
     */
    static Variable[] general(Variable a) {
        Variable[] r = generalOfClusters(a);
        String why = repeated(r[0].m().v().data, r[1].m().v().data);
        return new Variable[] {r[0], r[1], distinct(r[2], why, "eigenvalues"), distinct(r[3], why, "eigenvalues")};
    }

    static Variable[] generalValues(Variable a) {
        return Arrays.copyOf(generalOfClusters(a), 2);
    }

    private static Variable[] generalOfClusters(Variable a) {
        Shapes.square(a, "a");
        Shapes.finite(a, "a");
        int n = a.rows();
        return new Primitive() {
            @Override
            DMatrixRMaj[] values(DMatrixRMaj[] x) {
                return ComplexSchur.of(x[0]).eigen();
            }

            @Override
            Differential[] differentials(Mat[] x, Mat[] y, Differential[] dx) {
                Mat re = y[2];
                Mat im = y[3];
                Mat real = re.embed(0, 0, 2 * n, 2 * n).plus(re.embed(n, n, 2 * n, 2 * n))
                        .plus(im.embed(n, 0, 2 * n, 2 * n)).minus(im.embed(0, n, 2 * n, 2 * n));
                LuSolver v = LuSolver.factorize(real);
                if (!(v.smallestPivot() > 64 * n * 0x1p-52)) {
                    throw new ArithmeticException("eigenvalues of a defective matrix have no derivative, but a has too few "
                            + "eigenvectors: the smallest pivot of the matrix of its eigenvectors is " + v.smallestPivot());
                }
                Differential both = dx[0].right(re).embed(0, 0, 2 * n, n)
                        .plus(dx[0].right(im).embed(n, 0, 2 * n, n)).solve(v);
                Complex p = new Complex(both.submatrix(0, 0, n, n), both.submatrix(n, 0, n, n));
                Mat[] e = differences(y[0], y[1]);
                Complex u = p.hadamard(e[0], e[1]).left(re, im);
                Mat ones = Mat.ones(n, n);
                Differential cre = u.re.hadamard(re).plus(u.im.hadamard(im)).left(ones).scale(-1);
                Differential cim = u.im.hadamard(pivots(re, im)).left(ones).scale(-1);
                Complex dv = u.plus(new Complex(cre, cim).hadamard(re, im));
                return new Differential[] {p.re.diagonal(), p.im.diagonal(), dv.re, dv.im};
            }
        }.at(a);
    }

    /** 1/(λⱼ - λᵢ), real and imaginary part, and 0 for equal values. */
    private static Mat[] differences(Mat re, Mat im) {
        int n = re.rows();
        double scale = Math.max(largest(re.v().data), largest(im.v().data));
        Mat row = Mat.ones(n, 1);
        Mat x = row.times(re.transpose());
        Mat y = row.times(im.transpose());
        Mat dx = x.minus(x.transpose());
        Mat dy = y.minus(y.transpose());
        DMatrixRMaj apart = Dense.matrix(n, n);
        for (int k = 0; k < n * n; k++) {
            boolean equal = equal(dx.v().data[k], 0, scale, n) && equal(dy.v().data[k], 0, scale, n);
            apart.data[k] = equal ? 0 : 1;
        }
        Mat size = dx.hadamard(dx).plus(dy.hadamard(dy)).map(s -> s == 0 ? 0 : 1 / s, s -> s == 0 ? 0 : -1 / s / s);
        Mat weight = Mat.of(apart).hadamard(size);
        return new Mat[] {weight.hadamard(dx), weight.hadamard(dy).scale(-1)};
    }

    /** 1/vₘⱼ in the place of the largest entry of each column, which is real; 0 elsewhere. */
    private static Mat pivots(Mat re, Mat im) {
        int n = re.rows();
        DMatrixRMaj p = Dense.matrix(n, n);
        DMatrixRMaj b = re.b();
        DMatrixRMaj pb = b == null ? null : Dense.matrix(n, n);
        for (int j = 0; j < n; j++) {
            int best = ComplexSchur.largest(re.v(), im.v(), j);
            double r = 1 / re.v().get(best, j);
            p.set(best, j, r);
            if (b != null && pb != null) {
                pb.set(best, j, -r * r * b.get(best, j));
            }
        }
        return new Mat(p, pb);
    }
}
