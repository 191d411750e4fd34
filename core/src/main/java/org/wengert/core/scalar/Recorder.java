package org.wengert.core.scalar;

import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

/**
 * Where {@link Traced} numbers write down what is done with them. Nodes are numbers that the recorder
 * gives out.
 *
 * <p>The number type stands here, among the others, so that {@link Scalar} can stay sealed; the program it
 * is written into stands above this package, which is why there is an interface between the two.
 */
public interface Recorder {

    /** The node of a constant. */
    int constant(double c);

    /** The node of f(x). */
    int apply(Unary f, int x);

    /** The node of f(x, y). */
    int apply(Binary f, int x, int y);

    /** The node of f(x₀, …, xₙ₋₁); x is the recorder's to keep. */
    int apply(Nary f, int[] x);

    /** Notes that the function went on in a way that is right only where this question has this answer. */
    void guard(int left, Relation relation, int right, boolean outcome);
}
