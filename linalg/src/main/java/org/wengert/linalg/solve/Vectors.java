package org.wengert.linalg.solve;

/** Arithmetic of vectors. */
final class Vectors {

    private Vectors() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** ‖a‖₂, without overflow or underflow in between. */
    static double norm(double[] a) {
        double largest = maxNorm(a);
        if (largest == 0 || !(largest <= Double.MAX_VALUE)) {
            return largest;
        }
        if (largest > 1e-140 && largest < 1e140) {
            return Math.sqrt(dot(a, a));
        }
        double sum = 0;
        for (double x : a) {
            double part = x / largest;
            sum += part * part;
        }
        return largest * Math.sqrt(sum);
    }

    /** maxᵢ |aᵢ|; NaN if an entry is NaN. */
    static double maxNorm(double[] a) {
        double largest = 0;
        for (double x : a) {
            largest = Math.max(largest, Math.abs(x));
        }
        return largest;
    }

    /** y ← y + s·x. */
    static void add(double[] y, double s, double[] x) {
        for (int i = 0; i < y.length; i++) {
            y[i] += s * x[i];
        }
    }

    /** y ← s·y. */
    static void scale(double[] y, double s) {
        for (int i = 0; i < y.length; i++) {
            y[i] *= s;
        }
    }

    /** a + s·b, a new array. */
    static double[] sum(double[] a, double s, double[] b) {
        double[] c = a.clone();
        add(c, s, b);
        return c;
    }

    static double[] negated(double[] a) {
        double[] c = a.clone();
        scale(c, -1);
        return c;
    }

    static boolean isFinite(double[] a) {
        return maxNorm(a) <= Double.MAX_VALUE;
    }
}
