package org.wengert.core.batch;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.engine.Engines;
import org.wengert.core.scalar.Scalar;

/**
 * A function for hot loops at one point at a time: recorded once, its derivative programs run with nothing but arithmetic on
 * {@code double}s, and nothing allocated after the first calls.
 *
 * <pre>{@code
 * var f = CompiledFunction.of(Differentiable.of(3, x -> x[0].times(sin(x[1])).plus(x[2])));
 * double[] gradient = new double[3];
 * double y = f.gradient(new double[] {1, 2, 3}, gradient);
 * }</pre>
 *
 * <p>Values are those of the eager numbers bit for bit, but for functions of more than about 2,000 operations (a transcendental function
 * counts as ten), which may run as loops on vectors and then agree up to rounding errors, as derivatives always do. At a point where the function takes a
 * path through its comparisons that no program is known for yet, it is recorded anew; where a derivative is no number by plain products, the
 * eager numbers decide. Functions must be pure, and must compare numbers rather than read their values.
 *
 * <p>For many points at once, {@link Batch} is faster. Arrays that receive results must not be those of arguments. Immutable; safe to share
 * between threads.
 */
public final class CompiledFunction {

    /** So many paths are tried before the function is asked which one it takes. */
    private static final int RECENT = 4;

    private final Core core;
    private volatile Path[] recent = {};
    private final ThreadLocal<Room> rooms = ThreadLocal.withInitial(Room::new);

    /** What a thread needs for its calls. */
    private static final class Room {
        private final Map<Operator, double[]> rows = new EnumMap<>(Operator.class);
        private final Map<Operator, double[]> inputs = new EnumMap<>(Operator.class);
        private double[][] outputs = new double[8][];

        double[] output(int length) {
            if (length >= outputs.length) {
                outputs = Arrays.copyOf(outputs, length + 1);
            }
            double[] output = outputs[length];
            if (output == null) {
                output = new double[length];
                outputs[length] = output;
            }
            return output;
        }

        static double[] of(Map<Operator, double[]> arrays, Operator operator, int length) {
            double[] array = arrays.get(operator);
            if (array == null) {
                array = new double[length];
                arrays.put(operator, array);
            }
            return array;
        }
    }

    private CompiledFunction(DifferentiableVector vector, Differentiable scalar) {
        int[] all = IntStream.range(0, vector.inputs()).toArray();
        this.core = new Core(new Operator.Target(vector, scalar, all), new boolean[vector.inputs()], Engines.standard());
    }

    /** A scalar function. */
    public static CompiledFunction of(Differentiable f) {
        Objects.requireNonNull(f, "f");
        return new CompiledFunction(Differentiable.vector(f.inputs(), 1, x -> new Scalar[] {f.value(x)}), f);
    }

    /** A vector-valued function. */
    public static CompiledFunction of(DifferentiableVector f) {
        Objects.requireNonNull(f, "f");
        return new CompiledFunction(f, Differentiable.of(f.inputs(), x -> f.value(x)[0]));
    }

    /** n, the number of inputs. */
    public int inputs() {
        return core.target.vector().inputs();
    }

    /** m, the number of outputs. */
    public int outputs() {
        return core.target.vector().outputs();
    }

    /**
     * f(x) of a scalar function.
     *
     * @param x the point, n entries; not changed
     */
    public double value(double... x) {
        scalar("a value that is one number");
        return row(Operator.VALUES, x, x)[0];
    }

    /**
     * f(x).
     *
     * @param x     the point, n entries; not changed
     * @param value receives m entries
     */
    public void value(double[] x, double[] value) {
        Require.length(value, outputs(), "value");
        System.arraycopy(row(Operator.VALUES, x, x), 0, value, 0, value.length);
    }

    /**
     * f(x) and ∇f(x) of a scalar function.
     *
     * @param x        the point, n entries; not changed
     * @param gradient receives n entries
     * @return f(x)
     */
    public double gradient(double[] x, double[] gradient) {
        scalar("a gradient");
        Require.length(gradient, inputs(), "gradient");
        double[] row = row(Operator.GRADIENT, x, x);
        System.arraycopy(row, 1, gradient, 0, gradient.length);
        return row[0];
    }

    /**
     * f(x) and the Jacobian.
     *
     * @param x       the point, n entries; not changed
     * @param value   receives m entries
     * @param entries receives ∂fᵢ/∂xⱼ at {@code i * n + j}, m · n entries
     */
    public void jacobian(double[] x, double[] value, double[] entries) {
        Require.length(value, outputs(), "value");
        Require.length(entries, Math.multiplyExact(outputs(), inputs()), "entries");
        double[] row = row(Operator.JACOBIAN, x, x);
        System.arraycopy(row, 0, value, 0, value.length);
        System.arraycopy(row, value.length, entries, 0, entries.length);
    }

    /**
     * f(x) and J·v.
     *
     * @param x         the point, n entries; not changed
     * @param direction v, n entries; not changed
     * @param value     receives m entries
     * @param tangent   receives m entries
     */
    public void jvp(double[] x, double[] direction, double[] value, double[] tangent) {
        Require.length(direction, inputs(), "direction");
        Require.length(value, outputs(), "value");
        Require.length(tangent, outputs(), "tangent");
        double[] row = row(Operator.TANGENT, x, direction);
        System.arraycopy(row, 0, value, 0, value.length);
        System.arraycopy(row, value.length, tangent, 0, tangent.length);
    }

    /**
     * f(x) and wᵀ·J.
     *
     * @param x       the point, n entries; not changed
     * @param weights w, m entries; not changed
     * @param value   receives m entries
     * @param adjoint receives n entries
     */
    public void vjp(double[] x, double[] weights, double[] value, double[] adjoint) {
        Require.length(weights, outputs(), "weights");
        Require.length(value, outputs(), "value");
        Require.length(adjoint, inputs(), "adjoint");
        double[] row = row(Operator.ADJOINT, x, weights);
        System.arraycopy(row, 0, value, 0, value.length);
        System.arraycopy(row, value.length, adjoint, 0, adjoint.length);
    }

    /**
     * f(x), ∇f(x) and ∇²f(x)·v of a scalar function.
     *
     * @param x         the point, n entries; not changed
     * @param direction v, n entries; not changed
     * @param gradient  receives n entries
     * @param product   receives n entries
     * @return f(x)
     */
    public double hvp(double[] x, double[] direction, double[] gradient, double[] product) {
        scalar("a Hessian-vector product");
        int n = inputs();
        Require.length(direction, n, "direction");
        Require.length(gradient, n, "gradient");
        Require.length(product, n, "product");
        double[] row = row(Operator.HESSIAN_PRODUCT, x, direction);
        System.arraycopy(row, 1, gradient, 0, n);
        System.arraycopy(row, 1 + n, product, 0, n);
        return row[0];
    }

    /**
     * f(x), ∇f(x) and the Hessian of a scalar function.
     *
     * @param x        the point, n entries; not changed
     * @param gradient receives n entries
     * @param entries  receives ∂²f/∂xᵢ∂xⱼ at {@code i * n + j}, n² entries
     * @return f(x)
     */
    public double hessian(double[] x, double[] gradient, double[] entries) {
        scalar("a Hessian");
        int n = inputs();
        Require.length(gradient, n, "gradient");
        Require.length(entries, Math.multiplyExact(n, n), "entries");
        double[] row = row(Operator.HESSIAN, x, x);
        System.arraycopy(row, 1, gradient, 0, n);
        for (int i = 0, c = 1 + n; i < n; i++) {
            for (int j = 0; j <= i; j++, c++) {
                entries[i * n + j] = row[c];
                entries[j * n + i] = row[c];
            }
        }
        return row[0];
    }

    private void scalar(String what) {
        if (outputs() != 1) {
            throw new IllegalArgumentException(what + " needs a function of 1 output, but it has " + outputs());
        }
    }

    /** All columns of an operator at a point, in an array of the thread's. */
    private double[] row(Operator operator, double[] x, double[] more) {
        Require.length(x, inputs(), "x");
        Room room = rooms.get();
        double[] row = Room.of(room.rows, operator, core.columns(operator));
        double[] in = x;
        if (core.moreInputs(operator) > 0) {
            in = Room.of(room.inputs, operator, x.length + more.length);
            System.arraycopy(x, 0, in, 0, x.length);
            System.arraycopy(more, 0, in, x.length, more.length);
        }
        for (Path path : recent) {
            if (run(path.point(operator), in, row, room)) {
                return row;
            }
        }
        if (core.hasFewPaths()) {
            Path path = core.paths.at(x);
            if (run(path.point(operator), in, row, room)) {
                remember(path);
                return row;
            }
        }
        operator.eager(core.target, x, more, row);
        return row;
    }

    private static boolean run(PointPlan plan, double[] in, double[] row, Room room) {
        if (plan.direct()) {
            return plan.code().run(in, row);
        }
        double[] out = room.output(plan.outputs());
        if (!plan.code().run(in, out)) {
            return false;
        }
        int[] stored = plan.stored();
        for (int c = 0; c < row.length; c++) {
            row[c] = stored[c] < 0 ? 0 : out[stored[c]];
        }
        return true;
    }

    private void remember(Path path) {
        Path[] old = recent; // what another thread remembers at the same time may be lost
        Path[] all = Arrays.copyOf(old, Math.min(old.length + 1, RECENT));
        System.arraycopy(old, 0, all, 1, all.length - 1);
        all[0] = path;
        recent = all;
    }
}
