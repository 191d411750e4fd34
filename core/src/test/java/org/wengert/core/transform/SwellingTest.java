package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.core.elementary.Arithmetic;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;

/** How expressions swell where programs do not: the table of docs/programs.md. */
class SwellingTest {

    private static final Path PAGE = Path.of(System.getProperty("wengert.root", "..")).resolve("docs/programs.md");

    /** How many operations an expression has, whatever is shared counted at each use. */
    private static final Arithmetic<Long> WRITTEN_OUT = new Arithmetic<>() {
        @Override
        public Long constant(double c) {
            return 0L;
        }

        @Override
        public Long apply(Unary f, Long x) {
            return 1 + x;
        }

        @Override
        public Long apply(Binary f, Long x, Long y) {
            return 1 + x + y;
        }

        @Override
        public Long apply(Nary f, List<Long> x) {
            return x.stream().mapToLong(Long::longValue).sum() + x.size() - 1;
        }
    };

    private static Program trace(int inputs, UnaryOperator<Scalar[]> f) {
        return Tracer.trace(new double[inputs], f);
    }

    private static Program nested(int n) {
        return trace(1, x -> {
            Scalar y = x[0];
            for (int i = 0; i < n; i++) {
                y = sin(y).times(exp(y));
            }
            return new Scalar[] {y};
        });
    }

    private static Program factors(int n) {
        return trace(1, x -> {
            Scalar y = x[0].minus(1);
            for (int i = 2; i <= n; i++) {
                y = y.times(x[0].minus(i));
            }
            return new Scalar[] {y};
        });
    }

    private static Program speelpenning(int n) {
        return trace(n, x -> {
            Scalar y = x[0];
            for (int i = 1; i < n; i++) {
                y = y.times(x[i]);
            }
            return new Scalar[] {y};
        });
    }

    private static Program withGradient(Program p) {
        return Adjoint.gradient(p, Zeros.GUARDED, 0, IntStream.range(0, p.inputs()).toArray());
    }

    private static long writtenOut(Program p) {
        return p.evaluate(WRITTEN_OUT, Collections.nCopies(p.inputs(), 0L)).stream().mapToLong(Long::longValue).sum();
    }

    private static Program gradient(Program p) {
        return withGradient(p).select(IntStream.rangeClosed(1, p.inputs()).toArray());
    }

    private static String characters(Program p) {
        String[] names = p.inputs() == 1
                ? new String[] {"x"} : IntStream.rangeClosed(1, p.inputs()).mapToObj(i -> "x" + i).toArray(String[]::new);
        try {
            return number(gradient(p).toFormula(names).toString().length());
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }

    private static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    private static String row(String name, int n, Program p) {
        return "| " + name + " | " + n + " | " + number(Report.operations(p)) + " | " + number(writtenOut(p)) + " | "
                + number(Report.operations(withGradient(p))) + " | " + number(writtenOut(gradient(p))) + " | "
                + characters(p) + " |\n";
    }

    @Test
    void thePageSaysHowExpressionsSwellWhereProgramsDoNot() throws IOException {
        var table = new StringBuilder();
        for (int n : new int[] {2, 4, 8, 16}) {
            table.append(row("nested", n, nested(n)));
        }
        for (int n : new int[] {4, 16, 64}) {
            table.append(row("factors", n, factors(n)));
        }
        for (int n : new int[] {4, 16, 64}) {
            table.append(row("Speelpenning's product", n, speelpenning(n)));
        }
        if (Boolean.getBoolean("wengert.write.docs")) {
            Files.writeString(PAGE, Files.readString(PAGE).replace("SWELLING\n", table + "\n"));
        }
        String page = Files.readString(PAGE);
        assertTrue(page.contains(table), () -> "docs/programs.md should contain\n" + table);
    }

    @Test
    void theProgramOfADerivativeIsASmallMultipleOfTheProgramHoweverOftenItIsNested() {
        for (int n : new int[] {10, 20, 40, 60}) {
            Program p = nested(n);
            assertEquals(3 * n, p.operations());
            assertTrue(Report.operations(withGradient(p)) <= 3 * p.operations());
        }
        // The expression for f has 3·2ⁿ - 3 operations.
        assertEquals(3 * (1L << 40) - 3, writtenOut(nested(40)));
    }
}
