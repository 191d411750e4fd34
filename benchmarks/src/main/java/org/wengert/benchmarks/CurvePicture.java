package org.wengert.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Curves of a loss as SVG: two panels, logarithmic axes. */
final class CurvePicture {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 420;
    private static final int PANEL = 400;
    private static final int TOP = 20;
    private static final int BOTTOM = 330;
    private static final List<String> COLORS = List.of(
            "#999999", "#e69f00", "#56b4e9", "#009e73", "#0072b2", "#f0e442", "#d55e00", "#cc79a7");

    private final StringBuilder svg = new StringBuilder();

    private CurvePicture() {}

    static String of(List<TrainingCurves.Curve> curves) {
        var picture = new CurvePicture();
        picture.svg.append(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <title>Training loss of a perceptron on Fisher's irises by eight methods</title>
                <rect width="%d" height="%d" fill="white"/>
                """, WIDTH, HEIGHT, WIDTH, HEIGHT));
        picture.panel(60, "gradients + products", curves, TrainingCurves.At::sweeps);
        picture.panel(540, "seconds", curves, TrainingCurves.At::seconds);
        for (int k = 0; k < curves.size(); k++) {
            int x = 60 + k % 4 * 220;
            int y = 385 + k / 4 * 20;
            picture.line(x, y - 4, x + 24, y - 4, COLORS.get(k), 3);
            picture.text(x + 30, y, curves.get(k).name(), "start");
        }
        return picture.svg.append("</svg>\n").toString();
    }

    private void panel(int left, String label, List<TrainingCurves.Curve> curves, ToDoubleFunction<TrainingCurves.At> along) {
        double[] xs = curves.stream().flatMap(c -> c.points().stream()).mapToDouble(along).filter(t -> t > 0).sorted().toArray();
        double[] ys = curves.stream().flatMap(c -> c.points().stream()).mapToDouble(TrainingCurves.At::loss).sorted().toArray();
        double x0 = Math.log10(xs[0]);
        double x1 = Math.log10(xs[xs.length - 1]);
        double y0 = Math.log10(ys[0]) - 0.05;
        double y1 = Math.log10(ys[ys.length - 1]) + 0.05;
        for (int e = (int) Math.ceil(x0); e <= x1; e++) {
            double x = left + (e - x0) / (x1 - x0) * PANEL;
            line(x, TOP, x, BOTTOM, "#dddddd", 1);
            text(x, BOTTOM + 16, power(e), "middle");
        }
        for (int e = (int) Math.ceil(y0); e <= y1; e++) {
            double y = BOTTOM - (e - y0) / (y1 - y0) * (BOTTOM - TOP);
            line(left, y, left + PANEL, y, "#dddddd", 1);
            text(left - 6, y + 4, power(e), "end");
        }
        svg.append(String.format(Locale.ROOT, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#444444\"/>%n",
                left, TOP, PANEL, BOTTOM - TOP));
        text(left + PANEL / 2.0, BOTTOM + 34, label, "middle");
        text(left + PANEL - 8, TOP + 16, "loss", "end");
        for (int k = 0; k < curves.size(); k++) {
            var path = new StringBuilder();
            for (TrainingCurves.At p : curves.get(k).points()) {
                double x = left + (Math.log10(Math.max(along.applyAsDouble(p), xs[0])) - x0) / (x1 - x0) * PANEL;
                double y = BOTTOM - (Math.log10(p.loss()) - y0) / (y1 - y0) * (BOTTOM - TOP);
                path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : " L", x, y));
            }
            svg.append(String.format(Locale.ROOT, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n", path, COLORS.get(k)));
        }
    }

    private static String power(int e) {
        return e < -3 || e > 4 ? "1e" + e : String.format(Locale.ROOT, e < 0 ? "%." + -e + "f" : "%.0f", Math.pow(10, e));
    }

    private void line(double x0, double y0, double x1, double y1, String color, int width) {
        svg.append(String.format(Locale.ROOT, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>%n",
                x0, y0, x1, y1, color, width));
    }

    private void text(double x, double y, String text, String anchor) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text));
    }
}
