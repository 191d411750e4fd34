package org.wengert.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixSparseCSC;
import org.hipparchus.analysis.differentiation.Gradient;
import org.wengert.core.Differentiable;
import org.wengert.core.ScalarFunction;
import org.wengert.core.batch.CompiledFunction;
import org.wengert.hessian.SparseHessian;
import org.wengert.linalg.SparseJacobian;

/** Functions of many variables at one point: values, gradients, products with the Hessian, and two sparse matrices. */
final class LargeCases {

    private static final int[] SIZES = {10, 100, 1000, 100_000, 1_000_000};

    /** The differences between its variables and their sum lose what the sum has lost: more would tell nothing. */
    private static final int MOST_FOR_BROWN = 10_000;

    /** Hipparchus takes time and memory that grow with the square of n. */
    private static final int MOST_FOR_HIPPARCHUS = 1000;

    /** Recording products with the Hessian, and entries of matrices, of a million variables takes more memory than a default heap has. */
    private static final int MOST_FOR_SECOND_ORDER = Runtime.getRuntime().maxMemory() < 16L << 30 ? 100_000 : 1_000_000;

    private LargeCases() {}

    /** A product with the Hessian by hand. */
    private interface Product {
        void times(double[] x, double[] v, double[] product);
    }

    /** A function of any number of variables, in all its forms; it has so many where a number is asked for. */
    private record Large(String name, ScalarFunction function, ToDoubleFunction<double[]> plain,
            ToDoubleBiFunction<double[], double[]> byHand, Function<Gradient[], Gradient> hipparchus, Product product,
            IntUnaryOperator variables) {}

    private static final List<Large> FUNCTIONS = List.of(
            new Large("rosenbrock", Classics::rosenbrock, Classics::rosenbrock, Classics::rosenbrock,
                    HipparchusFunctions::rosenbrock, LargeProducts::rosenbrock, n -> n),
            new Large("ackley", Classics::ackley, Classics::ackley, Classics::ackley,
                    HipparchusFunctions::ackley, LargeProducts::ackley, n -> n),
            new Large("broyden", LargePoints::broyden, LargePoints::broyden, LargePoints::broyden,
                    HipparchusFunctions::broyden, LargeProducts::broyden, n -> n),
            new Large("brown", LargePoints::brown, LargePoints::brown, LargePoints::brown,
                    HipparchusFunctions::brown, LargeProducts::brown, n -> Math.min(n, MOST_FOR_BROWN)),
            new Large("surface", LargePoints::surface, LargePoints::surface, LargePoints::surface,
                    HipparchusFunctions::surface, LargeProducts::surface, LargeCases::square),
            new Large("arrow", LargePoints::arrow, LargePoints::arrow, LargePoints::arrow,
                    HipparchusFunctions::arrow, LargeProducts::arrow, n -> n));

    static List<BenchCase> all() {
        List<BenchCase> cases = new ArrayList<>();
        for (Large f : FUNCTIONS) {
            Arrays.stream(SIZES).map(f.variables).distinct().forEach(n -> cases.add(new BenchCase("large-" + f.name + "-" + n,
                    "one point of " + n + " variables: value, gradient and a product with the Hessian, per call", 1,
                    (_, _) -> contenders(n, f))));
        }
        for (int n : SIZES) {
            if (n <= MOST_FOR_SECOND_ORDER) {
                cases.add(new BenchCase("large-jacobian-" + n, "the sparse Jacobian of Broyden's tridiagonal function of "
                        + n + " variables, per call", 1, (_, _) -> jacobian(n)));
                cases.add(new BenchCase("large-hessian-" + n, "the sparse Hessian of Rosenbrock's chained function of "
                        + n + " variables, per call", 1, (_, _) -> hessian(n)));
            }
        }
        return cases;
    }

    /** The points of the largest square grid that has at most n. */
    private static int square(int n) {
        int side = (int) Math.sqrt(n);
        return side * side;
    }

    private static List<Contender> contenders(int n, Large f) {
        double[] x = Classics.point(n);
        double[] value = new double[1];
        double[] gradient = new double[n];
        List<Contender> all = new ArrayList<>();
        all.add(new Contender("plain Java", "value", () -> value[0] = f.plain.applyAsDouble(x), () -> value));
        double[] valueByHand = new double[1];
        all.add(new Contender(
                "Java by hand", "gradient", () -> valueByHand[0] = f.byHand.applyAsDouble(x, gradient), () -> gradient));
        CompiledFunction compiled = CompiledFunction.of(Differentiable.of(n, f.function));
        double[] compiledValue = new double[1];
        all.add(new Contender("compiled", "value", () -> compiledValue[0] = compiled.value(x), () -> compiledValue));
        all.add(Cases.compiledGradient(compiled, x));
        if (n <= MOST_FOR_HIPPARCHUS) {
            double[][] last = new double[1][];
            all.add(new Contender("Hipparchus", "gradient",
                    () -> last[0] = HipparchusFunctions.gradient(f.hipparchus, x), () -> last[0]));
        }
        double[] first = new double[n];
        all.add(new Contender("compiled", "first gradient",
                () -> CompiledFunction.of(Differentiable.of(n, f.function)).gradient(x, first), () -> first, true));
        if (n <= MOST_FOR_SECOND_ORDER) {
            double[] v = new double[n];
            Arrays.setAll(v, i -> Math.cos(i));
            double[] expected = new double[n];
            double[] actual = new double[n];
            double[] unused = new double[n];
            // Both give f, ∇f and ∇²f·v.
            all.add(new Contender("Java by hand", "hvp", () -> {
                valueByHand[0] = f.byHand.applyAsDouble(x, gradient);
                f.product.times(x, v, expected);
            }, () -> expected));
            all.add(new Contender("compiled", "hvp", () -> compiled.hvp(x, v, unused, actual), () -> actual));
        }
        return all;
    }

    private static List<Contender> jacobian(int n) {
        double[] x = Classics.point(n);
        double[] residuals = new double[n];
        double[] expected = new double[3 * n - 2];
        SparseJacobian compiled = SparseJacobian.of(Differentiable.vector(n, n, LargePoints::broydenResiduals), x);
        DMatrixSparseCSC matrix = compiled.newMatrix();
        double[] values = new double[n];
        return List.of(
                new Contender("Java by hand", "jacobian", () -> LargePoints.broydenJacobian(x, residuals, expected), () -> expected),
                new Contender("compiled", "jacobian", () -> compiled.into(x, values, matrix), () -> entries(matrix)));
    }

    private static List<Contender> hessian(int n) {
        double[] x = Classics.point(n);
        double[] gradient = new double[n];
        double[] value = new double[1];
        double[] expected = new double[3 * n - 2];
        SparseHessian compiled = SparseHessian.of(Differentiable.of(n, Classics::rosenbrock), x);
        DMatrixSparseCSC matrix = compiled.newMatrix();
        double[] actual = new double[n];
        return List.of(
                new Contender("Java by hand", "hessian", () -> value[0] = LargePoints.rosenbrockHessian(x, gradient, expected),
                        () -> expected),
                new Contender("compiled", "hessian", () -> value[0] = compiled.into(x, actual, matrix), () -> entries(matrix)));
    }

    private static double[] entries(DMatrixSparseCSC a) {
        return Arrays.copyOf(a.nz_values, a.nz_length);
    }
}
