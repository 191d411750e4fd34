// Gaussian mixture: the log posterior and its gradient; see org.wengert.cli.bench.GaussianMixture.
#include "common.h"
#ifdef WITH_CERES
#include <ceres/jet.h>
#endif

namespace {

struct Mixture {
    int d, K;
    size_t n;
    double gamma = 1;
    int m = 0;
    std::vector<double> x;

    Mixture(int d, int K, size_t n, uint64_t seed) : d(d), K(K), n(n), x(n * d) {
        SplitMix random(seed);
        std::vector<double> means(K * d);
        for (double& mean : means) mean = random.uniform();
        for (size_t i = 0; i < n; i++) {
            int k = int(random.uniform() * K);
            for (int j = 0; j < d; j++) x[i * d + j] = means[k * d + j] + 0.2 * random.normal();
        }
    }
    int below() const { return d * (d - 1) / 2; }
    int factor(int k) const { return K + K * d + k * (d + below()); }
    int parameters() const { return K * (1 + 2 * d + below()); }

    std::vector<double> someParameters(uint64_t seed) const {
        SplitMix random(seed);
        std::vector<double> p(parameters());
        for (int i = 0; i < int(p.size()); i++)
            p[i] = i < K ? random.normal() : i < factor(0) ? random.uniform() : 0.5 * random.normal();
        return p;
    }
    double constant() const {
        const double pi = std::acos(-1.0);
        double degrees = d + m + 1, logGamma = 0.25 * d * (d - 1) * std::log(pi);
        for (int j = 1; j <= d; j++) logGamma += std::lgamma(0.5 * degrees + 0.5 * (1 - j));
        return -0.5 * n * d * std::log(2 * pi) - K * (degrees * d * (std::log(gamma) - 0.5 * std::log(2)) - logGamma);
    }
};

template <class T>
T logSumExp(const T* x, int n) {
    using std::exp;
    using std::log;
    T most = x[0];
    for (int k = 1; k < n; k++)
        if (x[k] > most) most = x[k];
    T sum(0.0);
    for (int k = 0; k < n; k++) sum += exp(x[k] - most);
    return most + log(sum);
}

template <class T>
struct Objective {
    const Mixture& of;
    std::vector<T> diagonal, sums, y, rotated, terms;
    explicit Objective(const Mixture& of) : of(of), diagonal(of.K * of.d), sums(of.K), y(of.K * of.d), rotated(of.K * of.d), terms(of.K) {}

    void prepare(const T* p) {
        using std::exp;
        for (int k = 0; k < of.K; k++) {
            sums[k] = p[k];
            for (int j = 0; j < of.d; j++) {
                sums[k] += p[of.factor(k) + j];
                diagonal[k * of.d + j] = exp(p[of.factor(k) + j]);
            }
        }
    }
    void exponents(const T* p, size_t i) {
        int d = of.d;
        for (int k = 0; k < of.K; k++) {
            T *yk = &y[k * d], *r = &rotated[k * d];
            const T *mean = p + of.K + k * d, *next = p + of.factor(k) + d;
            for (int j = 0; j < d; j++) {
                yk[j] = of.x[i * d + j] - mean[j];
                r[j] = diagonal[k * d + j] * yk[j];
            }
            for (int column = 0; column < d; column++)
                for (int row = column + 1; row < d; row++) r[row] += *next++ * yk[column];
            T square(0.0);
            for (int j = 0; j < d; j++) square += r[j] * r[j];
            terms[k] = sums[k] - 0.5 * square;
        }
    }
    T prior(const T* p) {
        double half = 0.5 * of.gamma * of.gamma;
        T sum = of.constant() - double(of.n) * logSumExp(p, of.K);
        for (int k = 0; k < of.K; k++) {
            for (int j = 0; j < of.d; j++) {
                T e = diagonal[k * of.d + j];
                sum += half * e * e - double(of.m) * p[of.factor(k) + j];
            }
            for (int j = of.d; j < of.d + of.below(); j++) sum += half * p[of.factor(k) + j] * p[of.factor(k) + j];
        }
        return sum;
    }
    T value(const T* p) {
        prepare(p);
        T sum = prior(p);
        for (size_t i = 0; i < of.n; i++) {
            exponents(p, i);
            sum += logSumExp(terms.data(), of.K);
        }
        return sum;
    }
};

struct ByHand : Objective<double> {
    using Objective::Objective;
    double gradient(const double* p, double* g) {
        prepare(p);
        int d = of.d;
        std::fill(g, g + of.parameters(), 0.0);
        double value = prior(p);
        for (size_t i = 0; i < of.n; i++) {
            exponents(p, i);
            double whole = logSumExp(terms.data(), of.K);
            value += whole;
            for (int k = 0; k < of.K; k++) {
                double weight = std::exp(terms[k] - whole);
                const double *yk = &y[k * d], *r = &rotated[k * d], *l = p + of.factor(k) + d;
                double *mean = g + of.K + k * d, *q = g + of.factor(k), *gl = q + d;
                g[k] += weight;
                for (int column = 0; column < d; column++) {
                    double pull = diagonal[k * d + column] * r[column], wy = weight * yk[column];
                    q[column] += weight - wy * pull;
                    for (int row = column + 1; row < d; row++) {
                        pull += *l++ * r[row];
                        *gl++ -= wy * r[row];
                    }
                    mean[column] += weight * pull;
                }
            }
        }
        double square = of.gamma * of.gamma, whole = logSumExp(p, of.K);
        for (int k = 0; k < of.K; k++) {
            g[k] -= of.n * std::exp(p[k] - whole);
            double* q = g + of.factor(k);
            for (int j = 0; j < d; j++) q[j] += square * diagonal[k * d + j] * diagonal[k * d + j] - of.m;
            for (int j = d; j < d + of.below(); j++) q[j] += square * p[of.factor(k) + j];
        }
        return value;
    }
};

#ifdef WITH_CERES
// The gradient in chunks of N directions.
template <int N>
void byJet(const Mixture& of, const std::vector<double>& p, double* g) {
    using Jet = ceres::Jet<double, N>;
    static std::vector<Jet> x;
    x.resize(p.size());
    static Objective<Jet> f(of);
    for (size_t from = 0; from < p.size(); from += N) {
        size_t count = std::min<size_t>(N, p.size() - from);
        for (size_t j = 0; j < p.size(); j++) {
            x[j] = Jet(p[j]);
            if (j >= from && j < from + count) x[j].v[j - from] = 1;
        }
        Jet value = f.value(x.data());
        for (size_t j = 0; j < count; j++) g[from + j] = value.v[j];
    }
}
#endif

}  // namespace

int main(int argc, char** argv) {
    int d = option(argc, argv, "--dimension", 2), K = option(argc, argv, "--components", 5);
    size_t n = option(argc, argv, "--points", 1000);
    Mixture mixture(d, K, n, 1);
    auto p = mixture.someParameters(2);
    std::vector<double> g(p.size());
    std::string name = "gaussian-mixture-d" + std::to_string(d) + "-k" + std::to_string(K);
    ByHand f(mixture);
    double value = 0;
    Timing t = measure([&] { value = f.value(p.data()); keep(&value); });
    report(name, "C++ function", "value", n, t, Sums(&value, 1));
    t = measure([&] { f.gradient(p.data(), g.data()); keep(g.data()); });
    report(name, "C++ by hand", "gradient", n, t, Sums(g.data(), g.size()));
#ifdef WITH_CERES
    if (p.size() <= 400) {
        t = measure([&] { byJet<16>(mixture, p, g.data()); keep(g.data()); });
        report(name, "ceres Jet<16>", "gradient", n, t, Sums(g.data(), g.size()));
    }
#endif
}
