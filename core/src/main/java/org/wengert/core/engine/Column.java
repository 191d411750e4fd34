package org.wengert.core.engine;

import java.util.Objects;

/**
 * Where a column of a tile lies that {@link PlacedCode} reads or writes in place.
 *
 * @param array  the array; of all but WORK the tile has a part that begins at its first element
 * @param offset the place of the first element of the first tile
 */
public record Column(Array array, int offset) {

    /** The arrays of a call. */
    public enum Array {
        /** Of inputs. */
        IN,
        /** Of outputs. */
        OUT,
        /** Of what lives as long as the call. */
        MEMORY,
        /** Of what lives as long as the tile. */
        WORK
    }

    /** Checks the parts. */
    public Column {
        Objects.requireNonNull(array, "array");
        if (offset < 0) {
            throw new IllegalArgumentException("offset must be at least 0, but was " + offset);
        }
    }
}
