package org.wengert.core.formula;

import java.util.List;
import org.wengert.core.elementary.Arithmetic;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

/** An arithmetic of text: every operation written as a call. */
final class Calls implements Arithmetic<String> {

    @Override
    public String constant(double c) {
        return Double.toString(c);
    }

    @Override
    public String apply(Unary f, String x) {
        return f.name() + "(" + x + ")";
    }

    @Override
    public String apply(Binary f, String x, String y) {
        return f.name() + "(" + x + ", " + y + ")";
    }

    @Override
    public String apply(Nary f, List<String> x) {
        return f.name() + "(" + String.join(", ", x) + ")";
    }
}
