package org.wengert.cli.plot;

import java.awt.AWTError;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The picture of a minimization: how far the function was above its least value and how large its gradient was at each iteration and, for two
 * variables, the path on a map of contours.
 *
 * @param title    the first line
 * @param subtitle what stands below it
 * @param value    f at each iteration; not changed
 * @param gradient the largest entry of the gradient at each iteration; not changed
 * @param map      the path of two variables, or null
 */
public record MinimizePlot(String title, String subtitle, double[] value, double[] gradient, @Nullable Map map) {

    /**
     * A path over a function of two variables.
     *
     * @param xName what runs to the right
     * @param yName what runs upwards
     * @param x     the path
     * @param y     the path
     * @param f     the function
     */
    public record Map(String xName, String yName, double[] x, double[] y, DoubleBinaryOperator f) {}

    private static final int WIDTH = 920;
    private static final int HEIGHT = 480;
    private static final double LEFT = 76;
    private static final double TOP = 70;
    private static final double BOTTOM = HEIGHT - 56.0;
    private static final int INK = 0x333333;
    private static final int GRID = 0xe8e8e8;
    private static final int VALUE = 0x2f6db3;
    private static final int GRADIENT = 0xd1495b;
    private static final int CONTOUR = 0x9fb8a0;
    private static final int CELLS = 120;
    private static final int LEVELS = 14;

    /**
     * Draws the picture.
     *
     * @param file the name of the file, whose ending (.svg or .png) decides
     * @param out  receives it; not closed
     * @throws IOException if it cannot be written, or the machine has no fonts for a PNG
     */
    public void write(String file, OutputStream out) throws IOException {
        try {
            Canvas canvas = file.toLowerCase(Locale.ROOT).endsWith(".svg") ? new SvgCanvas(WIDTH, HEIGHT) : new PngCanvas(WIDTH, HEIGHT);
            draw(canvas);
            canvas.write(out);
        } catch (LinkageError | AWTError | InternalError | NullPointerException problem) {
            throw new IOException("this JDK cannot draw a PNG here (no fonts?); an .svg needs nothing", problem);
        }
    }

    private void draw(Canvas canvas) {
        canvas.rectangle(0, 0, WIDTH, HEIGHT, 0xffffff);
        canvas.text(title.length() <= 110 ? title : title.substring(0, 109) + "\u2026", LEFT, 24, 14, Canvas.Anchor.START, INK);
        canvas.text(subtitle, LEFT, 44, 12, Canvas.Anchor.START, INK);
        convergence(canvas, map == null ? WIDTH - 24.0 : WIDTH / 2.0 - 20);
        if (map != null) {
            path(canvas, map, WIDTH / 2.0 + 70, WIDTH - 24.0);
        }
    }

    private static double log(double t) {
        return t > 0 ? Math.max(-18, Math.log10(t)) : Double.NaN;
    }

    private void convergence(Canvas canvas, double end) {
        double least = Arrays.stream(value).min().orElse(0);
        double[] above = Arrays.stream(value).map(f -> log(f - least)).toArray();
        double[] slope = Arrays.stream(gradient).map(MinimizePlot::log).toArray();
        double[] at = new double[value.length];
        Arrays.setAll(at, i -> i);
        double low = Math.min(least(above), least(slope));
        double high = Math.max(most(above), most(slope));
        Axis right = Axis.around(0, Math.max(1, value.length - 1.0), LEFT, end);
        Axis up = Axis.around(low <= high ? low : 0, low <= high ? high : 1, BOTTOM, TOP);
        frame(canvas, right, up, "iteration", "log\u2081\u2080");
        canvas.line(right.pixels(at), up.pixels(above), 2, VALUE);
        canvas.line(right.pixels(at), up.pixels(slope), 2, GRADIENT);
        canvas.text("f above its least value", end - 6, TOP + 16, 12, Canvas.Anchor.END, VALUE);
        canvas.text("largest entry of the gradient", end - 6, TOP + 32, 12, Canvas.Anchor.END, GRADIENT);
    }

    private static double least(double[] a) {
        return Arrays.stream(a).filter(Double::isFinite).min().orElse(Double.POSITIVE_INFINITY);
    }

    private static double most(double[] a) {
        return Arrays.stream(a).filter(Double::isFinite).max().orElse(Double.NEGATIVE_INFINITY);
    }

    private static void frame(Canvas canvas, Axis right, Axis up, String xLabel, String yLabel) {
        for (Axis.Tick tick : right.ticks(7)) {
            double at = right.pixel(tick.at());
            canvas.line(new double[] {at, at}, new double[] {up.start(), up.end()}, 1, GRID);
            canvas.text(tick.label(), at, up.start() + 17, 12, Canvas.Anchor.MIDDLE, INK);
        }
        for (Axis.Tick tick : up.ticks(9)) {
            double at = up.pixel(tick.at());
            canvas.line(new double[] {right.start(), right.end()}, new double[] {at, at}, 1, GRID);
            canvas.text(tick.label(), right.start() - 8, at + 4, 12, Canvas.Anchor.END, INK);
        }
        canvas.text(xLabel, (right.start() + right.end()) / 2, HEIGHT - 14, 13, Canvas.Anchor.MIDDLE, INK);
        canvas.upwards(yLabel, right.start() - 54, (up.start() + up.end()) / 2, 13, INK);
    }

    private static void path(Canvas canvas, Map map, double start, double end) {
        Axis right = wide(map.x, start, end);
        Axis up = wide(map.y, BOTTOM, TOP);
        frame(canvas, right, up, map.xName, map.yName);
        canvas.clip(start, TOP, end - start, BOTTOM - TOP);
        contours(canvas, map, right, up);
        canvas.line(right.pixels(map.x), up.pixels(map.y), 1.6, GRADIENT);
        canvas.dots(right.pixels(map.x), up.pixels(map.y), 2.5, GRADIENT, 1);
        int last = map.x.length - 1;
        canvas.dots(new double[] {right.pixel(map.x[last])}, new double[] {up.pixel(map.y[last])}, 5, VALUE, 1);
        canvas.unclip();
    }

    /** The path and a quarter of its extent around it. */
    private static Axis wide(double[] a, double start, double end) {
        double room = (most(a) - least(a)) / 4;
        return Axis.around(least(a) - room, most(a) + room, start, end);
    }

    /** Contours at levels that get denser towards the least value, by marching squares. */
    private static void contours(Canvas canvas, Map map, Axis right, Axis up) {
        double[][] z = new double[CELLS + 1][CELLS + 1];
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= CELLS; i++) {
            for (int j = 0; j <= CELLS; j++) {
                z[i][j] = map.f.applyAsDouble(at(right, i), at(up, j));
                if (Double.isFinite(z[i][j])) {
                    least = Math.min(least, z[i][j]);
                    most = Math.max(most, z[i][j]);
                }
            }
        }
        for (int i = 0; i < map.x.length; i++) {
            least = Math.min(least, map.f.applyAsDouble(map.x[i], map.y[i]));
        }
        for (int level = 1; most > least && level < LEVELS; level++) {
            contour(canvas, z, least + (most - least) * Math.pow(10, -5 * (1 - level / (double) LEVELS)), right, up);
        }
    }

    private static double at(Axis axis, int i) {
        return axis.low() + (axis.high() - axis.low()) * i / CELLS;
    }

    private static void contour(Canvas canvas, double[][] z, double level, Axis right, Axis up) {
        double[] xs = new double[64];
        double[] ys = new double[64];
        int size = 0;
        for (int i = 0; i < CELLS; i++) {
            for (int j = 0; j < CELLS; j++) {
                for (double[] s : List.of(triangle(z, level, i, j, 1, 0), triangle(z, level, i, j, 0, 1))) {
                    if (s.length == 4) {
                        if (size + 3 > xs.length) {
                            xs = Arrays.copyOf(xs, 2 * xs.length);
                            ys = Arrays.copyOf(ys, 2 * ys.length);
                        }
                        xs[size] = at(right, s[0]);
                        ys[size++] = at(up, s[1]);
                        xs[size] = at(right, s[2]);
                        ys[size++] = at(up, s[3]);
                        xs[size] = Double.NaN;
                        ys[size++] = Double.NaN;
                    }
                }
            }
        }
        canvas.line(right.pixels(Arrays.copyOf(xs, size)), up.pixels(Arrays.copyOf(ys, size)), 1, CONTOUR);
    }

    private static double at(Axis axis, double i) {
        return axis.low() + (axis.high() - axis.low()) * i / CELLS;
    }

    /** Where a level cuts the triangle of the corners (i, j), (i + di, j + dj) and (i + 1, j + 1): two points, or nothing. */
    private static double[] triangle(double[][] z, double level, int i, int j, int di, int dj) {
        int[][] corner = {{i, j}, {i + di, j + dj}, {i + 1, j + 1}};
        double[] cut = new double[6];
        int size = 0;
        for (int k = 0; k < 3; k++) {
            int[] a = corner[k];
            int[] b = corner[(k + 1) % 3];
            double za = z[a[0]][a[1]] - level;
            double zb = z[b[0]][b[1]] - level;
            if (za < 0 != zb < 0 && Double.isFinite(za) && Double.isFinite(zb)) {
                double t = za / (za - zb);
                cut[size++] = a[0] + t * (b[0] - a[0]);
                cut[size++] = a[1] + t * (b[1] - a[1]);
            }
        }
        return Arrays.copyOf(cut, size);
    }
}
