package org.wengert.cli.plot;

import java.io.IOException;
import java.io.OutputStream;

/** The little that a plot needs of a drawing surface. Lengths are pixels, y grows downwards, colours are 0xRRGGBB. */
interface Canvas {

    /** Which part of a text stands at its position. */
    enum Anchor {
        /** The text begins there. */
        START,
        /** The text's middle is there. */
        MIDDLE,
        /** The text ends there. */
        END
    }

    /** A filled rectangle. */
    void rectangle(double x, double y, double width, double height, int colour);

    /** A line through points; where a point is NaN it is interrupted. */
    void line(double[] xs, double[] ys, double thickness, int colour);

    /** Filled circles of one radius. */
    void dots(double[] xs, double[] ys, double radius, int colour, double opacity);

    /** A text on the baseline y. */
    void text(String text, double x, double y, double size, Anchor anchor, int colour);

    /** A text that runs upwards, with its middle at (x, y). */
    void upwards(String text, double x, double y, double size, int colour);

    /** What follows is drawn only within this rectangle, until {@link #unclip}. */
    void clip(double x, double y, double width, double height);

    /** Ends {@link #clip}. */
    void unclip();

    /** Writes the picture. */
    void write(OutputStream out) throws IOException;
}
