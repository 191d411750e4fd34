package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Hyperbolics;
import org.wengert.core.elementary.Trigonometry;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;

/** The stated second partial derivatives are those of the rows' double functions, which other tests hold against 50 digits. */
class StatedSecondPartialsTest {

    private final SplittableRandom random = new SplittableRandom(5);

    private static Program stated(org.wengert.core.elementary.Elementary row) {
        return Objects.requireNonNull(StatedSecondPartials.of(row), row.name());
    }

    @Test
    void ofOneArgument() {
        for (var e : Map.of(Trigonometry.ASIN, -1, Trigonometry.ACOS, -1, Hyperbolics.ACOSH, 1).entrySet()) {
            Unary f = e.getKey();
            Program second = stated(f);
            for (int k = 0; k < 2000; k++) {
                // Close to one end as well as far from it.
                double far = Math.exp(random.nextDouble(-30, f == Hyperbolics.ACOSH ? 300 : 0));
                double x = e.getValue() < 0 ? (random.nextBoolean() ? 1 - far : far - 1) : 1 + far;
                double y = f.value(x);
                double expected = f.second(x, y, f.first(x, y));
                assertEquals(expected, second.value(x)[0], 16 * Math.ulp(expected), f + " at " + x);
            }
        }
    }

    @Test
    void ofTheAngle() {
        Binary f = Trigonometry.ATAN2;
        Program second = stated(f);
        for (int k = 0; k < 2000; k++) {
            double y = random.nextDouble(-3, 3) * Math.exp(random.nextDouble(-100, 100));
            double x = random.nextBoolean() ? y * random.nextDouble(0.9, 1.1) : y * random.nextDouble(-30, 30);
            double z = f.value(y, x);
            double[] actual = second.value(y, x);
            assertClose(f.fxx(y, x, z), actual[0], y, x);
            assertClose(f.fxy(y, x, z), actual[1], y, x);
            assertClose(f.fyy(y, x, z), actual[2], y, x);
        }
    }

    private static void assertClose(double expected, double actual, double y, double x) {
        assertEquals(expected, actual, 16 * Math.ulp(expected), "atan2 at " + y + ", " + x);
    }

    @Test
    void theAngleOfANumberAndItselfIsConstant() {
        Program p = Tracer.trace(new double[] {3}, x -> new Scalar[] {org.wengert.core.scalar.ScalarMath.atan2(x[0], x[0])});
        HessianProgram h = SecondOrder.hessian(p);
        double[] y = h.program().value(0.7);
        assertEquals(0, y[h.gradient(0)], 1e-15);
        assertEquals(0, h.output(0, 0) < 0 ? 0 : y[h.output(0, 0)], 1e-15);
    }
}
