package org.wengert.hessian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.wengert.linalg.DampedLeastSquares;

/**
 * How well data determine the parameters of a fit, from the linearization at the minimum:
 *
 * <pre>
 * s² = S / ν,    cov = s² (JᵀJ)⁻¹,    standard errors = √diag(cov),    R² = 1 - S / Σ wᵢ (yᵢ - ȳ)²
 * </pre>
 *
 * <p>ν, the degrees of freedom, is the number of rows with positive weight less the number of parameters that the data
 * determine: parameters on a bound, and directions in which nothing changes to first order, cost none.
 * Parameters on a bound or not determined have NaN for standard errors and in the covariance.
 *
 * @param degreesOfFreedom          ν ≥ 0
 * @param residualStandardDeviation s; NaN if ν is 0
 * @param covariance                n × n; not to be changed
 * @param standardErrors            n entries; not to be changed
 * @param rSquared                  R²; NaN if the observations are not known
 * @param rank                      the rank of J's columns of the parameters that are not on a bound
 * @param condition                 the condition number of these columns, each scaled to length 1
 * @param notes                     what a reader of the figures should know, one sentence each; often none
 */
public record Statistics(
        int degreesOfFreedom,
        double residualStandardDeviation,
        DMatrixRMaj covariance,
        double[] standardErrors,
        double rSquared,
        int rank,
        double condition,
        List<String> notes) {

    /**
     * The figures at a linearization.
     *
     * @param unit what the residuals were multiplied with
     */
    static Statistics of(LeastSquares problem, Linearization at, double unit) {
        int n = at.parameters();
        DMatrixRMaj covariance = unknown(n);
        double[] errors = unknowns(n);
        List<String> notes = new ArrayList<>();
        DampedSteps steps = new DampedSteps(at, at.norms(), problem.bounds());
        int[] free = steps.free();
        for (int j = 0; j < n; j++) {
            if (!steps.isFree(j)) {
                notes.add("parameter " + j + " is on its bound " + at.x()[j] + " and has no standard error");
            }
        }
        int rank = free.length == 0 ? 0 : steps.solver().rank();
        int degrees = problem.effectiveRows() - rank;
        double deviation = degrees > 0 ? Math.sqrt(at.sumOfSquares() / degrees) : Double.NaN;
        if (free.length > 0) {
            DampedLeastSquares solver = steps.solver();
            DMatrixRMaj inverse = solver.inverseGram();
            List<Integer> undetermined = new ArrayList<>();
            for (int k = 0; k < free.length; k++) {
                if (!solver.determines(k)) {
                    undetermined.add(free[k]);
                    continue;
                }
                for (int l = 0; l < free.length; l++) {
                    if (solver.determines(l)) {
                        // Residuals and derivatives have the same unit, so it cancels.
                        covariance.set(free[k], free[l], deviation * inverse.get(k, l) * deviation);
                    }
                }
                errors[free[k]] = deviation * solver.deviation(k);
            }
            if (!undetermined.isEmpty()) {
                notes.add("the Jacobian has rank " + rank + ", not " + free.length
                        + ": the data do not determine the parameters " + undetermined + ", which have no standard error");
            }
        }
        if (degrees <= 0) {
            notes.add("there are no more rows than parameters, so the data say nothing about standard errors");
        }
        double sum = at.sumOfSquares() / unit / unit;
        return new Statistics(
                degrees, deviation / unit, covariance, errors, 1 - sum / problem.totalSumOfSquares(), rank,
                free.length == 0 ? 1 : steps.solver().condition(), List.copyOf(notes));
    }

    /** Figures of a fit that could not begin. */
    static Statistics none(LeastSquares problem) {
        int n = problem.parameters();
        return new Statistics(
                Math.max(0, problem.effectiveRows() - n), Double.NaN, unknown(n), unknowns(n), Double.NaN, 0,
                Double.NaN, List.of());
    }

    private static double[] unknowns(int n) {
        double[] array = new double[n];
        Arrays.fill(array, Double.NaN);
        return array;
    }

    private static DMatrixRMaj unknown(int n) {
        DMatrixRMaj matrix = new DMatrixRMaj(n, n);
        Arrays.fill(matrix.data, Double.NaN);
        return matrix;
    }
}
