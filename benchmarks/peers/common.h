// What all peers share: the generator of inputs, the clock, and the line of JSON that is printed for each measurement.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

// The generator of the Java side (SplitMix), bit for bit.
struct SplitMix {
    uint64_t state;
    explicit SplitMix(uint64_t seed) : state(seed) {}
    uint64_t next() {
        uint64_t z = state += 0x9E3779B97F4A7C15ull;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ z >> 27) * 0x94D049BB133111EBull;
        return z ^ z >> 31;
    }
    double uniform() { return (next() >> 11) * 0x1p-53; }
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    double normal() {
        double sum = 0;
        for (int i = 0; i < 12; i++) sum += uniform();
        return sum - 6;
    }
};

// Keeps the compiler from dropping what computes p.
inline void keep(const void* p) { asm volatile("" : : "g"(p) : "memory"); }

struct Timing {
    double median, low, high;
};

// Nanoseconds of one call: the median of some samples of at least 20 ms each, with the quartiles.
template <class F>
Timing measure(F&& f, double seconds = 1.0) {
    using clock = std::chrono::steady_clock;
    auto time = [&](int repeats) {
        auto begin = clock::now();
        for (int r = 0; r < repeats; r++) f();
        return std::chrono::duration<double, std::nano>(clock::now() - begin).count();
    };
    f();
    int repeats = 1;
    while (time(repeats) < 2e7) repeats *= 2;
    std::vector<double> samples;
    double spent = 0;
    while (samples.size() < 7 || (spent < seconds * 1e9 && samples.size() < 101)) {
        double t = time(repeats);
        spent += t;
        samples.push_back(t / repeats);
    }
    std::sort(samples.begin(), samples.end());
    size_t n = samples.size();
    return {samples[n / 2], samples[n / 4], samples[3 * n / 4]};
}

// Sums that tell whether two arrays are the same: of the entries, of their absolute values, and weighted by cos(i).
struct Sums {
    double sum = 0, size = 0, cosine = 0;
    Sums() = default;
    Sums(const double* a, size_t n) {
        for (size_t i = 0; i < n; i++) {
            sum += a[i];
            size += std::fabs(a[i]);
            cosine += a[i] * std::cos(double(i));
        }
    }
};

inline void report(const std::string& name, const std::string& engine, const std::string& task, size_t points,
                   Timing t, Sums s) {
    std::printf("{\"case\": \"%s\", \"engine\": \"%s\", \"task\": \"%s\", \"points\": %zu, \"nanoseconds\": %.6g, "
                "\"low\": %.6g, \"high\": %.6g, \"sum\": %.17g, \"size\": %.17g, \"cosine\": %.17g}\n",
                name.c_str(), engine.c_str(), task.c_str(), points, t.median / points, t.low / points,
                t.high / points, s.sum, s.size, s.cosine);
    std::fflush(stdout);
}

// The value of an option --name VALUE.
inline long option(int argc, char** argv, const char* name, long otherwise) {
    for (int i = 1; i + 1 < argc; i++)
        if (!std::strcmp(argv[i], name)) return std::atol(argv[i + 1]);
    return otherwise;
}
