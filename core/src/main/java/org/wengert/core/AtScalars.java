package org.wengert.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.wengert.core.scalar.Differentiation;
import org.wengert.core.scalar.Nested;
import org.wengert.core.scalar.Real;
import org.wengert.core.scalar.Scalar;

/** First derivatives at points that may themselves carry tangents. Arguments are checked already. */
final class AtScalars {

    private AtScalars() {}

    /** Results and tangents per lane, {@code tangents[i][lane]}, of one pass. */
    record Pass(Scalar[] value, Scalar[][] tangents) {

        Scalar[] column(int lane) {
            return Arrays.stream(tangents).map(t -> t[lane]).toArray(Scalar[]::new);
        }
    }

    /** One pass along v. */
    static Pass along(VectorFunction f, Scalar[] x, Scalar[] v) {
        List<Scalar> all = new ArrayList<>(Arrays.asList(x));
        all.addAll(Arrays.asList(v));
        var of = Differentiation.within("directional derivative", all);
        Scalar[] arguments = new Scalar[x.length];
        for (int i = 0; i < x.length; i++) {
            arguments[i] = Nested.variable(of, x[i], List.of(v[i]));
        }
        return pass(of, f, arguments, 1);
    }

    /** One pass with all n columns. */
    static Pass columns(VectorFunction f, Scalar[] x) {
        var of = Differentiation.within("gradient", Arrays.asList(x));
        Scalar[] arguments = new Scalar[x.length];
        for (int i = 0; i < x.length; i++) {
            List<Scalar> unit = new ArrayList<>(Collections.nCopies(x.length, Real.ZERO));
            unit.set(i, Real.ONE);
            arguments[i] = Nested.variable(of, x[i], unit);
        }
        return pass(of, f, arguments, x.length);
    }

    private static Pass pass(Differentiation of, VectorFunction f, Scalar[] arguments, int lanes) {
        Scalar[] y = f.apply(arguments);
        Scalar[] value = new Scalar[y.length];
        Scalar[][] tangents = new Scalar[y.length][lanes];
        for (int i = 0; i < y.length; i++) {
            value[i] = Nested.primal(of, y[i]);
            for (int lane = 0; lane < lanes; lane++) {
                tangents[i][lane] = Nested.tangent(of, y[i], lane);
            }
        }
        return new Pass(value, tangents);
    }

    /** Checks an array of numbers: its length, and that no entry is null. */
    static void require(Scalar[] numbers, int length, String name) {
        Objects.requireNonNull(numbers, name);
        if (numbers.length != length) {
            throw new IllegalArgumentException(name + " must have " + length + " entries, but has " + numbers.length);
        }
        for (int i = 0; i < length; i++) {
            Objects.requireNonNull(numbers[i], name + "[" + i + "]");
        }
    }
}
