package org.wengert.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.formula.Formula;
import org.wengert.core.formula.FormulaException;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarArithmetic;

/**
 * A formula at a point, some of whose variables are differentiated with respect to while the others stay as they are.
 *
 * @param formula its variables in the order {@code wrt}, then the others
 * @param wrt     the names that are differentiated with respect to
 * @param point   their values
 * @param fixed   the values of the others
 */
record DerivedFormula(Formula formula, List<String> wrt, double[] point, double[] fixed) {

    /**
     * Reads the text and checks the names.
     *
     * @param at  the point; every variable of the formula, and nothing else
     * @param wrt with respect to what; empty for all, in the order of the point
     */
    static DerivedFormula of(String text, Map<String, Double> at, List<String> wrt) {
        Formula formula = parse(text);
        Require.known("--at", at.keySet(), formula.names(), "the formula");
        Require.known("--wrt", wrt, formula.names(), "the formula");
        List<String> missing = formula.names().stream().filter(name -> !at.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw Problem.input("--at: " + String.join(" and ", missing)
                    + (missing.size() == 1 ? " has no value" : " have no values") + "; add "
                    + String.join(",", missing.stream().map(name -> name + "=...").toList()));
        }
        List<String> order = wrt.isEmpty() ? List.copyOf(at.keySet()) : wrt;
        Map<String, Double> rest = new LinkedHashMap<>(at);
        order.forEach(rest::remove);
        List<String> all = new ArrayList<>(order);
        all.addAll(rest.keySet());
        return new DerivedFormula(
                formula.withNames(all), order,
                order.stream().mapToDouble(name -> at.getOrDefault(name, Double.NaN)).toArray(),
                rest.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Reads a formula; says where it is wrong. */
    static Formula parse(String text) {
        try {
            return Formula.parse(text);
        } catch (FormulaException problem) {
            throw Problem.input("formula: " + problem.getMessage());
        }
    }

    int inputs() {
        return point.length;
    }

    int outputs() {
        return formula.outputs();
    }

    /** The values of all outputs at the point. */
    double[] value() {
        return value(point);
    }

    /** The values of all outputs at another point. */
    double[] value(double[] x) {
        return formula.values(arguments(x));
    }

    /** The arguments of the formula: x, then what does not move. */
    double[] arguments(double[] x) {
        double[] all = Arrays.copyOf(x, x.length + fixed.length);
        System.arraycopy(fixed, 0, all, x.length, fixed.length);
        return all;
    }

    /** A direction among the arguments of the formula. */
    double[] padded(double[] direction) {
        return Arrays.copyOf(direction, direction.length + fixed.length);
    }

    /** All outputs as a function of the variables that are differentiated with respect to. */
    DifferentiableVector all() {
        return Differentiable.vector(inputs(), outputs(), x -> evaluate(formula, x).toArray(Scalar[]::new));
    }

    /** One output as a function of the variables that are differentiated with respect to. */
    Differentiable output(int index) {
        Formula one = formula.output(index);
        return Differentiable.of(inputs(), x -> evaluate(one, x).getFirst());
    }

    private List<Scalar> evaluate(Formula formula, Scalar[] x) {
        List<Scalar> arguments = new ArrayList<>(List.of(x));
        for (double value : fixed) {
            arguments.add(Scalar.of(value));
        }
        return formula.evaluate(ScalarArithmetic.INSTANCE, arguments);
    }
}
