// CUDA C as C++ for the CPU: what is a function of CUDA's mathematics is a call to Java's own.
#include <barrier>
#include <cstring>
#include <thread>
#include <vector>

struct Dim { int x, y, z; };
thread_local Dim threadIdx, blockIdx, blockDim = {1, 1, 1}, gridDim = {1, 1, 1};
static std::barrier<>* block_barrier;

#define __device__
#define __global__
#define __restrict__
#define __forceinline__ inline
#define __shared__ static
#define __launch_bounds__(threads, blocks)
#define __syncthreads() block_barrier->arrive_and_wait()

static double __longlong_as_double(long long bits) { double x; memcpy(&x, &bits, 8); return x; }
static long long __double_as_longlong(double x) { long long bits; memcpy(&bits, &x, 8); return bits; }
static int __float_as_int(float x) { int bits; memcpy(&bits, &x, 4); return bits; }
static unsigned atomicAdd(unsigned* at, unsigned n) { return __atomic_fetch_add(at, n, __ATOMIC_RELAXED); }

// Exact by definition, so C's will do.
#define fma __builtin_fma
#define fabs __builtin_fabs
#define sqrt __builtin_sqrt
#define floor __builtin_floor
#define ceil __builtin_ceil
#define rint __builtin_rint
#define fmod __builtin_fmod
#define remainder __builtin_remainder
#define copysign __builtin_copysign
#define nextafter __builtin_nextafter
#define scalbn __builtin_scalbn

// The others: pointers that the test fills in.
#define JAVA1(name) double (*java_##name)(double);
#define JAVA2(name) double (*java_##name)(double, double);
extern "C" {
JAVA1(cbrt) JAVA1(exp) JAVA1(exp2) JAVA1(exp10) JAVA1(expm1) JAVA1(log) JAVA1(log2) JAVA1(log10) JAVA1(log1p)
JAVA1(sin) JAVA1(cos) JAVA1(tan) JAVA1(asin) JAVA1(acos) JAVA1(atan) JAVA1(sinpi) JAVA1(cospi)
JAVA1(sinh) JAVA1(cosh) JAVA1(tanh) JAVA1(asinh) JAVA1(acosh) JAVA1(atanh)
JAVA1(erf) JAVA1(erfc) JAVA1(erfcx) JAVA1(erfinv) JAVA1(tgamma) JAVA1(lgamma)
JAVA2(pow) JAVA2(hypot) JAVA2(atan2)
}
#define cbrt java_cbrt
#define exp java_exp
#define exp2 java_exp2
#define exp10 java_exp10
#define expm1 java_expm1
#define log java_log
#define log2 java_log2
#define log10 java_log10
#define log1p java_log1p
#define sin java_sin
#define cos java_cos
#define tan java_tan
#define asin java_asin
#define acos java_acos
#define atan java_atan
#define sinpi java_sinpi
#define cospi java_cospi
#define sinh java_sinh
#define cosh java_cosh
#define tanh java_tanh
#define asinh java_asinh
#define acosh java_acosh
#define atanh java_atanh
#define erf java_erf
#define erfc java_erfc
#define erfcx java_erfcx
#define erfinv java_erfinv
#define tgamma java_tgamma
#define lgamma java_lgamma
#define pow java_pow
#define hypot java_hypot
#define atan2 java_atan2

/** A block after the other, its threads all at once. */
template <typename Body> static void grid(int blocks, int threads, Body body) {
    for (int block = 0; block < blocks; block++) {
        std::barrier<> barrier(threads);
        block_barrier = &barrier;
        std::vector<std::thread> all;
        for (int t = 0; t < threads; t++) {
            all.emplace_back([=] {
                threadIdx.x = t;
                blockIdx.x = block;
                blockDim.x = threads;
                gridDim.x = blocks;
                body();
            });
        }
        for (auto& thread : all) thread.join();
    }
}

typedef void (*Kernel)(long long, long long, long long, long long, long long, long long, long long, long long);

/** Whatever a kernel's parameters are, each is one 64-bit register; those that it does not have it does not see. */
extern "C" void host_launch(Kernel kernel, int blocks, int threads, const long long* a) {
    grid(blocks, threads, [=] { kernel(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]); });
}
