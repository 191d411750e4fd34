package org.wengert.cli;

import java.util.Collection;
import java.util.List;

/** Checks of what the user gave. */
final class Require {

    private Require() {}

    /**
     * Complains of names that are not known.
     *
     * @param option where they were given
     * @param names  what was given
     * @param known  what there is
     * @param where  where it should be, for example {@code the formula}
     */
    static void known(String option, Collection<String> names, List<String> known, String where) {
        for (String name : names) {
            if (!known.contains(name)) {
                throw Problem.input(option + ": there is no " + name + " in " + where
                        + (known.isEmpty() ? ", which has no names at all" : "; there is " + String.join(", ", known)));
            }
        }
    }
}
