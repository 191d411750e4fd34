package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

/** Partial derivatives of functions that are known as double functions only, up to second order and no further. */
class OpaquePartialsTest {

    /** x³. */
    private static final Unary CUBE = Unary.of("cube", x -> x * x * x, x -> 3 * x * x, x -> 6 * x);

    /** x³y² + 5y. */
    private static final Binary TWO = Binary.of("two", (x, y) -> x * x * x * y * y + 5 * y,
            (x, y) -> 3 * x * x * y * y, (x, y) -> 2 * x * x * x * y + 5,
            (x, y) -> 6 * x * y * y, (x, y) -> 6 * x * x * y, (x, y) -> 2 * x * x * x);

    /** x²yz³. */
    private static final Nary THREE = Nary.of("three", 3, x -> x[0] * x[0] * x[1] * Math.pow(x[2], 3),
            x -> new double[] {
                2 * x[0] * x[1] * Math.pow(x[2], 3), x[0] * x[0] * Math.pow(x[2], 3), 3 * x[0] * x[0] * x[1] * x[2] * x[2]
            },
            x -> new double[][] {
                {2 * x[1] * Math.pow(x[2], 3), 2 * x[0] * Math.pow(x[2], 3), 6 * x[0] * x[1] * x[2] * x[2]},
                {2 * x[0] * Math.pow(x[2], 3), 0, 3 * x[0] * x[0] * x[2] * x[2]},
                {6 * x[0] * x[1] * x[2] * x[2], 3 * x[0] * x[0] * x[2] * x[2], 6 * x[0] * x[0] * x[1] * x[2]}
            });

    private static double value(Elementary row, double... x) {
        return switch (row) {
            case Unary f -> f.value(x[0]);
            case Binary f -> f.value(x[0], x[1]);
            case Nary f -> f.value(x);
        };
    }

    private static double first(Elementary row, int i, double... x) {
        double z = value(row, x);
        return switch (row) {
            case Unary f -> f.first(x[0], z);
            case Binary f -> i == 0 ? f.fx(x[0], x[1], z) : f.fy(x[0], x[1], z);
            case Nary f -> f.first(x, z, i);
        };
    }

    private static double second(Elementary row, int i, int j, double... x) {
        double z = value(row, x);
        return switch (row) {
            case Unary f -> f.second(x[0], z, f.first(x[0], z));
            case Binary f -> i != j ? f.fxy(x[0], x[1], z) : i == 0 ? f.fxx(x[0], x[1], z) : f.fyy(x[0], x[1], z);
            case Nary f -> f.second(x, z, i, j);
        };
    }

    private static void assertPartialsAreThoseOf(Elementary f, double... x) {
        int n = x.length;
        for (int i = 0; i < n; i++) {
            Elementary fi = OpaquePartials.of(f, i);
            assertEquals(first(f, i, x), value(fi, x));
            for (int j = 0; j < n; j++) {
                assertEquals(second(f, i, j, x), first(fi, j, x), fi + " by argument " + j);
                Elementary fij = OpaquePartials.of(fi, j);
                assertEquals(second(f, i, j, x), value(fij, x));
                for (int k = 0; k < n; k++) {
                    int by = k;
                    // What is not known is no number, and asking for it as a row is refused by name.
                    assertEquals(Double.NaN, first(fij, by, x));
                    assertEquals(Double.NaN, second(fi, j, by, x));
                    assertEquals(Double.NaN, second(fij, j, by, x));
                    String message = assertThrows(
                            IllegalArgumentException.class, () -> OpaquePartials.of(fij, by)).toString();
                    assertTrue(message.contains("but " + f.name() + " states"), message);
                }
            }
        }
    }

    @Test
    void partialsOfPartials() {
        assertPartialsAreThoseOf(CUBE, 1.5);
        assertPartialsAreThoseOf(TWO, 1.5, -2);
        assertPartialsAreThoseOf(THREE, 1.5, -2, 3);
    }

    /** Asymmetric arguments, so that no two second partials are equal. */
    @Test
    void hessiansOfPrograms() {
        check(TWO, 1.5, -2);
        check(THREE, 1.5, -2, 3);
    }

    private static void check(Elementary f, double... x) {
        var g = new ProgramBuilder();
        Program p = g.build(g.apply(f, IntStream.range(0, x.length).map(_ -> g.input()).toArray()));
        HessianProgram h = SecondOrder.hessian(p);
        double[] out = h.program().value(x);
        double[] direction = new double[2 * x.length];
        System.arraycopy(x, 0, direction, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            direction[x.length + i] = 1;
            double[] hvp = SecondOrder.hvp(p).value(direction);
            direction[x.length + i] = 0;
            assertEquals(first(f, i, x), out[h.gradient(i)]);
            for (int j = 0; j < x.length; j++) {
                int at = h.output(i, j);
                assertEquals(second(f, i, j, x), at < 0 ? 0 : out[at]);
                assertEquals(second(f, j, i, x), hvp[1 + x.length + j]);
            }
        }
    }

    @Test
    void whereAValueIsNoNumberNoPartialIs() {
        Unary root = Unary.of("root", Math::sqrt, _ -> 1, _ -> 1);
        assertEquals(Double.NaN, value(OpaquePartials.of(root, 0), -1));
        Binary ratio = Binary.of("ratio", (x, y) -> x / y, (_, _) -> 1, (_, _) -> 1);
        assertEquals(Double.NaN, value(OpaquePartials.of(ratio, 0), 0, 0));
        assertEquals(Double.NaN, value(OpaquePartials.of(ratio, 1), 0, 0));
    }
}
