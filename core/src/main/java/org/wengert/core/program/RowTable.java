package org.wengert.core.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Unary;

/** The rows that a program applies, numbered. Two rows are the same if they are the same object. */
final class RowTable {

    /** The kinds of rows. */
    static final byte UNARY = 1;
    static final byte BINARY = 2;
    static final byte NARY = 3;

    private final List<Elementary> rows = new ArrayList<>();
    private byte[] kinds = new byte[16];
    private final IdentityHashMap<Elementary, Integer> index = new IdentityHashMap<>();

    // Functions apply the same few rows over and over; the last one is found without a look-up.
    private @Nullable Elementary last;
    private int lastIndex;

    private int plus = -1;
    private int times = -1;

    int index(Elementary row) {
        if (row != last) {
            Integer known = index.get(row);
            lastIndex = known != null ? known : add(row);
            last = row;
        }
        return lastIndex;
    }

    private int add(Elementary row) {
        int i = rows.size();
        rows.add(row);
        kinds = i < kinds.length ? kinds : Arrays.copyOf(kinds, 2 * i);
        kinds[i] = kind(row);
        index.put(row, i);
        if (row == Operations.PLUS) {
            plus = i;
        } else if (row == Operations.TIMES) {
            times = i;
        }
        return i;
    }

    /** {@link #UNARY}, {@link #BINARY} or {@link #NARY}. */
    byte kind(int i) {
        return kinds[i];
    }

    static byte kind(Elementary row) {
        return switch (row) {
            case Unary _ -> UNARY;
            case Binary _ -> BINARY;
            case Nary _ -> NARY;
        };
    }

    List<Elementary> list() {
        return List.copyOf(rows);
    }

    Elementary row(int i) {
        return rows.get(i);
    }

    int size() {
        return rows.size();
    }

    /** Whether f(x, y) is f(y, x) bit for bit. */
    boolean isCommutative(int i) {
        return i == plus || i == times;
    }
}
