package org.wengert.core.scalar;

/** The questions that a program can put to two numbers, all that {@link Scalar}'s comparisons come down to. */
public enum Relation {

    /** a &lt; b; false where either is NaN. */
    LESS("<") {
        @Override
        public boolean holds(double a, double b) {
            return a < b;
        }
    },

    /** a &lt;= b; false where either is NaN. */
    AT_MOST("<=") {
        @Override
        public boolean holds(double a, double b) {
            return a <= b;
        }
    },

    /** a == b; false where either is NaN, true for -0.0 and 0.0. */
    EQUAL("==") {
        @Override
        public boolean holds(double a, double b) {
            return a == b;
        }
    },

    /** a and b are the same number in the sense of {@link Double#compare}: NaN is NaN, -0.0 is not 0.0. */
    SAME("is") {
        @Override
        public boolean holds(double a, double b) {
            return Double.doubleToLongBits(a) == Double.doubleToLongBits(b);
        }
    };

    private final String symbol;

    Relation(String symbol) {
        this.symbol = symbol;
    }

    /** Whether a stands in this relation to b. */
    public abstract boolean holds(double a, double b);

    @Override
    public String toString() {
        return symbol;
    }
}
