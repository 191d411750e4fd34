package org.wengert.cli.bench;

import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.logSumExp;
import static org.wengert.core.scalar.ScalarMath.sum;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;
import org.wengert.core.scalar.Scalar;

/**
 * The log posterior of a Gaussian mixture model, by its parameters.
 *
 * <pre>
 * F = Σᵢ log Σₖ exp(aₖ + Σ qₖ - ½ |Qₖ (xᵢ - μₖ)|²)              the points, all in the same way
 *   - n log Σₖ exp aₖ - n d/2 log 2π                            the mixture's own weight
 *   + Σₖ (½ γ² (|exp qₖ|² + |lₖ|²) - m Σ qₖ) - K C              the prior
 * </pre>
 *
 * The parameters are aₖ (K), then μₖ (K times d), then qₖ and lₖ (K times d + d(d-1)/2): Qₖ is lower triangular with the
 * diagonal exp(qₖ) and lₖ below it, column by column.
 *
 * <p>Written with its structure in view: what {@link #transformed} makes of the parameters is the same for all points,
 * and {@link #logLikelihood} takes it as uniform.
 *
 * <p>Source: as {@link BundleAdjustment}.
 *
 * @param d          the dimension of the points
 * @param components K
 * @param points     n rows of d; wrapped
 * @param gamma      γ of the Wishart prior
 * @param m          m of the Wishart prior
 */
public record GaussianMixture(int d, int components, double[] points, double gamma, int m) {

    /** The number of points, n. */
    public int count() {
        return points.length / d;
    }

    /** Parameters of a component after {@link #transformed}: its constant, mean, diagonal and what is below it. */
    public int width() {
        return 1 + d + d + d * (d - 1) / 2;
    }

    /** The number of parameters. */
    public int parameters() {
        return components * width();
    }

    /** F. */
    public Scalar objective(Scalar[] parameters) {
        Scalar[] z = transformed(parameters);
        int n = count();
        Scalar[] terms = new Scalar[n + 1];
        for (int i = 0; i < n; i++) {
            Scalar[] x = new Scalar[d];
            for (int j = 0; j < d; j++) {
                x[j] = Scalar.of(points[i * d + j]);
            }
            terms[i] = logLikelihood(z, x);
        }
        terms[n] = prior(parameters);
        return sum(terms);
    }

    /**
     * The parameters as the points need them: for each component aₖ + Σ qₖ, μₖ, exp(qₖ), lₖ.
     *
     * @return K times {@link #width}
     */
    public Scalar[] transformed(Scalar[] parameters) {
        Scalar[] z = new Scalar[parameters.length];
        for (int k = 0; k < components; k++) {
            int to = k * width();
            Scalar[] q = Arrays.copyOfRange(parameters, factor(k), factor(k) + d);
            z[to] = parameters[k].plus(sum(q));
            for (int j = 0; j < d; j++) {
                z[to + 1 + j] = parameters[components + k * d + j];
                z[to + 1 + d + j] = exp(q[j]);
            }
            System.arraycopy(parameters, factor(k) + d, z, to + 1 + 2 * d, d * (d - 1) / 2);
        }
        return z;
    }

    /** Where qₖ begins among the parameters. */
    int factor(int k) {
        return components + components * d + k * (d + d * (d - 1) / 2);
    }

    /** What a point adds to F. */
    public Scalar logLikelihood(Scalar[] z, Scalar[] x) {
        Scalar[] terms = new Scalar[components];
        for (int k = 0; k < components; k++) {
            terms[k] = component(Arrays.copyOfRange(z, k * width(), (k + 1) * width()), x);
        }
        return logSumExp(terms);
    }

    /** The exponent that one component has at a point: c - ½ |Q (x - μ)|². */
    public Scalar component(Scalar[] z, Scalar[] x) {
        Scalar[] y = new Scalar[d];
        for (int j = 0; j < d; j++) {
            y[j] = x[j].minus(z[1 + j]);
        }
        Scalar[] rotated = new Scalar[d];
        for (int j = 0; j < d; j++) {
            rotated[j] = z[1 + d + j].times(y[j]);
        }
        int next = 1 + 2 * d;
        for (int i = 0; i < d; i++) {
            for (int j = i + 1; j < d; j++) {
                rotated[j] = rotated[j].plus(z[next++].times(y[i]));
            }
        }
        Scalar square = rotated[0].times(rotated[0]);
        for (int j = 1; j < d; j++) {
            square = square.plus(rotated[j].times(rotated[j]));
        }
        return z[0].minus(square.times(0.5));
    }

    /** What does not depend on the points, but for their number. */
    public Scalar prior(Scalar[] parameters) {
        Scalar sum = logSumExp(Arrays.copyOf(parameters, components)).times(-count());
        for (int k = 0; k < components; k++) {
            for (int j = 0; j < d; j++) {
                Scalar q = parameters[factor(k) + j];
                Scalar e = exp(q);
                sum = sum.plus(e.times(e).times(0.5 * gamma * gamma)).minus(q.times(m));
            }
            for (int j = d; j < d + d * (d - 1) / 2; j++) {
                Scalar l = parameters[factor(k) + j];
                sum = sum.plus(l.times(l).times(0.5 * gamma * gamma));
            }
        }
        return sum.plus(constant());
    }

    /** The terms of F that depend on nothing but sizes. */
    double constant() {
        return -0.5 * count() * d * Math.log(2 * Math.PI) - components * wishart();
    }

    /** The normalization of the Wishart prior. */
    private double wishart() {
        double degrees = d + m + 1;
        double logGamma = 0.25 * d * (d - 1) * Math.log(Math.PI);
        for (int j = 1; j <= d; j++) {
            logGamma += LogGamma.value(0.5 * degrees + 0.5 * (1 - j));
        }
        return degrees * d * (Math.log(gamma) - 0.5 * Math.log(2)) - logGamma;
    }

    /** Points around random means, and parameters near them. */
    public static GaussianMixture generate(int d, int components, int count, long seed) {
        SplitMix random = new SplitMix(seed);
        double[] points = new double[Math.multiplyExact(count, d)];
        double[] means = new double[components * d];
        for (int i = 0; i < means.length; i++) {
            means[i] = random.uniform();
        }
        for (int i = 0; i < count; i++) {
            int k = (int) (random.uniform() * components);
            for (int j = 0; j < d; j++) {
                points[i * d + j] = means[k * d + j] + 0.2 * random.normal();
            }
        }
        return new GaussianMixture(d, components, points, 1, 0);
    }

    /** Parameters to evaluate F at. */
    public double[] someParameters(long seed) {
        SplitMix random = new SplitMix(seed);
        double[] parameters = new double[parameters()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = i < components ? random.normal() : i < factor(0) ? random.uniform() : 0.5 * random.normal();
        }
        return parameters;
    }
}
