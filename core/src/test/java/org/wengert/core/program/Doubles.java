package org.wengert.core.program;

import java.util.List;
import org.wengert.core.elementary.Arithmetic;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

/** The arithmetic of doubles. */
final class Doubles implements Arithmetic<Double> {

    static final Doubles ARITHMETIC = new Doubles();

    private Doubles() {}

    @Override
    public Double constant(double c) {
        return c;
    }

    @Override
    public Double apply(Unary f, Double x) {
        return f.value(x);
    }

    @Override
    public Double apply(Binary f, Double x, Double y) {
        return f.value(x, y);
    }

    @Override
    public Double apply(Nary f, List<Double> x) {
        return f.value(x.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
