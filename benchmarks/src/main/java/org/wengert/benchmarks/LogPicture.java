package org.wengert.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Curves on logarithmic axes, two panels side by side, as SVG that follows the reader's light or dark. */
final class LogPicture {

    private static final int WIDTH = 840;
    private static final int PANEL = 340;
    private static final int LEFT = 64;
    private static final int TOP = 58;
    private static final int BOTTOM = 318;
    private static final int HEIGHT = 364;
    private static final int LEGEND = 205;
    private static final int TEXT = 13;

    private static final List<String> DASHES = List.of("none", "7 3", "2 3", "9 3 2 3", "none", "5 2", "7 3", "2 3");

    private static final String STYLE = """
            <style>
            :root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --soft: #5c6670; --rule: #d4d9de;
              --c0: #1f5fae; --c1: #c2510c; --c2: #1b7f4b; --c3: #8a3fa0; --c4: #a3195b; --c5: #6b6200; --c6: #00788a; --c7: #555b61; }
            @media screen and (prefers-color-scheme: dark) {
              :root { --paper: #14181c; --ink: #e6e9ec; --soft: #9aa5af; --rule: #38414a;
                --c0: #7db4f5; --c1: #f79a5b; --c2: #65cf98; --c3: #cf97e0; --c4: #f585b4; --c5: #d3c84f; --c6: #5ccadb; --c7: #b8bfc6; } }
            </style>
            """;

    /** A line through points, both of whose numbers are greater than 0. */
    record Curve(String name, List<Point> points) {}

    /** A point of a curve. */
    record Point(double x, double y) {}

    /** Curves over one axis. Curve k of all panels is drawn alike and is named by the panel that has most. */
    record Panel(String label, List<Curve> curves) {}

    private final StringBuilder svg = new StringBuilder();
    private final List<Panel> panels;

    private LogPicture(List<Panel> panels) {
        this.panels = panels;
    }

    /**
     * The picture.
     *
     * @param y      what goes upwards, in all panels
     * @param panels two, side by side, of at most eight curves
     */
    static String of(String title, String y, List<Panel> panels) {
        return new LogPicture(panels).draw(title, y);
    }

    private String draw(String title, String yLabel) {
        svg.append(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" viewBox="0 0 %d %d" role="img" font-family="system-ui, sans-serif">
                <title>%s</title>
                %s<rect width="100%%" height="100%%" fill="var(--paper)"/>
                """, WIDTH, WIDTH, HEIGHT, title, STYLE));
        List<Curve> named = panels.stream().map(Panel::curves).max(Comparator.comparingInt(List::size)).orElseThrow();
        for (int k = 0; k < named.size(); k++) {
            double x = 16 + k % 4 * LEGEND;
            double y = 16 + k / 4 * 20;
            svg.append(String.format(Locale.ROOT, "<path %s d=\"M%.1f %.1fh30\"/>\n", stroke(k), x, y));
            text(x + 36, y + 4, "start", named.get(k).name());
        }
        Axis y = Axis.of(all(Point::y, panels), BOTTOM, TOP);
        for (int k = 0; k < panels.size(); k++) {
            panel(LEFT + k * (PANEL + 76), panels.get(k), y);
        }
        svg.append(String.format(Locale.ROOT,
                "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\" font-size=\"%d\" fill=\"var(--soft)\">%s</text>\n",
                (TOP + BOTTOM) / 2, TEXT, yLabel));
        return svg.append("</svg>\n").toString();
    }

    private void panel(int left, Panel panel, Axis y) {
        Axis x = Axis.of(all(Point::x, List.of(panel)), left, left + PANEL);
        for (int e : x.powers()) {
            double at = x.at(Math.pow(10, e));
            rule(at, TOP, at, BOTTOM);
            text(at, BOTTOM + 18, "middle", power(e));
        }
        for (int e : y.powers()) {
            double at = y.at(Math.pow(10, e));
            rule(left, at, left + PANEL, at);
            text(left - 6, at + 4, "end", power(e));
        }
        text(left + PANEL / 2.0, BOTTOM + 38, "middle", panel.label());
        for (int k = 0; k < panel.curves().size(); k++) {
            var path = new StringBuilder();
            for (Point p : panel.curves().get(k).points()) {
                path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x.at(p.x()), y.at(p.y())));
            }
            svg.append(String.format(Locale.ROOT, "<path %s d=\"%s\"/>\n", stroke(k), path));
        }
    }

    private static DoubleStream all(ToDoubleFunction<Point> what, List<Panel> panels) {
        return panels.stream().flatMap(p -> p.curves().stream()).flatMap(c -> c.points().stream()).mapToDouble(what);
    }

    private static String stroke(int k) {
        return String.format(Locale.ROOT, "fill=\"none\" stroke=\"var(--c%d)\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-dasharray=\"%s\"",
                k, DASHES.get(k));
    }

    /** 10ᵉ for people. */
    private static String power(int e) {
        if (e >= -2 && e <= 4) {
            return String.format(Locale.ROOT, e < 0 ? "%." + -e + "f" : "%.0f", Math.pow(10, e));
        }
        var text = new StringBuilder("10");
        Integer.toString(e).chars().forEach(c -> text.append(c == '-' ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹".substring(c - '0', c - '0' + 1)));
        return text.toString();
    }

    private void rule(double x0, double y0, double x1, double y1) {
        svg.append(String.format(Locale.ROOT, "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"var(--rule)\" stroke-width=\"1\"/>\n", x0, y0, x1, y1));
    }

    private void text(double x, double y, String anchor, String text) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\" fill=\"var(--soft)\">%s</text>\n",
                x, y, anchor, TEXT, text));
    }

    /** A logarithmic axis: numbers from 10^low to 10^high to places. */
    private record Axis(double low, double high, double from, double to) {

        static Axis of(DoubleStream numbers, double from, double to) {
            double[] logs = numbers.filter(t -> t > 0).map(Math::log10).sorted().toArray();
            double margin = 0.02 * (logs[logs.length - 1] - logs[0]) + 1e-3;
            return new Axis(logs[0] - margin, logs[logs.length - 1] + margin, from, to);
        }

        double at(double number) {
            return from + (to - from) * (Math.log10(number) - low) / (high - low);
        }

        /** Exponents of ticks: every one, or every second or third. */
        int[] powers() {
            int step = (int) Math.ceil((high - low) / 7);
            int first = Math.floorDiv((int) Math.ceil(low) + step - 1, step) * step;
            return IntStream.iterate(first, e -> e <= high, e -> e + step).toArray();
        }
    }
}
