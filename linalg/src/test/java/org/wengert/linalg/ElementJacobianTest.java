package org.wengert.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.scalar.Scalar;
import org.wengert.linalg.ElementJacobian.Elements;

class ElementJacobianTest {

    private static final ElementJacobian.Element ELEMENT = (x, d) -> new Scalar[] {
        x[0].times(x[1]).times(d[0]), x[1].isLessThan(0) ? sin(x[1]) : exp(x[0].plus(x[2])).times(d[1])};

    private static Elements random(long seed, int count, int m, int n) {
        Random random = new Random(seed);
        return new Elements(count, 3, 2, 2,
                random.ints(3L * count, 0, n).toArray(), random.ints(2L * count, 0, m).toArray(),
                random.doubles(2L * count, -1, 1).toArray());
    }

    /** The same function, written out. */
    private static DifferentiableVector written(Elements e, int m, int n) {
        return Differentiable.vector(n, m, x -> {
            Scalar[] y = new Scalar[m];
            Arrays.fill(y, Scalar.of(0));
            for (int k = 0; k < e.count(); k++) {
                Scalar[] local = {x[e.input()[3 * k]], x[e.input()[3 * k + 1]], x[e.input()[3 * k + 2]]};
                Scalar[] data = {Scalar.of(e.datum()[2 * k]), Scalar.of(e.datum()[2 * k + 1])};
                Scalar[] part = ELEMENT.apply(local, data);
                for (int i = 0; i < 2; i++) {
                    y[e.row()[2 * k + i]] = y[e.row()[2 * k + i]].plus(part[i]);
                }
            }
            return y;
        });
    }

    @Property(tries = 80, seed = "42")
    void theSumOfElementsHasTheJacobianOfTheFunctionWrittenOut(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int count,
            @ForAll @IntRange(min = 1, max = 12) int m, @ForAll @IntRange(min = 1, max = 12) int n) {
        Elements e = random(seed, count, m, n);
        double[] x = RandomFunction.point(seed, n);
        DifferentiableVector f = written(e, m, n);
        SparseJacobian.Evaluation at = ElementJacobian.of(m, n, ELEMENT, e, x).at(x);
        assertArrayEquals(f.value(x), at.value(), 1e-12);
        assertArrayEquals(f.jacobian(x).entries(), SparseJacobianTest.dense(at.jacobian()), 1e-11);
    }

    @Test
    void badElementsAreNamed() {
        assertEquals("input must have 2 x 3 entries, but has 5", assertThrows(IllegalArgumentException.class,
                () -> new Elements(2, 3, 1, 0, new int[5], new int[2], new double[0])).getMessage());
        assertEquals("row must be from 0 to 1, but entry 1 is 2", assertThrows(IllegalArgumentException.class,
                () -> ElementJacobian.of(2, 4, ELEMENT,
                        new Elements(1, 3, 2, 2, new int[3], new int[] {0, 2}, new double[2]), new double[4])).getMessage());
        assertEquals("the element must return 3 results, but returned 2", assertThrows(IllegalArgumentException.class,
                () -> ElementJacobian.of(2, 4, ELEMENT,
                        new Elements(1, 3, 3, 2, new int[3], new int[3], new double[2]), new double[4])).getMessage());
    }
}
