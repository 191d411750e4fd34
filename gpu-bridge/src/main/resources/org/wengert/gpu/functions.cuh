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
