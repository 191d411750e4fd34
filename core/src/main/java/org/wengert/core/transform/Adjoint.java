package org.wengert.core.transform;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.wengert.core.program.Program;

/**
 * Reverse mode: a program with n inputs and m outputs becomes one that also computes the derivatives of a weighted
 * sum of its outputs by all inputs.
 *
 * <pre>
 * outputs   y₀ … yₘ₋₁, then  Σᵢ wᵢ · ∂yᵢ/∂xⱼ  for j = 0 … n-1
 * </pre>
 *
 * <p>Takes time and memory proportional to the size of the program, whatever n and m are. The adjoint program has at
 * most a few times as many operations as the program itself.
 *
 * <p>Source: S. Linnainmaa, "Taylor expansion of the accumulated rounding error", BIT 16 (1976).
 */
public final class Adjoint {

    private Adjoint() {}

    /**
     * Derivatives of a sum of outputs whose weights are given at run time: the product wᵀJ.
     *
     * <p>A weight of zero does not hide an infinite partial derivative of its output: 0 · Inf is NaN here, since the
     * zero is on the side of the outputs. Leave the output out instead ({@link Program#select}).
     *
     * @param p n inputs, m outputs
     * @return n + m inputs (x, then w, varying), m + n outputs
     */
    public static Program of(Program p) {
        return of(p, Zeros.ABSORBED);
    }

    /** {@link #of(Program)}, with a choice of how the rules about zeros are kept. */
    public static Program of(Program p, Zeros zeros) {
        var l = new Linearization(p, zeros, Linearization.allInputs(p));
        int[] seeds = new int[p.outputs()];
        // A weight that is NaN where its output is makes all that depends on it NaN.
        Arrays.setAll(seeds, i -> Weight.of(l.output(Weight.of(l.g.input()), i)));
        int[] adjoint = adjoints(l, seeds);
        return outputs(l, j -> l.products.output(adjoint[j]));
    }

    /**
     * The gradient of a program with one output.
     *
     * @param p   n inputs, 1 output
     * @param wrt the k inputs to differentiate by
     * @return n inputs, 1 + k outputs
     */
    public static Program gradient(Program p, int... wrt) {
        if (p.outputs() != 1) {
            throw new IllegalArgumentException("a gradient needs a program of 1 output, but it has " + p.outputs());
        }
        return gradient(p, Zeros.ABSORBED, 0, wrt);
    }

    /**
     * The gradient of one output; the values of the others are kept.
     *
     * @param p      n inputs, m outputs
     * @param zeros  how the rules about zeros are kept
     * @param output which output to differentiate
     * @param wrt    the k inputs to differentiate by
     * @return n inputs, m + k outputs
     */
    public static Program gradient(Program p, Zeros zeros, int output, int... wrt) {
        var l = new Linearization(p, zeros, wrt);
        int[] seeds = Linearization.zeros(p.outputs());
        seeds[Objects.checkIndex(output, seeds.length)] = Weight.of(l.g.constant(1));
        int[] adjoint = adjoints(l, seeds);
        return outputs(l, j -> l.output(adjoint[j], output));
    }

    /** The gradient by all inputs. */
    public static Program gradient(Program p) {
        return gradient(p, Linearization.allInputs(p));
    }

    private static Program outputs(Linearization l, IntUnaryOperator derivative) {
        int m = l.p.outputs();
        int[] outputs = Arrays.copyOf(l.values(), m + l.wrt.length);
        for (int j = 0; j < l.wrt.length; j++) {
            outputs[m + j] = derivative.applyAsInt(l.wrt[j]);
        }
        return l.g.build(outputs);
    }

    /** The adjoint of every node. */
    static int[] adjoints(Linearization l, int[] seeds) {
        Program p = l.p;
        int[] adjoint = Linearization.zeros(p.nodes());
        for (int i = 0; i < seeds.length; i++) {
            adjoint[p.output(i)] = l.products.plus(adjoint[p.output(i)], seeds[i]);
        }
        for (int v = p.nodes() - 1; v >= p.firstOperation(); v--) {
            boolean counts = l.active[v] && adjoint[v] != Weight.ZERO;
            for (int e = 0, n = counts ? l.edges(v) : 0; e < n; e++) {
                int u = l.source(e);
                adjoint[u] = l.products.plus(adjoint[u], l.products.times(adjoint[v], l.weight(e)));
            }
        }
        return adjoint;
    }
}
