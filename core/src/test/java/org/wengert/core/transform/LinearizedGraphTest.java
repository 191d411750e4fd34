package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wengert.core.program.ProgramBuilder;

/** The graph of partial derivatives holds what a map from pairs of vertices to numbers holds. */
class LinearizedGraphTest {

    /** An edge, from the earlier vertex to the later. */
    private record Edge(int from, int to) {}

    private final SplittableRandom random = new SplittableRandom(23);
    private final ProgramBuilder g = new ProgramBuilder();
    private final Map<Edge, Double> expected = new HashMap<>();

    private LinearizedGraph graph(int vertices) {
        return new LinearizedGraph(vertices, new Products(g, Zeros.ABSORBED));
    }

    /** Weights are whole constants, so that sums and products of them are exact, and folded at once. */
    private void add(LinearizedGraph graph, int from, int to, double w) {
        graph.add(from, to, Weight.of(g.constant(w)));
        expected.merge(new Edge(from, to), w, Double::sum);
    }

    private void addRandom(LinearizedGraph graph, int vertices, boolean loops) {
        int a = random.nextInt(vertices);
        int b = random.nextInt(vertices);
        if (loops || a != b) {
            add(graph, Math.min(a, b), Math.max(a, b), random.nextInt(1, 5));
        }
    }

    private void remove(LinearizedGraph graph, int v) {
        graph.remove(v);
        expected.keySet().removeIf(e -> e.from == v || e.to == v);
    }

    private void eliminate(LinearizedGraph graph, int v) {
        graph.eliminate(v);
        Map<Edge, Double> paths = new HashMap<>();
        expected.forEach((in, left) -> expected.forEach((out, right) -> {
            if (in.to == v && out.from == v) {
                paths.merge(new Edge(in.from, out.to), left * right, Double::sum);
            }
        }));
        paths.forEach((e, w) -> expected.merge(e, w, Double::sum));
        expected.keySet().removeIf(e -> e.from == v || e.to == v);
    }

    private void assertSame(LinearizedGraph graph, int vertices) {
        Map<Edge, Double> in = new HashMap<>();
        Map<Edge, Double> out = new HashMap<>();
        int[] counts = new int[2];
        for (int k = 0; k < vertices; k++) {
            int v = k;
            List<Integer> seen = new ArrayList<>();
            graph.forEachIn(v, (u, w) -> {
                seen.add(u);
                in.put(new Edge(u, v), g.constantValue(Weight.node(w)));
            });
            assertEquals(seen.size(), graph.in(v));
            counts[0] += seen.size();
            seen.clear();
            graph.forEachOut(v, (u, w) -> {
                seen.add(u);
                out.put(new Edge(v, u), g.constantValue(Weight.node(w)));
            });
            assertEquals(seen.size(), graph.out(v));
            counts[1] += seen.size();
        }
        assertEquals(expected, in);
        assertEquals(expected, out);
        assertEquals(expected.size(), counts[0]);
        assertEquals(expected.size(), counts[1]);
    }

    @Test
    void parallelEdgesAreAdded() {
        LinearizedGraph graph = graph(3);
        add(graph, 0, 1, 2);
        add(graph, 0, 1, 5);
        add(graph, 1, 2, 3);
        assertSame(graph, 3);
        assertEquals(7, expected.get(new Edge(0, 1)));
        eliminate(graph, 1);
        assertEquals(Map.of(new Edge(0, 2), 21.0), expected);
        assertSame(graph, 3);
    }

    @Test
    void whatIsZeroByStructureIsNoEdge() {
        LinearizedGraph graph = graph(2);
        graph.add(0, 1, Weight.ZERO);
        assertSame(graph, 2);
        assertEquals(0, graph.in(1));
        assertEquals(0, graph.out(0));
    }

    @Test
    void manyEdges() {
        int n = 80;
        LinearizedGraph graph = graph(n);
        for (int k = 0; k < 6000; k++) {
            addRandom(graph, n, true);
        }
        assertTrue(expected.size() > 2000);
        assertSame(graph, n);
    }

    /** Places of edges that are gone are used again, in the lists as in the table. */
    @Test
    void edgesComeAndGo() {
        int n = 40;
        LinearizedGraph graph = graph(n);
        for (int round = 0; round < 150; round++) {
            for (int k = 0; k < 60; k++) {
                addRandom(graph, n, true);
            }
            remove(graph, random.nextInt(n));
            remove(graph, random.nextInt(n));
            assertSame(graph, n);
        }
        for (int v = 0; v < n; v++) {
            remove(graph, v);
            assertSame(graph, n);
        }
        assertEquals(Map.of(), expected);
    }

    /** Every order of elimination leaves the sums over all paths from inputs to outputs. */
    @Test
    void elimination() {
        for (int round = 0; round < 20; round++) {
            expected.clear();
            int n = 14;
            LinearizedGraph graph = graph(n);
            for (int k = 0; k < 40; k++) {
                addRandom(graph, n, false);
            }
            List<Integer> inner = new ArrayList<>();
            for (int v = 2; v < n - 2; v++) {
                inner.add(random.nextInt(inner.size() + 1), v);
            }
            for (int v : inner) {
                eliminate(graph, v);
                assertSame(graph, n);
                assertEquals(0, graph.in(v));
                assertEquals(0, graph.out(v));
            }
        }
    }
}
