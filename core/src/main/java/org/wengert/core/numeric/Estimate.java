package org.wengert.core.numeric;

/**
 * An estimate of a number with an estimate of its error.
 *
 * @param value the estimate
 * @param error how far off it is, by its own account: not a bound
 */
public record Estimate(double value, double error) {}
