package org.wengert.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.wengert.core.formula.Formula;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarArithmetic;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.Tangent;
import org.wengert.core.transform.Zeros;

/**
 * What {@code batch} computes at each point: columns of results out of columns of data, by one program for each path
 * that the formula can take.
 */
final class BatchColumns {

    /**
     * What is asked for beside the values.
     *
     * @param jacobian whether all first derivatives are wanted
     * @param along    a direction in the variables of {@code wrt} for first derivatives; empty if none is wanted
     * @param second   a direction for products with Hessians; empty if none is wanted
     */
    record Wanted(boolean jacobian, double[] along, double[] second) {}

    private final Formula formula;
    private final List<String> inputs;
    private final double[] fixed;
    private final int[] wrt;
    private final Wanted wanted;
    private final List<String> names;
    private final BatchSweep sweep;

    /**
     * Columns of a formula.
     *
     * @param formula the outputs
     * @param fixed   the variables that are the same at all points; all others are columns
     * @param wrt     the columns to differentiate by
     */
    BatchColumns(Formula formula, Map<String, Double> fixed, List<String> wrt, Wanted wanted) {
        this.inputs = formula.names().stream().filter(name -> !fixed.containsKey(name)).toList();
        List<String> order = new ArrayList<>(inputs);
        order.addAll(fixed.keySet());
        this.formula = formula.withNames(order);
        this.fixed = fixed.values().stream().mapToDouble(Double::doubleValue).toArray();
        this.wrt = wrt.stream().mapToInt(inputs::indexOf).toArray();
        this.wanted = wanted;
        this.names = names(formula.outputs(), wrt, wanted);
        this.sweep = new BatchSweep(inputs.size(), this::evaluate, this::derive, BatchSweep.OPERATIONS);
    }

    /** The columns of data that the formula needs, in the order of its inputs. */
    List<String> inputs() {
        return inputs;
    }

    /** What the columns of results are called. */
    List<String> names() {
        return names;
    }

    /** f for a single output, f1, f2, ... for several; then df_dx, df_along, df_hvp_x for what was derived of each. */
    private static List<String> names(int outputs, List<String> wrt, Wanted wanted) {
        List<String> of = IntStream.rangeClosed(1, outputs).mapToObj(i -> outputs == 1 ? "f" : "f" + i).toList();
        List<String> names = new ArrayList<>(of);
        if (wanted.jacobian) {
            of.forEach(f -> wrt.forEach(x -> names.add("d" + f + "_d" + x)));
        }
        if (wanted.along.length > 0) {
            of.forEach(f -> names.add(f + "_jvp"));
        }
        if (wanted.second.length > 0) {
            of.forEach(f -> wrt.forEach(x -> names.add(f + "_hvp_" + x)));
        }
        return List.copyOf(names);
    }

    private Scalar[] evaluate(Scalar[] x) {
        List<Scalar> all = new ArrayList<>(List.of(x));
        for (double value : fixed) {
            all.add(Scalar.of(value));
        }
        return formula.evaluate(ScalarArithmetic.INSTANCE, all).toArray(Scalar[]::new);
    }

    /** One program for all that is wanted: what its parts have in common is computed once. */
    private Program derive(Program p) {
        ProgramBuilder builder = new ProgramBuilder();
        int[] x = new int[p.inputs()];
        Arrays.setAll(x, _ -> builder.input());
        int[] node = builder.splice(p, x);
        builder.guards(p, node);
        List<Integer> results = new ArrayList<>();
        for (int i = 0; i < p.outputs(); i++) {
            results.add(node[p.output(i)]);
        }
        if (wanted.jacobian) {
            JacobianProgram j = Elimination.jacobian(p, wrt);
            int[] at = builder.splice(j.program(), x);
            for (int i = 0; i < p.outputs(); i++) {
                for (int k = 0; k < wrt.length; k++) {
                    int output = j.output(i, k);
                    results.add(output < 0 ? builder.constant(0) : at[j.program().output(output)]);
                }
            }
        }
        if (wanted.along.length > 0) {
            Program tangent = Tangent.of(p, Zeros.ABSORBED, 1, wrt);
            int[] at = builder.splice(tangent, with(builder, x, wanted.along));
            for (int i = 0; i < p.outputs(); i++) {
                results.add(at[tangent.output(p.outputs() + i)]);
            }
        }
        if (wanted.second.length > 0) {
            int m = p.outputs();
            for (int i = 0; i < m; i++) {
                Program gradient = Adjoint.gradient(p, Zeros.ABSORBED, i, wrt);
                Program product = Tangent.of(gradient, Zeros.ABSORBED, 1, wrt);
                int[] at = builder.splice(product, with(builder, x, wanted.second));
                int first = gradient.outputs() + m;
                for (int k = 0; k < wrt.length; k++) {
                    results.add(at[product.output(first + k)]);
                }
            }
        }
        return builder.build(results.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The inputs, then a direction as constants: its zeros and ones are folded into the program. */
    private static int[] with(ProgramBuilder builder, int[] x, double[] direction) {
        int[] all = Arrays.copyOf(x, x.length + direction.length);
        for (int i = 0; i < direction.length; i++) {
            all[x.length + i] = builder.constant(direction[i]);
        }
        return all;
    }

    /** The program of the path that the formula takes at a point. */
    Program program(double[] point) {
        return sweep.program(point);
    }

    /**
     * The results at points, computed on all cores.
     *
     * @param in the columns of {@link #inputs}
     * @return one column for each of {@link #names}; the caller's own
     */
    double[][] of(double[][] in, int rows) {
        double[][] results = new double[names.size()][rows];
        into(in, results, rows);
        return results;
    }

    /** The same, into the caller's columns. */
    void into(double[][] in, double[][] results, int rows) {
        sweep.run(in, results, rows);
    }
}
