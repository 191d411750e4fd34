package org.wengert.cli.plot;

import java.awt.AWTError;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The picture of a fit: data with the fitted curve above, residuals below, on one horizontal axis. Where there are
 * more points than the eye tells apart, each spot of two pixels is drawn once, the darker the more points it holds.
 *
 * @param title      the first line, for example the model
 * @param parameters what stands below it, one text each
 * @param xLabel     what runs to the right
 * @param yLabel     what runs upwards
 * @param x          where the data are; not changed
 * @param y          what was measured; not changed
 * @param curve      the fitted curve
 * @param residual   what was measured less what was fitted; not changed
 * @param sigma      the residual standard deviation, shown as a band; NaN for none
 */
public record FitPlot(
        String title, List<String> parameters, String xLabel, String yLabel,
        double[] x, double[] y, Curve curve, double[] residual, double sigma) {

    private static final int WIDTH = 840;
    private static final int HEIGHT = 640;
    private static final double LEFT = 92;
    private static final double RIGHT = WIDTH - 24.0;
    private static final double TOP = 66;
    private static final double SPLIT = 408;
    private static final double GAP = 26;
    private static final double BOTTOM = HEIGHT - 58.0;

    private static final int INK = 0x333333;
    private static final int FAINT = 0x777777;
    private static final int GRID = 0xe8e8e8;
    private static final int DATA = 0x2f6db3;
    private static final int CURVE = 0xd1495b;
    private static final int BAND = 0xf4e6e8;

    /**
     * The fitted curve through points in order.
     *
     * @param name what the legend calls it
     * @param x    the points
     * @param y    the values; NaN interrupts the curve
     */
    public record Curve(String name, double[] x, double[] y) {}

    /** Whether a file of this name can be drawn: it ends in {@code .svg} or {@code .png}. */
    public static boolean canWrite(String file) {
        return is(file, ".svg") || is(file, ".png");
    }

    private static boolean is(String file, String ending) {
        return file.toLowerCase(Locale.ROOT).endsWith(ending);
    }

    /**
     * Draws the picture.
     *
     * @param file the name of the file, whose ending decides between SVG and PNG
     * @param out  receives it; not closed
     * @throws IOException if it cannot be written, or the machine has no fonts for a PNG
     */
    public void write(String file, OutputStream out) throws IOException {
        try {
            Canvas canvas = is(file, ".svg") ? new SvgCanvas(WIDTH, HEIGHT) : new PngCanvas(WIDTH, HEIGHT);
            draw(canvas);
            canvas.write(out);
        } catch (LinkageError | AWTError | InternalError | NullPointerException problem) {
            throw new IOException("this JDK cannot draw a PNG here (no fonts?); an .svg needs nothing", problem);
        }
    }

    private void draw(Canvas canvas) {
        canvas.rectangle(0, 0, WIDTH, HEIGHT, 0xffffff);
        heading(canvas);

        double[] xs = range(x);
        Axis right = Axis.around(xs[0], xs[1], LEFT, RIGHT);
        double[] ys = range(y);
        double[] cs = range(curve.y);
        double room = 0.5 * (ys[1] - ys[0]); // a pole of the curve must not flatten the data
        Axis up = Axis.around(
                Math.min(ys[0], Math.max(cs[0], ys[0] - room)), Math.max(ys[1], Math.min(cs[1], ys[1] + room)),
                SPLIT, TOP);
        panel(canvas, right, up, 8, false);
        canvas.upwards(shorten(yLabel, 44), 22, (TOP + SPLIT) / 2, 13, INK);
        canvas.clip(LEFT, TOP, RIGHT - LEFT, SPLIT - TOP);
        points(canvas, right.pixels(x), up.pixels(y), TOP, SPLIT);
        canvas.line(right.pixels(curve.x), up.pixels(curve.y), 2, CURVE);
        canvas.unclip();
        legend(canvas, right, up);

        double[] rs = range(residual);
        double most = Math.max(Math.abs(rs[0]), Math.abs(rs[1]));
        Axis upResidual = Axis.around(-most, most, BOTTOM, SPLIT + GAP);
        if (sigma > 0 && Double.isFinite(sigma)) {
            double top = Math.max(upResidual.pixel(sigma), SPLIT + GAP);
            double bottom = Math.min(upResidual.pixel(-sigma), BOTTOM);
            canvas.rectangle(LEFT, top, RIGHT - LEFT, bottom - top, BAND);
            canvas.text(String.format(Locale.ROOT, "band: \u00b1 residual standard deviation %.4g", sigma),
                    RIGHT, SPLIT + GAP - 6, 11, Canvas.Anchor.END, FAINT);
        }
        panel(canvas, right, upResidual, 7, true);
        canvas.upwards("residual", 22, (SPLIT + GAP + BOTTOM) / 2, 13, INK);
        canvas.text(shorten(xLabel, 92), (LEFT + RIGHT) / 2, HEIGHT - 14, 13, Canvas.Anchor.MIDDLE, INK);
        canvas.clip(LEFT, SPLIT + GAP, RIGHT - LEFT, BOTTOM - SPLIT - GAP);
        line(canvas, LEFT, upResidual.pixel(0), RIGHT, upResidual.pixel(0), 1.4, CURVE);
        points(canvas, right.pixels(x), upResidual.pixels(residual), SPLIT + GAP, BOTTOM);
        canvas.unclip();
    }

    /** The title, smaller where it is long, and the parameters on two lines where one does not hold them. */
    private void heading(Canvas canvas) {
        String line = shorten(title, 124);
        double size = Math.clamp((RIGHT - LEFT) / (0.6 * Math.max(line.length(), 1)), 10, 16);
        canvas.text(line, LEFT, 24, size, Canvas.Anchor.START, INK);
        String all = String.join(",   ", parameters);
        if (all.length() <= 104) {
            canvas.text(all, LEFT, 46, 12, Canvas.Anchor.START, FAINT);
            return;
        }
        int first = (parameters.size() + 1) / 2;
        List<String> lines = List.of(
                String.join(",   ", parameters.subList(0, first)) + ",",
                String.join(",   ", parameters.subList(first, parameters.size())));
        for (int i = 0; i < 2; i++) {
            canvas.text(shorten(lines.get(i), 124), LEFT, 42 + 15 * i, 11, Canvas.Anchor.START, FAINT);
        }
    }

    /** The grid, the frame and the labels of one panel. */
    private static void panel(Canvas canvas, Axis right, Axis up, int most, boolean labelled) {
        for (Axis.Tick tick : right.ticks(9)) {
            double at = right.pixel(tick.at());
            line(canvas, at, up.start(), at, up.end(), 1, GRID);
            if (labelled) {
                canvas.text(tick.label(), at, up.start() + 17, 12, Canvas.Anchor.MIDDLE, INK);
            }
        }
        for (Axis.Tick tick : up.ticks(most)) {
            double at = up.pixel(tick.at());
            line(canvas, right.start(), at, right.end(), at, 1, GRID);
            canvas.text(tick.label(), right.start() - 8, at + 4, 12, Canvas.Anchor.END, INK);
        }
        line(canvas, right.start(), up.end(), right.start(), up.start(), 1, FAINT);
        line(canvas, right.start(), up.start(), right.end(), up.start(), 1, FAINT);
    }

    private static void line(Canvas canvas, double x0, double y0, double x1, double y1, double thickness, int colour) {
        canvas.line(new double[] {x0, x1}, new double[] {y0, y1}, thickness, colour);
    }

    /** The legend stands in the upper corner that the data leave free. */
    private void legend(Canvas canvas, Axis right, Axis up) {
        String data = String.format(Locale.ROOT, "data (%,d rows)", x.length);
        double width = 48 + 6.6 * Math.max(data.length(), curve.name.length());
        double height = 50;
        double leftCorner = crowd(right, up, LEFT, LEFT + width + 20, height + 20);
        double rightCorner = crowd(right, up, RIGHT - width - 20, RIGHT, height + 20);
        double lowerRight = crowdBelow(right, up, RIGHT - width - 20, height + 20);
        boolean below = lowerRight < Math.min(leftCorner, rightCorner);
        double left = below || rightCorner <= leftCorner ? RIGHT - width - 12 : LEFT + 12;
        double top = below ? SPLIT - height - 12 : TOP + 10;
        canvas.rectangle(left - 1, top - 1, width + 2, height + 2, GRID);
        canvas.rectangle(left, top, width, height, 0xffffff);
        canvas.dots(new double[] {left + 20}, new double[] {top + 16}, 3.5, DATA, 0.8);
        canvas.text(data, left + 40, top + 20, 12, Canvas.Anchor.START, INK);
        line(canvas, left + 8, top + 36, left + 32, top + 36, 2, CURVE);
        canvas.text(curve.name, left + 40, top + 40, 12, Canvas.Anchor.START, INK);
    }

    /** How many data points and curve points lie at the top of the upper panel, from pixel to pixel. */
    private int crowd(Axis right, Axis up, double from, double to, double height) {
        return crowd(right, up, from, to, TOP, TOP + height);
    }

    private int crowdBelow(Axis right, Axis up, double from, double height) {
        return crowd(right, up, from, RIGHT, SPLIT - height, SPLIT);
    }

    private int crowd(Axis right, Axis up, double from, double to, double top, double bottom) {
        int crowd = 0;
        for (int i = 0; i < x.length; i++) {
            crowd += inside(right.pixel(x[i]), up.pixel(y[i]), from, to, top, bottom);
        }
        for (int i = 0; i < curve.x.length; i++) {
            crowd += inside(right.pixel(curve.x[i]), up.pixel(curve.y[i]), from, to, top, bottom);
        }
        return crowd;
    }

    private static int inside(double px, double py, double from, double to, double top, double bottom) {
        return px >= from && px <= to && py >= top && py <= bottom ? 1 : 0;
    }

    /** Points as circles, or, where they are many, as spots of two pixels in four shades by how many each holds. */
    private static void points(Canvas canvas, double[] px, double[] py, double top, double bottom) {
        if (px.length <= 2000) {
            canvas.dots(px, py, px.length <= 300 ? 3.5 : 2.2, DATA, 0.8);
            return;
        }
        int columns = WIDTH / 2 + 1;
        int[] counts = new int[columns * (HEIGHT / 2 + 1)];
        int most = 0;
        for (int i = 0; i < px.length; i++) {
            if (px[i] >= LEFT && px[i] <= RIGHT && py[i] >= top && py[i] <= bottom) {
                int row = (int) (py[i] / 2);
                int column = (int) (px[i] / 2);
                most = Math.max(most, ++counts[row * columns + column]);
            }
        }
        double[] shades = {0.25, 0.45, 0.7, 1};
        for (int shade = 0; shade < shades.length; shade++) {
            double low = shade == 0 ? 0 : Math.pow(most, shade / 4.0);
            double high = shade == 3 ? most : Math.pow(most, (shade + 1) / 4.0);
            int[] spots = matching(counts, low, high);
            canvas.dots(
                    Arrays.stream(spots).map(spot -> 2 * (spot % columns) + 1).asDoubleStream().toArray(),
                    Arrays.stream(spots).map(spot -> 2 * (spot / columns) + 1).asDoubleStream().toArray(),
                    1.2, DATA, shades[shade]);
        }
    }

    private static int[] matching(int[] counts, double low, double high) {
        int[] spots = new int[counts.length];
        int n = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > low && counts[i] <= high) {
                spots[n++] = i;
            }
        }
        return Arrays.copyOf(spots, n);
    }

    /** The least and the largest finite number; 0 and 0 if there is none. */
    private static double[] range(double[] numbers) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double number : numbers) {
            if (Double.isFinite(number)) {
                low = Math.min(low, number);
                high = Math.max(high, number);
            }
        }
        return low <= high ? new double[] {low, high} : new double[] {0, 0};
    }

    private static String shorten(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "\u2026";
    }
}
