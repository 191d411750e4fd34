package org.wengert.core.scalar;

import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Unary;

/**
 * A node of a program that is being recorded, with its value at the point where the function is traced.
 *
 * <p>The recording is good for other points too, as long as the function would go the same way there. So
 * whatever the function learns about a value is written down as a guard:
 * <ul>
 *   <li>a comparison ({@link #isLessThan}, {@link #compareTo}, {@link #isNaN}, …) records its outcome;
 *   <li>{@link #equals} records whether the two nodes hold the same number;
 *   <li>{@link #value} hands out a {@code double}, and what becomes of that cannot be followed: it records
 *       that the node has exactly this value. The program is then right only where that is so. It is
 *       never wrong elsewhere, since a run there says that the guard fails; but a function that reads values as
 *       {@code double}s is traced anew for each of them. Use comparisons, {@code select}, {@code min},
 *       {@code max} and {@code abs} instead.
 * </ul>
 * {@link #hashCode} is the same for all nodes of a recording and {@link #toString} is for people: neither
 * records anything.
 *
 * <p>A traced number is used by the thread that records, until the recording ends; anything else is refused.
 */
public final class Traced implements Scalar {

    private final Recorder recorder;
    private final int node;
    private final double value;

    /**
     * A node of a recording.
     *
     * @param recorder where operations on this number are written down
     * @param node     the recorder's number for it
     * @param value    the value at the point of the recording
     */
    public Traced(Recorder recorder, int node, double value) {
        this.recorder = recorder;
        this.node = node;
        this.value = value;
    }

    /** Where operations on this number are written down. */
    public Recorder recorder() {
        return recorder;
    }

    /** The recorder's number for this node. */
    public int node() {
        return node;
    }

    /**
     * The value at the point of the recording, and nothing is recorded: for those who write a new operation into the
     * recording. A function that computes with it is wrong at other points.
     */
    public double valueHere() {
        return value;
    }

    /** The value at the point of the recording; records that the program is right only for this value. */
    @Override
    public double value() {
        recorder.guard(node, Relation.SAME, recorder.constant(value), true);
        return value;
    }

    @Override
    public int order() {
        throw new IllegalStateException("the order of derivatives is not known while recording: " + this);
    }

    // ---- operations ----------------------------------------------------------------------------------

    @Override
    public Scalar plus(Scalar that) {
        return apply(Operations.PLUS, that);
    }

    @Override
    public Traced plus(double that) {
        return apply(Operations.PLUS, that);
    }

    @Override
    public Scalar minus(Scalar that) {
        return apply(Operations.MINUS, that);
    }

    @Override
    public Traced minus(double that) {
        return apply(Operations.MINUS, that);
    }

    @Override
    public Scalar times(Scalar that) {
        return apply(Operations.TIMES, that);
    }

    @Override
    public Traced times(double that) {
        return apply(Operations.TIMES, that);
    }

    @Override
    public Scalar div(Scalar that) {
        return apply(Operations.DIV, that);
    }

    @Override
    public Traced div(double that) {
        return apply(Operations.DIV, that);
    }

    @Override
    public Traced unaryMinus() {
        return apply(Operations.NEGATE);
    }

    @Override
    public Traced apply(Unary f) {
        return new Traced(recorder, recorder.apply(f, node), f.value(value));
    }

    @Override
    public Scalar apply(Binary f, Scalar right) {
        return switch (right) {
            case Traced y when y.recorder.equals(recorder) -> binary(f, node, value, y.node, y.value);
            case Real y -> apply(f, y.value());
            default -> Mixed.apply(f, this, right);
        };
    }

    @Override
    public Traced apply(Binary f, double right) {
        return binary(f, node, value, recorder.constant(right), right);
    }

    @Override
    public Traced applyRight(double left, Binary f) {
        return binary(f, recorder.constant(left), left, node, value);
    }

    private Traced binary(Binary f, int x, double xValue, int y, double yValue) {
        return new Traced(recorder, recorder.apply(f, x, y), f.value(xValue, yValue));
    }

    @Override
    public Scalar apply(Nary f, Scalar[] x) {
        int[] nodes = new int[x.length];
        double[] values = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            switch (x[i]) {
                case Traced t when t.recorder.equals(recorder) -> {
                    nodes[i] = t.node;
                    values[i] = t.value;
                }
                case Real r -> {
                    nodes[i] = recorder.constant(r.value());
                    values[i] = r.value();
                }
                default -> {
                    return Mixed.apply(f, x);
                }
            }
        }
        return new Traced(recorder, recorder.apply(f, nodes), f.value(values));
    }

    // ---- questions, each of them a guard -------------------------------------------------------------

    /** Asks, and records the answer. */
    private static boolean ask(Traced left, Relation relation, Traced right) {
        boolean outcome = relation.holds(left.value, right.value);
        left.recorder.guard(left.node, relation, right.node, outcome);
        return outcome;
    }

    private Traced constant(double c) {
        return new Traced(recorder, recorder.constant(c), c);
    }

    /** The other side of a comparison as a node of this recording. */
    private Traced operand(Scalar that) {
        if (that instanceof Traced t) {
            if (!t.recorder.equals(recorder)) {
                throw new IllegalArgumentException(
                        "comparison of numbers of two recordings: " + this + " and " + that);
            }
            return t;
        }
        return constant(that.value());
    }

    @Override
    public boolean isLessThan(Scalar that) {
        return ask(this, Relation.LESS, operand(that));
    }

    @Override
    public boolean isLessThan(double that) {
        return ask(this, Relation.LESS, constant(that));
    }

    @Override
    public boolean isAtMost(Scalar that) {
        return ask(this, Relation.AT_MOST, operand(that));
    }

    @Override
    public boolean isAtMost(double that) {
        return ask(this, Relation.AT_MOST, constant(that));
    }

    @Override
    public boolean isGreaterThan(Scalar that) {
        return ask(operand(that), Relation.LESS, this);
    }

    @Override
    public boolean isGreaterThan(double that) {
        return ask(constant(that), Relation.LESS, this);
    }

    @Override
    public boolean isAtLeast(Scalar that) {
        return ask(operand(that), Relation.AT_MOST, this);
    }

    @Override
    public boolean isAtLeast(double that) {
        return ask(constant(that), Relation.AT_MOST, this);
    }

    @Override
    public boolean isNaN() {
        return !ask(this, Relation.EQUAL, this);
    }

    @Override
    public int compareTo(Scalar that) {
        Traced right = operand(that);
        if (ask(this, Relation.LESS, right)) {
            return -1;
        }
        if (ask(right, Relation.LESS, this)) {
            return 1;
        }
        if (ask(this, Relation.EQUAL, right)) {
            return 0;
        }
        // At least one of the two is NaN, and NaN is the greatest.
        return Boolean.compare(isNaN(), right.isNaN());
    }

    @Override
    public int compareTo(double that) {
        return compareTo(constant(that));
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o == this
                || o instanceof Traced t
                        && t.recorder.equals(recorder)
                        && (t.node == node || ask(this, Relation.SAME, t));
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(recorder);
    }

    @Override
    public String toString() {
        return "node " + node + " (here " + value + ") of a recording";
    }
}
