package org.wengert.hessian;

/**
 * How often the function was evaluated, each time at all rows.
 *
 * @param values      without derivatives
 * @param jacobians   with first derivatives
 * @param curvatures  with second derivatives along one direction
 */
public record Evaluations(int values, int jacobians, int curvatures) {}
