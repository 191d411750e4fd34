package org.wengert.core.elementary;

/**
 * What the documentation says of a row.
 *
 * @param family     the family the row stands in
 * @param formula    the function as mathematics, for example {@code 1/(1+exp(-x))}
 * @param valueUlps  how far the value may be from the exact one, in units in the last place
 * @param firstUlps  the same for first partial derivatives, at points where they are well conditioned
 * @param secondUlps the same for second partial derivatives
 * @param convention the choice at kinks, poles and ends of the domain; empty where nothing had to be chosen
 * @param source     where algorithm or convention come from; empty for what every textbook has
 */
public record Notes(
        Family family,
        String formula,
        double valueUlps,
        double firstUlps,
        double secondUlps,
        String convention,
        String source) {}
