package org.wengert.cli.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * One axis: numbers from {@code low} to {@code high} on pixels from {@code start} to {@code end} (which is smaller for
 * an axis that points upwards).
 */
record Axis(double low, double high, double start, double end) {

    /** An axis that shows all of low to high with a little room at both ends. */
    static Axis around(double low, double high, double start, double end) {
        double room = 0.04 * (high - low);
        if (!(room > 0)) { // one value alone, or none
            room = low == 0 || Double.isNaN(low) ? 1 : 0.5 * Math.abs(low);
        }
        double middle = Double.isFinite(low + high) ? low : 0;
        return Double.isFinite(low - room) && Double.isFinite(high + room)
                ? new Axis(low - room, high + room, start, end)
                : new Axis(middle - 1, middle + 1, start, end);
    }

    /** The pixel of a number. */
    double pixel(double x) {
        return start + (x - low) / (high - low) * (end - start);
    }

    /** The pixels of numbers. */
    double[] pixels(double[] x) {
        double[] pixels = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            pixels[i] = pixel(x[i]);
        }
        return pixels;
    }

    /**
     * A tick.
     *
     * @param at    the number
     * @param label how it is written
     */
    record Tick(double at, String label) {}

    /** Ticks at multiples of 1, 2 or 5 times a power of ten, at most {@code most} of them. */
    List<Tick> ticks(int most) {
        BigDecimal step = step((high - low) / most);
        BigDecimal at = new BigDecimal(low).divide(step, 0, RoundingMode.CEILING).multiply(step);
        BigDecimal last = new BigDecimal(high);
        double largest = Math.max(Math.abs(low), Math.abs(high));
        boolean scientific = largest >= 1e6 || largest < 1e-3;
        List<Tick> ticks = new ArrayList<>();
        for (; at.compareTo(last) <= 0; at = at.add(step)) {
            ticks.add(new Tick(at.doubleValue(), label(at, scientific)));
        }
        return ticks;
    }

    private static BigDecimal step(double least) {
        int exponent = (int) Math.floor(Math.log10(least));
        for (int multiple : new int[] {1, 2, 5}) {
            BigDecimal step = BigDecimal.valueOf(multiple, -exponent);
            if (step.doubleValue() >= least) {
                return step;
            }
        }
        return BigDecimal.valueOf(1, -exponent - 1);
    }

    private static String label(BigDecimal at, boolean scientific) {
        if (at.signum() == 0) {
            return "0";
        }
        BigDecimal short_ = at.round(MathContext.DECIMAL32).stripTrailingZeros();
        String sign = at.signum() < 0 ? "\u2212" : "";
        if (!scientific) {
            return sign + short_.abs().toPlainString();
        }
        int exponent = short_.precision() - short_.scale() - 1;
        return sign + short_.abs().movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
