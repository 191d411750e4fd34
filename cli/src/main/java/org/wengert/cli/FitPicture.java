package org.wengert.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.wengert.cli.plot.FitPlot;
import org.wengert.hessian.Fit;

/** Puts together what the picture of a fit shows. */
final class FitPicture {

    /** How many points the curve has. */
    private static final int POINTS = 801;

    private FitPicture() {}

    /**
     * With one data column on the right side the curve runs over it; with several, or none, what was measured is shown
     * over what was fitted, and the curve is the diagonal.
     */
    static FitPlot of(FitModel model, CsvTable table, double[] observed, Fit fit, String text) {
        double[] fitted = model.predictions(fit.parameters(), table);
        double[] residual = IntStream.range(0, fitted.length).mapToDouble(i -> observed[i] - fitted[i]).toArray();
        boolean curve = model.onRight().size() == 1;
        double[] x = curve ? table.column(model.onRight().getFirst()) : fitted;
        double low = Arrays.stream(x).min().orElse(0);
        double high = Arrays.stream(x).max().orElse(1);
        double[] xs = IntStream.range(0, POINTS)
                .mapToDouble(i -> low + (high - low) * i / (POINTS - 1))
                .toArray();
        double[] ys = curve ? Arrays.stream(xs).map(at -> model.predict(fit.parameters(), at)).toArray() : xs;
        return new FitPlot(
                text, parameters(model, fit), curve ? model.onRight().getFirst() : "fitted", model.left().toString(),
                x, observed, new FitPlot.Curve(curve ? "fit" : "measured = fitted", xs, ys), residual,
                fit.statistics().residualStandardDeviation());
    }

    private static List<String> parameters(FitModel model, Fit fit) {
        return IntStream.range(0, model.parameters().size())
                .mapToObj(j -> model.parameters().get(j) + " = " + FitCommand.digits(fit.parameters()[j], 6)
                        + (Double.isNaN(fit.standardErrors()[j]) ? ""
                                : " \u00b1 " + FitCommand.digits(fit.standardErrors()[j], 3)))
                .toList();
    }
}
