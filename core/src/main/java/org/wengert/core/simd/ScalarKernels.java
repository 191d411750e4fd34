package org.wengert.core.simd;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

/**
 * The scalar twins: one loop over a row's own function.
 *
 * @param description see {@link Kernels#description}
 */
record ScalarKernels(String description) implements Kernels {

    @Override
    public int bits() {
        return 64;
    }

    @Override
    public Kernel of(Unary row) {
        DoubleUnaryOperator f = row.value();
        return (t, r, a, _, _, points) -> {
            for (int i = 0; i < points; i++) {
                t[r + i] = f.applyAsDouble(t[a + i]);
            }
        };
    }

    @Override
    public Kernel of(Binary row) {
        DoubleBinaryOperator f = row.value();
        return (t, r, a, b, _, points) -> {
            for (int i = 0; i < points; i++) {
                t[r + i] = f.applyAsDouble(t[a + i], t[b + i]);
            }
        };
    }

    @Override
    public Kernel of(Nary row) {
        if (row.arity() != 3) {
            throw new IllegalArgumentException("a kernel takes at most 3 operands, but " + row + " has "
                    + (row.arity() == Nary.ANY ? "any number" : row.arity()));
        }
        ToDoubleFunction<double[]> f = row.value();
        return (t, r, a, b, c, points) -> {
            double[] x = new double[3];
            for (int i = 0; i < points; i++) {
                x[0] = t[a + i];
                x[1] = t[b + i];
                x[2] = t[c + i];
                t[r + i] = f.applyAsDouble(x);
            }
        };
    }
}
