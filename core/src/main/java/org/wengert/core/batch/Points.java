package org.wengert.core.batch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.wengert.core.engine.Precision;

/**
 * Many points of the same number of coordinates, in double or in single precision. All factories copy what they are given. Points can be changed in place by
 * {@link #set}, for example to run the same batch on new data without allocating; not while a batch runs on them.
 */
public final class Points {

    final Tiles tiles;

    private Points(int size, int columns, Precision precision) {
        this.tiles = Tiles.of(size, columns, precision);
    }

    /**
     * Points that are all zero, to be filled by {@link #set}.
     *
     * @param size    how many
     * @param columns how many coordinates each has; may be 0
     */
    public static Points of(int size, int columns) {
        return of(size, columns, Precision.DOUBLE);
    }

    /**
     * Points that are all zero, to be filled by {@link #set}.
     *
     * @param size      how many
     * @param columns   how many coordinates each has; may be 0
     * @param precision what coordinates are stored in: in single precision they are rounded, and take half the memory
     */
    public static Points of(int size, int columns, Precision precision) {
        return new Points(
                Require.atLeast(size, 0, "size"), Require.atLeast(columns, 0, "columns"),
                Objects.requireNonNull(precision, "precision"));
    }

    /**
     * Points given one by one.
     *
     * @param rows a row for each point, all of the same length; at least one; copied
     */
    public static Points ofRows(double[][] rows) {
        Objects.requireNonNull(rows, "rows");
        if (rows.length == 0) {
            throw new IllegalArgumentException("rows must have at least 1 row, but has none; Points.of(0, columns) makes no points");
        }
        Points points = of(rows.length, Objects.requireNonNull(rows[0], "rows[0]").length);
        for (int p = 0; p < rows.length; p++) {
            Require.length(rows[p], points.columns(), "rows", p);
            points.setPoint(p, rows[p], 0);
        }
        return points;
    }

    /**
     * Points in single precision given one by one.
     *
     * @param rows a row for each point, all of the same length; at least one; copied
     */
    public static Points ofRows(float[][] rows) {
        Objects.requireNonNull(rows, "rows");
        if (rows.length == 0) {
            throw new IllegalArgumentException(
                    "rows must have at least 1 row, but has none; Points.of(0, columns, SINGLE) makes no points");
        }
        Points points = of(rows.length, Objects.requireNonNull(rows[0], "rows[0]").length, Precision.SINGLE);
        for (int p = 0; p < rows.length; p++) {
            Require.length(rows[p], points.columns(), "rows", p);
            points.setPoint(p, rows[p], 0);
        }
        return points;
    }

    /**
     * Points given one after the other in one array.
     *
     * @param rows    coordinate j of point p at {@code p * columns + j}; copied
     * @param columns how many coordinates each point has, at least 1
     */
    public static Points ofRows(double[] rows, int columns) {
        Require.atLeast(columns, 1, "columns");
        if (rows.length % columns != 0) {
            throw new IllegalArgumentException(
                    "rows must have a multiple of " + columns + " entries, but has " + rows.length);
        }
        Points points = of(rows.length / columns, columns);
        for (int p = 0; p < points.size(); p++) {
            points.setPoint(p, rows, p * columns);
        }
        return points;
    }

    /**
     * Points in single precision given one after the other in one array.
     *
     * @param rows    coordinate j of point p at {@code p * columns + j}; copied
     * @param columns how many coordinates each point has, at least 1
     */
    public static Points ofRows(float[] rows, int columns) {
        Require.atLeast(columns, 1, "columns");
        if (rows.length % columns != 0) {
            throw new IllegalArgumentException(
                    "rows must have a multiple of " + columns + " entries, but has " + rows.length);
        }
        Points points = of(rows.length / columns, columns, Precision.SINGLE);
        for (int p = 0; p < points.size(); p++) {
            points.setPoint(p, rows, p * columns);
        }
        return points;
    }

    /**
     * Points given one after the other in memory, for example of a mapped file.
     *
     * @param rows    doubles in the byte order of the machine, coordinate j of point p at number {@code p * columns + j}; copied
     * @param columns how many coordinates each point has, at least 1
     */
    public static Points ofRows(MemorySegment rows, int columns) {
        long row = Math.multiplyExact(Require.atLeast(columns, 1, "columns"), 8L);
        if (rows.byteSize() % row != 0) {
            throw new IllegalArgumentException("rows must have a multiple of " + row + " bytes, but has " + rows.byteSize());
        }
        Points points = of(Math.toIntExact(rows.byteSize() / row), columns);
        for (int p = 0; p < points.size(); p++) {
            for (int j = 0; j < columns; j++) {
                points.tiles.set(p, j, rows.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, row * p + 8L * j));
            }
        }
        return points;
    }

    /**
     * Points given coordinate by coordinate.
     *
     * @param columns an array for each coordinate, with an entry for each point; at least one; copied
     */
    public static Points ofColumns(double[]... columns) {
        Objects.requireNonNull(columns, "columns");
        if (columns.length == 0) {
            throw new IllegalArgumentException("columns must have at least 1 column, but has none");
        }
        int size = Objects.requireNonNull(columns[0], "columns[0]").length;
        Points points = of(size, columns.length);
        for (int j = 0; j < columns.length; j++) {
            Require.length(columns[j], size, "columns", j);
            for (int tile = 0; tile < points.tiles.tiles(); tile++) {
                points.tiles.write(tile, j * Tiles.STRIDE, columns[j], tile * Tiles.WIDTH, points.tiles.count(tile));
            }
        }
        return points;
    }

    /**
     * Points in single precision given coordinate by coordinate.
     *
     * @param columns an array for each coordinate, with an entry for each point; at least one; copied
     */
    public static Points ofColumns(float[]... columns) {
        Objects.requireNonNull(columns, "columns");
        if (columns.length == 0) {
            throw new IllegalArgumentException("columns must have at least 1 column, but has none");
        }
        int size = Objects.requireNonNull(columns[0], "columns[0]").length;
        Points points = of(size, columns.length, Precision.SINGLE);
        for (int j = 0; j < columns.length; j++) {
            Require.length(columns[j], size, "columns", j);
            for (int tile = 0; tile < points.tiles.tiles(); tile++) {
                points.tiles.write(tile, j * Tiles.STRIDE, columns[j], tile * Tiles.WIDTH, points.tiles.count(tile));
            }
        }
        return points;
    }

    private void setPoint(int p, double[] from, int at) {
        for (int j = 0; j < tiles.columns; j++) {
            tiles.set(p, j, from[at + j]);
        }
    }

    private void setPoint(int p, float[] from, int at) {
        for (int j = 0; j < tiles.columns; j++) {
            tiles.set(p, j, from[at + j]);
        }
    }

    /** What coordinates are stored in. */
    public Precision precision() {
        return tiles.precision();
    }

    /** How many points. */
    public int size() {
        return tiles.size;
    }

    /** How many coordinates each has. */
    public int columns() {
        return tiles.columns;
    }

    /** Coordinate j of a point. */
    public double get(int point, int j) {
        return tiles.get(Objects.checkIndex(point, tiles.size), Objects.checkIndex(j, tiles.columns));
    }

    /** Sets coordinate j of a point, rounded to the precision of the points. */
    public void set(int point, int j, double value) {
        tiles.set(Objects.checkIndex(point, tiles.size), Objects.checkIndex(j, tiles.columns), value);
    }

    /** The coordinates of a point; the caller's own. */
    public double[] point(int point) {
        Objects.checkIndex(point, tiles.size);
        double[] row = new double[tiles.columns];
        for (int j = 0; j < row.length; j++) {
            row[j] = tiles.get(point, j);
        }
        return row;
    }

    @Override
    public String toString() {
        return tiles.size + " points of " + tiles.columns + " coordinates";
    }
}
