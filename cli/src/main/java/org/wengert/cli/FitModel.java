package org.wengert.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.formula.Equation;
import org.wengert.core.formula.Formula;
import org.wengert.core.formula.FormulaException;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarArithmetic;
import org.wengert.hessian.LeastSquares;
import org.wengert.hessian.RowFunction;

/**
 * A model {@code left = right}: the left side is an expression of data columns, the right side one of parameters and
 * data columns.
 *
 * @param left       its variables are the left columns, in their order
 * @param right      its variables are the parameters and then the right columns, in their order
 * @param parameters the names of the parameters
 * @param onLeft     the data columns of the left side
 * @param onRight    the data columns of the right side
 */
record FitModel(Formula left, Formula right, List<String> parameters, List<String> onLeft, List<String> onRight) {

    private static final int FEW = 2048;

    /**
     * Reads a model; every name that is not a parameter is a data column.
     *
     * @param text       the model
     * @param parameters what has a start value
     */
    static FitModel of(String text, Set<String> parameters) {
        Equation equation;
        try {
            equation = Equation.parse(text);
        } catch (FormulaException problem) {
            throw Problem.input("formula: " + problem.getMessage());
        }
        List<String> names = List.copyOf(parameters);
        Require.known("--start", names, equation.right().names(), "the right side of the formula");
        for (String name : equation.left().names()) {
            if (parameters.contains(name)) {
                throw Problem.input("formula: the parameter " + name
                        + " stands on the left side, where only data columns should be");
            }
        }
        List<String> onRight = equation.right().names().stream().filter(name -> !parameters.contains(name)).toList();
        List<String> order = new ArrayList<>(names);
        order.addAll(onRight);
        return new FitModel(
                equation.left(), equation.right().withNames(order), names, equation.left().names(), onRight);
    }

    /** All data columns, each once. */
    List<String> columns() {
        Set<String> all = new LinkedHashSet<>(onLeft);
        all.addAll(onRight);
        return List.copyOf(all);
    }

    /** The left side of every row. */
    double[] observations(Path file, CsvTable table) {
        double[][] data = data(table, onLeft);
        double[] row = new double[data.length];
        double[] observed = new double[table.rows()];
        for (int i = 0; i < observed.length; i++) {
            for (int j = 0; j < data.length; j++) {
                row[j] = data[j][i];
            }
            observed[i] = left.value(row);
            if (!Double.isFinite(observed[i])) {
                throw Problem.input(file + ": line " + table.line(i) + ": " + left + " is " + observed[i] + " there");
            }
        }
        return observed;
    }

    /**
     * The problem of fitting this model to data. Few rows are done before a recorded model would have paid for itself;
     * many run as a batch.
     */
    LeastSquares problem(Path file, CsvTable table) {
        double[] observed = observations(file, table);
        if (table.rows() <= FEW) {
            return LeastSquares.model(parameters.size(), observed, prediction(table));
        }
        var model = Differentiable.of(right.names().size(),
                x -> right.evaluate(ScalarArithmetic.INSTANCE, Arrays.asList(x)).getFirst());
        return LeastSquares.model(model, observed, data(table, onRight));
    }

    /** The right side of a row, in whatever numbers the parameters are. */
    RowFunction prediction(CsvTable table) {
        double[][] data = data(table, onRight);
        int n = parameters.size();
        return (b, row) -> {
            Scalar[] arguments = Arrays.copyOf(b, n + data.length);
            for (int j = 0; j < data.length; j++) {
                arguments[n + j] = Scalar.of(data[j][row]);
            }
            return right.evaluate(ScalarArithmetic.INSTANCE, Arrays.asList(arguments)).getFirst();
        };
    }

    /** The right side at some data. */
    double predict(double[] parameters, double... data) {
        double[] arguments = Arrays.copyOf(parameters, parameters.length + data.length);
        System.arraycopy(data, 0, arguments, parameters.length, data.length);
        return right.value(arguments);
    }

    /** The right side of every row. */
    double[] predictions(double[] parameters, CsvTable table) {
        double[][] data = data(table, onRight);
        return IntStream.range(0, table.rows())
                .mapToDouble(i -> predict(parameters, Arrays.stream(data).mapToDouble(column -> column[i]).toArray()))
                .toArray();
    }

    private static double[][] data(CsvTable table, List<String> names) {
        return names.stream().map(table::column).toArray(double[][]::new);
    }
}
