package org.wengert.core.batch;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Precision;

/**
 * Results of a batch: a number for each point and each column. Columns that are zero by structure take no room.
 *
 * <p>Belongs to whoever asked for it. A batch writes into it again if it is handed to one of the …Into operators; nobody may read it
 * in the meantime.
 */
public final class Table {

    private int columns;
    private @Nullable Tiles tiles;

    /** Where each column is stored; -1 for one that is zero by structure. */
    private int[] stored = {};

    /** Columns that are zero by structure for most points, but not at all: where the function takes another path. */
    private double @Nullable [] @Nullable [] more;

    /** An empty table, for the first call of an operator that writes into one. */
    public Table() {}

    /** Makes room for results; what was there is lost. Allocates nothing if the shape is as before. */
    void reset(int size, int newColumns, int[] newStored, int storedColumns, Precision precision) {
        Tiles old = tiles;
        if (old == null || old.size != size || old.columns != storedColumns || old.precision() != precision) {
            tiles = Tiles.of(size, storedColumns, precision);
        }
        columns = newColumns;
        stored = newStored;
        more = null;
    }

    Tiles tiles() {
        return Objects.requireNonNull(tiles, "tiles");
    }

    int stored(int column) {
        return stored[column];
    }

    /** Sets an entry of a column that is zero by structure for most points. */
    synchronized void setMore(int point, int column, double value) {
        double[][] all = more;
        if (all == null) {
            all = new double[columns][];
            more = all;
        }
        if (all[column] == null) {
            all[column] = new double[size()];
        }
        all[column][point] = precision() == Precision.SINGLE ? (float) value : value;
    }

    /** What results are stored in: the precision of the batch that wrote them. */
    public Precision precision() {
        return tiles == null ? Precision.DOUBLE : tiles.precision();
    }

    /** How many points. */
    public int size() {
        return tiles == null ? 0 : tiles.size;
    }

    /** How many columns. */
    public int columns() {
        return columns;
    }

    /** The entry of a point in a column. */
    public double get(int point, int column) {
        Objects.checkIndex(point, size());
        return entry(point, Objects.checkIndex(column, columns));
    }

    private double entry(int point, int column) {
        if (stored[column] >= 0) {
            return tiles().get(point, stored[column]);
        }
        double[] rest = more == null ? null : more[column];
        return rest == null ? 0 : rest[point];
    }

    /** The row of a point; the caller's own. */
    public double[] row(int point) {
        double[] row = new double[columns];
        rowInto(point, row);
        return row;
    }

    /** Writes the row of a point into the caller's array of {@link #columns} entries. */
    public void rowInto(int point, double[] row) {
        Objects.checkIndex(point, size());
        Require.length(row, columns, "row");
        for (int c = 0; c < columns; c++) {
            row[c] = entry(point, c);
        }
    }

    /** A column; the caller's own. */
    public double[] column(int column) {
        double[] all = new double[size()];
        columnInto(column, all);
        return all;
    }

    /** Writes a column into the caller's array of {@link #size} entries. */
    public void columnInto(int column, double[] all) {
        Objects.checkIndex(column, columns);
        Require.length(all, size(), "all");
        int at = stored[column];
        double[] rest = more == null ? null : more[column];
        if (at < 0) {
            if (rest == null) {
                Arrays.fill(all, 0);
            } else {
                System.arraycopy(rest, 0, all, 0, all.length);
            }
            return;
        }
        for (int tile = 0; tile < tiles().tiles(); tile++) {
            tiles().read(tile, at * Tiles.STRIDE, all, tile * Tiles.WIDTH, tiles().count(tile));
        }
    }

    /** Writes a column into the caller's array of {@link #size} entries, rounded where the results are of double precision. */
    public void columnInto(int column, float[] all) {
        Objects.checkIndex(column, columns);
        Require.length(all, size(), "all");
        int at = stored[column];
        if (at < 0) {
            for (int p = 0; p < all.length; p++) {
                all[p] = (float) entry(p, column);
            }
            return;
        }
        for (int tile = 0; tile < tiles().tiles(); tile++) {
            tiles().read(tile, at * Tiles.STRIDE, all, tile * Tiles.WIDTH, tiles().count(tile));
        }
    }

    /** All rows, one after the other: entry (point, column) at {@code point * columns + column}; the caller's own. */
    public double[] rows() {
        double[] all = new double[Math.multiplyExact(size(), columns)];
        for (int p = 0; p < size(); p++) {
            for (int c = 0; c < columns; c++) {
                all[p * columns + c] = entry(p, c);
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return size() + " points, " + columns + " columns";
    }
}
