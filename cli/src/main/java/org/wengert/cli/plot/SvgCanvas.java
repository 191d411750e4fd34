package org.wengert.cli.plot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Draws as SVG 1.1 text. Dots are one path of round-capped strokes of no length: ten bytes each. */
final class SvgCanvas implements Canvas {

    private final StringBuilder svg = new StringBuilder();
    private int clips;

    SvgCanvas(int width, int height) {
        svg.append(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" \
                font-family="Helvetica, Arial, sans-serif">
                """, width, height, width, height));
    }

    /** A coordinate with two decimals and no zeros at the end. */
    private SvgCanvas number(double x) {
        long hundredths = Math.round(x * 100);
        svg.append(hundredths < 0 ? "-" : "").append(Math.abs(hundredths) / 100);
        int rest = (int) (Math.abs(hundredths) % 100);
        if (rest > 0) {
            svg.append('.').append(rest / 10);
            if (rest % 10 > 0) {
                svg.append(rest % 10);
            }
        }
        return this;
    }

    private void point(double x, double y) {
        number(x).svg.append(' ');
        number(y);
    }

    @Override
    public void rectangle(double x, double y, double width, double height, int colour) {
        svg.append(String.format(Locale.ROOT, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"#%06x\"/>\n", x, y, width, height, colour));
    }

    @Override
    public void line(double[] xs, double[] ys, double thickness, int colour) {
        svg.append("<path d=\"");
        boolean open = false;
        for (int i = 0; i < xs.length; i++) {
            boolean visible = !Double.isNaN(xs[i] + ys[i]);
            if (visible) {
                svg.append(open ? 'L' : 'M');
                point(xs[i], ys[i]);
            }
            open = visible;
        }
        svg.append(String.format(Locale.ROOT, "\" fill=\"none\" stroke=\"#%06x\" stroke-width=\"%.2f\" stroke-linejoin=\"round\"/>\n", colour, thickness));
    }

    @Override
    public void dots(double[] xs, double[] ys, double radius, int colour, double opacity) {
        svg.append("<path d=\"");
        for (int i = 0; i < xs.length; i++) {
            svg.append('M');
            point(xs[i], ys[i]);
            svg.append("h0");
        }
        svg.append(String.format(Locale.ROOT, "\" fill=\"none\" stroke=\"#%06x\" stroke-width=\"%.2f\" stroke-linecap=\"round\" stroke-opacity=\"%.2f\"/>\n",
                colour, 2 * radius, opacity));
    }

    @Override
    public void text(String text, double x, double y, double size, Anchor anchor, int colour) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%.1f\" text-anchor=\"%s\" fill=\"#%06x\">%s</text>\n",
                x, y, size, anchor.name().toLowerCase(Locale.ROOT), colour, escape(text)));
    }

    @Override
    public void upwards(String text, double x, double y, double size, int colour) {
        svg.append(String.format(Locale.ROOT, "<text transform=\"translate(%.2f %.2f) rotate(-90)\" font-size=\"%.1f\" text-anchor=\"middle\" "
                + "fill=\"#%06x\">%s</text>\n", x, y, size, colour, escape(text)));
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        String id = "clip" + clips++;
        svg.append(String.format(Locale.ROOT, """
                <clipPath id="%s"><rect x="%.2f" y="%.2f" width="%.2f" height="%.2f"/></clipPath>
                <g clip-path="url(#%s)">
                """, id, x, y, width, height, id));
    }

    @Override
    public void unclip() {
        svg.append("</g>\n");
    }

    @Override
    public void write(OutputStream out) throws IOException {
        out.write((svg + "</svg>\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
