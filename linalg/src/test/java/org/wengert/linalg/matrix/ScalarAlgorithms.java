package org.wengert.linalg.matrix;

import static org.wengert.core.scalar.ScalarMath.abs;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import java.util.Arrays;
import java.util.Comparator;
import org.ejml.data.DMatrixRMaj;
import org.wengert.core.scalar.Scalar;

/**
 * Textbook algorithms, number by number: what a program does that knows nothing of matrix rules. The number types
 * differentiate every step.
 */
final class ScalarAlgorithms {

    private ScalarAlgorithms() {}

    static Scalar[][] constants(double[][] a) {
        return Arrays.stream(a)
                .map(row -> Arrays.stream(row).mapToObj(Scalar::of).toArray(Scalar[]::new))
                .toArray(Scalar[][]::new);
    }

    static Scalar[][] zeros(int n, int m) {
        return constants(new double[n][m]);
    }

    static Scalar[][] identity(int n) {
        Scalar[][] x = zeros(n, n);
        for (int i = 0; i < n; i++) {
            x[i][i] = Scalar.of(1);
        }
        return x;
    }

    static Scalar[][] copy(Scalar[][] a) {
        return Arrays.stream(a).map(Scalar[]::clone).toArray(Scalar[][]::new);
    }

    static Scalar[][] transpose(Scalar[][] a) {
        Scalar[][] t = new Scalar[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }

    static Scalar[][] times(Scalar[][] a, Scalar[][] b) {
        Scalar[][] c = new Scalar[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                Scalar sum = Scalar.of(0);
                for (int k = 0; k < b.length; k++) {
                    sum = sum.plus(a[i][k].times(b[k][j]));
                }
                c[i][j] = sum;
            }
        }
        return c;
    }

    static Scalar[][] plus(Scalar[][] a, Scalar[][] b) {
        Scalar[][] c = copy(a);
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                c[i][j] = a[i][j].plus(b[i][j]);
            }
        }
        return c;
    }

    static Scalar[][] scale(double f, Scalar[][] a) {
        Scalar[][] c = copy(a);
        for (Scalar[] row : c) {
            Arrays.setAll(row, j -> row[j].times(f));
        }
        return c;
    }

    static Scalar[][] column(Scalar... x) {
        Scalar[][] c = new Scalar[x.length][];
        Arrays.setAll(c, i -> new Scalar[] {x[i]});
        return c;
    }

    static Scalar trace(Scalar[][] a) {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i < a.length; i++) {
            sum = sum.plus(a[i][i]);
        }
        return sum;
    }

    static Scalar[][] kronecker(Scalar[][] a, Scalar[][] b) {
        Scalar[][] c = new Scalar[a.length * b.length][a[0].length * b[0].length];
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j < c[0].length; j++) {
                c[i][j] = a[i / b.length][j / b[0].length].times(b[i % b.length][j % b[0].length]);
            }
        }
        return c;
    }

    /** Gauss' elimination with partial pivoting: L, U, and the order of rows as a permutation matrix. */
    static Scalar[][][] lu(Scalar[][] a) {
        int n = a.length;
        Scalar[][] u = copy(a);
        Scalar[][] l = identity(n);
        Scalar[][] p = identity(n);
        for (int k = 0; k < n; k++) {
            int best = k;
            for (int i = k + 1; i < n; i++) {
                best = Math.abs(u[i][k].value()) > Math.abs(u[best][k].value()) ? i : best;
            }
            Scalar[] row = u[k];
            u[k] = u[best];
            u[best] = row;
            row = p[k];
            p[k] = p[best];
            p[best] = row;
            for (int j = 0; j < k; j++) {
                Scalar t = l[k][j];
                l[k][j] = l[best][j];
                l[best][j] = t;
            }
            for (int i = k + 1; i < n; i++) {
                l[i][k] = u[i][k].div(u[k][k]);
                for (int j = k; j < n; j++) {
                    u[i][j] = j == k ? Scalar.of(0) : u[i][j].minus(l[i][k].times(u[k][j]));
                }
            }
        }
        return new Scalar[][][] {l, u, p};
    }

    static Scalar[][] solve(Scalar[][] a, Scalar[][] b) {
        Scalar[][][] f = lu(a);
        Scalar[][] x = times(f[2], b);
        int n = a.length;
        for (int c = 0; c < b[0].length; c++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    x[i][c] = x[i][c].minus(f[0][i][j].times(x[j][c]));
                }
            }
            for (int i = n - 1; i >= 0; i--) {
                for (int j = i + 1; j < n; j++) {
                    x[i][c] = x[i][c].minus(f[1][i][j].times(x[j][c]));
                }
                x[i][c] = x[i][c].div(f[1][i][i]);
            }
        }
        return x;
    }

    static Scalar[][] inverse(Scalar[][] a) {
        return solve(a, identity(a.length));
    }

    /** Laplace's expansion, which divides by nothing. */
    static Scalar determinant(Scalar[][] a) {
        if (a.length == 1) {
            return a[0][0];
        }
        Scalar sum = Scalar.of(0);
        for (int j = 0; j < a.length; j++) {
            Scalar[][] minor = new Scalar[a.length - 1][a.length - 1];
            for (int i = 1; i < a.length; i++) {
                for (int k = 0, to = 0; k < a.length; k++) {
                    if (k != j) {
                        minor[i - 1][to++] = a[i][k];
                    }
                }
            }
            Scalar term = a[0][j].times(determinant(minor));
            sum = j % 2 == 0 ? sum.plus(term) : sum.minus(term);
        }
        return sum;
    }

    static Scalar logDeterminant(Scalar[][] a) {
        Scalar[][] u = lu(a)[1];
        Scalar sum = Scalar.of(0);
        for (int i = 0; i < a.length; i++) {
            sum = sum.plus(org.wengert.core.scalar.ScalarMath.log(abs(u[i][i])));
        }
        return sum;
    }

    static Scalar[][] cholesky(Scalar[][] a) {
        int n = a.length;
        Scalar[][] l = zeros(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                Scalar sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum = sum.minus(l[i][k].times(l[j][k]));
                }
                l[i][j] = i == j ? sqrt(sum) : sum.div(l[j][j]);
            }
        }
        return l;
    }

    static Scalar[][][] ldl(Scalar[][] a) {
        int n = a.length;
        Scalar[][] l = identity(n);
        Scalar[] d = new Scalar[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                Scalar sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum = sum.minus(l[i][k].times(l[j][k]).times(d[k]));
                }
                if (i == j) {
                    d[i] = sum;
                } else {
                    l[i][j] = sum.div(d[j]);
                }
            }
        }
        return new Scalar[][][] {l, column(d)};
    }

    /** Gram and Schmidt's orthogonalization, modified, each column twice. */
    static Scalar[][][] qr(Scalar[][] a) {
        int m = a.length;
        int n = a[0].length;
        int p = Math.min(m, n);
        Scalar[][] q = zeros(m, p);
        Scalar[][] r = zeros(p, n);
        for (int j = 0; j < n; j++) {
            Scalar[] v = new Scalar[m];
            for (int i = 0; i < m; i++) {
                v[i] = a[i][j];
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < Math.min(j, p); k++) {
                    Scalar dot = Scalar.of(0);
                    for (int i = 0; i < m; i++) {
                        dot = dot.plus(q[i][k].times(v[i]));
                    }
                    r[k][j] = r[k][j].plus(dot);
                    for (int i = 0; i < m; i++) {
                        v[i] = v[i].minus(q[i][k].times(dot));
                    }
                }
            }
            if (j < p) {
                Scalar sum = Scalar.of(0);
                for (Scalar x : v) {
                    sum = sum.plus(x.times(x));
                }
                r[j][j] = sqrt(sum);
                for (int i = 0; i < m; i++) {
                    q[i][j] = v[i].div(r[j][j]);
                }
            }
        }
        return new Scalar[][][] {q, r};
    }

    /** Jacobi's rotations until nothing is left off the diagonal: eigenvalues in ascending order, and eigenvectors. */
    static Scalar[][][] symmetricEigen(Scalar[][] symmetric) {
        int n = symmetric.length;
        Scalar[][] a = copy(symmetric);
        Scalar[][] v = identity(n);
        // Values converge first; derivatives follow within a few more sweeps.
        for (int sweep = 0; sweep < 14; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    // tan 2φ = 2a/(d - b), the angle with |φ| ≤ π/4, in a form that is differentiable where a is 0.
                    Scalar h = a[q][q].minus(a[p][p]).div(2);
                    double sign = h.value() < 0 ? -1 : 1;
                    Scalar t = a[p][q].div(h.times(sign).plus(sqrt(h.times(h).plus(a[p][q].times(a[p][q]))))).times(sign);
                    Scalar c = sqrt(t.times(t).plus(1)).divFrom(1);
                    Scalar s = t.times(c);
                    for (int k = 0; k < n; k++) {
                        Scalar x = a[k][p];
                        Scalar y = a[k][q];
                        a[k][p] = c.times(x).minus(s.times(y));
                        a[k][q] = s.times(x).plus(c.times(y));
                    }
                    for (int k = 0; k < n; k++) {
                        Scalar x = a[p][k];
                        Scalar y = a[q][k];
                        a[p][k] = c.times(x).minus(s.times(y));
                        a[q][k] = s.times(x).plus(c.times(y));
                        x = v[k][p];
                        y = v[k][q];
                        v[k][p] = c.times(x).minus(s.times(y));
                        v[k][q] = s.times(x).plus(c.times(y));
                    }
                }
            }
        }
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> a[i][i].value()));
        Scalar[] values = new Scalar[n];
        Scalar[][] vectors = new Scalar[n][n];
        for (int k = 0; k < n; k++) {
            int from = order[k];
            values[k] = a[from][from];
            int best = 0;
            for (int i = 0; i < n; i++) {
                best = Math.abs(v[i][from].value()) > Math.abs(v[best][from].value()) ? i : best;
            }
            double sign = v[best][from].value() < 0 ? -1 : 1;
            for (int i = 0; i < n; i++) {
                vectors[i][k] = v[i][from].times(sign);
            }
        }
        return new Scalar[][][] {column(values), vectors};
    }

    /** By the eigenvectors of AᵀA: U, σ descending, V; for full column rank. */
    static Scalar[][][] svd(Scalar[][] a) {
        if (a.length < a[0].length) {
            Scalar[][][] t = svd(transpose(a));
            return new Scalar[][][] {t[2], t[1], t[0]};
        }
        int n = a[0].length;
        Scalar[][][] e = symmetricEigen(times(transpose(a), a));
        Scalar[] sigma = new Scalar[n];
        Scalar[][] v = new Scalar[n][n];
        for (int k = 0; k < n; k++) {
            sigma[k] = sqrt(e[0][n - 1 - k][0]);
            for (int i = 0; i < n; i++) {
                v[i][k] = e[1][i][n - 1 - k];
            }
        }
        Scalar[][] u = times(a, v);
        for (Scalar[] row : u) {
            Arrays.setAll(row, k -> row[k].div(sigma[k]));
        }
        return new Scalar[][][] {u, column(sigma), v};
    }

    /** Taylor's series of exp(A/2ˢ), squared s times. */
    static Scalar[][] exp(Scalar[][] a) {
        double norm = 0;
        for (Scalar[] row : a) {
            norm = Math.max(norm, Arrays.stream(row).mapToDouble(x -> Math.abs(x.value())).sum());
        }
        int squarings = Math.max(0, Math.getExponent(norm) + 3);
        Scalar[][] x = scale(Math.scalb(1.0, -squarings), a);
        Scalar[][] sum = identity(a.length);
        Scalar[][] term = sum;
        for (int k = 1; k < 22; k++) {
            term = scale(1.0 / k, times(term, x));
            sum = plus(sum, term);
        }
        for (int k = 0; k < squarings; k++) {
            sum = times(sum, sum);
        }
        return sum;
    }

    /** Denman and Beavers' iteration. */
    static Scalar[][] squareRoot(Scalar[][] a) {
        Scalar[][] y = a;
        Scalar[][] z = identity(a.length);
        for (int k = 0; k < 16; k++) {
            Scalar[][] next = scale(0.5, plus(y, inverse(z)));
            z = scale(0.5, plus(z, inverse(y)));
            y = next;
        }
        return y;
    }

    /** log A = 2ˢ·2·Σ Xᵏ/k, k odd, X = (R - I)(R + I)⁻¹, R = A^(1/2ˢ). */
    static Scalar[][] log(Scalar[][] a) {
        int roots = 7;
        Scalar[][] r = a;
        for (int k = 0; k < roots; k++) {
            r = squareRoot(r);
        }
        Scalar[][] one = identity(a.length);
        Scalar[][] x = solve(plus(r, one), plus(r, scale(-1, one)));
        Scalar[][] power = x;
        Scalar[][] sum = x;
        for (int k = 3; k < 25; k += 2) {
            power = times(times(power, x), x);
            sum = plus(sum, scale(1.0 / k, power));
        }
        return scale(Math.scalb(2.0, roots), sum);
    }

    /** The linear system of all entries: (A ⊗ I + I ⊗ Bᵀ)·vec(X) = vec(C), by rows. */
    static Scalar[][] sylvester(Scalar[][] a, Scalar[][] b, Scalar[][] c) {
        Scalar[][] system = plus(kronecker(a, identity(b.length)), kronecker(identity(a.length), transpose(b)));
        Scalar[] right = Arrays.stream(c).flatMap(Arrays::stream).toArray(Scalar[]::new);
        Scalar[][] x = solve(system, column(right));
        Scalar[][] r = new Scalar[a.length][b.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                r[i][j] = x[i * b.length + j][0];
            }
        }
        return r;
    }

    /**
     * Eigenvalues and eigenvectors by Newton's method on (A - λ)·v = 0, |v|² = 1, Im vₘ = 0, started at known ones: each step makes
     * one more order of derivatives right.
     *
     * @return Re λ, Im λ, Re V, Im V
     */
    static Scalar[][][] eigen(Scalar[][] a, Eigen start) {
        int n = a.length;
        Scalar[][][] r = {zeros(n, 1), zeros(n, 1), zeros(n, n), zeros(n, n)};
        DMatrixRMaj re = start.real().value();
        DMatrixRMaj im = start.imaginary().value();
        for (int k = 0; k < n; k++) {
            Scalar[] x = new Scalar[2 * n + 2];
            for (int i = 0; i < n; i++) {
                x[i] = Scalar.of(re.get(i, k));
                x[n + i] = Scalar.of(im.get(i, k));
            }
            x[2 * n] = Scalar.of(start.values().real().value(k, 0));
            x[2 * n + 1] = Scalar.of(start.values().imaginary().value(k, 0));
            int pivot = ComplexSchur.largest(re, im, k);
            for (int step = 0; step < 4; step++) {
                x = newton(a, x, pivot);
            }
            r[0][k][0] = x[2 * n];
            r[1][k][0] = x[2 * n + 1];
            for (int i = 0; i < n; i++) {
                r[2][i][k] = x[i];
                r[3][i][k] = x[n + i];
            }
        }
        return r;
    }

    private static Scalar[] newton(Scalar[][] a, Scalar[] x, int pivot) {
        int n = a.length;
        Scalar lr = x[2 * n];
        Scalar li = x[2 * n + 1];
        Scalar[][] jacobian = zeros(2 * n + 2, 2 * n + 2);
        Scalar[] residual = new Scalar[2 * n + 2];
        Scalar norm = Scalar.of(-1);
        for (int i = 0; i < n; i++) {
            Scalar sr = Scalar.of(0);
            Scalar si = Scalar.of(0);
            for (int j = 0; j < n; j++) {
                jacobian[i][j] = i == j ? a[i][j].minus(lr) : a[i][j];
                jacobian[n + i][n + j] = jacobian[i][j];
                sr = sr.plus(a[i][j].times(x[j]));
                si = si.plus(a[i][j].times(x[n + j]));
            }
            jacobian[i][n + i] = li;
            jacobian[n + i][i] = li.unaryMinus();
            residual[i] = sr.minus(lr.times(x[i])).plus(li.times(x[n + i]));
            residual[n + i] = si.minus(lr.times(x[n + i])).minus(li.times(x[i]));
            jacobian[i][2 * n] = x[i].unaryMinus();
            jacobian[i][2 * n + 1] = x[n + i];
            jacobian[n + i][2 * n] = x[n + i].unaryMinus();
            jacobian[n + i][2 * n + 1] = x[i].unaryMinus();
            norm = norm.plus(x[i].times(x[i])).plus(x[n + i].times(x[n + i]));
            jacobian[2 * n][i] = x[i].times(2);
            jacobian[2 * n][n + i] = x[n + i].times(2);
        }
        residual[2 * n] = norm;
        jacobian[2 * n + 1][n + pivot] = Scalar.of(1);
        residual[2 * n + 1] = x[n + pivot];
        Scalar[][] step = solve(jacobian, column(residual));
        Scalar[] next = new Scalar[2 * n + 2];
        Arrays.setAll(next, i -> x[i].minus(step[i][0]));
        return next;
    }
}
