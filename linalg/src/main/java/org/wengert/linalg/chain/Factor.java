package org.wengert.linalg.chain;

import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.transform.Pattern;
import org.wengert.linalg.Arguments;
import org.wengert.linalg.coloring.Patterns;

/** A factor of a chain: a matrix that is given, or the Jacobian of a stage that can be applied without being formed. */
public sealed interface Factor {

    /** The number of rows. */
    int rows();

    /** The number of columns. */
    int columns();

    /** A dense matrix. */
    record Dense(DMatrixRMaj matrix) implements Factor {
        @Override
        public int rows() {
            return matrix.numRows;
        }

        @Override
        public int columns() {
            return matrix.numCols;
        }
    }

    /** A sparse matrix, and its pattern: products cost what its entries cost. */
    record Sparse(DMatrixSparseCSC matrix, Pattern pattern) implements Factor {
        @Override
        public int rows() {
            return matrix.numRows;
        }

        @Override
        public int columns() {
            return matrix.numCols;
        }
    }

    /**
     * A stage of a composed function.
     *
     * @param f     the stage
     * @param edges what one product with its Jacobian costs, forward or backward, in multiplications
     */
    record Stage(DifferentiableVector f, long edges) implements Factor {

        /** Checks that there is a function. */
        public Stage {
            Objects.requireNonNull(f, "f");
            if (edges < 0) {
                throw new IllegalArgumentException("edges must be at least 0, but was " + edges);
            }
        }

        @Override
        public int rows() {
            return f.outputs();
        }

        @Override
        public int columns() {
            return f.inputs();
        }
    }

    /** A dense matrix; wrapped. */
    static Factor of(DMatrixRMaj matrix) {
        return new Dense(Objects.requireNonNull(matrix, "matrix"));
    }

    /** A sparse matrix; wrapped. */
    static Factor of(DMatrixSparseCSC matrix) {
        return new Sparse(Objects.requireNonNull(matrix, "matrix"), Patterns.of(matrix));
    }

    /** Refuses factors that cannot be multiplied: the first is applied first, and stands on the right of the product. */
    static void requireChain(Factor... factors) {
        Arguments.atLeast(factors.length, 1, "the number of factors");
        for (int i = 1; i < factors.length; i++) {
            if (factors[i].columns() != factors[i - 1].rows()) {
                throw new IllegalArgumentException("factor " + i + " must have as many columns as factor " + (i - 1)
                        + " has rows, but it is " + Arguments.shape(factors[i].rows(), factors[i].columns())
                        + " after " + Arguments.shape(factors[i - 1].rows(), factors[i - 1].columns()));
            }
        }
    }
}
