package org.wengert.cli.bench;

import java.util.Arrays;

/** {@link GaussianMixture} in plain doubles: the objective, and its gradient written by hand. */
public final class GaussianMixtureByHand {

    private final GaussianMixture of;
    private final double[] diagonal;
    private final double[] sums;
    private final double[] y;
    private final double[] rotated;
    private final double[] terms;

    /** Room for a mixture; used by one thread. */
    public GaussianMixtureByHand(GaussianMixture of) {
        this.of = of;
        diagonal = new double[of.components() * of.d()];
        sums = new double[of.components()];
        y = new double[of.components() * of.d()];
        rotated = new double[of.components() * of.d()];
        terms = new double[of.components()];
    }

    /** F. */
    public double objective(double[] p) {
        prepare(p);
        double sum = prior(p);
        for (int i = 0; i < of.count(); i++) {
            sum += logSumExp(exponents(p, i));
        }
        return sum;
    }

    private void prepare(double[] p) {
        int d = of.d();
        for (int k = 0; k < of.components(); k++) {
            sums[k] = p[k];
            for (int j = 0; j < d; j++) {
                double q = p[of.factor(k) + j];
                sums[k] += q;
                diagonal[k * d + j] = Math.exp(q);
            }
        }
    }

    /** The exponents of point i, with what the gradient needs of them in y and rotated. */
    private double[] exponents(double[] p, int i) {
        int d = of.d();
        for (int k = 0; k < of.components(); k++) {
            int at = k * d;
            int mean = of.components() + at;
            for (int j = 0; j < d; j++) {
                y[at + j] = of.points()[i * d + j] - p[mean + j];
                rotated[at + j] = diagonal[at + j] * y[at + j];
            }
            int next = of.factor(k) + d;
            for (int column = 0; column < d; column++) {
                double factor = y[at + column];
                for (int row = column + 1; row < d; row++) {
                    rotated[at + row] += p[next++] * factor;
                }
            }
            double square = 0;
            for (int j = 0; j < d; j++) {
                square += rotated[at + j] * rotated[at + j];
            }
            terms[k] = sums[k] - 0.5 * square;
        }
        return terms;
    }

    private static double logSumExp(double[] x) {
        return logSumExp(x, x.length);
    }

    private static double logSumExp(double[] x, int count) {
        double most = x[0];
        for (int k = 1; k < count; k++) {
            most = Math.max(most, x[k]);
        }
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += Math.exp(x[k] - most);
        }
        return most + Math.log(sum);
    }

    private double prior(double[] p) {
        double half = 0.5 * of.gamma() * of.gamma();
        double sum = of.constant() - of.count() * logSumExp(p, of.components());
        for (int k = 0; k < of.components(); k++) {
            for (int j = 0; j < of.d(); j++) {
                double e = diagonal[k * of.d() + j];
                sum += half * e * e - of.m() * p[of.factor(k) + j];
            }
            for (int j = of.d(); j < of.d() + of.d() * (of.d() - 1) / 2; j++) {
                double l = p[of.factor(k) + j];
                sum += half * l * l;
            }
        }
        return sum;
    }

    /**
     * The gradient of F.
     *
     * @param p        the parameters; not changed
     * @param gradient receives one entry a parameter
     * @return F
     */
    public double gradient(double[] p, double[] gradient) {
        prepare(p);
        Arrays.fill(gradient, 0);
        int d = of.d();
        double value = prior(p);
        for (int i = 0; i < of.count(); i++) {
            exponents(p, i);
            double whole = logSumExp(terms);
            value += whole;
            for (int k = 0; k < of.components(); k++) {
                double weight = Math.exp(terms[k] - whole);
                int at = k * d;
                int mean = of.components() + at;
                int factor = of.factor(k);
                int next = factor + d;
                gradient[k] += weight;
                for (int column = 0; column < d; column++) {
                    double pull = diagonal[at + column] * rotated[at + column];
                    double wy = weight * y[at + column];
                    gradient[factor + column] += weight - wy * pull;
                    for (int row = column + 1; row < d; row++) {
                        pull += p[next] * rotated[at + row];
                        gradient[next++] -= wy * rotated[at + row];
                    }
                    gradient[mean + column] += weight * pull;
                }
            }
        }
        double square = of.gamma() * of.gamma();
        double weights = logSumExp(p, of.components());
        for (int k = 0; k < of.components(); k++) {
            gradient[k] -= of.count() * Math.exp(p[k] - weights);
            int factor = of.factor(k);
            for (int j = 0; j < d; j++) {
                double e = diagonal[k * d + j];
                gradient[factor + j] += square * e * e - of.m();
            }
            for (int j = d; j < d + d * (d - 1) / 2; j++) {
                gradient[factor + j] += square * p[factor + j];
            }
        }
        return value;
    }
}
