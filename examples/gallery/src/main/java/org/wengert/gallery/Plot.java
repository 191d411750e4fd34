package org.wengert.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** A plot of lines against two axes, as SVG whose colors follow the page's. Numbers that are not finite, or on a logarithmic axis not positive, leave gaps. */
final class Plot {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 330;
    private static final int LEFT = 58;
    private static final int RIGHT = 12;
    private static final int BOTTOM = 46;
    private static final int LEGEND = 20;
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
        Axis x = new Axis(logX, lines.stream().flatMapToDouble(l -> Arrays.stream(l.x)).toArray(), LEFT, WIDTH - RIGHT);
        int rows = (lines.size() + 1) / 2;
        int top = 10 + LEGEND * rows;
        Axis y = new Axis(logY, lines.stream().flatMapToDouble(l -> Arrays.stream(l.y)).toArray(), HEIGHT - BOTTOM, top);
        StringBuilder s = new StringBuilder(start(WIDTH, HEIGHT, title));
        for (double t : x.ticks()) {
            rule(s, x.at(t), top, x.at(t), HEIGHT - BOTTOM);
            label(s, x.at(t), HEIGHT - BOTTOM + 16, "middle", x.name(t));
        }
        for (double t : y.ticks()) {
            rule(s, LEFT, y.at(t), WIDTH - RIGHT, y.at(t));
            label(s, LEFT - 6, y.at(t) + 4, "end", y.name(t));
        }
        label(s, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", xLabel);
        s.append(String.format(Locale.ROOT, "<text transform=\"translate(13 %.1f) rotate(-90)\" text-anchor=\"middle\" font-size=\"12\" fill=\"var(--soft)\">%s</text>\n",
                (top + HEIGHT - BOTTOM) / 2.0, Page.escape(yLabel)));
        for (int i = 0; i < lines.size(); i++) {
            double at = 12 + LEGEND * (i / 2);
            double from = LEFT + i % 2 * (WIDTH - LEFT - RIGHT) / 2.0;
            String stroke = String.format(Locale.ROOT, "fill=\"none\" stroke=\"var(--c%d)\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-dasharray=\"%s\"",
                    i % 6, DASHES[i % 6].isEmpty() ? "none" : DASHES[i % 6]);
            s.append(String.format(Locale.ROOT, "<path %s d=\"M%.1f %.1fh26\"/>\n", stroke, from, at));
            label(s, from + 32, at + 4, "start", lines.get(i).label);
            s.append("<path ").append(stroke).append(" d=\"").append(path(lines.get(i), x, y)).append("\"/>\n");
        }
        return s.append("</svg>\n").toString();
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
        s.append(String.format(Locale.ROOT, "<text transform=\"translate(13 %.1f) rotate(-90)\" text-anchor=\"middle\" font-size=\"12\" fill=\"var(--soft)\">%s</text>\n",
                side * rows.length / 2, Page.escape(yLabel)));
        return s.append("</svg>\n").toString();
    }

    /** Horizontal bars with their numbers. */
    static String bars(String title, String[] names, double[] values, String number) {
        double most = DoubleStream.of(values).max().orElse(1);
        int height = 34 * names.length + 8;
        StringBuilder s = new StringBuilder(start(WIDTH, height, title));
        for (int i = 0; i < names.length; i++) {
            double top = 4 + 34 * i;
            label(s, 150, top + 19, "end", names[i]);
            s.append(String.format(Locale.ROOT, "<rect x=\"158\" y=\"%.1f\" width=\"%.1f\" height=\"26\" fill=\"var(--c%d)\"/>\n", top, 230 * values[i] / most, i % 6));
            label(s, 164 + 230 * values[i] / most, top + 19, "start", String.format(Locale.ROOT, number, values[i]));
        }
        return s.append("</svg>\n").toString();
    }

    private static String start(int width, int height, String title) {
        return String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"system-ui, sans-serif\">\n<title>%s</title>\n",
                width, height, Page.escape(title));
    }

    private static void rule(StringBuilder s, double x1, double y1, double x2, double y2) {
        s.append(String.format(Locale.ROOT, "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"var(--rule)\" stroke-width=\"1\"/>\n", x1, y1, x2, y2));
    }

    private static void label(StringBuilder s, double x, double y, String anchor, String text) {
        s.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"12\" fill=\"var(--soft)\">%s</text>\n",
                x, y, anchor, Page.escape(text)));
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
            double step = Math.pow(10, Math.floor(Math.log10(range / 4)));
            for (double factor : new double[] {2, 2.5, 2}) {
                step = range / step > 7 ? step * factor : step;
            }
            if (log) {
                step = Math.max(1, Math.rint(step));
            }
            List<Double> ticks = new ArrayList<>();
            for (double k = Math.ceil(low / step); k * step <= high; k++) {
                ticks.add(log ? Math.pow(10, k * step) : k * step);
            }
            return ticks.stream().mapToDouble(Double::doubleValue).toArray();
        }

        String name(double v) {
            if (log && (v < 0.01 || v > 9999)) {
                return "1e" + Math.round(Math.log10(v));
            }
            String text = String.format(Locale.ROOT, "%.6g", v);
            return text.contains(".") && !text.contains("e") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
        }
    }
}
