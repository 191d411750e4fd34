package org.wengert.linalg.matrix;

import static org.wengert.linalg.matrix.RuleCase.free;
import static org.wengert.linalg.matrix.RuleCase.random;
import static org.wengert.linalg.matrix.RuleCase.symmetric;
import static org.wengert.linalg.matrix.RuleCase.withEigenvalues;
import static org.wengert.linalg.matrix.RuleCase.withSingularValues;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.wengert.core.elementary.Exponentials;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Trigonometry;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;

/** All rules, each beside an algorithm in numbers, at random, structured and ill-conditioned arguments. */
final class RuleCases {

    private RuleCases() {}

    private static RuleCase one(
            String name, Function<Matrix[], Matrix> rule, Function<Scalar[][][], Scalar[][]> algorithm,
            Function<Random, DMatrixRMaj[]> point, RuleCase.Direction direction) {
        return new RuleCase(
                name, x -> new Matrix[] {rule.apply(x)}, x -> new Scalar[][][] {algorithm.apply(x)}, point, direction);
    }

    private static Scalar[][] number(Scalar x) {
        return new Scalar[][] {{x}};
    }

    private static Scalar[][] map(Scalar[][] a, Function<Scalar, Scalar> f) {
        Scalar[][] c = ScalarAlgorithms.copy(a);
        for (Scalar[] row : c) {
            Arrays.setAll(row, j -> f.apply(row[j]));
        }
        return c;
    }

    private static Scalar sum(Scalar[][] a) {
        Scalar s = Scalar.of(0);
        for (Scalar[] row : a) {
            for (Scalar x : row) {
                s = s.plus(x);
            }
        }
        return s;
    }

    private static DMatrixRMaj shifted(Random r, int n, double shift) {
        DMatrixRMaj a = random(r, n, n);
        for (int i = 0; i < n; i++) {
            a.add(i, i, shift);
        }
        return a;
    }

    private static Function<Random, DMatrixRMaj[]> matrices(int... shapes) {
        return r -> {
            DMatrixRMaj[] x = new DMatrixRMaj[shapes.length / 2];
            for (int i = 0; i < x.length; i++) {
                x[i] = random(r, shapes[2 * i], shapes[2 * i + 1]);
            }
            return x;
        };
    }

    /** Kinds of square matrices: random, badly scaled, ill-conditioned, tridiagonal, triangular. */
    private static DMatrixRMaj square(Random r, int n) {
        DMatrixRMaj a = random(r, n, n);
        switch (r.nextInt(5)) {
            case 0 -> {
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        a.set(i, j, a.get(i, j) * Math.scalb(1.0, 3 * (i - j)));
                    }
                }
            }
            case 1 -> a = withSingularValues(r, n, n, spread(n, 1e-4));
            case 2 -> {
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        a.set(i, j, Math.abs(i - j) > 1 ? 0 : i == j ? 4 : a.get(i, j));
                    }
                }
            }
            case 3 -> {
                for (int i = 0; i < n; i++) {
                    a.set(i, i, a.get(i, i) + Math.copySign(1, a.get(i, i)));
                    for (int j = 0; j < i; j++) {
                        a.set(i, j, 0);
                    }
                }
            }
            default -> {}
        }
        return a;
    }

    /** n values from 1 down to the last, in equal ratios. */
    private static double[] spread(int n, double last) {
        double[] d = new double[n];
        Arrays.setAll(d, k -> n == 1 ? 1 : Math.pow(last, k / (n - 1.0)));
        return d;
    }

    /** Symmetric positive definite: random, ill-conditioned, or Hilbert's. */
    private static DMatrixRMaj definite(Random r, int n) {
        return switch (r.nextInt(3)) {
            case 0 -> {
                DMatrixRMaj a = random(r, n, n);
                DMatrixRMaj s = Dense.times(a, Dense.transpose(a, 1));
                for (int i = 0; i < n; i++) {
                    s.add(i, i, 0.5);
                }
                yield symmetric(s);
            }
            case 1 -> withEigenvalues(r, spread(n, 1e-4));
            default -> {
                DMatrixRMaj h = new DMatrixRMaj(4, 4);
                for (int i = 0; i < 4; i++) {
                    for (int j = 0; j < 4; j++) {
                        h.set(i, j, 1.0 / (1 + i + j));
                    }
                }
                yield h;
            }
        };
    }

    /** Eigenvalues that are apart from each other, of both signs. */
    private static DMatrixRMaj apart(Random r, int n) {
        double[] d = new double[n];
        Arrays.setAll(d, k -> (k % 2 == 0 ? 1 : -1) * (0.5 + k + 0.4 * r.nextDouble()));
        return withEigenvalues(r, d);
    }

    private static int size(Random r) {
        return 1 + r.nextInt(5);
    }

    static List<RuleCase> all() {
        List<RuleCase> all = new ArrayList<>();
        // ---- products
        all.add(one("plus", x -> x[0].plus(x[1]), x -> ScalarAlgorithms.plus(x[0], x[1]), matrices(3, 2, 3, 2), free()));
        all.add(one("minus", x -> x[0].minus(x[1]), x -> ScalarAlgorithms.plus(x[0], ScalarAlgorithms.scale(-1, x[1])),
                matrices(3, 2, 3, 2), free()));
        all.add(one("times", x -> x[0].times(x[1]), x -> ScalarAlgorithms.times(x[0], x[1]), matrices(3, 4, 4, 2), free()));
        all.add(one("timesLarge", x -> x[0].times(x[1]), x -> ScalarAlgorithms.times(x[0], x[1]),
                matrices(9, 17, 17, 11), free()));
        all.add(one("transposeTimes", x -> x[0].transposeTimes(x[1]),
                x -> ScalarAlgorithms.times(ScalarAlgorithms.transpose(x[0]), x[1]), matrices(4, 3, 4, 2), free()));
        all.add(one("timesTranspose", x -> x[0].timesTranspose(x[1]),
                x -> ScalarAlgorithms.times(x[0], ScalarAlgorithms.transpose(x[1])), matrices(3, 4, 2, 4), free()));
        all.add(one("transposeTimesTranspose", x -> x[0].transposeTimesTranspose(x[1]),
                x -> ScalarAlgorithms.transpose(ScalarAlgorithms.times(x[1], x[0])), matrices(4, 3, 2, 4), free()));
        all.add(one("scale", x -> x[1].scale(x[0]), x -> map(x[1], s -> s.times(x[0][0][0])), matrices(1, 1, 3, 2), free()));
        all.add(one("hadamard", x -> x[0].hadamard(x[1]), x -> {
            Scalar[][] c = ScalarAlgorithms.copy(x[0]);
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 2; j++) {
                    c[i][j] = x[0][i][j].times(x[1][i][j]);
                }
            }
            return c;
        }, matrices(3, 2, 3, 2), free()));
        all.add(one("kronecker", x -> MatrixMath.kronecker(x[0], x[1]), x -> ScalarAlgorithms.kronecker(x[0], x[1]),
                matrices(2, 3, 3, 2), free()));
        all.add(one("trace", x -> MatrixMath.trace(x[0]), x -> number(ScalarAlgorithms.trace(x[0])), matrices(4, 4), free()));
        all.add(one("sum", x -> MatrixMath.sum(x[0]), x -> number(sum(x[0])), matrices(3, 2), free()));
        all.add(one("inner", x -> MatrixMath.inner(x[0], x[1]),
                x -> number(ScalarAlgorithms.trace(ScalarAlgorithms.times(ScalarAlgorithms.transpose(x[0]), x[1]))),
                matrices(3, 2, 3, 2), free()));
        all.add(one("structure", x -> MatrixMath.above(
                        MatrixMath.beside(x[0], x[1].reshape(3, 2)), MatrixMath.ofDiagonal(MatrixMath.diagonal(x[0]))
                                .submatrix(0, 0, 1, 2).timesTranspose(Matrix.identity(4).submatrix(0, 0, 4, 2))),
                x -> {
                    Scalar[][] r = ScalarAlgorithms.zeros(4, 4);
                    for (int i = 0; i < 3; i++) {
                        for (int j = 0; j < 2; j++) {
                            r[i][j] = x[0][i][j];
                            r[i][2 + j] = x[1][(2 * i + j) / 3][(2 * i + j) % 3];
                        }
                    }
                    r[3][0] = x[0][0][0];
                    return r;
                }, r -> new DMatrixRMaj[] {random(r, 3, 2), random(r, 2, 3)}, free()));
        all.add(one("elementwiseSin", x -> MatrixMath.elementwise(Trigonometry.SIN, x[0]), x -> map(x[0], ScalarMath::sin),
                matrices(3, 2), free()));
        all.add(one("elementwiseExp", x -> MatrixMath.elementwise(Exponentials.EXP, x[0]), x -> map(x[0], ScalarMath::exp),
                matrices(3, 2), free()));
        all.add(one("elementwiseHypot", x -> MatrixMath.elementwise(Powers.HYPOT, x[0], x[1]), x -> {
            Scalar[][] c = ScalarAlgorithms.copy(x[0]);
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 2; j++) {
                    c[i][j] = ScalarMath.hypot(x[0][i][j], x[1][i][j]);
                }
            }
            return c;
        }, matrices(3, 2, 3, 2), free()));
        all.add(one("frobeniusNorm", x -> MatrixMath.frobeniusNorm(x[0]),
                x -> number(ScalarMath.sqrt(sum(map(x[0], s -> s.times(s))))), matrices(3, 2), free()));
        // ---- numbers
        all.add(one("determinant", x -> MatrixMath.determinant(x[0]), x -> number(ScalarAlgorithms.determinant(x[0])), r -> {
            int n = size(r);
            return new DMatrixRMaj[] {square(r, n)};
        }, free()));
        all.add(one("determinantSingular", x -> MatrixMath.determinant(x[0]),
                x -> number(ScalarAlgorithms.determinant(x[0])), r -> {
                    int n = 3 + r.nextInt(3);
                    int corank = 1 + r.nextInt(2);
                    double[] d = new double[n - corank];
                    Arrays.setAll(d, k -> 0.5 + r.nextDouble());
                    return new DMatrixRMaj[] {withSingularValues(r, n, n, d)};
                }, free()));
        all.add(one("logDeterminant", x -> MatrixMath.logDeterminant(x[0]),
                x -> number(ScalarAlgorithms.logDeterminant(x[0])), r -> new DMatrixRMaj[] {square(r, size(r))}, free()));
        all.add(one("spectralNorm", x -> MatrixMath.spectralNorm(x[0]),
                x -> ScalarAlgorithms.copy(new Scalar[][] {ScalarAlgorithms.svd(x[0])[1][0]}),
                r -> new DMatrixRMaj[] {withSingularValues(r, 4, 3, 3, 1.5, 0.5)}, free()));
        all.add(one("nuclearNorm", x -> MatrixMath.nuclearNorm(x[0]), x -> number(sum(ScalarAlgorithms.svd(x[0])[1])),
                r -> new DMatrixRMaj[] {withSingularValues(r, 3, 4, 3, 1.5, 0.5)}, free()));
        // ---- systems
        all.add(one("inverse", x -> MatrixMath.inverse(x[0]), x -> ScalarAlgorithms.inverse(x[0]),
                r -> new DMatrixRMaj[] {square(r, size(r))}, free()));
        all.add(one("solve", x -> MatrixMath.solve(x[0], x[1]), x -> ScalarAlgorithms.solve(x[0], x[1]), r -> {
            int n = size(r);
            return new DMatrixRMaj[] {square(r, n), random(r, n, 2)};
        }, free()));
        all.add(one("solveLarge", x -> MatrixMath.solve(x[0], x[1]), x -> ScalarAlgorithms.solve(x[0], x[1]),
                r -> new DMatrixRMaj[] {shifted(r, 19, 6), random(r, 19, 3)}, free()));
        all.add(one("leastSquares", x -> MatrixMath.leastSquares(x[0], x[1]), x -> {
            Scalar[][] t = ScalarAlgorithms.transpose(x[0]);
            return ScalarAlgorithms.solve(ScalarAlgorithms.times(t, x[0]), ScalarAlgorithms.times(t, x[1]));
        }, matrices(6, 3, 6, 2), free()));
        all.add(one("leastSquaresWide", x -> MatrixMath.leastSquares(x[0], x[1]), x -> {
            Scalar[][] t = ScalarAlgorithms.transpose(x[0]);
            return ScalarAlgorithms.times(t, ScalarAlgorithms.solve(ScalarAlgorithms.times(x[0], t), x[1]));
        }, matrices(3, 5, 3, 2), free()));
        all.add(one("pseudoInverse", x -> MatrixMath.pseudoInverse(x[0].times(x[1])), x -> {
            // (B·C)⁺ = C⁺·B⁺ for B of full column and C of full row rank: the rank stays 2.
            Scalar[][] bt = ScalarAlgorithms.transpose(x[0]);
            Scalar[][] ct = ScalarAlgorithms.transpose(x[1]);
            Scalar[][] b = ScalarAlgorithms.solve(ScalarAlgorithms.times(bt, x[0]), bt);
            return ScalarAlgorithms.times(ct, ScalarAlgorithms.solve(ScalarAlgorithms.times(x[1], ct), b));
        }, r -> new DMatrixRMaj[] {withSingularValues(r, 4, 2, 2, 1), withSingularValues(r, 2, 3, 1, 0.7)}, free()));
        // ---- factors
        all.add(new RuleCase("lu", x -> {
            Lu f = MatrixMath.lu(x[0]);
            return new Matrix[] {f.l(), f.u(), f.p()};
        }, x -> ScalarAlgorithms.lu(x[0]), r -> new DMatrixRMaj[] {square(r, size(r))}, free()));
        all.add(new RuleCase("qr", x -> {
            Qr f = MatrixMath.qr(x[0]);
            return new Matrix[] {f.q(), f.r()};
        }, x -> ScalarAlgorithms.qr(x[0]), r -> {
                    DMatrixRMaj a = random(r, 5, 1 + r.nextInt(7));
                    for (int i = 0; i < Math.min(5, a.numCols); i++) {
                        a.add(i, i, 4);
                    }
                    return new DMatrixRMaj[] {a};
                }, free()));
        all.add(one("cholesky", x -> MatrixMath.cholesky(x[0]), x -> ScalarAlgorithms.cholesky(x[0]),
                r -> new DMatrixRMaj[] {definite(r, size(r))}, symmetric()));
        all.add(one("choleskyLarge", x -> MatrixMath.cholesky(x[0]), x -> ScalarAlgorithms.cholesky(x[0]),
                r -> {
                    double[] d = new double[21];
                    Arrays.setAll(d, k -> 1 + k);
                    return new DMatrixRMaj[] {withEigenvalues(r, d)};
                }, symmetric()));
        all.add(new RuleCase("ldl", x -> {
            Ldl f = MatrixMath.ldl(x[0]);
            return new Matrix[] {f.l(), f.d()};
        }, x -> ScalarAlgorithms.ldl(x[0]), r -> {
            DMatrixRMaj a = symmetric(random(r, 4, 4));
            for (int i = 0; i < 4; i++) {
                a.set(i, i, (i % 2 == 0 ? 1 : -1) * (3 + a.get(i, i)));
            }
            return new DMatrixRMaj[] {a};
        }, symmetric()));
        // ---- spectra
        all.add(new RuleCase("symmetricEigen", x -> {
            SymmetricEigen e = MatrixMath.symmetricEigen(x[0]);
            return new Matrix[] {e.values(), e.vectors()};
        }, x -> ScalarAlgorithms.symmetricEigen(x[0]), r -> new DMatrixRMaj[] {apart(r, size(r))}, symmetric()));
        all.add(new RuleCase("eigen", x -> {
            Eigen e = MatrixMath.eigen(x[0]);
            return new Matrix[] {e.values().real(), e.values().imaginary(), e.real(), e.imaginary()};
        }, x -> ScalarAlgorithms.eigen(x[0], MatrixMath.eigen(realPart(x[0]))), r -> {
            // Two conjugate pairs and a real eigenvalue, apart from each other, in a random basis.
            DMatrixRMaj d = new DMatrixRMaj(new double[][] {
                {1, 2, 0.3, 0, 0.1}, {-2, 1, 0, 0.2, 0}, {0, 0, -1.5, 1, 0.5}, {0, 0, -1, -1.5, 0}, {0, 0, 0, 0, 3}});
            DMatrixRMaj s = withSingularValues(r, 5, 5, 1, 1.2, 0.8, 1.1, 0.7);
            return new DMatrixRMaj[] {Dense.times(s, Dense.times(d, MatrixMath.inverse(Matrix.of(s)).value()))};
        }, free()));
        all.add(new RuleCase("svd", x -> {
            Svd f = MatrixMath.svd(x[0]);
            return new Matrix[] {f.u(), f.values(), f.v()};
        }, x -> ScalarAlgorithms.svd(x[0]), r -> {
            int n = 3 + r.nextInt(2);
            int m = 3 + r.nextInt(2);
            return new DMatrixRMaj[] {withSingularValues(r, n, m, n == 4 && m == 4 ? new double[] {4, 2.5, 1.5, 0.6} : new double[] {3, 1.7, 0.8})};
        }, free()));
        // ---- functions
        all.add(one("exp", x -> MatrixMath.exp(x[0]), x -> ScalarAlgorithms.exp(x[0]),
                r -> {
                    DMatrixRMaj a = square(r, size(r));
                    return new DMatrixRMaj[] {Dense.scale(Math.scalb(8.0, -r.nextInt(10)) / Dense.norm1(a), a)};
                }, free()));
        all.add(one("log", x -> MatrixMath.log(x[0]), x -> ScalarAlgorithms.log(x[0]),
                r -> new DMatrixRMaj[] {shifted(r, size(r), 6)}, free()));
        all.add(one("sqrt", x -> MatrixMath.sqrt(x[0]), x -> ScalarAlgorithms.squareRoot(x[0]),
                r -> new DMatrixRMaj[] {shifted(r, size(r), 6)}, free()));
        all.add(one("power3", x -> MatrixMath.power(x[0], 3),
                x -> ScalarAlgorithms.times(x[0], ScalarAlgorithms.times(x[0], x[0])), matrices(4, 4), free()));
        all.add(one("powerMinus2", x -> MatrixMath.power(x[0], -2),
                x -> ScalarAlgorithms.inverse(ScalarAlgorithms.times(x[0], x[0])),
                r -> new DMatrixRMaj[] {shifted(r, size(r), 6)}, free()));
        all.add(one("power2.5", x -> MatrixMath.power(x[0], 2.5), x -> ScalarAlgorithms.times(
                        ScalarAlgorithms.times(x[0], x[0]), ScalarAlgorithms.squareRoot(x[0])),
                r -> new DMatrixRMaj[] {shifted(r, size(r), 6)}, free()));
        all.add(one("sylvester", x -> MatrixMath.sylvester(x[0], x[1], x[2]),
                x -> ScalarAlgorithms.sylvester(x[0], x[1], x[2]),
                r -> new DMatrixRMaj[] {shifted(r, 4, 3), shifted(r, 3, 3), random(r, 4, 3)}, free()));
        all.add(one("lyapunov", x -> MatrixMath.lyapunov(x[0], x[1]),
                x -> ScalarAlgorithms.sylvester(x[0], ScalarAlgorithms.transpose(x[0]), x[1]),
                r -> new DMatrixRMaj[] {shifted(r, 4, -4), random(r, 4, 4)}, free()));
        return all;
    }

    private static Matrix realPart(Scalar[][] a) {
        DMatrixRMaj v = new DMatrixRMaj(a.length, a.length);
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                v.set(i, j, a[i][j].value());
            }
        }
        return Matrix.of(v);
    }
}
