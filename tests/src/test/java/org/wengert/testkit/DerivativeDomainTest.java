package org.wengert.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.domains.Domain;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.formula.Formula;
import org.wengert.testkit.DerivativeDomain.Direction;
import org.wengert.testkit.DerivativeDomain.Edge;
import org.wengert.testkit.DerivativeDomain.Matrix;
import org.wengert.testkit.DerivativeDomain.Orthogonal;
import org.wengert.testkit.DerivativeDomain.Point;
import org.wengert.testkit.DerivativeDomain.PositiveDefinite;
import org.wengert.testkit.DerivativeDomain.Singular;
import org.wengert.testkit.DerivativeDomain.Sparse;

@Domain(DerivativeDomain.class)
class DerivativeDomainTest {

    @Property(tries = 50)
    void pointsAndDirectionsHaveTheirSize(@ForAll @Point(4) double[] x, @ForAll @Direction(7) double[] v, @ForAll @Edge double e) {
        assertEquals(4, x.length);
        assertEquals(7, v.length);
        for (double t : v) {
            assertTrue(Math.abs(t) <= 1);
        }
        assertTrue(Double.isNaN(e) || !Double.isNaN(e));
    }

    @Property(tries = 50)
    void orthogonalMatricesAreOrthogonal(@ForAll @Orthogonal(size = 5) double[][] q) {
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                double sum = 0;
                for (int k = 0; k < 5; k++) {
                    sum += q[i][k] * q[j][k];
                }
                assertEquals(i == j ? 1 : 0, sum, 1e-12);
            }
        }
    }

    /** For the extreme eigenvalues 1 and 1/κ: aᵀa of the unit vectors lies between, the trace and determinant are theirs. */
    @Property(tries = 50)
    void positiveDefiniteMatricesHaveTheirCondition(@ForAll @PositiveDefinite(size = 2, condition = 1e4) double[][] a) {
        assertEquals(1 + 1e-4, a[0][0] + a[1][1], 1e-12);
        assertEquals(1e-4, a[0][0] * a[1][1] - a[0][1] * a[1][0], 1e-12);
        assertEquals(a[0][1], a[1][0]);
    }

    @Property(tries = 50)
    void singularMatricesHaveTheirCorank(@ForAll @Singular(size = 4, corank = 2) double[][] a) {
        assertEquals(2, rank(a));
    }

    /** By elimination with full pivoting: the largest entry left is the pivot. */
    private static int rank(double[][] matrix) {
        int n = matrix.length;
        boolean[] rowUsed = new boolean[n];
        boolean[] columnUsed = new boolean[n];
        for (int rank = 0; rank < n; rank++) {
            int row = -1;
            int column = -1;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    boolean larger = row < 0 || Math.abs(matrix[i][j]) > Math.abs(matrix[row][column]);
                    if (!rowUsed[i] && !columnUsed[j] && larger) {
                        row = i;
                        column = j;
                    }
                }
            }
            if (Math.abs(matrix[row][column]) < 1e-9) {
                return rank;
            }
            rowUsed[row] = true;
            columnUsed[column] = true;
            for (int i = 0; i < n; i++) {
                double factor = rowUsed[i] ? 0 : matrix[i][column] / matrix[row][column];
                for (int k = 0; k < n; k++) {
                    matrix[i][k] -= factor * matrix[row][k];
                }
            }
        }
        return n;
    }

    @Property(tries = 50)
    void sparseMatricesKeepToTheirPattern(
            @ForAll @Sparse({"xx.", "..x"}) double[][] a, @ForAll @Matrix(rows = 2, columns = 3) double[][] b) {
        assertTrue(a[0][0] != 0 && a[0][1] != 0 && a[1][2] != 0);
        assertTrue(a[0][2] == 0 && a[1][0] == 0 && a[1][1] == 0);
        assertEquals(3, b[1].length);
    }

    @Property(tries = 300)
    void aProgramIsItsFormula(@ForAll RandomProgram.At p) {
        double expected = p.program().differentiable().value(p.point());
        Formula formula = Formula.parse(p.program().trace(p.point()).toFormula(p.program().names()).toString())
                .withNames(List.of(p.program().names()));
        assertEquals(expected, formula.value(p.point()), p.toString());
    }

    @Example
    void programsUseEveryRowAndBranch() {
        Set<Elementary> seen = new HashSet<>();
        boolean branched = false;
        RandomGenerator<RandomProgram> generator = DerivativeArbitraries.programs().arbitrary().generator(1000);
        var random = new java.util.Random(1);
        for (int k = 0; k < 1000; k++) {
            RandomProgram p = generator.next(random).value();
            p.steps().forEach(s -> seen.add(s.row()));
            branched |= p.steps().stream().anyMatch(RandomProgram.Step::branches);
        }
        // All but the three of derivative programs.
        assertEquals(ElementaryTable.rows().size() - 3, seen.size());
        assertTrue(branched);
    }

    @Example
    void doublesHaveMoreThanTwoDecimals() {
        RandomGenerator<Double> generator = DerivativeArbitraries.numbers(-1, 1).generator(1000);
        var random = new java.util.Random(2);
        long fine = 0;
        for (int k = 0; k < 300; k++) {
            double x = generator.next(random).value();
            fine += x * 1024 != Math.rint(x * 1024) ? 1 : 0;
        }
        assertTrue(fine > 100, fine + " of 300");
    }

    /** As jqwik does it: the first smaller candidate that still fails, again and again. */
    @Example
    void aFailingProgramShrinksToTheRowThatFails() {
        RandomGenerator<RandomProgram> generator = DerivativeArbitraries.programs().arbitrary().generator(1000);
        var random = new java.util.Random(5);
        int shrunk = 0;
        for (int k = 0; k < 500 && shrunk < 5; k++) {
            Shrinkable<RandomProgram> failing = generator.next(random);
            if (applies(failing.value(), "tanh")) {
                Optional<Shrinkable<RandomProgram>> smaller = Optional.of(failing);
                while (smaller.isPresent()) {
                    failing = smaller.get();
                    smaller = failing.shrink().filter(s -> applies(s.value(), "tanh")).findFirst();
                }
                assertEquals(1, failing.value().steps().size(), failing.value().toString());
                assertFalse(failing.value().steps().getFirst().branches());
                shrunk++;
            }
        }
        assertEquals(5, shrunk);
    }

    private static boolean applies(RandomProgram p, String row) {
        return p.steps().stream().anyMatch(s -> s.row().name().equals(row));
    }
}
