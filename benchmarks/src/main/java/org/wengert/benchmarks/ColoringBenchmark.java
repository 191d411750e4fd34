package org.wengert.benchmarks;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jgrapht.Graph;
import org.jgrapht.alg.color.GreedyColoring;
import org.jgrapht.alg.color.LargestDegreeFirstColoring;
import org.jgrapht.alg.color.SaturationDegreeColoring;
import org.jgrapht.alg.color.SmallestDegreeLastColoring;
import org.jgrapht.alg.interfaces.VertexColoringAlgorithm;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.wengert.core.transform.Pattern;
import org.wengert.linalg.coloring.Coloring;
import org.wengert.linalg.coloring.Ordering;
import org.wengert.linalg.coloring.Patterns;

/**
 * Columns of a sparse Jacobian in colors: ours, from the pattern, beside JGraphT's, which need the graph whose edges join columns that
 * share a row. Making that graph is measured with its coloring, since nobody has one. Prints how many colors each takes. Run by
 * {@code java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main ColoringBenchmark}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
public class ColoringBenchmark {

    /** Patterns of 10,000 columns. */
    public enum Shape {
        /** Nine diagonals. */
        BAND {
            @Override
            int[] row(int i, Random random) {
                return clipped(i - 3, i - 2, i - 1, i, i + 1, i + 2, i + 3, i + 4, i + 5);
            }
        },
        /** The 5-point stencil on a grid of 100 x 100. */
        STENCIL {
            @Override
            int[] row(int i, Random random) {
                int c = i % SIDE;
                return clipped(i - SIDE, c > 0 ? i - 1 : i, i, c + 1 < SIDE ? i + 1 : i, i + SIDE);
            }
        },
        /** The diagonal, and five entries by chance in each row. */
        RANDOM {
            @Override
            int[] row(int i, Random random) {
                return clipped(i, random.nextInt(N), random.nextInt(N), random.nextInt(N), random.nextInt(N), random.nextInt(N));
            }
        };

        private static final int SIDE = 100;
        private static final int N = SIDE * SIDE;

        abstract int[] row(int i, Random random);

        private static int[] clipped(int... columns) {
            var row = new TreeSet<Integer>();
            for (int j : columns) {
                if (j >= 0 && j < N) {
                    row.add(j);
                }
            }
            return row.stream().mapToInt(Integer::intValue).toArray();
        }

        Pattern pattern() {
            var random = new Random(1);
            int[][] rows = new int[N][];
            Arrays.setAll(rows, i -> row(i, random));
            return Patterns.of(N, N, rows);
        }
    }

    /** A pattern. */
    @State(Scope.Benchmark)
    public static class Matrix {

        /** Which one. */
        @Param
        public Shape shape = Shape.BAND;

        Pattern pattern = Shape.BAND.pattern();

        /** Makes the pattern, asserts that all colorings are ones, and prints their numbers of colors. */
        @Setup(Level.Trial)
        public void prepare() {
            pattern = shape.pattern();
            var line = new StringBuilder(shape + ", fullest row " + Coloring.fullestRow(pattern) + ":");
            for (Ordering ordering : Ordering.values()) {
                Coloring c = Coloring.columns(pattern, ordering);
                if (!c.isValidFor(pattern)) {
                    throw new AssertionError(c + " is no coloring");
                }
                line.append(' ').append(ordering).append(' ').append(c.colors());
            }
            Graph<Integer, DefaultEdge> graph = graph(pattern);
            for (VertexColoringAlgorithm<Integer> peer : Arrays.asList(
                    new GreedyColoring<>(graph), new LargestDegreeFirstColoring<>(graph),
                    new SmallestDegreeLastColoring<>(graph), new SaturationDegreeColoring<>(graph))) {
                VertexColoringAlgorithm.Coloring<Integer> c = peer.getColoring();
                check(pattern, c.getColors());
                line.append(' ').append(peer.getClass().getSimpleName()).append(' ').append(c.getNumberColors());
            }
            System.out.println(line);
        }

        private static void check(Pattern p, Map<Integer, Integer> color) {
            for (int i = 0; i < p.rows(); i++) {
                var seen = new TreeSet<Integer>();
                for (int k = p.rowStart()[i]; k < p.rowStart()[i + 1]; k++) {
                    if (!seen.add(color.getOrDefault(p.column()[k], -1))) {
                        throw new AssertionError("two columns of row " + i + " share a color");
                    }
                }
            }
        }
    }

    private static Graph<Integer, DefaultEdge> graph(Pattern p) {
        Graph<Integer, DefaultEdge> graph = new SimpleGraph<>(DefaultEdge.class);
        for (int j = 0; j < p.columns(); j++) {
            graph.addVertex(j);
        }
        for (int i = 0; i < p.rows(); i++) {
            for (int a = p.rowStart()[i]; a < p.rowStart()[i + 1]; a++) {
                for (int b = p.rowStart()[i]; b < a; b++) {
                    graph.addEdge(p.column()[a], p.column()[b]);
                }
            }
        }
        return graph;
    }

    /** In the order of the columns. */
    @Benchmark
    public Object natural(Matrix m) {
        return Coloring.columns(m.pattern, Ordering.NATURAL);
    }

    /** Smallest last. */
    @Benchmark
    public Object smallestLast(Matrix m) {
        return Coloring.columns(m.pattern, Ordering.SMALLEST_LAST);
    }

    /** What is taken where nobody asks for an order. */
    @Benchmark
    public Object chosen(Matrix m) {
        return Coloring.of(m.pattern);
    }

    /** In the order of the columns, by JGraphT. */
    @Benchmark
    public Object naturalJGraphT(Matrix m) {
        return new GreedyColoring<>(graph(m.pattern)).getColoring();
    }

    /** Smallest last, by JGraphT. */
    @Benchmark
    public Object smallestLastJGraphT(Matrix m) {
        return new SmallestDegreeLastColoring<>(graph(m.pattern)).getColoring();
    }

    /** Brélaz' saturation, by JGraphT: the one with the fewest colors. */
    @Benchmark
    public Object saturationJGraphT(Matrix m) {
        return new SaturationDegreeColoring<>(graph(m.pattern)).getColoring();
    }
}
