package org.wengert.core.numeric;

/** Agreement of numbers. */
public final class Digits {

    /** What equal numbers share: 17 decimal digits tell all doubles apart. */
    public static final double ALL = 17;

    private Digits() {}

    /**
     * How many significant decimal digits two numbers share: {@code -log10(|a - b| / max(|a|, |b|))}, from 0 to
     * {@link #ALL}. Equal numbers, which NaN and NaN are here, and zeros of both signs, share all of them; an infinity or NaN
     * shares none with anything else.
     */
    public static double shared(double a, double b) {
        if (a == b || Double.isNaN(a) && Double.isNaN(b)) {
            return ALL;
        }
        // Halves, so that the difference cannot overflow.
        double relative = Math.abs(a / 2 - b / 2) / (Math.max(Math.abs(a), Math.abs(b)) / 2);
        return Double.isFinite(a) && Double.isFinite(b) ? Math.clamp(-Math.log10(relative), 0, ALL) : 0;
    }
}
