package org.wengert.linalg.matrix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The differential of a matrix as a linear expression of the differentials of others: dX = Σ mapₑ(dAₑ). Rules are
 * written with the methods of this class, in the notation of differential calculus. {@link Sweep} evaluates
 * expressions: forward from tangents of the arguments, or in reverse from adjoints of the results, which is the transposed expression.
 *
 * <p>Source: J. Magnus and H. Neudecker, "Matrix Differential Calculus with Applications in Statistics and
 * Econometrics" (Wiley, 3rd ed. 2019); for reverse mode as transposition A. Radul et al., "You Only Linearize Once", POPL 2023.
 */
final class Differential {

    private record Term(Differential of, LinearMap map) {}

    private final int rows;
    private final int columns;
    private final List<Term> terms;

    /** Greater than that of all differentials in the terms. */
    private final int depth;

    private final boolean zero;

    /** Says why there is no such derivative, when somebody asks for it. */
    private final @Nullable Supplier<RuntimeException> refusal;

    private Differential(
            int rows, int columns, List<Term> terms, boolean zero, @Nullable Supplier<RuntimeException> refusal) {
        this.rows = rows;
        this.columns = columns;
        this.terms = terms;
        this.depth = terms.stream().mapToInt(t -> t.of.depth).max().orElse(-1) + 1;
        this.zero = zero;
        this.refusal = refusal;
    }

    /** The differential of a constant. */
    static Differential zero(int rows, int columns) {
        return new Differential(rows, columns, List.of(), true, null);
    }

    /** The differential of an independent variable. */
    static Differential variable(int rows, int columns) {
        return new Differential(rows, columns, List.of(), false, null);
    }

    /** This differential, which does not exist: whoever evaluates it gets the exception. */
    Differential refused(Supplier<RuntimeException> refusal) {
        return zero ? this : new Differential(rows, columns, List.of(new Term(this, LinearMap.identity())), false, refusal);
    }

    boolean isZero() {
        return zero;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** A map of this differential; the map is not made where this is zero. */
    private Differential map(int toRows, int toColumns, Supplier<LinearMap> map) {
        return zero ? zero(toRows, toColumns)
                : new Differential(toRows, toColumns, List.of(new Term(this, map.get())), false, null);
    }

    private Differential same(Supplier<LinearMap> map) {
        return map(rows, columns, map);
    }

    Differential plus(Differential that) {
        if (zero || that.zero) {
            return zero ? that : this;
        }
        return new Differential(
                rows, columns,
                List.of(new Term(this, LinearMap.identity()), new Term(that, LinearMap.identity())), false, null);
    }

    Differential minus(Differential that) {
        return plus(that.scale(-1));
    }

    Differential scale(double c) {
        return same(() -> LinearMap.scale(c));
    }

    /** C·dX. */
    Differential left(Mat c) {
        return map(c.rows(), columns, () -> LinearMap.left(c));
    }

    /** dX·C. */
    Differential right(Mat c) {
        return map(rows, c.columns(), () -> LinearMap.right(c));
    }

    /** A⁻¹·dX. */
    Differential solve(Solver a) {
        return same(() -> LinearMap.solve(a));
    }

    /** A⁻ᵀ·dX. */
    Differential solveTransposed(Solver a) {
        return same(() -> LinearMap.solveTransposed(a));
    }

    /** dX·A⁻¹. */
    Differential rightSolve(Solver a) {
        return transpose().solveTransposed(a).transpose();
    }

    /** dXᵀ. */
    Differential transpose() {
        return map(columns, rows, LinearMap::transpose);
    }

    /** (dX + dXᵀ)/2. */
    Differential symmetric() {
        return same(LinearMap::symmetric);
    }

    /** C∘dX. */
    Differential hadamard(Mat c) {
        return same(() -> LinearMap.hadamard(c));
    }

    /** ⟨C, dX⟩ = tr(CᵀdX). */
    Differential inner(Mat c) {
        return map(1, 1, () -> LinearMap.inner(c));
    }

    /** dx·C of a 1 × 1 differential dx. */
    Differential spread(Mat c) {
        return map(c.rows(), c.columns(), () -> LinearMap.spread(c));
    }

    /** C ⊗ dX. */
    Differential kronecker(Mat c) {
        return map(c.rows() * rows, c.columns() * columns, () -> LinearMap.kronecker(c, rows, columns));
    }

    /** dX ⊗ C. */
    Differential kroneckerRight(Mat c) {
        return map(c.rows() * rows, c.columns() * columns, () -> LinearMap.kroneckerRight(c, rows, columns));
    }

    /** The diagonal as a column. */
    Differential diagonal() {
        return map(Math.min(rows, columns), 1, () -> LinearMap.diagonal(rows, columns));
    }

    /** The square matrix with this column as its diagonal. */
    Differential ofDiagonal() {
        return map(rows, rows, () -> LinearMap.diagonal(rows, rows).transposed());
    }

    Differential submatrix(int row, int column, int toRows, int toColumns) {
        return map(toRows, toColumns, () -> LinearMap.submatrix(row, column, toRows, toColumns, rows, columns));
    }

    /** Within a larger matrix of zeros. */
    Differential embed(int row, int column, int toRows, int toColumns) {
        return map(toRows, toColumns,
                () -> LinearMap.submatrix(row, column, rows, columns, toRows, toColumns).transposed());
    }

    Differential reshape(int toRows, int toColumns) {
        return map(toRows, toColumns, () -> LinearMap.reshape(rows, columns, toRows, toColumns));
    }

    /** Any linear map. */
    Differential apply(int toRows, int toColumns, LinearMap map) {
        return map(toRows, toColumns, () -> map);
    }

    private void requireExists() {
        if (refusal != null) {
            throw refusal.get();
        }
    }

    /** Evaluates expressions for a block of so many tangents, or adjoints. Used once. */
    static final class Sweep {

        private final int lanes;
        private final IdentityHashMap<Differential, Mat> known = new IdentityHashMap<>();

        Sweep(int lanes) {
            this.lanes = lanes;
        }

        /** Adds to the tangent of a variable, or to the adjoint of a result. */
        void seed(Differential x, Mat block) {
            known.merge(x, block, Mat::plus);
        }

        /** The tangent of x, given those of the variables; null is zero. */
        @Nullable Mat forward(Differential x) {
            for (Differential d : inOrder(List.of(x))) {
                if (!known.containsKey(d)) {
                    d.requireExists();
                    for (Term t : d.terms) {
                        Mat tangent = known.get(t.of);
                        if (tangent != null) {
                            seed(d, t.map.forward().to(tangent, lanes));
                        }
                    }
                }
            }
            return known.get(x);
        }

        /** What is known of x, or zeros, after {@link #forward} or {@link #reverse}; asks for it where it is not known yet. */
        Mat tangent(Differential x) {
            Mat t = forward(x);
            return t == null ? Mat.of(Dense.matrix(x.rows, lanes * x.columns)) : t;
        }

        /** Carries adjoints from the given results back to the variables. */
        void reverse(List<Differential> results) {
            for (Differential d : inOrder(results).reversed()) {
                Mat adjoint = known.get(d);
                if (adjoint != null) {
                    d.requireExists();
                    for (Term t : d.terms) {
                        seed(t.of, t.map.reverse().to(adjoint, lanes));
                    }
                }
            }
        }

        /** The adjoint of a variable after {@link #reverse}; null is zero. */
        @Nullable Mat of(Differential x) {
            return known.get(x);
        }

        /** All differentials that some depend on, before those that depend on them. */
        private static List<Differential> inOrder(List<Differential> roots) {
            IdentityHashMap<Differential, Boolean> seen = new IdentityHashMap<>();
            List<Differential> all = new ArrayList<>();
            for (Differential root : roots) {
                if (!root.zero && seen.put(root, true) == null) {
                    all.add(root);
                }
            }
            for (int i = 0; i < all.size(); i++) {
                for (Term t : all.get(i).terms) {
                    if (seen.put(t.of, true) == null) {
                        all.add(t.of);
                    }
                }
            }
            all.sort(Comparator.comparingInt(d -> d.depth));
            return all;
        }
    }
}
