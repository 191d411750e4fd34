package org.wengert.core.scalar;

import org.wengert.core.elementary.BesselFunctions;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.ErrorFunctions;
import org.wengert.core.elementary.Exponentials;
import org.wengert.core.elementary.GammaFunctions;
import org.wengert.core.elementary.Hyperbolics;
import org.wengert.core.elementary.LambertFunction;
import org.wengert.core.elementary.Learning;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Piecewise;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Trigonometry;
import org.wengert.core.elementary.Unary;

/**
 * The elementary functions on {@link Scalar}, for static import. Functions of doubles only are not here:
 * {@link Math} has them.
 */
public final class ScalarMath {

    private ScalarMath() {}

    /** x + y, the constant on the left. */
    public static Scalar plus(double x, Scalar y) {
        return y.plus(x);
    }

    /** x - y, the constant on the left. */
    public static Scalar minus(double x, Scalar y) {
        return y.minusFrom(x);
    }

    /** x · y, the constant on the left. */
    public static Scalar times(double x, Scalar y) {
        return y.times(x);
    }

    /** x / y, the constant on the left. */
    public static Scalar div(double x, Scalar y) {
        return y.divFrom(x);
    }

    /** x % y, the constant on the left. */
    public static Scalar rem(double x, Scalar y) {
        return y.applyRight(x, Piecewise.REM);
    }

    /** 1/x. */
    public static Scalar reciprocal(Scalar x) {
        return x.apply(Operations.RECIPROCAL);
    }

    /** x². */
    public static Scalar square(Scalar x) {
        return x.apply(Operations.SQUARE);
    }

    /** x·y + z, the value rounded once. */
    public static Scalar fma(Scalar x, Scalar y, Scalar z) {
        return apply(Operations.FMA, x, y, z);
    }

    // ---- Powers and roots -------------------------------------------------------------------------

    /** √x. */
    public static Scalar sqrt(Scalar x) {
        return x.apply(Powers.SQRT);
    }

    /** ∛x. */
    public static Scalar cbrt(Scalar x) {
        return x.apply(Powers.CBRT);
    }

    /**
     * The n-th root of x, also of negative x where n is odd.
     *
     * @param n not 0; a negative n gives the reciprocal
     */
    public static Scalar rootN(Scalar x, int n) {
        if (n == 0) {
            throw new IllegalArgumentException("n must not be 0");
        }
        return x.apply(Powers.ROOT_N, n);
    }

    /** xʸ. */
    public static Scalar pow(Scalar x, Scalar y) {
        return x.apply(Powers.POW, y);
    }

    /** xʸ. */
    public static Scalar pow(Scalar x, double y) {
        return x.apply(Powers.POW, y);
    }

    /** xʸ. */
    public static Scalar pow(double x, Scalar y) {
        return y.applyRight(x, Powers.POW);
    }

    /** √(x² + y²). */
    public static Scalar hypot(Scalar x, Scalar y) {
        return x.apply(Powers.HYPOT, y);
    }

    /** √(x² + y²). */
    public static Scalar hypot(Scalar x, double y) {
        return x.apply(Powers.HYPOT, y);
    }

    /** √(x² + y²). */
    public static Scalar hypot(double x, Scalar y) {
        return y.applyRight(x, Powers.HYPOT);
    }

    // ---- Exponentials and logarithms --------------------------------------------------------------

    /** eˣ. */
    public static Scalar exp(Scalar x) {
        return x.apply(Exponentials.EXP);
    }

    /** 2ˣ. */
    public static Scalar exp2(Scalar x) {
        return x.apply(Exponentials.EXP2);
    }

    /** 10ˣ. */
    public static Scalar exp10(Scalar x) {
        return x.apply(Exponentials.EXP10);
    }

    /** eˣ - 1. */
    public static Scalar expm1(Scalar x) {
        return x.apply(Exponentials.EXPM1);
    }

    /** ln x. */
    public static Scalar log(Scalar x) {
        return x.apply(Exponentials.LOG);
    }

    /** The logarithm to base 2. */
    public static Scalar log2(Scalar x) {
        return x.apply(Exponentials.LOG2);
    }

    /** The logarithm to base 10. */
    public static Scalar log10(Scalar x) {
        return x.apply(Exponentials.LOG10);
    }

    /** ln(1 + x). */
    public static Scalar log1p(Scalar x) {
        return x.apply(Exponentials.LOG1P);
    }

    // ---- Trigonometric functions, in radians ------------------------------------------------------

    /** sin x. */
    public static Scalar sin(Scalar x) {
        return x.apply(Trigonometry.SIN);
    }

    /** cos x. */
    public static Scalar cos(Scalar x) {
        return x.apply(Trigonometry.COS);
    }

    /** tan x. */
    public static Scalar tan(Scalar x) {
        return x.apply(Trigonometry.TAN);
    }

    /** arcsin x. */
    public static Scalar asin(Scalar x) {
        return x.apply(Trigonometry.ASIN);
    }

    /** arccos x. */
    public static Scalar acos(Scalar x) {
        return x.apply(Trigonometry.ACOS);
    }

    /** arctan x. */
    public static Scalar atan(Scalar x) {
        return x.apply(Trigonometry.ATAN);
    }

    /** sin x and cos x, in this order. */
    public static Scalar[] sinCos(Scalar x) {
        return new Scalar[] {sin(x), cos(x)};
    }

    /** The angle of the point (x, y). */
    public static Scalar atan2(Scalar y, Scalar x) {
        return y.apply(Trigonometry.ATAN2, x);
    }

    /** The angle of the point (x, y). */
    public static Scalar atan2(Scalar y, double x) {
        return y.apply(Trigonometry.ATAN2, x);
    }

    /** The angle of the point (x, y). */
    public static Scalar atan2(double y, Scalar x) {
        return x.applyRight(y, Trigonometry.ATAN2);
    }

    /** sin πx. */
    public static Scalar sinPi(Scalar x) {
        return x.apply(Trigonometry.SIN_PI);
    }

    /** cos πx. */
    public static Scalar cosPi(Scalar x) {
        return x.apply(Trigonometry.COS_PI);
    }

    /** x degrees in radians. */
    public static Scalar toRadians(Scalar x) {
        return x.apply(Trigonometry.TO_RADIANS);
    }

    /** x radians in degrees. */
    public static Scalar toDegrees(Scalar x) {
        return x.apply(Trigonometry.TO_DEGREES);
    }

    // ---- Hyperbolic functions ---------------------------------------------------------------------

    /** sinh x. */
    public static Scalar sinh(Scalar x) {
        return x.apply(Hyperbolics.SINH);
    }

    /** cosh x. */
    public static Scalar cosh(Scalar x) {
        return x.apply(Hyperbolics.COSH);
    }

    /** tanh x. */
    public static Scalar tanh(Scalar x) {
        return x.apply(Hyperbolics.TANH);
    }

    /** arsinh x. */
    public static Scalar asinh(Scalar x) {
        return x.apply(Hyperbolics.ASINH);
    }

    /** arcosh x. */
    public static Scalar acosh(Scalar x) {
        return x.apply(Hyperbolics.ACOSH);
    }

    /** artanh x. */
    public static Scalar atanh(Scalar x) {
        return x.apply(Hyperbolics.ATANH);
    }

    // ---- Kinks and steps --------------------------------------------------------------------------

    /** |x|; derivative +1 at +0.0, -1 at -0.0. */
    public static Scalar abs(Scalar x) {
        return x.apply(Piecewise.ABS);
    }

    /** The lesser of two; derivatives 1/2 each where they are equal. */
    public static Scalar min(Scalar x, Scalar y) {
        return x.apply(Piecewise.MIN, y);
    }

    /** The lesser of two; derivatives 1/2 each where they are equal. */
    public static Scalar min(Scalar x, double y) {
        return x.apply(Piecewise.MIN, y);
    }

    /** The lesser of two; derivatives 1/2 each where they are equal. */
    public static Scalar min(double x, Scalar y) {
        return y.applyRight(x, Piecewise.MIN);
    }

    /** The greater of two; derivatives 1/2 each where they are equal. */
    public static Scalar max(Scalar x, Scalar y) {
        return x.apply(Piecewise.MAX, y);
    }

    /** The greater of two; derivatives 1/2 each where they are equal. */
    public static Scalar max(Scalar x, double y) {
        return x.apply(Piecewise.MAX, y);
    }

    /** The greater of two; derivatives 1/2 each where they are equal. */
    public static Scalar max(double x, Scalar y) {
        return y.applyRight(x, Piecewise.MAX);
    }

    /** x, but at least {@code low} and at most {@code high}; derivative 1 in x at both ends. */
    public static Scalar clamp(Scalar x, Scalar low, Scalar high) {
        return apply(Piecewise.CLAMP, x, low, high);
    }

    /** x, but at least {@code low} and at most {@code high}; derivative 1 in x at both ends. */
    public static Scalar clamp(Scalar x, double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException("low must be at most high, but low is " + low + " and high " + high);
        }
        return apply(Piecewise.CLAMP, x, new Real(low), new Real(high));
    }

    /** a where c > 0, else b. Both are evaluated; the derivatives of the other one do not matter, whatever they are. */
    public static Scalar select(Scalar c, Scalar a, Scalar b) {
        return apply(Piecewise.SELECT, c, a, b);
    }

    /** -1, 0 or 1 with the sign of x. */
    public static Scalar signum(Scalar x) {
        return x.apply(Piecewise.SIGNUM);
    }

    /** |x| with the sign of y. */
    public static Scalar copySign(Scalar x, Scalar y) {
        return x.apply(Piecewise.COPY_SIGN, y);
    }

    /** |x| with the sign of y. */
    public static Scalar copySign(Scalar x, double y) {
        return x.apply(Piecewise.COPY_SIGN, y);
    }

    /** |x| with the sign of y. */
    public static Scalar copySign(double x, Scalar y) {
        return y.applyRight(x, Piecewise.COPY_SIGN);
    }

    /** The greatest whole number that is at most x. */
    public static Scalar floor(Scalar x) {
        return x.apply(Piecewise.FLOOR);
    }

    /** The least whole number that is at least x. */
    public static Scalar ceil(Scalar x) {
        return x.apply(Piecewise.CEIL);
    }

    /** The nearest whole number, of two the even one. */
    public static Scalar rint(Scalar x) {
        return x.apply(Piecewise.RINT);
    }

    /** The next larger double; derivative 1. */
    public static Scalar nextUp(Scalar x) {
        return x.apply(Piecewise.NEXT_UP);
    }

    /** x - y ⌊x/y⌋, with the sign of y. */
    public static Scalar floorMod(Scalar x, Scalar y) {
        return x.apply(Piecewise.FLOOR_MOD, y);
    }

    /** x - y ⌊x/y⌋, with the sign of y. */
    public static Scalar floorMod(Scalar x, double y) {
        return x.apply(Piecewise.FLOOR_MOD, y);
    }

    /** x - y ⌊x/y⌋, with the sign of y. */
    public static Scalar floorMod(double x, Scalar y) {
        return y.applyRight(x, Piecewise.FLOOR_MOD);
    }

    /** x - y n with n the whole number nearest to x/y. */
    public static Scalar IEEEremainder(Scalar x, Scalar y) {
        return x.apply(Piecewise.IEEE_REMAINDER, y);
    }

    /** x - y n with n the whole number nearest to x/y. */
    public static Scalar IEEEremainder(Scalar x, double y) {
        return x.apply(Piecewise.IEEE_REMAINDER, y);
    }

    /** x - y n with n the whole number nearest to x/y. */
    public static Scalar IEEEremainder(double x, Scalar y) {
        return y.applyRight(x, Piecewise.IEEE_REMAINDER);
    }

    // ---- Any row ----------------------------------------------------------------------------------------

    /** f(x), for a row f of the table or of the user. */
    public static Scalar apply(Unary f, Scalar x) {
        return x.apply(f);
    }

    /** f(x, y), for a row f of the table or of the user. */
    public static Scalar apply(Binary f, Scalar x, Scalar y) {
        return x.apply(f, y);
    }

    /** f(x, y), for a row f of the table or of the user. */
    public static Scalar apply(Binary f, Scalar x, double y) {
        return x.apply(f, y);
    }

    /** f(x, y), for a row f of the table or of the user, the constant on the left. */
    public static Scalar apply(Binary f, double x, Scalar y) {
        return y.applyRight(x, f);
    }

    /**
     * f(x₀, …, xₙ₋₁), for a row f of the table or of the user.
     *
     * @param x the arguments; not changed
     * @throws IllegalArgumentException if f takes another number of arguments
     */
    public static Scalar apply(Nary f, Scalar... x) {
        if (f.arity() != Nary.ANY && f.arity() != x.length) {
            throw new IllegalArgumentException(
                    "arguments of " + f + " must be " + f.arity() + ", but were " + x.length);
        }
        return x.length == 0 ? Scalar.of(f.value(new double[0])) : x[0].apply(f, x);
    }

    // ---- Error functions and the normal distribution ------------------------------------------------------

    /** erf x = 2/√π ∫₀ˣ e^(-t²) dt. */
    public static Scalar erf(Scalar x) {
        return x.apply(ErrorFunctions.ERF);
    }

    /** erfc x = 1 - erf x. */
    public static Scalar erfc(Scalar x) {
        return x.apply(ErrorFunctions.ERFC);
    }

    /** The scaled e^(x²) erfc x. */
    public static Scalar erfcx(Scalar x) {
        return x.apply(ErrorFunctions.ERFCX);
    }

    /** ln erfc x. */
    public static Scalar logErfc(Scalar x) {
        return x.apply(ErrorFunctions.LOG_ERFC);
    }

    /** The inverse of erf, on [-1, 1]. */
    public static Scalar erfInv(Scalar x) {
        return x.apply(ErrorFunctions.ERF_INV);
    }

    /** e^(-x²). */
    public static Scalar gaussian(Scalar x) {
        return x.apply(ErrorFunctions.GAUSSIAN);
    }

    /** The standard normal density e^(-x²/2)/√(2π). */
    public static Scalar normalDensity(Scalar x) {
        return x.apply(ErrorFunctions.NORMAL_DENSITY);
    }

    /** The standard normal distribution function Φ(x). */
    public static Scalar normalCdf(Scalar x) {
        return x.apply(ErrorFunctions.NORMAL_CDF);
    }

    /** ln Φ(x). */
    public static Scalar logNormalCdf(Scalar x) {
        return x.apply(ErrorFunctions.LOG_NORMAL_CDF);
    }

    // ---- Gamma and Bessel functions -------------------------------------------------------------------------

    /** Γ(x). */
    public static Scalar gamma(Scalar x) {
        return x.apply(GammaFunctions.GAMMA);
    }

    /** ln |Γ(x)|. */
    public static Scalar logGamma(Scalar x) {
        return x.apply(GammaFunctions.LOG_GAMMA);
    }

    /** ψ(x) = Γ′(x)/Γ(x). */
    public static Scalar digamma(Scalar x) {
        return x.apply(GammaFunctions.DIGAMMA);
    }

    /** The n-th derivative of ψ, n = 0, 1, …, 150. */
    public static Scalar polygamma(int n, Scalar x) {
        return x.applyRight(n, GammaFunctions.POLYGAMMA);
    }

    /** The regularized lower incomplete gamma function P(a, x), for a &gt; 0 and x ≥ 0. */
    public static Scalar regularizedGammaP(Scalar a, Scalar x) {
        return a.apply(GammaFunctions.REGULARIZED_GAMMA_P, x);
    }

    /** The regularized lower incomplete gamma function P(a, x), for a &gt; 0 and x ≥ 0. */
    public static Scalar regularizedGammaP(Scalar a, double x) {
        return a.apply(GammaFunctions.REGULARIZED_GAMMA_P, x);
    }

    /** The regularized lower incomplete gamma function P(a, x), for a &gt; 0 and x ≥ 0. */
    public static Scalar regularizedGammaP(double a, Scalar x) {
        return x.applyRight(a, GammaFunctions.REGULARIZED_GAMMA_P);
    }

    /** The regularized upper incomplete gamma function Q(a, x) = 1 - P(a, x). */
    public static Scalar regularizedGammaQ(Scalar a, Scalar x) {
        return a.apply(GammaFunctions.REGULARIZED_GAMMA_Q, x);
    }

    /** The regularized upper incomplete gamma function Q(a, x) = 1 - P(a, x). */
    public static Scalar regularizedGammaQ(Scalar a, double x) {
        return a.apply(GammaFunctions.REGULARIZED_GAMMA_Q, x);
    }

    /** The regularized upper incomplete gamma function Q(a, x) = 1 - P(a, x). */
    public static Scalar regularizedGammaQ(double a, Scalar x) {
        return x.applyRight(a, GammaFunctions.REGULARIZED_GAMMA_Q);
    }

    /** The density of the gamma distribution of shape a, x^(a-1) e^(-x)/Γ(a). */
    public static Scalar gammaDensity(Scalar a, Scalar x) {
        return a.apply(GammaFunctions.GAMMA_DENSITY, x);
    }

    /** The density of the gamma distribution of shape a, x^(a-1) e^(-x)/Γ(a). */
    public static Scalar gammaDensity(double a, Scalar x) {
        return x.applyRight(a, GammaFunctions.GAMMA_DENSITY);
    }

    /** J₀(x). */
    public static Scalar besselJ0(Scalar x) {
        return x.apply(BesselFunctions.BESSEL_J0);
    }

    /** J₁(x). */
    public static Scalar besselJ1(Scalar x) {
        return x.apply(BesselFunctions.BESSEL_J1);
    }

    /** Jₙ(x) of whole order n. */
    public static Scalar besselJ(int n, Scalar x) {
        return x.applyRight(n, BesselFunctions.BESSEL_J);
    }

    /** The spherical Bessel function jₙ(x), n = 0, 1, 2, …. */
    public static Scalar sphericalBesselJ(int n, Scalar x) {
        return x.applyRight(n, BesselFunctions.SPHERICAL_BESSEL_J);
    }

    /** sin(x)/x, 1 at 0. */
    public static Scalar sinc(Scalar x) {
        return x.apply(BesselFunctions.SINC);
    }

    /** sin(πx)/(πx), 1 at 0. */
    public static Scalar sincPi(Scalar x) {
        return x.apply(BesselFunctions.SINC_PI);
    }

    /** W₀(x), the solution y ≥ -1 of y eʸ = x. */
    public static Scalar lambertW0(Scalar x) {
        return x.apply(LambertFunction.LAMBERT_W0);
    }

    // ---- Machine learning and statistics --------------------------------------------------------------------

    /** 1/(1 + e⁻ˣ). */
    public static Scalar sigmoid(Scalar x) {
        return x.apply(Learning.SIGMOID);
    }

    /** ln(1/(1 + e⁻ˣ)). */
    public static Scalar logSigmoid(Scalar x) {
        return x.apply(Learning.LOG_SIGMOID);
    }

    /** ln(1 + eˣ). */
    public static Scalar softplus(Scalar x) {
        return x.apply(Learning.SOFTPLUS);
    }

    /** max(x, 0), with derivative 0 at 0. */
    public static Scalar relu(Scalar x) {
        return x.apply(Learning.RELU);
    }

    /** 1 for x > 0, else 0. */
    public static Scalar step(Scalar x) {
        return x.apply(Learning.STEP);
    }

    /** x for x > 0, else αx. */
    public static Scalar leakyRelu(Scalar x, double alpha) {
        return x.apply(Learning.LEAKY_RELU, alpha);
    }

    /** x for x > 0, else αx. */
    public static Scalar leakyRelu(Scalar x, Scalar alpha) {
        return x.apply(Learning.LEAKY_RELU, alpha);
    }

    /** x for x > 0, else α(eˣ - 1). */
    public static Scalar elu(Scalar x, double alpha) {
        return x.apply(Learning.ELU, alpha);
    }

    /** x for x > 0, else α(eˣ - 1). */
    public static Scalar elu(Scalar x, Scalar alpha) {
        return x.apply(Learning.ELU, alpha);
    }

    /** x Φ(x). */
    public static Scalar gelu(Scalar x) {
        return x.apply(Learning.GELU);
    }

    /** x/(1 + e⁻ˣ). */
    public static Scalar silu(Scalar x) {
        return x.apply(Learning.SILU);
    }

    /** ln cosh x. */
    public static Scalar logCosh(Scalar x) {
        return x.apply(Learning.LOG_COSH);
    }

    /** x ln x, 0 at 0. */
    public static Scalar xlogx(Scalar x) {
        return x.apply(Learning.XLOGX);
    }

    /** -x ln x, 0 at 0. */
    public static Scalar entr(Scalar x) {
        return x.apply(Learning.ENTR);
    }

    /** x ln y; 0 where x = 0. */
    public static Scalar xlogy(Scalar x, Scalar y) {
        return x.apply(Learning.XLOGY, y);
    }

    /** x ln y; 0 where x = 0. */
    public static Scalar xlogy(Scalar x, double y) {
        return x.apply(Learning.XLOGY, y);
    }

    /** x ln y; 0 where x = 0. */
    public static Scalar xlogy(double x, Scalar y) {
        return y.applyRight(x, Learning.XLOGY);
    }

    /** x ln(1 + y); 0 where x = 0. */
    public static Scalar xlog1py(Scalar x, Scalar y) {
        return x.apply(Learning.XLOG1PY, y);
    }

    /** x ln(1 + y); 0 where x = 0. */
    public static Scalar xlog1py(Scalar x, double y) {
        return x.apply(Learning.XLOG1PY, y);
    }

    /** x ln(1 + y); 0 where x = 0. */
    public static Scalar xlog1py(double x, Scalar y) {
        return y.applyRight(x, Learning.XLOG1PY);
    }

    /**
     * The softmax e^(xᵢ)/(e^(x₀) + e^(x₁) + …), which sums to 1.
     *
     * <p>All arguments are taken relative to the greatest one, derivatives included: so nothing overflows, and
     * derivatives keep their digits where one share is nearly 1.
     *
     * @param x at least one argument; not changed
     * @return a new array
     */
    public static Scalar[] softmax(Scalar... x) {
        int greatest = 0;
        for (int i = 1; i < x.length; i++) {
            greatest = x[i].isGreaterThan(x[greatest]) ? i : greatest;
        }
        Scalar[] share = new Scalar[x.length];
        for (int i = 0; i < x.length; i++) {
            share[i] = i == greatest ? Scalar.of(1) : exp(x[i].minus(x[greatest]));
        }
        Scalar sum = sum(share);
        for (int i = 0; i < x.length; i++) {
            share[i] = share[i].div(sum);
        }
        return share;
    }

    // ---- Reductions ---------------------------------------------------------------------------------------

    /** x₀ + x₁ + …, from left to right; 0 for no arguments. */
    public static Scalar sum(Scalar... x) {
        return apply(Reductions.SUM, x);
    }

    /** x₀ · x₁ · …, from left to right; 1 for no arguments. */
    public static Scalar product(Scalar... x) {
        return apply(Reductions.PRODUCT, x);
    }

    /** x₀² + x₁² + …; 0 for no arguments. */
    public static Scalar sumOfSquares(Scalar... x) {
        return apply(Reductions.SUM_OF_SQUARES, x);
    }

    /** √(x₀² + x₁² + …) without overflow; derivatives 0 where all arguments are 0. */
    public static Scalar norm(Scalar... x) {
        return apply(Reductions.NORM, x);
    }

    /** √(x₀² + x₁² + …), the same as {@link #norm}. */
    public static Scalar hypot(Scalar... x) {
        return apply(Reductions.NORM, x);
    }

    /** ln(e^x₀ + e^x₁ + …) without overflow; -Inf for no arguments. */
    public static Scalar logSumExp(Scalar... x) {
        return apply(Reductions.LOG_SUM_EXP, x);
    }

    /**
     * x₀y₀ + x₁y₁ + …, from left to right.
     *
     * @throws IllegalArgumentException if x and y differ in length
     */
    public static Scalar dot(Scalar[] x, Scalar[] y) {
        sameLength(x.length, y.length);
        Scalar[] products = new Scalar[x.length];
        for (int i = 0; i < x.length; i++) {
            products[i] = x[i].times(y[i]);
        }
        return sum(products);
    }

    /**
     * x₀y₀ + x₁y₁ + …, from left to right.
     *
     * @throws IllegalArgumentException if x and y differ in length
     */
    public static Scalar dot(double[] x, Scalar[] y) {
        sameLength(x.length, y.length);
        Scalar[] products = new Scalar[x.length];
        for (int i = 0; i < x.length; i++) {
            products[i] = times(x[i], y[i]);
        }
        return sum(products);
    }

    private static void sameLength(int x, int y) {
        if (x != y) {
            throw new IllegalArgumentException("x and y must have the same length, but had " + x + " and " + y);
        }
    }
}
