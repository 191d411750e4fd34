package org.wengert.hessian;

import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.logSumExp;
import static org.wengert.core.scalar.ScalarMath.square;
import static org.wengert.core.scalar.ScalarMath.sum;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.wengert.core.scalar.Scalar;

/**
 * A mixture of K Gaussians of d variables by parameters that are free of constraints, and the loss of a point x, -log p(x).
 *
 * <pre>
 * log p(x) = log Σₖ exp(aₖ + Σⱼ qₖⱼ - ½·‖Qₖ·(x - μₖ)‖²) - log Σₖ exp(aₖ) - d/2·log 2π
 * </pre>
 *
 * <p>Qₖ is lower triangular with the diagonal exp(qₖ), and Qₖᵀ·Qₖ the inverse of the covariance. The parameters are a without its last entry, which is 0, then for each
 * component μₖ, qₖ, and what is below the diagonal of Qₖ, row by row.
 */
public record MixtureModel(int components, int d) implements DataSum.Model {

    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private int width() {
        return 2 * d + d * (d - 1) / 2;
    }

    /** How many parameters it has. */
    public int parameters() {
        return components - 1 + components * width();
    }

    /** The mean of -log p over the rows of x. */
    public DataSum loss(double[][] x) {
        double[][] ones = new double[x.length][1];
        for (double[] row : ones) {
            row[0] = 1;
        }
        return DataSum.of(parameters(), this, OutputLoss.LINEAR, x, ones);
    }

    @Override
    public Scalar[] apply(Scalar[] theta, Scalar[] x) {
        Scalar[] a = Arrays.copyOf(theta, components);
        a[components - 1] = Scalar.of(0);
        Scalar[] logs = new Scalar[components];
        for (int k = 0; k < components; k++) {
            int at = components - 1 + k * width();
            logs[k] = a[k].plus(density(Arrays.copyOfRange(theta, at, at + width()), x));
        }
        return new Scalar[] {logSumExp(a).minus(logSumExp(logs)).plus(d * HALF_LOG_TWO_PI)};
    }

    /** Σⱼ qⱼ - ½·‖Q·(x - μ)‖². */
    private Scalar density(Scalar[] theta, Scalar[] x) {
        Scalar[] q = Arrays.copyOfRange(theta, d, 2 * d);
        Scalar[] squares = new Scalar[d];
        for (int i = 0, below = 2 * d; i < d; i++) {
            Scalar entry = exp(q[i]).times(x[i].minus(theta[i]));
            for (int j = 0; j < i; j++, below++) {
                entry = entry.plus(theta[below].times(x[j].minus(theta[j])));
            }
            squares[i] = square(entry);
        }
        return sum(q).minus(sum(squares).times(0.5));
    }

    /** The parameters of a mixture. */
    public double[] parameters(Mixture mixture) {
        double[] theta = new double[parameters()];
        double[] w = mixture.weights();
        for (int k = 0; k < components; k++) {
            if (k < components - 1) {
                theta[k] = Math.log(w[k] / w[components - 1]);
            }
            int at = components - 1 + k * width();
            System.arraycopy(mixture.means()[k], 0, theta, at, d);
            DMatrixRMaj q = Mixture.root(mixture.covariances()[k]);
            CommonOps_DDRM.invert(q);
            for (int i = 0, below = at + 2 * d; i < d; i++) {
                theta[at + d + i] = Math.log(q.get(i, i));
                for (int j = 0; j < i; j++) {
                    theta[below++] = q.get(i, j);
                }
            }
        }
        return theta;
    }
}
