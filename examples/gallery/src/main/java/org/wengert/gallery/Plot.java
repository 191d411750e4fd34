package org.wengert.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** A plot of lines against two axes, as SVG whose colors follow the page's. Numbers that are not finite, or on a logarithmic axis not positive, leave gaps. */
final class Plot {

    // Small numbers for a large picture: on a phone, where the width is some 330 pixels, text must stay readable.
    private static final int WIDTH = 400;
    private static final int HEIGHT = 270;
    private static final int LEFT = 60;
    private static final int RIGHT = 12;
    private static final int BOTTOM = 46;
    private static final int LEGEND = 20;
    private static final int TEXT = 13;

    /** About as wide as a letter gets on the average. */
    private static final double LETTER = 0.58 * TEXT;

    private static final String[] DASHES = {"", "7 3", "2 3", "9 3 2 3", "", "5 2"};

    private record Line(String label, double[] x, double[] y) {}

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final List<Line> lines = new ArrayList<>();
    private boolean logX;
    private boolean logY;

    Plot(String title, String xLabel, String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    Plot logX() {
        logX = true;
        return this;
    }

    Plot logY() {
        logY = true;
        return this;
    }

    Plot line(String label, double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("y must have as many numbers as x, " + x.length + ", but has " + y.length);
        }
        lines.add(new Line(label, x, y));
        return this;
    }

    String svg() {
        double[][] places = legend();
        int top = 10 + (int) (places.length == 0 ? 0 : places[places.length - 1][1] + LEGEND);
        int bottom = top + HEIGHT - BOTTOM - 10;
        Axis x = new Axis(logX, lines.stream().flatMapToDouble(l -> Arrays.stream(l.x)).toArray(), LEFT, WIDTH - RIGHT);
        Axis y = new Axis(logY, lines.stream().flatMapToDouble(l -> Arrays.stream(l.y)).toArray(), bottom, top);
        StringBuilder s = new StringBuilder(start(WIDTH, bottom + BOTTOM, title));
        for (double t : x.ticks()) {
            rule(s, x.at(t), top, x.at(t), bottom);
            label(s, Math.min(x.at(t), WIDTH - 2 - x.name(t).length() * LETTER / 2), bottom + 17, "middle", x.name(t));
        }
        for (double t : y.ticks()) {
            rule(s, LEFT, y.at(t), WIDTH - RIGHT, y.at(t));
            label(s, LEFT - 6, y.at(t) + 4, "end", y.name(t));
        }
        label(s, (LEFT + WIDTH - RIGHT) / 2.0, bottom + BOTTOM - 8, "middle", xLabel);
        upright(s, (top + bottom) / 2.0, yLabel);
        for (int i = 0; i < lines.size(); i++) {
            double from = places[i][0];
            double at = 12 + places[i][1];
            String stroke = String.format(Locale.ROOT, "fill=\"none\" stroke=\"var(--c%d)\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-dasharray=\"%s\"",
                    i % 6, DASHES[i % 6].isEmpty() ? "none" : DASHES[i % 6]);
            s.append(String.format(Locale.ROOT, "<path %s d=\"M%.1f %.1fh26\"/>\n", stroke, from, at));
            label(s, from + 32, at + 4, "start", lines.get(i).label);
            s.append("<path ").append(stroke).append(" d=\"").append(path(lines.get(i), x, y)).append("\"/>\n");
        }
        return s.append("</svg>\n").toString();
    }

    /** Where the entries of the legend stand: in rows, as many in each as there is room for. */
    private double[][] legend() {
        double[][] places = new double[lines.size()][];
        double x = 8;
        double y = 0;
        for (int i = 0; i < places.length; i++) {
            double width = 46 + LETTER * lines.get(i).label.length();
            if (x > 8 && x + width > WIDTH + 10) {
                x = 8;
                y += LEGEND;
            }
            places[i] = new double[] {x, y};
            x += width;
        }
        return places;
    }

    private static String path(Line line, Axis x, Axis y) {
        StringBuilder d = new StringBuilder();
        boolean isOpen = false;
        for (int i = 0; i < line.x.length; i++) {
            boolean isDrawn = x.holds(line.x[i]) && y.holds(line.y[i]);
            if (isDrawn) {
                d.append(String.format(Locale.ROOT, "%s%.1f %.1f", isOpen ? "L" : "M", x.at(line.x[i]), y.at(line.y[i])));
            }
            isOpen = isDrawn;
        }
        return d.isEmpty() ? "M0 0" : d.toString();
    }

    /** A table of numbers as colored squares: above 1 in one color, below 1 in the other, the stronger the farther. */
    static String grid(String title, String xLabel, String yLabel, int[] columns, int[] rows, double[][] ratio) {
        double side = 54;
        double left = 58;
        int width = (int) (left + side * columns.length + 4);
        int height = (int) (side * rows.length + 48);
        StringBuilder s = new StringBuilder(start(width, height, title));
        for (int i = 0; i < rows.length; i++) {
            double top = 4 + side * (rows.length - 1 - i);
            label(s, left - 6, top + side / 2 + 4, "end", Integer.toString(rows[i]));
            for (int j = 0; j < columns.length; j++) {
                double r = ratio[i][j];
                double strength = Math.clamp(0.12 + 0.2 * Math.abs(Math.log(r)), 0.0, 0.75);
                s.append(String.format(Locale.ROOT, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"var(--c%d)\" fill-opacity=\"%.2f\"/>\n",
                        left + side * j, top, side - 2, side - 2, r > 1 ? 1 : 0, r == 1 ? 0.04 : strength));
                s.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-size=\"13\" fill=\"var(--ink)\">%s</text>\n",
                        left + side * (j + 0.5) - 1, top + side / 2 + 4, String.format(Locale.ROOT, r < 9.95 ? "%.2f" : "%.1f", r)));
            }
        }
        for (int j = 0; j < columns.length; j++) {
            label(s, left + side * (j + 0.5), height - 26, "middle", Integer.toString(columns[j]));
        }
        label(s, left + side * columns.length / 2, height - 6, "middle", xLabel);
        upright(s, side * rows.length / 2, yLabel);
        return s.append("</svg>\n").toString();
    }

    /** Horizontal bars with their numbers, which are written by a format. */
    static String bars(String title, String[] names, double[] values, String number) {
        double most = DoubleStream.of(values).max().orElse(1);
        String[] numbers = DoubleStream.of(values).mapToObj(v -> String.format(Locale.ROOT, number, v)).toArray(String[]::new);
        double from = 12 + LETTER * Arrays.stream(names).mapToInt(String::length).max().orElse(0);
        double longest = WIDTH - from - 14 - LETTER * Arrays.stream(numbers).mapToInt(String::length).max().orElse(0);
        StringBuilder s = new StringBuilder(start(WIDTH, 32 * names.length + 8, title));
        for (int i = 0; i < names.length; i++) {
            double top = 4 + 32 * i;
            double length = Math.max(1, longest * values[i] / most);
            label(s, from - 8, top + 17, "end", names[i]);
            s.append(String.format(Locale.ROOT, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"24\" fill=\"var(--c%d)\"/>\n", from, top, length, i % 6));
            label(s, from + length + 6, top + 17, "start", numbers[i]);
        }
        return s.append("</svg>\n").toString();
    }

    static String start(int width, int height, String title) {
        return String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"system-ui, sans-serif\">\n<title>%s</title>\n",
                width, height, Page.escape(title));
    }

    private static void rule(StringBuilder s, double x1, double y1, double x2, double y2) {
        s.append(String.format(Locale.ROOT, "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"var(--rule)\" stroke-width=\"1\"/>\n", x1, y1, x2, y2));
    }

    static void label(StringBuilder s, double x, double y, String anchor, String text) {
        s.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\" fill=\"var(--soft)\">%s</text>\n",
                x, y, anchor, TEXT, Page.escape(text)));
    }

    /** The name of the axis at the left, from below to above. */
    private static void upright(StringBuilder s, double middle, String text) {
        s.append(String.format(Locale.ROOT, "<text transform=\"translate(13 %.1f) rotate(-90)\" text-anchor=\"middle\" font-size=\"%d\" fill=\"var(--soft)\">%s</text>\n",
                middle, TEXT, Page.escape(text)));
    }

    /** An axis: numbers to places. */
    private static final class Axis {

        private final boolean log;
        private final double low;
        private final double high;
        private final double from;
        private final double to;

        Axis(boolean log, double[] numbers, double from, double to) {
            this.log = log;
            this.from = from;
            this.to = to;
            double[] shown = Arrays.stream(numbers).filter(v -> Double.isFinite(v) && (!log || v > 0))
                    .map(v -> log ? Math.log10(v) : v).toArray();
            double least = Arrays.stream(shown).min().orElse(0);
            double most = Arrays.stream(shown).max().orElse(1);
            double margin = most == least ? 0.5 : 0.03 * (most - least);
            this.low = least - margin;
            this.high = most + margin;
        }

        boolean holds(double v) {
            return Double.isFinite(v) && (!log || v > 0);
        }

        double at(double v) {
            return from + (to - from) * ((log ? Math.log10(v) : v) - low) / (high - low);
        }

        double[] ticks() {
            double range = high - low;
            if (log && range < 2.5) { // fewer than three powers of ten: the numbers between them too
                double[] between = range < 1.2 ? new double[] {1, 2, 3, 5} : new double[] {1, 3};
                return DoubleStream.iterate(Math.floor(low), k -> k <= high, k -> k + 1)
                        .flatMap(k -> Arrays.stream(between).map(t -> t * Math.pow(10, k)))
                        .filter(t -> Math.log10(t) >= low && Math.log10(t) <= high).toArray();
            }
            double step = Math.pow(10, Math.floor(Math.log10(range / 4)));
            for (double factor : new double[] {2, 2.5, 2}) {
                step = range / step > 7 ? step * factor : step;
            }
            if (log) {
                step = Math.max(1, Math.rint(step));
            }
            double width = step;
            return DoubleStream.iterate(Math.ceil(low / width), k -> k * width <= high, k -> k + 1)
                    .map(k -> log ? Math.pow(10, k * width) : k * width + 0.0).toArray(); // + 0.0: no -0
        }

        String name(double v) {
            if (log && (v < 0.01 || v > 9999)) {
                double power = Math.floor(Math.log10(v) + 1e-9);
                long first = Math.round(v / Math.pow(10, power));
                return (first == 1 ? "10" : first + "·10") + superscript((int) power);
            }
            String text = String.format(Locale.ROOT, "%.6g", v);
            return text.contains(".") && !text.contains("e") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
        }

        private static String superscript(int power) {
            return Integer.toString(power).chars().mapToObj(c -> c == '-' ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹".substring(c - '0', c - '0' + 1))
                    .collect(Collectors.joining());
        }
    }
}
