package org.wengert.linalg.matrix;

import java.util.Arrays;
import java.util.Comparator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.hessenberg.HessenbergSimilarDecomposition_DDRM;

/**
 * The complex Schur form A = Q·T·Qᴴ of a plain real matrix: Q unitary, T upper triangular. Hessenberg form by reflections, then
 * QR iterations with Wilkinson's shift. Backward stable: Q and T belong to a matrix that differs from A by a few n ulp of its norm.
 *
 * <p>Source: G. Golub and C. Van Loan, "Matrix Computations" (4th ed. 2013), sections 7.4 and 7.5; Å. Björck and
 * S. Hammarling, "A Schur method for the square root of a matrix", Linear Algebra Appl. 52 (1983).
 */
final class ComplexSchur {

    private static final double EPSILON = 0x1p-52;

    private final int n;

    /** Real and imaginary parts, row by row. */
    final double[] qr;

    final double[] qi;
    final double[] tr;
    final double[] ti;

    private ComplexSchur(int n, double[] qr, double[] qi, double[] tr, double[] ti) {
        this.n = n;
        this.qr = qr;
        this.qi = qi;
        this.tr = tr;
        this.ti = ti;
    }

    static ComplexSchur of(DMatrixRMaj a) {
        int n = a.numRows;
        double[] tr = a.data.clone();
        double[] qr = Dense.identity(n).data;
        if (n > 2) {
            var hessenberg = new HessenbergSimilarDecomposition_DDRM(n);
            if (!hessenberg.decompose(a.copy())) {
                throw new ArithmeticException("a, " + Shapes.of(a) + ", could not be brought to Hessenberg form");
            }
            tr = hessenberg.getH(null).data.clone();
            qr = hessenberg.getQ(null).data.clone();
        }
        var s = new ComplexSchur(n, qr, new double[n * n], tr, new double[n * n]);
        s.iterate();
        return s;
    }

    private double size(int i, int j) {
        return Math.abs(tr[i * n + j]) + Math.abs(ti[i * n + j]);
    }

    private void iterate() {
        double norm = 0;
        for (double x : tr) {
            norm = Math.max(norm, Math.abs(x));
        }
        int count = 0;
        for (int high = n - 1; high > 0; ) {
            int low = high;
            while (low > 0) {
                double s = size(low - 1, low - 1) + size(low, low);
                if (size(low, low - 1) <= EPSILON * (s == 0 ? norm : s)) {
                    tr[low * n + low - 1] = 0;
                    ti[low * n + low - 1] = 0;
                    break;
                }
                low--;
            }
            if (low == high) {
                high--;
                count = 0;
            } else {
                if (++count > 300) {
                    throw new ArithmeticException("eigenvalue " + high + " of a " + n + " x " + n + " matrix did not converge");
                }
                step(low, high, count);
            }
        }
        for (int i = 1; i < n; i++) {
            Arrays.fill(tr, i * n, i * n + i, 0);
            Arrays.fill(ti, i * n, i * n + i, 0);
        }
    }

    /** One QR step on rows and columns low … high. */
    private void step(int low, int high, int count) {
        double sr = tr[high * n + high];
        double si = ti[high * n + high];
        if (count % 10 == 0) {
            sr += 0.75 * size(high, high - 1);
        } else {
            // The eigenvalue of the last 2 x 2 block that is nearer to its last entry: d + h - √(h² + b·c) with the right sign.
            double hr = (tr[(high - 1) * n + high - 1] - sr) / 2;
            double hi = (ti[(high - 1) * n + high - 1] - si) / 2;
            double br = tr[(high - 1) * n + high];
            double bi = ti[(high - 1) * n + high];
            double cr = tr[high * n + high - 1];
            double ci = ti[high * n + high - 1];
            double[] root = sqrt(hr * hr - hi * hi + br * cr - bi * ci, 2 * hr * hi + br * ci + bi * cr);
            boolean opposite = hr * root[0] + hi * root[1] < 0;
            double dr = hr + (opposite ? -root[0] : root[0]);
            double di = hi + (opposite ? -root[1] : root[1]);
            if (dr != 0 || di != 0) {
                // h - root = -b·c / (h + root), without cancellation.
                double[] less = divide(-(br * cr - bi * ci), -(br * ci + bi * cr), dr, di);
                sr += less[0];
                si += less[1];
            }
        }
        double xr = tr[low * n + low] - sr;
        double xi = ti[low * n + low] - si;
        double yr = tr[(low + 1) * n + low];
        double yi = ti[(low + 1) * n + low];
        for (int k = low; k < high; k++) {
            double x = Math.hypot(xr, xi);
            double y = Math.hypot(yr, yi);
            double r = Math.hypot(x, y);
            double c = 1;
            double zr = 0;
            double zi = 0;
            if (y != 0) {
                c = x / r;
                // The phase of x, which is 1 for x = 0.
                double pr = x == 0 ? 1 : xr / x;
                double pi = x == 0 ? 0 : xi / x;
                zr = (pr * yr + pi * yi) / r;
                zi = (pi * yr - pr * yi) / r;
            }
            rotateRows(k, Math.max(k - 1, low), c, zr, zi);
            rotateColumns(tr, ti, k, Math.min(k + 2, high), c, zr, zi);
            rotateColumns(qr, qi, k, n - 1, c, zr, zi);
            if (k < high - 1) {
                xr = tr[(k + 1) * n + k];
                xi = ti[(k + 1) * n + k];
                yr = tr[(k + 2) * n + k];
                yi = ti[(k + 2) * n + k];
            }
        }
    }

    /** Rows k and k + 1 become c·x + s·y and -s̄·x + c·y, from a column on. */
    private void rotateRows(int k, int from, double c, double sr, double si) {
        for (int p = k * n + from, q = p + n, end = k * n + n; p < end; p++, q++) {
            double xr = tr[p];
            double xi = ti[p];
            double yr = tr[q];
            double yi = ti[q];
            tr[p] = c * xr + sr * yr - si * yi;
            ti[p] = c * xi + sr * yi + si * yr;
            tr[q] = c * yr - sr * xr - si * xi;
            ti[q] = c * yi - sr * xi + si * xr;
        }
    }

    /** Columns k and k + 1 become c·x + s̄·y and -s·x + c·y, down to a row. */
    private void rotateColumns(double[] re, double[] im, int k, int last, double c, double sr, double si) {
        for (int p = k, row = 0; row <= last; row++, p += n) {
            double xr = re[p];
            double xi = im[p];
            double yr = re[p + 1];
            double yi = im[p + 1];
            re[p] = c * xr + sr * yr + si * yi;
            im[p] = c * xi + sr * yi - si * yr;
            re[p + 1] = c * yr - sr * xr + si * xi;
            im[p + 1] = c * yi - sr * xi - si * xr;
        }
    }

    static double[] sqrt(double re, double im) {
        double size = Math.hypot(re, im);
        if (size == 0) {
            return new double[] {0, 0};
        }
        double s = Math.sqrt((size + Math.abs(re)) / 2);
        double t = im / (2 * s);
        return re >= 0 ? new double[] {s, t} : new double[] {Math.abs(t), Math.copySign(s, im)};
    }

    static double[] divide(double ar, double ai, double br, double bi) {
        if (Math.abs(br) >= Math.abs(bi)) {
            double q = bi / br;
            double d = br + bi * q;
            return new double[] {(ar + ai * q) / d, (ai - ar * q) / d};
        }
        double q = br / bi;
        double d = br * q + bi;
        return new double[] {(ar * q + ai) / d, (ai * q - ar) / d};
    }

    double norm() {
        double norm = 0;
        for (int k = 0; k < n * n; k++) {
            norm = Math.max(norm, Math.abs(tr[k]) + Math.abs(ti[k]));
        }
        return norm;
    }

    // ---- square root ---------------------------------------------------------------------------------

    /**
     * The principal square root, by the recurrence rᵢⱼ = (tᵢⱼ - Σ rᵢₖrₖⱼ)/(rᵢᵢ + rⱼⱼ).
     *
     * @throws ArithmeticException if an eigenvalue is zero or negative
     */
    DMatrixRMaj squareRoot() {
        double[] rr = new double[n * n];
        double[] ri = new double[n * n];
        double tolerance = n * EPSILON * norm();
        for (int j = 0; j < n; j++) {
            double re = tr[j * n + j];
            double im = ti[j * n + j];
            if (re <= tolerance && Math.abs(im) <= tolerance) {
                throw new ArithmeticException("a must have no eigenvalue that is zero or negative, but has " + re
                        + ": there is no differentiable real square root, logarithm or power");
            }
            double[] root = sqrt(re, im);
            rr[j * n + j] = root[0];
            ri[j * n + j] = root[1];
            for (int i = j - 1; i >= 0; i--) {
                double sr = tr[i * n + j];
                double si = ti[i * n + j];
                for (int k = i + 1; k < j; k++) {
                    sr -= rr[i * n + k] * rr[k * n + j] - ri[i * n + k] * ri[k * n + j];
                    si -= rr[i * n + k] * ri[k * n + j] + ri[i * n + k] * rr[k * n + j];
                }
                double[] r = divide(sr, si, rr[i * n + i] + rr[j * n + j], ri[i * n + i] + ri[j * n + j]);
                rr[i * n + j] = r[0];
                ri[i * n + j] = r[1];
            }
        }
        return transformBack(rr, ri, this);
    }

    /** Re(Q·X·Pᴴ) with P of another Schur form. */
    DMatrixRMaj transformBack(double[] xr, double[] xi, ComplexSchur p) {
        DMatrixRMaj re = DMatrixRMaj.wrap(n, p.n, xr);
        DMatrixRMaj im = DMatrixRMaj.wrap(n, p.n, xi);
        DMatrixRMaj q = DMatrixRMaj.wrap(n, n, qr);
        DMatrixRMaj qim = DMatrixRMaj.wrap(n, n, qi);
        DMatrixRMaj pt = Dense.transpose(DMatrixRMaj.wrap(p.n, p.n, p.qr), 1);
        DMatrixRMaj pti = Dense.transpose(DMatrixRMaj.wrap(p.n, p.n, p.qi), 1);
        DMatrixRMaj yr = Dense.minus(Dense.times(q, re), Dense.times(qim, im));
        DMatrixRMaj yi = Dense.plus(Dense.times(q, im), Dense.times(qim, re));
        return Dense.plus(Dense.times(yr, pt), Dense.times(yi, pti));
    }

    /** Qᴴ·C·P for a real C: real and imaginary part. */
    DMatrixRMaj[] transform(DMatrixRMaj c, ComplexSchur p) {
        DMatrixRMaj qt = Dense.transpose(DMatrixRMaj.wrap(n, n, qr), 1);
        DMatrixRMaj qti = Dense.transpose(DMatrixRMaj.wrap(n, n, qi), 1);
        DMatrixRMaj pr = DMatrixRMaj.wrap(p.n, p.n, p.qr);
        DMatrixRMaj pi = DMatrixRMaj.wrap(p.n, p.n, p.qi);
        DMatrixRMaj re = Dense.times(qt, c);
        DMatrixRMaj im = Dense.scale(-1, Dense.times(qti, c));
        return new DMatrixRMaj[] {
            Dense.minus(Dense.times(re, pr), Dense.times(im, pi)), Dense.plus(Dense.times(re, pi), Dense.times(im, pr))
        };
    }

    // ---- eigenvectors --------------------------------------------------------------------------------

    /** Re λ, Im λ as columns, and Re V, Im V: by real part, then imaginary part; conjugate pairs exactly so. */
    DMatrixRMaj[] eigen() {
        double scale = norm();
        double real = 16 * n * EPSILON * scale;
        double[] im = new double[n];
        for (int k = 0; k < n; k++) {
            im[k] = Math.abs(ti[k * n + k]) <= real ? 0 : ti[k * n + k];
        }
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        // Real ones and the upper halves of pairs; the lower halves are their conjugates.
        Integer[] chosen = Arrays.stream(order).filter(k -> im[k] >= 0)
                .sorted(Comparator.<Integer>comparingDouble(k -> tr[k * n + k]).thenComparingDouble(k -> im[k]))
                .toArray(Integer[]::new);
        DMatrixRMaj[] r = {Dense.matrix(n, 1), Dense.matrix(n, 1), Dense.matrix(n, n), Dense.matrix(n, n)};
        int at = 0;
        for (int k : chosen) {
            double[] xr = new double[n];
            double[] xi = new double[n];
            vector(k, xr, xi, scale);
            int pair = im[k] > 0 ? 2 : 1;
            if (at + pair > n) {
                throw new ArithmeticException("eigenvalues near " + tr[k * n + k] + " do not come in conjugate pairs: "
                        + "a is too near to a matrix with a defective one");
            }
            for (int s = pair - 1; s >= 0; s--) {
                double sign = s == 1 ? -1 : 1;
                r[0].data[at] = tr[k * n + k];
                r[1].data[at] = sign * im[k];
                for (int i = 0; i < n; i++) {
                    r[2].set(i, at, xr[i]);
                    r[3].set(i, at, im[k] == 0 ? 0 : sign * xi[i]);
                }
                at++;
            }
        }
        if (at != n) {
            throw new ArithmeticException("eigenvalues do not come in conjugate pairs: "
                    + "a is too near to a matrix with a defective one");
        }
        return r;
    }

    /** The eigenvector of eigenvalue k, of length 1, its largest entry real and positive. */
    private void vector(int k, double[] xr, double[] xi, double scale) {
        double[] yr = new double[n];
        double[] yi = new double[n];
        yr[k] = 1;
        double small = n * EPSILON * scale;
        for (int i = k - 1; i >= 0; i--) {
            double sr = 0;
            double si = 0;
            for (int j = i + 1; j <= k; j++) {
                sr -= tr[i * n + j] * yr[j] - ti[i * n + j] * yi[j];
                si -= tr[i * n + j] * yi[j] + ti[i * n + j] * yr[j];
            }
            double dr = tr[i * n + i] - tr[k * n + k];
            double di = ti[i * n + i] - ti[k * n + k];
            if (Math.hypot(dr, di) <= small) {
                // Equal eigenvalues: a semisimple one has nothing but rounding error above the diagonal.
                if (Math.hypot(sr, si) <= 8 * small * length(yr, yi)) {
                    continue;
                }
                dr = small;
                di = 0;
            }
            double[] q = divide(sr, si, dr, di);
            yr[i] = q[0];
            yi[i] = q[1];
            double size = length(yr, yi);
            if (size > 1e100) {
                for (int j = i; j <= k; j++) {
                    yr[j] /= size;
                    yi[j] /= size;
                }
            }
        }
        double size = length(yr, yi);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= k; j++) {
                xr[i] += (qr[i * n + j] * yr[j] - qi[i * n + j] * yi[j]) / size;
                xi[i] += (qr[i * n + j] * yi[j] + qi[i * n + j] * yr[j]) / size;
            }
        }
        int best = largest(DMatrixRMaj.wrap(n, 1, xr), DMatrixRMaj.wrap(n, 1, xi), 0);
        double length = length(xr, xi) * Math.hypot(xr[best], xi[best]);
        double pr = xr[best] / length;
        double pi = -xi[best] / length;
        for (int i = 0; i < n; i++) {
            double re = xr[i] * pr - xi[i] * pi;
            xi[i] = i == best ? 0 : xr[i] * pi + xi[i] * pr;
            xr[i] = re;
        }
    }

    private static double length(double[] re, double[] im) {
        double sum = 0;
        for (int i = 0; i < re.length; i++) {
            sum += re[i] * re[i] + im[i] * im[i];
        }
        return Math.sqrt(sum);
    }

    /** The row of a column's entry of largest size; of several that differ by rounding only, the first. */
    static int largest(DMatrixRMaj re, DMatrixRMaj im, int column) {
        int best = 0;
        for (int i = 1; i < re.numRows; i++) {
            double size = Math.hypot(re.get(i, column), im.get(i, column));
            double known = Math.hypot(re.get(best, column), im.get(best, column));
            best = size > known * (1 + 1e-10) ? i : best;
        }
        return best;
    }
}
