package org.wengert.hessian;

import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.wengert.core.transform.Pattern;
import org.wengert.linalg.LinearOperator;
import org.wengert.linalg.coloring.SymmetricColoring;

/** Symmetric matrices from products with groups of unit vectors. Immutable. */
final class SymmetricCompression {

    private final SymmetricColoring coloring;

    /** @param lower the lower triangle with the diagonal */
    SymmetricCompression(Pattern lower) {
        this(SymmetricColoring.of(lower));
    }

    SymmetricCompression(SymmetricColoring coloring) {
        this.coloring = coloring;
    }

    SymmetricColoring coloring() {
        return coloring;
    }

    private int n() {
        return coloring.pattern().rows();
    }

    /** The entries of the lower triangle in the order of the pattern. */
    double[] entries(LinearOperator h) {
        double[] entries = new double[coloring.pattern().size()];
        coloring.recover(compressed(h), entries);
        return entries;
    }

    private double[] compressed(LinearOperator h) {
        int n = n();
        int colors = coloring.colors();
        if (h instanceof HessianVectorProduct block) {
            var seeds = new DMatrixRMaj(n, colors);
            for (int j = 0; j < n; j++) {
                if (coloring.color(j) >= 0) {
                    seeds.set(j, coloring.color(j), 1);
                }
            }
            return block.apply(seeds).data;
        }
        double[] compressed = new double[Math.multiplyExact(n, colors)];
        double[] seed = new double[n];
        double[] image = new double[n];
        for (int c = 0; c < colors; c++) {
            for (int j = 0; j < n; j++) {
                seed[j] = coloring.color(j) == c ? 1 : 0;
            }
            h.apply(seed, image);
            for (int i = 0; i < n; i++) {
                compressed[i * colors + c] = image[i];
            }
        }
        return compressed;
    }

    /** The diagonal: it stands in its own groups. */
    double[] diagonal(LinearOperator h) {
        double[] compressed = compressed(h);
        double[] diagonal = new double[n()];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = coloring.pattern().find(i, i) < 0 ? 0 : compressed[i * coloring.colors() + coloring.color(i)];
        }
        return diagonal;
    }

    DMatrixRMaj dense(LinearOperator h) {
        double[] entries = entries(h);
        Pattern p = coloring.pattern();
        DMatrixRMaj a = new DMatrixRMaj(n(), n());
        for (int i = 0; i < n(); i++) {
            for (int k = p.rowStart()[i]; k < p.rowStart()[i + 1]; k++) {
                a.unsafe_set(i, p.column()[k], entries[k]);
                a.unsafe_set(p.column()[k], i, entries[k]);
            }
        }
        return a;
    }

    DMatrixSparseCSC sparse(LinearOperator h) {
        var structure = new SymmetricStructure(coloring.pattern());
        DMatrixSparseCSC a = structure.newMatrix();
        structure.fill(entries(h), a.nz_values);
        return a;
    }
}
