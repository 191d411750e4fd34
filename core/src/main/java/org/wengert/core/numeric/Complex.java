package org.wengert.core.numeric;

/**
 * A complex number, with functions that keep a tiny imaginary part to full accuracy: what a complex step
 * rests on.
 *
 * <p>Where a textbook formula would add something large to the tiny part, a stable one stands instead. Sources:
 * W. Kahan, "Branch cuts for complex elementary functions", in "The State of the Art in Numerical Analysis", Oxford 1987.
 *
 * @param re the real part
 * @param im the imaginary part
 */
public record Complex(double re, double im) {

    static final Complex ONE = new Complex(1, 0);

    /** The largest whole exponent that is computed by products. */
    private static final double LARGEST_PRODUCT = 1 << 20;

    Complex plus(Complex z) {
        return new Complex(re + z.re, im + z.im);
    }

    Complex minus(Complex z) {
        return new Complex(re - z.re, im - z.im);
    }

    Complex negate() {
        return new Complex(-re, -im);
    }

    Complex times(Complex z) {
        return new Complex(re * z.re - im * z.im, re * z.im + im * z.re);
    }

    Complex times(double c) {
        return new Complex(re * c, im * c);
    }

    /** this / z by R. L. Smith's method (CACM 5, 1962), which does not square the larger part of z. */
    Complex div(Complex z) {
        if (Math.abs(z.re) >= Math.abs(z.im)) {
            double r = z.im / z.re;
            double d = z.re + z.im * r;
            return new Complex((re + im * r) / d, (im - re * r) / d);
        }
        double r = z.re / z.im;
        double d = z.re * r + z.im;
        return new Complex((re * r + im) / d, (im * r - re) / d);
    }

    Complex conjugate() {
        return new Complex(re, -im);
    }

    /** i·this. */
    private Complex timesI() {
        return new Complex(-im, re);
    }

    /** -i·this. */
    private Complex overI() {
        return new Complex(im, -re);
    }

    /** The root with real part ≥ 0; both parts by division where addition would cancel. */
    Complex sqrt() {
        if (re == 0 && im == 0) {
            return new Complex(0, im);
        }
        double a = Math.sqrt((Math.abs(re) + Math.hypot(re, im)) / 2);
        return re >= 0 ? new Complex(a, im / (2 * a)) : new Complex(Math.abs(im) / (2 * a), Math.copySign(a, im));
    }

    Complex exp() {
        double r = Math.exp(re);
        return new Complex(r * Math.cos(im), r * Math.sin(im));
    }

    Complex expm1() {
        double half = Math.sin(im / 2);
        return new Complex(Math.expm1(re) * Math.cos(im) - 2 * half * half, Math.exp(re) * Math.sin(im));
    }

    Complex log() {
        return new Complex(Math.log(Math.hypot(re, im)), Math.atan2(im, re));
    }

    Complex log1p() {
        return new Complex(Math.log1p(re * (2 + re) + im * im) / 2, Math.atan2(im, 1 + re));
    }

    Complex sin() {
        return new Complex(Math.sin(re) * Math.cosh(im), Math.cos(re) * Math.sinh(im));
    }

    Complex cos() {
        return new Complex(Math.cos(re) * Math.cosh(im), -Math.sin(re) * Math.sinh(im));
    }

    Complex tan() {
        return timesI().tanh().overI();
    }

    Complex sinh() {
        return timesI().sin().overI();
    }

    Complex cosh() {
        return timesI().cos();
    }

    /** (sinh a cosh a + i sin b cos b) / (sinh² a + cos² b), and its limit where sinh² a is large. */
    Complex tanh() {
        double tangentPart = Math.sin(im) * Math.cos(im);
        if (Math.abs(re) > 20) {
            return new Complex(Math.signum(re), 4 * tangentPart * Math.exp(-2 * Math.abs(re)));
        }
        double s = Math.sinh(re);
        double d = s * s + Math.cos(im) * Math.cos(im);
        return new Complex(s * Math.cosh(re) / d, tangentPart / d);
    }

    Complex asin() {
        Complex p = ONE.minus(this).sqrt();
        Complex q = ONE.plus(this).sqrt();
        return new Complex(Math.atan2(re, p.times(q).re), asinh(p.conjugate().times(q).im));
    }

    Complex acos() {
        Complex p = ONE.minus(this).sqrt();
        Complex q = ONE.plus(this).sqrt();
        return new Complex(2 * Math.atan2(p.re, q.re), asinh(q.conjugate().times(p).im));
    }

    Complex atan() {
        double b = Math.abs(im);
        double size = Math.log1p(4 * b / (re * re + (1 - b) * (1 - b))) / 4;
        return new Complex(Math.atan2(2 * re, (1 - im) * (1 + im) - re * re) / 2, Math.copySign(size, im));
    }

    Complex asinh() {
        return timesI().asin().overI();
    }

    Complex acosh() {
        Complex p = minus(ONE).sqrt();
        Complex q = plus(ONE).sqrt();
        return new Complex(asinh(p.conjugate().times(q).re), 2 * Math.atan2(p.im, q.re));
    }

    Complex atanh() {
        return timesI().atan().overI();
    }

    /** zʷ: by products for whole exponents, else from modulus and angle; eʷ ˡᵒᵍ ᶻ for complex exponents. */
    Complex pow(Complex w) {
        if (w.im != 0) {
            return w.times(log()).exp();
        }
        if (w.re == Math.rint(w.re) && Math.abs(w.re) <= LARGEST_PRODUCT) {
            Complex product = product(Math.abs(w.re));
            return w.re < 0 ? ONE.div(product) : product;
        }
        double modulus = Math.pow(Math.hypot(re, im), w.re);
        double angle = w.re * Math.atan2(im, re);
        return new Complex(modulus * Math.cos(angle), modulus * Math.sin(angle));
    }

    private Complex product(double n) {
        Complex result = ONE;
        Complex square = this;
        for (double rest = n; rest > 0; rest = Math.floor(rest / 2)) {
            result = rest % 2 == 1 ? result.times(square) : result;
            square = rest > 1 ? square.times(square) : square;
        }
        return result;
    }

    /** The angle of the point (x, y), continued to complex x and y from the branch of their real parts. */
    static Complex atan2(Complex y, Complex x) {
        if (Math.abs(x.re) >= Math.abs(y.re)) {
            Complex angle = y.div(x).atan();
            return x.re < 0 ? new Complex(angle.re + Math.copySign(Math.PI, y.re), angle.im) : angle;
        }
        Complex angle = x.div(y).atan();
        return new Complex(Math.copySign(Math.PI / 2, y.re) - angle.re, -angle.im);
    }

    private static double asinh(double x) {
        double a = Math.abs(x);
        return Math.copySign(a > 1e8 ? Math.log(a) + Math.log(2) : Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a))), x);
    }
}
