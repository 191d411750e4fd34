package org.wengert.hessian;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.batch.Points;
import org.wengert.core.scalar.Scalar;

/**
 * A least-squares problem: find the n parameters x within bounds that minimize
 *
 * <pre>
 * S(x) = Σᵢ wᵢ rᵢ(x)²,    i = 0 … m-1
 * </pre>
 *
 * <pre>{@code
 * var problem = LeastSquares.model(2, y, (b, row) -> b[0].times(exp(b[1].times(x[row]))));
 * Fit fit = new LevenbergMarquardt().minimize(problem, 1, -0.1);
 * }</pre>
 *
 * <p>Immutable; as safe to share between threads as the function it was made from.
 */
public final class LeastSquares {

    private final Residuals residuals;
    private final double @Nullable [] observations;
    private final double @Nullable [] weights;
    private final Bounds bounds;

    private LeastSquares(
            Residuals residuals, double @Nullable [] observations, double @Nullable [] weights, Bounds bounds) {
        this.residuals = residuals;
        this.observations = observations;
        this.weights = weights;
        this.bounds = bounds;
    }

    /**
     * A problem given by its residuals.
     *
     * @param parameters n, at least 1
     * @param rows       m, at least 1
     * @param residual   rᵢ(x)
     */
    public static LeastSquares of(int parameters, int rows, RowFunction residual) {
        return of(new RowResiduals(parameters, rows, residual));
    }

    /** A problem whose residuals are the results of a function: n = its inputs, m = its outputs. */
    public static LeastSquares of(DifferentiableVector function) {
        return of(new VectorResiduals(Objects.requireNonNull(function, "function")));
    }

    /** A problem with residuals that are evaluated in the caller's own way. */
    public static LeastSquares of(Residuals residuals) {
        return new LeastSquares(residuals, null, null, Bounds.none(residuals.parameters()));
    }

    /**
     * A model fitted to observations: rᵢ(x) = model(x, i) - yᵢ. Knowing the observations, the fit has an R².
     *
     * @param parameters   n, at least 1
     * @param observations y, m finite entries; wrapped
     * @param model        what the model says of row i
     */
    public static LeastSquares model(int parameters, double[] observations, RowFunction model) {
        Require.finite(observations, "observations");
        Objects.requireNonNull(model, "model");
        Residuals residuals = new RowResiduals(
                parameters, observations.length, (x, row) -> model.apply(x, row).minus(observations[row]));
        return new LeastSquares(residuals, observations, null, Bounds.none(parameters));
    }

    /**
     * A model fitted to observations, one function for all rows: rᵢ(b) = model(b, dataᵢ) - yᵢ. The model is recorded once
     * and run on vector units: a million rows take seconds. Knowing the observations, the fit has an R².
     *
     * <pre>{@code
     * var model = Differentiable.of(3, v -> v[0].times(exp(v[1].times(v[2]))));   // b₀, b₁, x
     * Fit fit = new LevenbergMarquardt().minimize(LeastSquares.model(model, y, x), 1, -0.1);
     * }</pre>
     *
     * @param model        its inputs are the n parameters, then a number of each column of data; pure, and comparing
     *                     numbers rather than reading their values
     * @param observations y, m finite entries; wrapped
     * @param data         the columns, m entries each; copied
     */
    public static LeastSquares model(Differentiable model, double[] observations, double[]... data) {
        Objects.requireNonNull(model, "model");
        Require.finite(observations, "observations");
        int inputs = model.inputs();
        double[][] columns = Arrays.copyOf(data, data.length + 1);
        columns[data.length] = observations;
        for (int j = 0; j < data.length; j++) {
            Require.length(data[j], observations.length, "data[" + j + "]");
        }
        DifferentiableVector residual = Differentiable.vector(inputs + 1, 1, v -> new Scalar[] {
            model.value(Arrays.copyOf(v, inputs)).minus(v[inputs])
        });
        Residuals residuals = BatchResiduals.of(residual, Points.ofColumns(columns));
        return new LeastSquares(residuals, observations, null, Bounds.none(residuals.parameters()));
    }

    /**
     * A problem whose residuals are the results of one function at many points: m residuals a point, recorded once and run on
     * vector units.
     *
     * @param function its inputs are the n parameters, then the coordinates of a point; pure, and comparing numbers
     *                 rather than reading their values
     * @param data     the points, at least one; copied
     */
    public static LeastSquares of(DifferentiableVector function, Points data) {
        return of(BatchResiduals.of(function, data));
    }

    /**
     * The same problem with weights. A weight of 1/σᵢ², or any multiple of it, is right for an observation with standard
     * deviation σᵢ; a weight of k does the same as k equal rows, except that the degrees of freedom count rows.
     *
     * @param weights w, m entries, finite and not negative; wrapped. Rows of weight 0 do not count as rows.
     */
    public LeastSquares weighted(double... weights) {
        Require.finite(Require.length(weights, rows(), "weights"), "weights");
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] < 0) {
                throw new IllegalArgumentException(
                        "weights must not be negative, but entry " + i + " is " + weights[i]);
            }
        }
        return new LeastSquares(residuals, observations, weights, bounds);
    }

    /**
     * The same problem with bounds on the parameters.
     *
     * @throws IllegalArgumentException if they are not bounds of n parameters
     */
    public LeastSquares within(Bounds bounds) {
        if (bounds.size() != parameters()) {
            throw new IllegalArgumentException(
                    "bounds must be those of " + parameters() + " parameters, but are of " + bounds.size());
        }
        return new LeastSquares(residuals, observations, weights, bounds);
    }

    /** n, the number of parameters. */
    public int parameters() {
        return residuals.parameters();
    }

    /** m, the number of rows. */
    public int rows() {
        return residuals.rows();
    }

    /** The residuals, without weights. */
    public Residuals residuals() {
        return residuals;
    }

    /** The bounds on the parameters. */
    public Bounds bounds() {
        return bounds;
    }

    /** √wᵢ. */
    double rootWeight(int row) {
        return weights == null ? 1 : Math.sqrt(weights[row]);
    }

    /** How many rows have a positive weight. */
    int effectiveRows() {
        if (weights == null) {
            return rows();
        }
        int count = 0;
        for (double w : weights) {
            count += w > 0 ? 1 : 0;
        }
        return count;
    }

    /** Σ wᵢ (yᵢ - ȳ)² about the weighted mean ȳ; NaN if the observations are not known. */
    double totalSumOfSquares() {
        if (observations == null) {
            return Double.NaN;
        }
        double sum = 0;
        double total = 0;
        for (int i = 0; i < observations.length; i++) {
            double w = weights == null ? 1 : weights[i];
            sum += w * observations[i];
            total += w;
        }
        double mean = sum / total;
        SumOfSquares squares = new SumOfSquares();
        for (int i = 0; i < observations.length; i++) {
            squares.add(rootWeight(i) * (observations[i] - mean));
        }
        return squares.value();
    }
}
