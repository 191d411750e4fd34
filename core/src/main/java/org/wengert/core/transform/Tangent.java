package org.wengert.core.transform;

import java.util.Arrays;
import org.wengert.core.program.Program;

/**
 * Forward mode: a program with n inputs and m outputs becomes one that also computes directional derivatives.
 *
 * <pre>
 * outputs   y₀ … yₘ₋₁, then for each direction d:  Σⱼ ∂yᵢ/∂xⱼ · vⱼᵈ  for i = 0 … m-1
 * </pre>
 *
 * <p>Takes time and memory proportional to the size of the program times the number of directions.
 */
public final class Tangent {

    private Tangent() {}

    /**
     * Derivatives along directions that are given at run time.
     *
     * @param p          n inputs, m outputs
     * @param directions k, at least 1
     * @return n + k·n inputs (x, then the directions one after the other, varying), m + k·m outputs
     */
    public static Program of(Program p, int directions) {
        return of(p, Zeros.ABSORBED, directions, Linearization.allInputs(p));
    }

    /**
     * Derivatives along directions in some of the inputs.
     *
     * @param p          n inputs, m outputs
     * @param zeros      how the rules about zeros are kept
     * @param directions k, at least 1
     * @param wrt        the inputs that directions have an entry for; all others stand still
     * @return n + k·|wrt| inputs, m + k·m outputs
     */
    public static Program of(Program p, Zeros zeros, int directions, int... wrt) {
        if (directions < 1) {
            throw new IllegalArgumentException("directions must be at least 1, but was " + directions);
        }
        var l = new Linearization(p, zeros, wrt);
        int[][] seeds = new int[directions][];
        for (int k = 0; k < directions; k++) {
            seeds[k] = Linearization.zeros(p.inputs());
            for (int i : wrt) {
                seeds[k][i] = Weight.of(l.g.input());
            }
        }
        return push(l, seeds);
    }

    /** {@link #of(Program, int)} with one direction. */
    public static Program of(Program p) {
        return of(p, 1);
    }

    /**
     * Columns of the Jacobian: derivatives along unit directions, whose zeros and ones are folded into the program.
     *
     * @param p      n inputs, m outputs
     * @param inputs the k inputs whose columns are wanted
     * @return n inputs, m + k·m outputs
     */
    public static Program columns(Program p, int... inputs) {
        return columns(p, Zeros.ABSORBED, inputs);
    }

    /** {@link #columns(Program, int...)}, with a choice of how the rules about zeros are kept. */
    public static Program columns(Program p, Zeros zeros, int... inputs) {
        var l = new Linearization(p, zeros, inputs);
        int[][] seeds = new int[inputs.length][];
        for (int k = 0; k < inputs.length; k++) {
            seeds[k] = Linearization.zeros(p.inputs());
            seeds[k][inputs[k]] = Weight.of(l.g.constant(1));
        }
        return push(l, seeds);
    }

    private static Program push(Linearization l, int[][] seeds) {
        Program p = l.p;
        int m = p.outputs();
        int[] outputs = Arrays.copyOf(l.values(), m + seeds.length * m);
        for (int k = 0; k < seeds.length; k++) {
            int[] tangent = along(l, seeds[k]);
            for (int i = 0; i < m; i++) {
                outputs[m + k * m + i] = l.output(tangent[p.output(i)], i);
            }
        }
        return l.g.build(outputs);
    }

    /** The tangent of every node along one direction. */
    private static int[] along(Linearization l, int[] seed) {
        Program p = l.p;
        int[] tangent = Linearization.zeros(p.nodes());
        System.arraycopy(seed, 0, tangent, 0, seed.length);
        for (int v = p.firstOperation(); v < p.nodes(); v++) {
            int sum = Weight.ZERO;
            for (int e = 0, n = l.active[v] ? l.edges(v) : 0; e < n; e++) {
                sum = l.products.plus(sum, l.products.times(l.weight(e), tangent[l.source(e)]));
            }
            tangent[v] = sum;
        }
        return tangent;
    }
}
