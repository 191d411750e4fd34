package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.transform.FormulaPrograms.count;
import static org.wengert.core.transform.FormulaPrograms.program;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Notes;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

/** Partial derivatives of rows with many arguments, of powers, and of rows without formulas, in closed form. */
class LocalPartialsTest {

    private final SplittableRandom random = new SplittableRandom(31);

    private static Program apply(Nary f, int n) {
        var g = new ProgramBuilder();
        return g.build(g.apply(f, IntStream.range(0, n).map(_ -> g.input()).toArray()));
    }

    private static double[] gradient(Program p, double... x) {
        double[] out = Adjoint.gradient(p).value(x);
        return Arrays.copyOfRange(out, 1, out.length);
    }

    private static double[] without(double[] x, int i) {
        return IntStream.range(0, x.length).filter(k -> k != i).mapToDouble(k -> x[k]).toArray();
    }

    // ---- products ------------------------------------------------------------------------------------

    /** Whole numbers, whose products are exact; zeros among them, which quotients would not survive. */
    @Test
    void partialsOfAProductAreTheProductsOfTheOthers() {
        for (int n = 1; n <= 20; n++) {
            Program p = apply(Reductions.PRODUCT, n);
            for (int zeros = 0; zeros <= 2; zeros++) {
                double[] x = random.ints(n, 1, 5).asDoubleStream().toArray();
                for (int k = 0; k < zeros; k++) {
                    x[random.nextInt(n)] = 0;
                }
                double[] expected = new double[n];
                Arrays.setAll(expected, i -> Reductions.PRODUCT.value(without(x, i)));
                assertArrayEquals(expected, gradient(p, x));
            }
        }
    }

    /** Up to eight factors the product of the others is the row itself, to the last bit. */
    @Test
    void shortProductsAreRoundedAsTheRowRounds() {
        for (int n = 2; n <= 8; n++) {
            Program p = apply(Reductions.PRODUCT, n);
            for (int round = 0; round < 20; round++) {
                double[] x = random.doubles(n, 0.1, 3).toArray();
                double[] expected = new double[n];
                Arrays.setAll(expected, i -> Reductions.PRODUCT.value(without(x, i)));
                assertArrayEquals(expected, gradient(p, x));
            }
        }
    }

    @Test
    void theGradientOfALongProductTakesAFewOperationsAFactor() {
        for (int n : new int[] {9, 50, 400}) {
            Program p = Adjoint.gradient(apply(Reductions.PRODUCT, n), Zeros.GUARDED, 0, IntStream.range(0, n).toArray());
            assertTrue(Report.operations(p) < 4 * n, () -> "" + Report.operations(p));
        }
    }

    /** f(x) = (Σ xᵢ)² is not f of f of some and f of the others. */
    @Test
    void rowsOfUsersNeedNotBeAssociative() {
        Nary f = Nary.of("squaredSum", Nary.ANY, x -> Math.pow(Arrays.stream(x).sum(), 2),
                x -> x).withDerivatives("2*(x+sqrt(rest))");
        for (int n : new int[] {1, 2, 8, 9, 15}) {
            double[] x = random.ints(n, 1, 9).asDoubleStream().toArray();
            double[] expected = new double[n];
            Arrays.fill(expected, 2 * Arrays.stream(x).sum());
            assertArrayEquals(expected, gradient(apply(f, n), x), 1e-12);
        }
    }

    /** The rest of one operation is not that of another. */
    @Test
    void twoLongProducts() {
        var g = new ProgramBuilder();
        int[] in = IntStream.range(0, 18).map(_ -> g.input()).toArray();
        int a = g.apply(Reductions.PRODUCT, Arrays.copyOfRange(in, 0, 9));
        int b = g.apply(Reductions.PRODUCT, Arrays.copyOfRange(in, 9, 18));
        double[] x = random.ints(18, 1, 4).asDoubleStream().toArray();
        double[] left = Arrays.copyOfRange(x, 0, 9);
        double[] right = Arrays.copyOfRange(x, 9, 18);
        double[] expected = new double[18];
        for (int i = 0; i < 9; i++) {
            expected[i] = Reductions.PRODUCT.value(without(left, i));
            expected[9 + i] = 2 * Reductions.PRODUCT.value(without(right, i));
        }
        assertArrayEquals(expected, gradient(g.build(g.plus(a, g.times(g.constant(2), b))), x));
    }

    // ---- powers --------------------------------------------------------------------------------------

    private static Program power(double c) {
        var g = new ProgramBuilder();
        return g.build(g.apply(Powers.POW, g.input(), g.constant(c)));
    }

    @Test
    void powersWithConstantExponents() {
        for (double c : new double[] {0, 1, 2, 3, 4, 2.5, 1.5, 0.5, 0.25, -1, -2, -0.5}) {
            for (double x : new double[] {0.5, 1, 3}) {
                double expected = c * Math.pow(x, c - 1);
                assertEquals(expected, gradient(power(c), x)[0], 4 * Math.ulp(expected), () -> "x^" + c);
            }
        }
        // Of x³ at negative numbers too, where logarithms have none.
        assertEquals(12, gradient(power(3), -2)[0]);
        assertEquals(0, gradient(power(3), 0)[0]);
    }

    /** x^c with c >= 1 has a finite slope everywhere, so that it takes no careful product. */
    @Test
    void carefulProductsAreTakenWhereThePowerHasAPole() {
        for (double c : new double[] {3, 1.5, 0.5, -1}) {
            var g = new ProgramBuilder();
            int s = g.apply(Operations.SQUARE, g.input());
            Program p = g.build(g.apply(Powers.POW, s, g.constant(c)));
            Program gradient = Adjoint.gradient(p);
            assertEquals(c >= 1 ? 0 : 1, count(gradient, "absorb"), gradient::listing);
            // The inner derivative 2x is zero at zero, and stays so.
            assertEquals(0, gradient.value(0)[1], 0.0);
        }
    }

    // ---- rows without formulas -----------------------------------------------------------------------

    @Test
    void aRowOfUsersTakesDifferentNumbersOfArgumentsInOneProgram() {
        Nary cubes = Nary.of("cubes", Nary.ANY, x -> Arrays.stream(x).map(t -> t * t * t).sum(),
                x -> Arrays.stream(x).map(t -> 3 * t * t).toArray());
        var g = new ProgramBuilder();
        int[] in = IntStream.range(0, 5).map(_ -> g.input()).toArray();
        int few = g.apply(cubes, in[0], in[1]);
        int all = g.apply(cubes, in);
        int one = g.apply(cubes, in[4]);
        Program p = g.build(g.plus(few, g.plus(all, one)));
        assertArrayEquals(new double[] {6, 24, 27, 48, 150}, gradient(p, 1, 2, 3, 4, 5));
        double[] tangent = Tangent.of(p).value(1, 2, 3, 4, 5, 1, 1, 1, 1, 1);
        assertEquals(6 + 24 + 27 + 48 + 150, tangent[1]);
    }

    private static Unary deadZone(Family family) {
        return new Unary("deadZone", x -> Math.abs(x) < 1 ? 0 : x, (x, y) -> Math.abs(x) < 1 ? 0 : 1, (x, y, d) -> 0, "",
                new Notes(family, "", 0, 0, 0, "", ""));
    }

    /** Inside the dead zone the argument is not looked at, even where its slope is infinite. */
    @Test
    void aZeroPartialOfAPiecewiseRowWins() {
        var g = new ProgramBuilder();
        int root = g.apply(Powers.SQRT, g.input());
        Program piecewise = g.build(g.apply(deadZone(Family.PIECEWISE), root));
        assertEquals(0, gradient(piecewise, 0)[0]);
        assertEquals(0, Tangent.columns(piecewise, 0).value(0)[1]);
        assertEquals(0.25, gradient(piecewise, 4)[0]);
        // Nothing of this kind is known of a user's row.
        Program user = g.build(g.apply(deadZone(Family.USER), root));
        assertEquals(Double.NaN, gradient(user, 0)[0]);
        assertEquals(0.25, gradient(user, 4)[0]);
    }

    @Test
    void aZeroTangentStaysZeroUnderAnInfinitePartialOfAUsersRow() {
        Unary root = Unary.of("root", Math::sqrt, x -> 0.5 / Math.sqrt(x));
        var g = new ProgramBuilder();
        Program p = g.build(g.apply(root, g.apply(Operations.SQUARE, g.input())));
        assertEquals(0, gradient(p, 0)[0]);
        assertEquals(0, Tangent.columns(p, 0).value(0)[1]);
        assertEquals(1, gradient(p, 3)[0]);
    }

    @Test
    void anArgumentThatIsZeroByStructure() {
        Program p = program("x y", "floor(x)*y+signum(y)");
        assertArrayEquals(new double[] {0, 2}, gradient(p, 2.5, 7));
        assertEquals(1, Elimination.jacobian(p).pattern().size());
    }
}
