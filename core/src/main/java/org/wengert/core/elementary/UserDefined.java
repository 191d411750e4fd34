package org.wengert.core.elementary;

import java.util.Objects;
import java.util.regex.Pattern;

/** What the factory methods for user-defined rows have in common. */
final class UserDefined {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    private UserDefined() {}

    /** The name, if formulas can contain it. */
    static String name(String name) {
        if (!NAME.matcher(Objects.requireNonNull(name, "name must not be null")).matches()) {
            throw new IllegalArgumentException(
                    "name must be a letter followed by letters, digits and underscores, but was \"" + name + "\"");
        }
        return name;
    }

    static <T> T given(T function, String what) {
        return Objects.requireNonNull(function, what + " must not be null");
    }

    static Notes notes(String name) {
        return new Notes(Family.USER, name, Double.NaN, Double.NaN, Double.NaN, "", "user-defined");
    }

    static UnsupportedOperationException noSecond(String name, String remedy) {
        return new UnsupportedOperationException("second derivatives of the user-defined function " + name
                + " were asked for, but only first ones were given; give them too: " + remedy);
    }

    /** An array that a user's function returned, if it has n elements. */
    static double[] sized(double[] array, int n, String name, String what) {
        if (given(array, what + " of " + name).length != n) {
            throw new IllegalStateException(what + " of " + name + " must have " + n
                    + " elements, one for each argument, but had " + array.length);
        }
        return array;
    }
}
