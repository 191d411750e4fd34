package org.wengert.linalg.coloring;

import java.util.Locale;
import java.util.Objects;
import org.wengert.core.transform.Pattern;

/**
 * A colored pattern as a picture in SVG: on the left the matrix, every entry in the color of the group that yields it, on the
 * right what is computed instead, a column for each group of columns; below, a row for each group of rows. Entries that are read
 * off a row are flat, all others upright.
 *
 * <p>Matrices of more than {@value #MOST} rows or columns are drawn coarsely: a cell stands for a square of entries and is the
 * darker the more of them there are. Stateless.
 */
public final class PatternPlot {

    /** Up to so many rows and columns, every entry is drawn. */
    public static final int MOST = 200;

    private static final double SIDE = 560;
    private static final double MARGIN = 24;
    private static final double TITLE = 40;

    private PatternPlot() {}

    /**
     * The picture.
     *
     * @return an SVG document with a transparent background
     */
    public static String svg(Coloring coloring) {
        Objects.requireNonNull(coloring, "coloring");
        Pattern p = coloring.pattern();
        return p.rows() > MOST || p.columns() > MOST ? coarse(coloring) : fine(coloring);
    }

    // ---- every entry ---------------------------------------------------------------------------------

    private static String fine(Coloring coloring) {
        Pattern p = coloring.pattern();
        double cell = Math.max(2, Math.min(28, SIDE / Math.max(1, Math.max(p.rows(), p.columns()))));
        double right = MARGIN + cell * p.columns();
        double bottom = TITLE + cell * p.rows();
        double gap = Math.max(16, 1.5 * cell);
        double width = right + (coloring.columnColors() > 0 ? gap + cell * coloring.columnColors() : 0) + MARGIN;
        double height = bottom + (coloring.rowColors() > 0 ? gap + cell * coloring.rowColors() : 0) + MARGIN;
        var svg = new Svg(width, height);
        svg.text(MARGIN, TITLE - 16, title(coloring));
        frame(svg, MARGIN, TITLE, cell * p.columns(), cell * p.rows());
        for (int i = 0; i < p.rows(); i++) {
            for (int k = p.rowStart()[i]; k < p.rowStart()[i + 1]; k++) {
                int j = p.column()[k];
                boolean byColumn = coloring.isByColumn(i, j);
                entry(svg, MARGIN + cell * j, TITLE + cell * i, cell, byColumn, color(coloring, i, j));
                if (byColumn) {
                    entry(svg, right + gap + cell * coloring.columnColor(j), TITLE + cell * i, cell, true, color(coloring, i, j));
                } else {
                    entry(svg, MARGIN + cell * j, bottom + gap + cell * coloring.rowColor(i), cell, false, color(coloring, i, j));
                }
            }
        }
        if (coloring.columnColors() > 0) {
            frame(svg, right + gap, TITLE, cell * coloring.columnColors(), cell * p.rows());
        }
        if (coloring.rowColors() > 0) {
            frame(svg, MARGIN, bottom + gap, cell * p.columns(), cell * coloring.rowColors());
        }
        return svg.end();
    }

    private static String title(Coloring c) {
        Pattern p = c.pattern();
        String products = c.columnColors() + (c.columnColors() == 1 ? " forward product" : " forward products");
        if (c.rowColors() > 0) {
            products = (c.columnColors() > 0 ? products + " and " : "")
                    + c.rowColors() + (c.rowColors() == 1 ? " reverse product" : " reverse products");
        }
        return p.rows() + " × " + p.columns() + ", " + p.size() + " entries from " + products;
    }

    private static void frame(Svg svg, double x, double y, double width, double height) {
        svg.line("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"none\" stroke=\"#8a8a8a\"/>", x, y, width, height);
    }

    private static void entry(Svg svg, double x, double y, double cell, boolean upright, String color) {
        double thin = upright ? 0.14 * cell : 0.06 * cell;
        double flat = upright ? 0.06 * cell : 0.22 * cell;
        svg.line("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"" + color.replace("%", "%%") + "\"/>",
                x + thin, y + flat, cell - 2 * thin, cell - 2 * flat);
    }

    /** Hues by the golden angle: neighbours in number are far apart in hue. Rows are darker. */
    private static String color(Coloring coloring, int i, int j) {
        boolean byColumn = coloring.isByColumn(i, j);
        int group = byColumn ? coloring.columnColor(j) : coloring.columnColors() + coloring.rowColor(i);
        double hue = (210 + 137.508 * group) % 360;
        return String.format(Locale.ROOT, "hsl(%.0f,62%%,%d%%)", hue, byColumn ? 52 : 40);
    }

    // ---- many entries --------------------------------------------------------------------------------

    private static String coarse(Coloring coloring) {
        Pattern p = coloring.pattern();
        int bins = MOST;
        double scale = (double) bins / Math.max(p.rows(), p.columns());
        int high = Math.max(1, (int) Math.ceil(p.rows() * scale));
        int wide = Math.max(1, (int) Math.ceil(p.columns() * scale));
        int[] count = new int[high * wide];
        int most = 1;
        for (int i = 0; i < p.rows(); i++) {
            int r = Math.min(high - 1, (int) (i * scale));
            for (int k = p.rowStart()[i]; k < p.rowStart()[i + 1]; k++) {
                int c = Math.min(wide - 1, (int) (p.column()[k] * scale));
                most = Math.max(most, ++count[r * wide + c]);
            }
        }
        double cell = SIDE / bins;
        var svg = new Svg(2 * MARGIN + cell * wide, TITLE + cell * high + MARGIN);
        svg.text(MARGIN, TITLE - 16, title(coloring));
        frame(svg, MARGIN, TITLE, cell * wide, cell * high);
        for (int r = 0; r < high; r++) {
            for (int c = 0; c < wide; c++) {
                if (count[r * wide + c] > 0) {
                    int lightness = (int) Math.round(75 - 45 * Math.sqrt((double) count[r * wide + c] / most));
                    svg.line("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"hsl(210,62%%," + lightness + "%%)\"/>",
                            MARGIN + cell * c, TITLE + cell * r, cell, cell);
                }
            }
        }
        return svg.end();
    }

    // ---- the document --------------------------------------------------------------------------------

    /** Lines of an SVG document. */
    private static final class Svg {

        private final StringBuilder lines = new StringBuilder();

        Svg(double width, double height) {
            line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\" role=\"img\">",
                    Math.max(width, 360), height, Math.max(width, 360), height);
        }

        void line(String format, Object... numbers) {
            Object[] texts = new Object[numbers.length];
            for (int k = 0; k < texts.length; k++) {
                double number = ((Number) numbers[k]).doubleValue();
                texts[k] = String.format(Locale.ROOT, "%.2f", number).replaceFirst("\\.?0+$", "");
            }
            lines.append(String.format(Locale.ROOT, format, texts)).append('\n');
        }

        void text(double x, double y, String text) {
            line("<text x=\"%s\" y=\"%s\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#6a6a6a\">" + text + "</text>", x, y);
        }

        String end() {
            return lines.append("</svg>\n").toString();
        }
    }
}
