// Rosenbrock and Ackley: value and gradient at one point.
#include "common.h"
#ifdef WITH_CERES
#include <ceres/jet.h>
#endif

namespace {

template <class T>
T rosenbrock(const T* x, int n) {
    T sum(0.0);
    for (int i = 0; i + 1 < n; i++) {
        T a = x[i + 1] - x[i] * x[i], b = 1.0 - x[i];
        sum += 100.0 * (a * a) + b * b;
    }
    return sum;
}

double rosenbrockGradient(const double* x, int n, double* g) {
    double sum = 0;
    std::fill(g, g + n, 0.0);
    for (int i = 0; i + 1 < n; i++) {
        double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
        sum += 100 * (a * a) + b * b;
        g[i] -= 400 * a * x[i] + 2 * b;
        g[i + 1] += 200 * a;
    }
    return sum;
}

template <class T>
T ackley(const T* x, int n) {
    using std::cos;
    using std::exp;
    using std::sqrt;
    T squares(0.0), cosines(0.0);
    for (int i = 0; i < n; i++) {
        squares += x[i] * x[i];
        cosines += cos(2 * M_PI * x[i]);
    }
    return 20.0 + M_E - 20.0 * exp(-0.2 * sqrt(squares / double(n))) - exp(cosines / double(n));
}

double ackleyGradient(const double* x, int n, double* g) {
    double squares = 0, cosines = 0;
    for (int i = 0; i < n; i++) {
        squares += x[i] * x[i];
        cosines += std::cos(2 * M_PI * x[i]);
        g[i] = std::sin(2 * M_PI * x[i]);
    }
    double root = std::sqrt(squares / n), a = std::exp(-0.2 * root), b = std::exp(cosines / n);
    double ofSquares = root == 0 ? 0 : 4 * a / (root * n), ofCosines = 2 * M_PI * b / n;
    for (int i = 0; i < n; i++) g[i] = ofSquares * x[i] + ofCosines * g[i];
    return 20 + M_E - 20 * a - b;
}

template <class Value, class Gradient>
void plain(const std::string& name, int n, Value value, Gradient gradient) {
    std::vector<double> x(n), g(n);
    for (int i = 0; i < n; i++) x[i] = 1 + 0.2 * std::sin(i + 1.0);
    double y = 0;
    Timing t = measure([&] { keep(x.data()); y = value(x.data(), n); keep(&y); }, 0.3);
    report(name + "-" + std::to_string(n), "C++ function", "value", 1, t, Sums(&y, 1));
    t = measure([&] { keep(x.data()); y = gradient(x.data(), n, g.data()); keep(g.data()); }, 0.3);
    report(name + "-" + std::to_string(n), "C++ by hand", "gradient", 1, t, Sums(g.data(), n));
}

#ifdef WITH_CERES
template <int N, class F>
void jets(const std::string& name, int n, F f) {
    using Jet = ceres::Jet<double, N>;
    std::vector<double> x(n), g(n);
    for (int i = 0; i < n; i++) x[i] = 1 + 0.2 * std::sin(i + 1.0);
    std::vector<Jet> p(n);
    Timing t = measure([&] {
        for (int from = 0; from < n; from += N) {
            for (int j = 0; j < n; j++) p[j] = j >= from && j < from + N ? Jet(x[j], j - from) : Jet(x[j]);
            Jet y = f(p.data(), n);
            for (int j = from; j < std::min(n, from + N); j++) g[j] = y.v[j - from];
        }
        keep(g.data());
    }, 0.3);
    report(name + "-" + std::to_string(n), "ceres Jet<" + std::to_string(N) + ">", "gradient", 1, t, Sums(g.data(), n));
}
#endif

}  // namespace

int main() {
    for (int n : {10, 100}) {
        plain("rosenbrock", n, rosenbrock<double>, rosenbrockGradient);
        plain("ackley", n, ackley<double>, ackleyGradient);
    }
#ifdef WITH_CERES
    jets<10>("rosenbrock", 10, rosenbrock<ceres::Jet<double, 10>>);
    jets<20>("rosenbrock", 100, rosenbrock<ceres::Jet<double, 20>>);
    jets<10>("ackley", 10, ackley<ceres::Jet<double, 10>>);
    jets<20>("ackley", 100, ackley<ceres::Jet<double, 20>>);
#endif
}
