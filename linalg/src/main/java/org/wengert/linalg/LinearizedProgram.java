package org.wengert.linalg;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.program.Workspace;
import org.wengert.core.transform.Pattern;
import org.wengert.core.transform.Sparsity;
import org.wengert.linalg.coloring.Coloring;

/**
 * The chain rule of a program read as a graph: its vertices are the inputs and those operations that lie between an input and
 * an output, its edges carry local partial derivatives. What stands here is the same at all points; {@link #at} computes the
 * weights at one.
 *
 * <p>Partial derivatives of sums and of products with constants are known beforehand; the others are evaluated at the
 * point, once, and then serve any number of sweeps. Takes 12 bytes an edge and 8 a vertex. Immutable.
 */
final class LinearizedProgram {

    final Program program;

    /** The vertices: first the inputs, then the operations that are kept, then one that nothing depends on. */
    final int inputs;

    final int vertices;

    /** The edges into operation k, vertex {@code inputs + k}, are {@code start[k]} to {@code start[k + 1] - 1}. */
    final int[] start;

    /** The vertex where an edge comes from. */
    final int[] source;

    /** The vertex of each output, or -1 if it depends on no input. */
    final int[] outputVertex;

    /** Edges of piecewise rows, where a partial derivative of zero means "not looked at"; null if there are none. */
    private final boolean[] piecewise;

    /** The weight of each edge where it is the same everywhere. */
    private final double[] constant;

    // The operations whose partials depend on the point: node, first edge, and which operands have an edge.
    private final int[] node;
    private final int[] edge;
    private final byte[] mask;

    /** How many weights are evaluated at each point. */
    final long partials;

    private volatile @Nullable Pattern pattern;
    private volatile @Nullable Compression compression;

    LinearizedProgram(Program p) {
        this.program = p;
        this.inputs = p.inputs();
        var zero = new ZeroPartials();
        boolean[] reaches = p.reachingOutputs();
        int[] vertex = new int[p.nodes()];
        Arrays.fill(vertex, -1);
        for (int i = 0; i < inputs; i++) {
            vertex[i] = i;
        }
        int kept = 0;
        int edges = 0;
        for (int v = p.firstOperation(); v < p.nodes(); v++) {
            int active = reaches[v] ? activeOperands(p, v, vertex, zero) : 0;
            if (active > 0) {
                vertex[v] = inputs + kept++;
                edges = Math.addExact(edges, hasAllEdges(p.row(v)) ? p.operandCount(v) : active);
            }
        }
        this.vertices = inputs + kept + 1;
        this.start = new int[kept + 1];
        this.source = new int[edges];
        this.constant = new double[edges];
        int[] nodes = new int[kept];
        int[] firstEdge = new int[kept];
        byte[] masks = new byte[kept];
        boolean[] wins = null;
        int varying = 0;
        long evaluated = 0;
        int e = 0;
        for (int v = p.firstOperation(), k = 0; v < p.nodes(); v++) {
            if (vertex[v] < 0) {
                continue;
            }
            Elementary row = p.row(v);
            int first = e;
            int present = 0;
            for (int i = 0; i < p.operandCount(v); i++) {
                int u = p.operand(v, i);
                boolean active = vertex[u] >= 0 && !zero.is(row, i);
                if (active || hasAllEdges(row)) {
                    source[e] = active ? vertex[u] : vertices - 1;
                    constant[e] = weightOfLinear(p, v, i);
                    present |= i < 2 ? 1 << i : 0;
                    e++;
                }
            }
            start[++k] = e;
            if (!isLinear(p, v, vertex)) {
                nodes[varying] = v;
                firstEdge[varying] = first;
                masks[varying++] = (byte) present;
                evaluated += e - first;
            }
            if (row.notes().family() == Family.PIECEWISE) {
                wins = wins == null ? new boolean[edges] : wins;
                Arrays.fill(wins, first, e, true);
            }
        }
        this.node = Arrays.copyOf(nodes, varying);
        this.edge = Arrays.copyOf(firstEdge, varying);
        this.mask = Arrays.copyOf(masks, varying);
        this.partials = evaluated;
        this.piecewise = wins == null ? new boolean[0] : wins;
        this.outputVertex = IntStream.range(0, p.outputs()).map(i -> vertex[p.output(i)]).toArray();
    }

    private static int activeOperands(Program p, int v, int[] vertex, ZeroPartials zero) {
        int active = 0;
        Elementary row = p.row(v);
        for (int i = 0; i < p.operandCount(v); i++) {
            active += vertex[p.operand(v, i)] >= 0 && !zero.is(row, i) ? 1 : 0;
        }
        return active;
    }

    /** Rows whose partials are computed together have an edge for every operand; those of constants come from nowhere. */
    private static boolean hasAllEdges(Elementary row) {
        return row instanceof Nary && row != Reductions.SUM;
    }

    private static boolean isLinear(Program p, int v, int[] vertex) {
        Elementary row = p.row(v);
        return row == Operations.PLUS || row == Operations.MINUS || row == Operations.NEGATE || row == Reductions.SUM
                || row == Operations.TIMES && (p.isConstant(p.left(v)) || p.isConstant(p.right(v)))
                || row == Operations.DIV && vertex[p.right(v)] < 0 && p.isConstant(p.right(v));
    }

    private static double weightOfLinear(Program p, int v, int i) {
        Elementary row = p.row(v);
        if (row == Operations.PLUS || row == Reductions.SUM) {
            return 1;
        }
        if (row == Operations.MINUS) {
            return i == 0 ? 1 : -1;
        }
        if (row == Operations.NEGATE) {
            return -1;
        }
        if (row == Operations.TIMES) {
            int other = i == 0 ? p.right(v) : p.left(v);
            return p.isConstant(other) ? p.constant(other) : 0;
        }
        return row == Operations.DIV && i == 0 && p.isConstant(p.right(v)) ? 1 / p.constant(p.right(v)) : 0;
    }

    /** The pattern of the Jacobian; computed when first asked for. */
    Pattern pattern() {
        Pattern known = pattern;
        if (known == null) {
            known = Sparsity.jacobian(program);
            pattern = known;
        }
        return known;
    }

    /** The way to sparse Jacobians of this path; prepared when first asked for. */
    Compression compression() {
        Compression known = compression;
        if (known == null) {
            known = new Compression(Coloring.of(pattern()));
            compression = known;
        }
        return known;
    }

    int edges() {
        return source.length;
    }

    boolean isPiecewise(int e) {
        return piecewise.length > 0 && piecewise[e];
    }

    /** The linearization at a point where the program is right. */
    ProgramSweeps at(double[] x) {
        Workspace workspace = program.newWorkspace();
        double[] value = new double[program.outputs()];
        if (!program.run(x, value, workspace)) {
            throw new IllegalStateException("the program is not right at " + Arrays.toString(x));
        }
        return new ProgramSweeps(this, value, weights(workspace));
    }

    private double[] weights(Workspace at) {
        Program p = program;
        double[] w = constant.clone();
        for (int k = 0; k < node.length; k++) {
            int v = node[k];
            int e = edge[k];
            switch (p.row(v)) {
                case Unary f -> w[e] = f.first(at.value(p.left(v)), at.value(v));
                case Binary f -> {
                    double x = at.value(p.left(v));
                    double y = at.value(p.right(v));
                    if (f == Operations.TIMES) {
                        w[e] = (mask[k] & 1) != 0 ? y : x;
                        if (mask[k] == 3) {
                            w[e + 1] = x;
                        }
                    } else {
                        double z = at.value(v);
                        if ((mask[k] & 1) != 0) {
                            w[e++] = f.fx(x, y, z);
                        }
                        if ((mask[k] & 2) != 0) {
                            w[e] = f.fy(x, y, z);
                        }
                    }
                }
                case Nary f -> {
                    double[] x = new double[p.operandCount(v)];
                    for (int i = 0; i < x.length; i++) {
                        x[i] = at.value(p.operand(v, i));
                    }
                    System.arraycopy(f.gradient(x, at.value(v)), 0, w, e, x.length);
                }
            }
        }
        return w;
    }

    /** Which partial derivatives of rows are zero by structure. */
    private static final class ZeroPartials {

        private final IdentityHashMap<Elementary, boolean[]> known = new IdentityHashMap<>();

        boolean is(Elementary row, int i) {
            if (row == Operations.PLUS || row == Operations.TIMES || row == Operations.MINUS || row == Reductions.SUM) {
                return false;
            }
            boolean[] zeros = known.computeIfAbsent(row, ZeroPartials::of);
            return zeros[Math.min(i, zeros.length - 1)];
        }

        private static boolean[] of(Elementary row) {
            int arguments = switch (row) {
                case Unary _ -> 1;
                case Binary _ -> 2;
                case Nary f -> f.arity() == Nary.ANY ? 1 : f.arity();
            };
            var g = new ProgramBuilder();
            int[] x = IntStream.range(0, arguments).map(_ -> g.input()).toArray();
            Pattern depends = Sparsity.jacobian(g.build(g.apply(row, x)));
            boolean[] zeros = new boolean[arguments];
            for (int i = 0; i < arguments; i++) {
                zeros[i] = depends.find(0, i) < 0;
            }
            return zeros;
        }
    }
}
