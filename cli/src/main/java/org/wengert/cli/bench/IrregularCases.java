package org.wengert.cli.bench;

import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.wengert.core.Differentiable;
import org.wengert.core.ScalarFunction;
import org.wengert.core.batch.CompiledFunction;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Adjoint;

/** Gradients of functions of many variables whose loops go through their variables in no order. */
final class IrregularCases {

    private static final int[] SIZES = {100, 1000, 10_000};
    private static final int EDGES_PER_VARIABLE = 3;

    private IrregularCases() {}

    /** A function of any number of variables. */
    private record Irregular(String name, IntFunction<ScalarFunction> of) {}

    private static final List<Irregular> FUNCTIONS = List.of(
            new Irregular("permuted", IrregularCases::permuted),
            new Irregular("graph", IrregularCases::graph),
            new Irregular("mesh", IrregularCases::mesh),
            new Irregular("branches", IrregularCases::branches));

    static List<BenchCase> all() {
        List<BenchCase> cases = new ArrayList<>();
        for (Irregular f : FUNCTIONS) {
            for (int n : SIZES) {
                cases.add(new BenchCase("irregular-" + f.name + "-" + n,
                        "one point of " + n + " variables in no order: the gradient, per call", 1, (_, _) -> contenders(n, f.of.apply(n))));
            }
        }
        return cases;
    }

    private static List<Contender> contenders(int n, ScalarFunction f) {
        double[] x = Classics.point(n);
        Program gradient = Adjoint.gradient(Tracer.trace(x, y -> new Scalar[] {f.apply(y)}));
        Workspace workspace = gradient.newWorkspace();
        double[] all = new double[1 + n];
        return List.of(
                new Contender("node by node", "gradient", () -> gradient.run(x, all, workspace), () -> Arrays.copyOfRange(all, 1, 1 + n)),
                Cases.compiledGradient(CompiledFunction.of(Differentiable.of(n, f)), x));
    }

    private static int[] permutation(int n) {
        SplitMix random = new SplitMix(7);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = (int) (random.uniform() * (i + 1));
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Rosenbrock's chain through the variables in another order. */
    private static ScalarFunction permuted(int n) {
        int[] order = permutation(n);
        return x -> {
            Scalar sum = Scalar.of(0);
            for (int i = 0; i + 1 < n; i++) {
                Scalar a = x[order[i]];
                Scalar b = x[order[i + 1]].minus(a.times(a));
                sum = sum.plus(b.times(b).times(100)).plus(a.minus(1).times(a.minus(1)));
            }
            return sum;
        };
    }

    /** Σ (xᵢ - sin xⱼ)² over the edges of a random graph. */
    private static ScalarFunction graph(int n) {
        SplitMix random = new SplitMix(8);
        int[] from = new int[EDGES_PER_VARIABLE * n];
        int[] to = new int[EDGES_PER_VARIABLE * n];
        for (int e = 0; e < from.length; e++) {
            from[e] = (int) (random.uniform() * n);
            to[e] = (int) (random.uniform() * n);
        }
        return x -> {
            Scalar sum = Scalar.of(0);
            for (int e = 0; e < from.length; e++) {
                Scalar d = x[from[e]].minus(sin(x[to[e]]));
                sum = sum.plus(d.times(d));
            }
            return sum;
        };
    }

    /** The area of a surface of triangles over points that lie a little off a grid and are numbered in no order. */
    private static ScalarFunction mesh(int n) {
        int side = (int) Math.sqrt(n);
        int[] order = permutation(n);
        SplitMix random = new SplitMix(9);
        double[] across = new double[n];
        double[] down = new double[n];
        for (int i = 0; i < n; i++) {
            across[order[i]] = i % side + random.uniform(-0.3, 0.3);
            down[order[i]] = Math.floorDiv(i, side) + random.uniform(-0.3, 0.3);
        }
        return x -> {
            Scalar area = Scalar.of(0);
            for (int i = 0; i + 1 < side; i++) {
                for (int j = 0; j + 1 < side; j++) {
                    int a = order[i * side + j];
                    int b = order[i * side + j + 1];
                    int c = order[(i + 1) * side + j];
                    int d = order[(i + 1) * side + j + 1];
                    area = area.plus(triangle(x, across, down, a, b, c)).plus(triangle(x, across, down, b, c, d));
                }
            }
            return area;
        };
    }

    private static Scalar triangle(Scalar[] height, double[] across, double[] down, int a, int b, int c) {
        double u1 = across[b] - across[a];
        double u2 = down[b] - down[a];
        double v1 = across[c] - across[a];
        double v2 = down[c] - down[a];
        Scalar u3 = height[b].minus(height[a]);
        Scalar v3 = height[c].minus(height[a]);
        Scalar n1 = v3.times(u2).minus(u3.times(v2));
        Scalar n2 = u3.times(v1).minus(v3.times(u1));
        double n3 = u1 * v2 - u2 * v1;
        return sqrt(n1.times(n1).plus(n2.times(n2)).plus(n3 * n3)).times(0.5);
    }

    /** What is added depends on how far two variables are apart. */
    private static ScalarFunction branches(int n) {
        int[] order = permutation(n);
        return x -> {
            Scalar sum = Scalar.of(0);
            for (int i = 0; i < n; i++) {
                Scalar d = x[i].minus(x[order[i]]);
                sum = sum.plus(d.isLessThan(0.1) ? d.times(d) : sin(d).times(x[i]));
            }
            return sum;
        };
    }
}
