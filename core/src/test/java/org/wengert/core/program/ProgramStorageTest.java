package org.wengert.core.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Exponentials;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Piecewise;
import org.wengert.core.elementary.Trigonometry;
import org.wengert.core.elementary.Unary;
import org.wengert.core.formula.Formula;
import org.wengert.core.scalar.Relation;

/** Programs survive being written as bytes and as formulas. */
class ProgramStorageTest {

    private static final int N = 3;

    /** A random program over all rows, with guards and uniform inputs. */
    private static Program random(long seed) {
        var random = new SplittableRandom(seed);
        var g = new ProgramBuilder();
        for (int i = 0; i < N; i++) {
            g.input(random.nextBoolean());
        }
        for (double c : NastyNumbers.LIST) {
            g.constant(c);
        }
        // The sign that copySign takes from a NaN is not determined.
        var rows = ElementaryTable.rows().stream().filter(row -> row != Piecewise.COPY_SIGN).toList();
        for (int k = random.nextInt(30); k >= 0; k--) {
            Elementary row = rows.get(random.nextInt(rows.size()));
            int n = switch (row) {
                case Unary _ -> 1;
                case Binary _ -> 2;
                case Nary f -> f.arity() == Nary.ANY ? random.nextInt(1, 6) : f.arity();
            };
            g.apply(row, random.ints(n, 0, g.size()).map(i -> random.nextBoolean() ? i : g.size() - 1).toArray());
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            Relation relation = random.nextBoolean() ? Relation.AT_MOST : Relation.SAME;
            g.guard(random.nextInt(g.size()), relation, random.nextInt(g.size()), random.nextBoolean());
        }
        return g.build(g.size() - 1, random.nextInt(g.size()), random.nextInt(g.size()));
    }

    private static byte[] bytes(Program p) throws IOException {
        var out = new ByteArrayOutputStream();
        p.write(out);
        return out.toByteArray();
    }

    @Test
    void everyProgramIsReadBackAsItWas() throws IOException {
        for (int seed = 0; seed < 2000; seed++) {
            Program p = random(seed);
            Program q = Program.read(new ByteArrayInputStream(bytes(p)));
            assertEquals(p, q, () -> p.listing() + q.listing());
            assertEquals(p.hashCode(), q.hashCode());
        }
    }

    @Test
    void aProgramOfAMillionOperationsTakesAFewBytesEach() throws IOException {
        var g = new ProgramBuilder();
        int v = g.input();
        for (int i = 0; i < 1_000_000; i++) {
            v = g.apply(i % 2 == 0 ? Trigonometry.SIN : Exponentials.EXP, v);
        }
        Program p = g.build(v);
        byte[] bytes = bytes(p);
        assertTrue(bytes.length < 3_000_000);
        assertEquals(p, Program.read(new ByteArrayInputStream(bytes)));
    }

    @Test
    void damagedBytesAreRefused() throws IOException {
        byte[] bytes = bytes(random(3));
        assertThrows(IOException.class, () -> Program.read(new ByteArrayInputStream(bytes, 0, bytes.length - 1)));
        byte[] newer = bytes.clone();
        newer[4] = 2;
        String message = assertThrows(IOException.class, () -> Program.read(new ByteArrayInputStream(newer))).toString();
        assertTrue(message.contains("version 2"), message);
        byte[] other = bytes.clone();
        other[0] = 'X';
        assertThrows(IOException.class, () -> Program.read(new ByteArrayInputStream(other)));
    }

    @Test
    void rowsOfTheUsersOwnAreFoundByName() throws IOException {
        Unary cube = Unary.of("cube", x -> x * x * x, x -> 3 * x * x, x -> 6 * x);
        var g = new ProgramBuilder();
        Program p = g.build(g.apply(cube, g.input()));
        assertEquals(p, Program.read(new ByteArrayInputStream(bytes(p)), name -> name.equals("cube") ? cube : null));
        String message = assertThrows(
                IOException.class, () -> Program.read(new ByteArrayInputStream(bytes(p)))).toString();
        assertTrue(message.contains("cube"), message);
    }

    @Test
    void aFormulaHasTheBitsOfItsProgram() {
        var random = new SplittableRandom(5);
        for (int seed = 0; seed < 2000; seed++) {
            Program p = random(seed);
            Formula f = p.toFormula("x", "y", "z").withNames(java.util.List.of("x", "y", "z"));
            double[] in = random.doubles(N, -2, 3).toArray();
            double[] out = p.select(0, 1, 2).evaluate(Doubles.ARITHMETIC, java.util.Arrays.stream(in).boxed().toList())
                    .stream().mapToDouble(Double::doubleValue).toArray();
            double[] values = f.values(in);
            for (int i = 0; i < out.length; i++) {
                assertEquals(out[i], values[i], () -> p.listing() + f);
            }
            assertEquals(f, Formula.parse(f.toString()).withNames(f.names()));
        }
    }

    @Test
    void aFormulaUsesOperatorsAndFewParentheses() {
        var g = new ProgramBuilder();
        int x = g.input();
        int y = g.input();
        int sum = g.plus(x, g.times(g.constant(2), y));
        Program p = g.build(g.negate(g.apply(Operations.DIV, sum, g.apply(Trigonometry.SIN, sum))), g.minus(x, sum));
        assertEquals("-((x + 2*y)/sin(x + 2*y)); x - (x + 2*y)", p.toFormula("x", "y").toString());
    }

    @Test
    void aFormulaThatSwellsIsRefused() {
        var g = new ProgramBuilder();
        int v = g.input();
        for (int i = 0; i < 100; i++) {
            v = g.plus(g.apply(Trigonometry.SIN, v), g.apply(Exponentials.EXP, v));
        }
        Program p = g.build(v);
        String message = assertThrows(IllegalArgumentException.class, () -> p.toFormula("x")).toString();
        assertTrue(message.contains("300 operations"), message);
    }
}
