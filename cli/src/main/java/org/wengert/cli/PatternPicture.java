package org.wengert.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.wengert.linalg.SparseJacobian;
import org.wengert.linalg.coloring.PatternPlot;

/** The sparsity pattern of a formula's Jacobian as a picture. */
final class PatternPicture {

    private PatternPicture() {}

    /** Complains now of what would make {@link #write} fail later. */
    static void check(Path file, DerivedFormula f) {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
            throw Problem.input("--plot: the file should end in .svg, but is " + file);
        }
        if (f.inputs() == 0) {
            throw Problem.input("--plot: the formula has no variables, so that it has no Jacobian");
        }
        Output.check("--plot", file);
    }

    /** Draws the pattern at the point. */
    static void write(Path file, DerivedFormula f) {
        String svg = PatternPlot.svg(SparseJacobian.of(f.all(), f.point()).coloring());
        try {
            Output.write(file, out -> out.write(svg.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException problem) {
            throw Problem.input("--plot: " + file + " cannot be written: " + problem.getMessage());
        }
    }
}
