// Bundle adjustment: error and 2x15 Jacobian of an observation; see org.wengert.cli.bench.BundleAdjustment.
#include "common.h"
#ifdef WITH_CERES
#include <ceres/jet.h>
#endif

namespace {

constexpr int kInputs = 17, kParameters = 15;
constexpr double kTypical[kInputs] = {0.6, -0.4, 0.3, 2.5, -3.0, 4.0, 800, 320, 240, -0.05, 0.01, 4.0, 2.0, 9.0, 0.8, 500, 420};

std::vector<double> observations(size_t count, uint64_t seed) {
    SplitMix random(seed);
    std::vector<double> rows(count * kInputs);
    for (size_t i = 0; i < count; i++)
        for (int j = 0; j < kInputs; j++) {
            double changed = kTypical[j] * (1 + 0.01 * random.uniform(-1, 1));
            rows[i * kInputs + j] = j < 3 && i % 100 == 99 ? 0 : changed;
        }
    return rows;
}

template <class T>
inline void error(const T* x, const double* m, T* e) {
    using std::cos;
    using std::sin;
    using std::sqrt;
    T v0 = x[11] - x[3], v1 = x[12] - x[4], v2 = x[13] - x[5];
    T square = x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
    T p0, p1, p2;
    if (square > 0.0) {
        T t = sqrt(square), c = cos(t), s = sin(t);
        T n0 = x[0] / t, n1 = x[1] / t, n2 = x[2] / t;
        T along = (n0 * v0 + n1 * v1 + n2 * v2) * (1.0 - c);
        p0 = v0 * c + (n1 * v2 - n2 * v1) * s + n0 * along;
        p1 = v1 * c + (n2 * v0 - n0 * v2) * s + n1 * along;
        p2 = v2 * c + (n0 * v1 - n1 * v0) * s + n2 * along;
    } else {
        p0 = v0 + (x[1] * v2 - x[2] * v1);
        p1 = v1 + (x[2] * v0 - x[0] * v2);
        p2 = v2 + (x[0] * v1 - x[1] * v0);
    }
    T u0 = p0 / p2, u1 = p1 / p2, q = u0 * u0 + u1 * u1;
    T d = 1.0 + q * (x[9] + q * x[10]);
    e[0] = x[14] * (u0 * d * x[6] + x[7] - m[0]);
    e[1] = x[14] * (u1 * d * x[6] + x[8] - m[1]);
}

// e (2), then the rows of the Jacobian (2 times 15). The formulas stand in BundleAdjustmentByHand.
inline void byHand(const double* x, double* out) {
    double v0 = x[11] - x[3], v1 = x[12] - x[4], v2 = x[13] - x[5];
    double square = x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
    bool turns = square > 0;
    double inverse = 1, c = 1, s = 0, n0 = 0, n1 = 0, n2 = 0, a = 0, c0, c1, c2, p0, p1, p2;
    if (turns) {
        double t = std::sqrt(square);
        c = std::cos(t);
        s = std::sin(t);
        inverse = 1 / t;
        n0 = x[0] * inverse, n1 = x[1] * inverse, n2 = x[2] * inverse;
        a = n0 * v0 + n1 * v1 + n2 * v2;
        c0 = n1 * v2 - n2 * v1, c1 = n2 * v0 - n0 * v2, c2 = n0 * v1 - n1 * v0;
        double along = a * (1 - c);
        p0 = v0 * c + c0 * s + n0 * along;
        p1 = v1 * c + c1 * s + n1 * along;
        p2 = v2 * c + c2 * s + n2 * along;
    } else {
        c0 = x[1] * v2 - x[2] * v1, c1 = x[2] * v0 - x[0] * v2, c2 = x[0] * v1 - x[1] * v0;
        p0 = v0 + c0, p1 = v1 + c1, p2 = v2 + c2;
    }
    double z = 1 / p2, u0 = p0 * z, u1 = p1 * z, q = u0 * u0 + u1 * u1;
    double d = 1 + q * (x[9] + q * x[10]), slope = 2 * (x[9] + 2 * q * x[10]);
    double w = x[14], wf = w * x[6];
    double raw0 = u0 * d * x[6] + x[7] - x[15], raw1 = u1 * d * x[6] + x[8] - x[16];
    out[0] = w * raw0;
    out[1] = w * raw1;
    double mixed = wf * slope * u0 * u1, e00 = wf * (d + slope * u0 * u0), e11 = wf * (d + slope * u1 * u1);
    double h0 = -s * v0 + c * c0 + s * a * n0, h1 = -s * v1 + c * c1 + s * a * n1, h2 = -s * v2 + c * c2 + s * a * n2;
    for (int i = 0; i < 2; i++) {
        double du0 = i == 0 ? e00 : mixed, du1 = i == 0 ? mixed : e11, u = i == 0 ? u0 : u1;
        double g0 = du0 * z, g1 = du1 * z, g2 = -(u0 * g0 + u1 * g1);
        double x0 = v1 * g2 - v2 * g1, x1 = v2 * g0 - v0 * g2, x2 = v0 * g1 - v1 * g0;
        double* row = out + 2 + kParameters * i;
        double d0, d1, d2;
        if (turns) {
            double gn = g0 * n0 + g1 * n1 + g2 * n2, gh = g0 * h0 + g1 * h1 + g2 * h2, rest = 1 - c;
            double q0 = s * x0 + rest * (gn * v0 + a * g0);
            double q1 = s * x1 + rest * (gn * v1 + a * g1);
            double q2 = s * x2 + rest * (gn * v2 + a * g2);
            double both = gh - (n0 * q0 + n1 * q1 + n2 * q2) * inverse;
            row[0] = n0 * both + q0 * inverse;
            row[1] = n1 * both + q1 * inverse;
            row[2] = n2 * both + q2 * inverse;
            d0 = c * g0 + s * (g1 * n2 - g2 * n1) + rest * gn * n0;
            d1 = c * g1 + s * (g2 * n0 - g0 * n2) + rest * gn * n1;
            d2 = c * g2 + s * (g0 * n1 - g1 * n0) + rest * gn * n2;
        } else {
            row[0] = x0, row[1] = x1, row[2] = x2;
            d0 = g0 + (g1 * x[2] - g2 * x[1]);
            d1 = g1 + (g2 * x[0] - g0 * x[2]);
            d2 = g2 + (g0 * x[1] - g1 * x[0]);
        }
        row[3] = -d0, row[4] = -d1, row[5] = -d2;
        row[6] = w * u * d;
        row[7] = i == 0 ? w : 0;
        row[8] = i == 0 ? 0 : w;
        row[9] = wf * u * q;
        row[10] = wf * u * q * q;
        row[11] = d0, row[12] = d1, row[13] = d2;
        row[14] = i == 0 ? raw0 : raw1;
    }
}

#ifdef WITH_CERES
template <int N>
inline void byJet(const double* x, double* out) {
    using Jet = ceres::Jet<double, N>;
    Jet p[kParameters], e[2];
    for (int j = 0; j < kParameters; j++) p[j] = Jet(x[j], j);
    error(p, x + kParameters, e);
    for (int i = 0; i < 2; i++) {
        out[i] = e[i].a;
        for (int j = 0; j < kParameters; j++) out[2 + kParameters * i + j] = e[i].v[j];
    }
}
#endif

}  // namespace

int main(int argc, char** argv) {
    size_t n = option(argc, argv, "--points", 100000);
    auto x = observations(n, 1);
    std::vector<double> e(2 * n), j(32 * n);
    auto sweep = [&](const char* engine, auto&& one) {
        auto all = [&] {
            for (size_t i = 0; i < n; i++) one(&x[i * kInputs], &j[32 * i]);
            keep(j.data());
        };
        Timing t = measure(all);
        report("bundle-adjustment", engine, "jacobian", n, t, Sums(j.data(), j.size()));
    };
    Timing t = measure([&] {
        for (size_t i = 0; i < n; i++) error(&x[i * kInputs], &x[i * kInputs + kParameters], &e[2 * i]);
        keep(e.data());
    });
    report("bundle-adjustment", "C++ function", "value", n, t, Sums(e.data(), e.size()));
    sweep("C++ by hand", byHand);
#ifdef WITH_CERES
    sweep("ceres Jet<16>", byJet<16>);
    sweep("ceres Jet<15>", byJet<15>);
#endif
}
