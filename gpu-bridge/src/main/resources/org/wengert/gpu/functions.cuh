// The elementary functions that CUDA lacks, or defines otherwise at the edges: w_NAME is the value of the row NAME, step
// for step as the row computes it. Everything else in a kernel is CUDA's own function, or an operator.

#pragma nv_diag_suppress 177 // most kernels use few of these functions

#define W_NAN __longlong_as_double(0x7ff8000000000000LL)
#define W_INF __longlong_as_double(0x7ff0000000000000LL)
#define W_FUNCTION static __device__ __forceinline__

// ---- comparisons and pieces --------------------------------------------------------------------------

template <typename T> W_FUNCTION bool w_isnan(T x) { return x != x; }
W_FUNCTION bool w_isinf(double x) { return fabs(x) == W_INF; }
W_FUNCTION bool w_negative(double x) { return __double_as_longlong(x) < 0; }
W_FUNCTION bool w_negative(float x) { return __float_as_int(x) < 0; }

/** The same number: NaN is NaN, -0.0 is not 0.0. */
template <typename T> W_FUNCTION bool w_same(T x, T y) {
    return (w_isnan(x) && w_isnan(y)) || (x == y && w_negative(x) == w_negative(y));
}

/** Whether x is normal: neither zero, subnormal, infinite nor NaN. */
W_FUNCTION bool w_isnormal(double x) {
    double a = fabs(x);
    return a >= 0x1p-1022 && a <= 0x1.fffffffffffffp1023;
}

template <typename T> W_FUNCTION T w_min(T x, T y) {
    if (w_isnan(x) || w_isnan(y)) return (T) W_NAN;
    return x == y ? (w_negative(x) ? x : y) : (x < y ? x : y);
}

template <typename T> W_FUNCTION T w_max(T x, T y) {
    if (w_isnan(x) || w_isnan(y)) return (T) W_NAN;
    return x == y ? (w_negative(x) ? y : x) : (x > y ? x : y);
}

template <typename T> W_FUNCTION T w_clamp(T x, T low, T high) { return w_min(high, w_max(x, low)); }
template <typename T> W_FUNCTION T w_select(T c, T x, T y) { return c > 0 ? x : y; }
template <typename T> W_FUNCTION T w_signum(T x) { return x > 0 ? (T) 1 : x < 0 ? (T) -1 : x; }
template <typename T> W_FUNCTION T w_step(T x) { return x > 0 ? (T) 1 : w_isnan(x) ? x : (T) 0; }
template <typename T> W_FUNCTION T w_relu(T x) { return w_max(x, (T) 0); }
template <typename T> W_FUNCTION T w_leakyRelu(T x, T a) { return x > 0 ? x : a * x; }
template <typename T> W_FUNCTION T w_absorb(T x, T y) { return y == 0 ? (T) 0 : x * y; }
template <typename T> W_FUNCTION T w_absorbEither(T x, T y) { return x == 0 || y == 0 ? (T) 0 : x * y; }
template <typename T> W_FUNCTION T w_whereNumber(T x, T y) { return w_isnan(y) ? (T) W_NAN : x; }

W_FUNCTION double w_elu(double x, double a) { return x > 0 ? x : a * expm1(x); }
W_FUNCTION double w_nextUp(double x) { return nextafter(x, W_INF); }

W_FUNCTION double w_floorMod(double x, double y) {
    double r = fmod(x, y);
    return r != 0 && (r < 0) != (y < 0) ? r + y : r;
}

// ---- powers ------------------------------------------------------------------------------------------

/** C gives 1 for pow(1, NaN) and pow(-1, Inf), Java NaN. */
W_FUNCTION double w_pow(double x, double y) {
    return w_isnan(y) || (w_isinf(y) && fabs(x) == 1) ? W_NAN : pow(x, y);
}

W_FUNCTION double w_lower(double x, double y, double z) {
    return x != 0 && w_isnormal(z) && w_isnormal(x) ? z / x : w_pow(x, y - 1);
}

W_FUNCTION double w_powDerivative(double x, double y) {
    double z = w_pow(x, y);
    return y == 0 ? 0.0 : y * w_lower(x, y, z);
}

W_FUNCTION double w_powLog(double x, double y) {
    double z = w_pow(x, y);
    return x < 0 ? W_NAN : z == 0 ? 0.0 : z * log(x);
}

W_FUNCTION double w_positiveRootN(double x, double n) {
    if (n == 1) return x;
    if (n == 2) return sqrt(x);
    if (n == 3) return cbrt(x);
    bool even = fmod(n, 2.0) == 0;
    if (even && x < 0) return W_NAN;
    double a = fabs(x);
    double root = w_pow(a, 1 / n);
    double power = w_pow(root, n - 1);
    if (w_isnormal(root) && w_isnormal(power) && w_isnormal(a)) root -= (root - a / power) / n;
    return even ? root : copysign(root, x);
}

W_FUNCTION double w_rootN(double x, double n) {
    if (n != rint(n) || n == 0 || w_isinf(n)) return W_NAN;
    return n < 0 ? 1 / w_positiveRootN(x, -n) : w_positiveRootN(x, n);
}

// ---- trigonometric and hyperbolic --------------------------------------------------------------------

W_FUNCTION double w_toRadians(double x) { return x * 0.017453292519943295; }
W_FUNCTION double w_toDegrees(double x) { return x * 57.29577951308232; }

W_FUNCTION double w_sechSquared(double x) {
    double e = exp(-2 * fabs(x));
    return 4 * e / ((1 + e) * (1 + e));
}

// ---- learning ----------------------------------------------------------------------------------------

W_FUNCTION double w_sigmoid(double x) {
    if (x >= 0) return 1 / (1 + exp(-x));
    double e = exp(x);
    return e / (1 + e);
}

W_FUNCTION double w_logSigmoid(double x) { return w_min(x, 0.0) - log1p(exp(-fabs(x))); }
W_FUNCTION double w_softplus(double x) { return w_max(x, 0.0) + log1p(exp(-fabs(x))); }
W_FUNCTION double w_silu(double x) { return x == -W_INF ? -0.0 : x * w_sigmoid(x); }

W_FUNCTION double w_logCosh(double x) {
    double a = fabs(x);
    if (a < 1) {
        double s = sinh(0.5 * x);
        return log1p(2 * s * s);
    }
    return a + (log1p(exp(-2 * a)) - 0.6931471805599453);
}

W_FUNCTION double w_xlogx(double x) { return x == 0 ? 0.0 : x * log(x); }
W_FUNCTION double w_entr(double x) { return x == 0 ? 0.0 : -x * log(x); }
W_FUNCTION double w_xlogy(double x, double y) { return x == 0 ? w_whereNumber(0.0, y) : x * log(y); }
W_FUNCTION double w_xlog1py(double x, double y) { return x == 0 ? w_whereNumber(0.0, y) : x * log1p(y); }

// ---- error functions and the normal distribution -----------------------------------------------------

#define W_ROOT_HALF 0.7071067811865476
#define W_TWO_OVER_ROOT_PI 1.1283791670955126

W_FUNCTION double w_gaussian(double x) {
    double s = x * x;
    double y = exp(-s);
    return y == 0 ? 0.0 : y - y * fma(x, x, -s);
}

W_FUNCTION double w_normalDensity(double x) {
    double s = x * x;
    double y = 0.3989422804014327 * exp(-0.5 * s);
    return y == 0 ? 0.0 : y - y * (0.5 * fma(x, x, -s));
}

W_FUNCTION double w_normalCdf(double x) {
    double u = -x * W_ROOT_HALF;
    double tail = erfc(u);
    if (w_isinf(u) || tail == 0) return 0.5 * tail;
    double delta = fma(-x, W_ROOT_HALF, -u) - x * -4.833646656726457e-17;
    return 0.5 * (tail - W_TWO_OVER_ROOT_PI * w_gaussian(u) * delta);
}

W_FUNCTION double w_logNormalCdf(double x) {
    if (x > 0) return log1p(-w_normalCdf(-x));
    if (x > -1) return log(w_normalCdf(x));
    return log(0.5 * erfcx(-x * W_ROOT_HALF)) - 0.5 * x * x;
}

W_FUNCTION double w_inverseMills(double x) {
    return x < 0 ? 0.7978845608028654 / erfcx(-x * W_ROOT_HALF) : w_normalDensity(x) / w_normalCdf(x);
}

W_FUNCTION double w_logErfc(double x) { return x < 0.5 ? log1p(-erf(x)) : log(erfcx(x)) - x * x; }
W_FUNCTION double w_gelu(double x) { return x == -W_INF ? -0.0 : x * w_normalCdf(x); }

static __device__ double w_erfcxDerivative(double order, double x) {
    if (!(order >= 0) || order != rint(order) || order > 2147483647.0) return W_NAN;
    int n = (int) order;
    double e = erfcx(x);
    if (n == 0 || w_isnan(x)) return e;
    if (x < 0.5) {
        double before = e;
        double last = 2 * x * e - W_TWO_OVER_ROOT_PI;
        for (int k = 1; k < n; k++) {
            double next = 2 * x * last + 2 * k * before;
            before = last;
            last = next;
        }
        return last;
    }
    double reach = sqrt(2.0 * n) + 20 / x;
    int start = n + 8 + (int) (0.5 * reach * reach);
    double r = (sqrt(x * x + 2.0 * start) - x) / (2.0 * start);
    double product = e;
    for (int k = start - 1; k >= 1; k--) {
        r = 1 / (2 * x + 2 * (k + 1) * r);
        if (k <= n) product *= -2 * k * r;
    }
    return product;
}

// ---- gamma, Bessel and Lambert functions -------------------------------------------------------------

#define W_PI 3.141592653589793

W_FUNCTION double w_logGamma(double x) { return x == -W_INF ? W_NAN : lgamma(x); }

static __device__ const double W_BERNOULLI[] = {
    1 / 6.0, -1 / 30.0, 1 / 42.0, -1 / 30.0, 5 / 66.0, -691 / 2730.0, 7 / 6.0, -3617 / 510.0, 43867 / 798.0,
    -174611 / 330.0, 854513 / 138.0, -236364091 / 2730.0
};

static __device__ const double W_DIGAMMA[] = {
    0.983570260441567, -0.2270640863346444, 0.03336889902393011, -0.005320077271596548, 0.0008788656937820505,
    -0.00014773492650606044, 2.5060543468359146e-05, -4.2721034029993324e-06, 7.302769272465923e-07,
    -1.2502886813559594e-07, 2.1425009322359472e-08, -3.673295918565179e-09, 6.299717236108931e-10,
    -1.080593028883266e-10, 1.853735192053638e-11, -3.18023536582553e-12, 5.456147570322795e-13,
    -9.360993131036438e-14, 1.606064636295075e-14, -2.7555431377438815e-15, 4.727736178601912e-16,
    -8.11148420346509e-17
};

static __device__ double w_digammaNearZero(double x) {
    double twice = 2 * (2 * x - 3);
    double b1 = 0, b2 = 0;
    for (int k = 21; k > 0; k--) {
        double b = W_DIGAMMA[k] + twice * b1 - b2;
        b2 = b1;
        b1 = b;
    }
    return (x - 1.4616321449683622 - 9.549995429965697e-17) * (W_DIGAMMA[0] + 0.5 * twice * b1 - b2);
}

static __device__ double w_powerTerm(int n, double x) {
    double term = 1 / x;
    for (int k = 1; k <= n; k++) term *= k / x;
    return term;
}

static __device__ double w_polygammaFar(int n, double x, double sign) {
    if (x == W_INF) return n == 0 ? x : 0;
    double last = w_powerTerm(n, x);
    double factor = last * (n + 1) / (2 * x);
    double series = 0.5 * last;
    for (int k = 1; k <= 12; k++) {
        series += W_BERNOULLI[k - 1] * factor;
        factor *= (2.0 * k + n) / (2 * k + 1) * (2.0 * k + n + 1) / (2 * k + 2) / x / x;
    }
    return n == 0 ? log(x) - series : sign * (last * x / n + series);
}

static __device__ double w_polygammaPositive(int n, double x) {
    double sign = n % 2 == 0 ? -1 : 1;
    double sum = 0, t = x;
    while (t < 15 + n) {
        sum += w_powerTerm(n, t);
        t += 1;
    }
    return sign * sum + w_polygammaFar(n, t, sign);
}

static __device__ double w_cotangentDerivative(int n, double x) {
    double c = cospi(x) / sinpi(x);
    double coefficients[153] = {0}, next[153];
    coefficients[1] = 1;
    for (int m = 0; m < n; m++) {
        for (int k = 0; k < n + 3; k++) next[k] = 0;
        for (int k = 1; k <= m + 1; k++) {
            next[k - 1] -= W_PI * k * coefficients[k];
            next[k + 1] -= W_PI * k * coefficients[k];
        }
        for (int k = 0; k < n + 3; k++) coefficients[k] = next[k];
    }
    double sum = 0;
    for (int k = n + 1; k >= 0; k--) sum = sum * c + coefficients[k];
    return sum;
}

static __device__ double w_digamma(double x) {
    if (w_isnan(x) || (x <= 0 && x == rint(x))) return W_NAN;
    if (x < 0) return w_polygammaPositive(0, 1 - x) - W_PI * (cospi(x) / sinpi(x));
    if (x >= 15) return w_polygammaPositive(0, x);
    double sum = 0, t = x;
    while (t > 2) {
        t -= 1;
        sum += 1 / t;
    }
    return t < 1 ? w_digammaNearZero(1 + t) - 1 / t : w_digammaNearZero(t) + sum;
}

static __device__ double w_polygamma(double order, double x) {
    if (!(order >= 0 && order <= 150) || order != rint(order)) return W_NAN;
    int n = (int) order;
    if (n == 0) return w_digamma(x);
    if (w_isnan(x) || (x <= 0 && x == rint(x))) return W_NAN;
    if (x < 0) {
        double mirrored = w_polygammaPositive(n, 1 - x);
        return (n % 2 == 0 ? mirrored : -mirrored) - W_PI * w_cotangentDerivative(n, x);
    }
    return w_polygammaPositive(n, x);
}

static __device__ double w_besselPowers(int n, double x) {
    double term = 1, sum = 0, factor = 1;
    for (int k = 1; k <= n; k++) term *= 0.5 * x / k;
    for (int k = 1; fabs(factor) > 0x1p-60 && k < 40; k++) {
        sum += factor;
        factor *= -0.25 * x * x / k / (n + k);
    }
    return term * sum;
}

static __device__ double w_besselBackward(int n, double x) {
    double most = w_max((double) n, x);
    int start = 2 * (int) (0.5 * (most + 20 + sqrt(60 * most)));
    double above = 0, here = 1, result = 0, sum = 0;
    for (int k = start; k > 0; k--) {
        if (k == n) result = here;
        if (k % 2 == 0) sum += here;
        double below = 2 * k / x * here - above;
        above = here;
        here = below;
        if (fabs(here) > 0x1p500) {
            here /= 0x1p500;
            above /= 0x1p500;
            sum /= 0x1p500;
            result /= 0x1p500;
        }
    }
    return (n == 0 ? here : result) / (here + 2 * sum);
}

static __device__ double w_hankelCoefficient(int n, int k, double x) {
    return (4.0 * n * n - (2.0 * k - 1) * (2 * k - 1)) / (8.0 * k * x);
}

static __device__ double w_hankel(int n, double x) {
    double p = 0, q = 0, term = 1;
    for (int k = 0; k < 40 && fabs(term) > 0x1p-58; k += 2) {
        double next = term * w_hankelCoefficient(n, k + 1, x);
        p += term;
        q += next;
        term = -next * w_hankelCoefficient(n, k + 2, x);
    }
    double s = sin(x), c = cos(x);
    double cosine = n == 0 ? c + s : s - c;
    double sine = n == 0 ? s - c : -(s + c);
    return (p * cosine - q * sine) / sqrt(W_PI * x);
}

static __device__ double w_besselForward(int n, double x) {
    double j0 = w_hankel(0, x);
    if (n == 0) return j0;
    double j1 = w_hankel(1, x);
    for (int k = 1; k < n; k++) {
        double j2 = 2 * k / x * j1 - j0;
        j0 = j1;
        j1 = j2;
    }
    return j1;
}

static __device__ double w_besselJ(double order, double x) {
    if (order != rint(order) || fabs(order) > 10000 || w_isnan(x)) return W_NAN;
    int n = (int) fabs(order);
    double a = fabs(x);
    double sign = n % 2 == 1 && (order < 0) != (x < 0) ? -1 : 1;
    if (w_isinf(a)) return 0;
    if (a * a <= 0.25 * (n + 1)) return sign * w_besselPowers(n, a);
    return sign * (a < 25 || n > a ? w_besselBackward(n, a) : w_besselForward(n, a));
}

static __device__ double w_besselJ0(double x) { return w_besselJ(0.0, x); }
static __device__ double w_besselJ1(double x) { return w_besselJ(1.0, x); }

static __device__ double w_sphericalPowers(int n, double x) {
    double term = 1, sum = 0, factor = 1;
    for (int k = 1; k <= n; k++) term *= x / (2 * k + 1);
    for (int k = 1; fabs(factor) > 0x1p-60 && k < 60; k++) {
        sum += factor;
        factor *= -0.5 * x * x / k / (2 * n + 2 * k + 1);
    }
    return term * sum;
}

static __device__ double w_sphericalForward(int n, double x) {
    double j0 = sin(x) / x;
    double j1 = (j0 - cos(x)) / x;
    for (int k = 1; k < n; k++) {
        double j2 = (2 * k + 1) / x * j1 - j0;
        j0 = j1;
        j1 = j2;
    }
    return j1;
}

static __device__ double w_sphericalBackward(int n, double x) {
    int start = (int) (n + 20 + sqrt(60.0 * n));
    double above = 0, here = 1, result = 0;
    for (int k = start; k > 0; k--) {
        if (k == n) result = here;
        double below = (2 * k + 1) / x * here - above;
        above = here;
        here = below;
        if (fabs(here) > 0x1p500) {
            here /= 0x1p500;
            above /= 0x1p500;
            result /= 0x1p500;
        }
    }
    double j0 = sin(x) / x;
    double j1 = (j0 - cos(x)) / x;
    return fabs(j0) > fabs(j1) ? result / here * j0 : result / above * j1;
}

W_FUNCTION double w_sinc(double x) { return w_isinf(x) ? 0.0 : x == 0 ? 1.0 : sin(x) / x; }
W_FUNCTION double w_sincPi(double x) { return x == 0 ? 1.0 : w_isinf(x) ? 0.0 : sinpi(x) / (W_PI * x); }

static __device__ double w_sphericalBesselJ(double order, double x) {
    if (!(order >= 0 && order <= 10000) || order != rint(order) || w_isnan(x)) return W_NAN;
    int n = (int) order;
    double a = fabs(x);
    double sign = n % 2 == 1 && x < 0 ? -1 : 1;
    if (n == 0 || w_isinf(a)) return w_sinc(x);
    if (a * a <= 2 * n + 3) return sign * w_sphericalPowers(n, a);
    return sign * (n > a ? w_sphericalBackward(n, a) : w_sphericalForward(n, a));
}

static __device__ double w_lambertBranch(double q) {
    double power = q * q / 2, sum = 0;
    for (int k = 2; power > 0x1p-60 * sum; k++) {
        sum += (k - 1) * power;
        power *= q / (k + 1);
    }
    return sum;
}

static __device__ double w_lambertAboveBranchPoint(double x) {
    double s = fma(2.718281828459045, x, 1.0) + 1.4456468917292502e-16 * x;
    if (!(s > 0)) return s > -0x1p-54 ? 0 : W_NAN;
    double p = sqrt(2 * s);
    double q = p * (1 - p * (1 / 3.0 - p * (11 / 72.0 - p * (43 / 540.0))));
    for (int i = 0; i < 6; i++) {
        double step = (w_lambertBranch(q) - s) / (q * exp(q));
        q -= step;
        if (fabs(step) < 0x1p-54 * q) break;
    }
    return q;
}

static __device__ double w_lambertW0(double x) {
    if (x < -0.25) return w_lambertAboveBranchPoint(x) - 1;
    if (x == 0 || x == W_INF || w_isnan(x)) return x;
    double w = x < 3 ? x / (1 + x * (x < 0 ? 1.2 : 0.6)) : log(x) - log(log(x));
    for (int i = 0; i < 4; i++) {
        double z = log(x / w) - w;
        double q = 2 * (1 + w) * (1 + w + 2 * z / 3);
        double e = z / (1 + w) * ((q - z) / (q - 2 * z));
        w *= 1 + e;
        if (fabs(e) < 1e-5) break;
    }
    return w;
}

// ---- reductions of n arguments -----------------------------------------------------------------------

template <int N> W_FUNCTION double w_product(const double (&x)[N]) {
    double product = 1;
#pragma unroll
    for (int i = 0; i < N; i++) product *= x[i];
    return product;
}

template <int N> W_FUNCTION double w_sumOfSquares(const double (&x)[N]) {
    double sum = 0;
#pragma unroll
    for (int i = 0; i < N; i++) sum += x[i] * x[i];
    return sum;
}

template <int N> W_FUNCTION double w_norm(const double (&x)[N]) {
    double sum = w_sumOfSquares(x);
    if (sum > 0x1p-900 && sum < 0x1p1000) return sqrt(sum);
    double most = 0;
    for (int i = 0; i < N; i++) {
        if (w_isinf(x[i])) return W_INF;
        most = w_max(most, fabs(x[i]));
    }
    if (most == 0 || w_isnan(most)) return most;
    int scale = (int) ((__double_as_longlong(most) >> 52) & 0x7ff) - 1023;
    sum = 0;
    for (int i = 0; i < N; i++) {
        double scaled = scalbn(x[i], -scale);
        sum += scaled * scaled;
    }
    return scalbn(sqrt(sum), scale);
}

template <int N> W_FUNCTION double w_logSumExp(const double (&x)[N]) {
    int m = 0;
#pragma unroll
    for (int i = 1; i < N; i++) m = x[i] > x[m] || w_isnan(x[i]) ? i : m;
    double most = x[m];
    if (!(fabs(most) <= 0x1.fffffffffffffp1023)) return most;
    double others = 0;
#pragma unroll
    for (int i = 0; i < N; i++) others += i == m ? 0.0 : exp(x[i] - most);
    return most + log1p(others);
}
