package org.wengert.cli.bench;

import static org.wengert.core.scalar.ScalarMath.erfc;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.log;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import org.wengert.core.scalar.Scalar;

/**
 * The price of a European call option.
 *
 * <pre>
 * C = S Φ(d₁) - K exp(-r T) Φ(d₂),   d₁ = (log(S/K) + (r + σ²/2) T) / (σ √T),   d₂ = d₁ - σ √T
 * </pre>
 *
 * <p>Source: F. Black, M. Scholes, "The pricing of options and corporate liabilities", J. Political Econ. 81 (1973).
 */
final class BlackScholes {

    /** S, K, T, r, σ. */
    static final int INPUTS = 5;

    private static final double[] LEAST = {60, 60, 0.1, 0.0, 0.1};
    private static final double[] MOST = {140, 140, 2.0, 0.08, 0.6};

    private BlackScholes() {}

    static Scalar price(Scalar[] x) {
        Scalar spread = x[4].times(sqrt(x[2]));
        Scalar drift = x[3].plus(x[4].times(x[4]).times(0.5)).times(x[2]);
        Scalar d1 = log(x[0].div(x[1])).plus(drift).div(spread);
        Scalar d2 = d1.minus(spread);
        Scalar discounted = x[1].times(exp(x[3].times(x[2]).unaryMinus()));
        return x[0].times(normal(d1)).minus(discounted.times(normal(d2)));
    }

    /** Φ, without cancellation on either side. */
    private static Scalar normal(Scalar d) {
        return erfc(d.times(-Math.sqrt(0.5))).times(0.5);
    }

    /** Options, as a row of {@value #INPUTS} numbers each. */
    static double[] options(int count, long seed) {
        SplitMix random = new SplitMix(seed);
        double[] rows = new double[count * INPUTS];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.uniform(LEAST[i % INPUTS], MOST[i % INPUTS]);
        }
        return rows;
    }
}
