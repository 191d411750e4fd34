package org.wengert.gpu;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

/**
 * A program as a CUDA kernel: straight-line code for one point in a loop over points.
 *
 * <pre>
 * columns   kernel(uniform, in, inStride, out, outStride, failed, failures, points)
 * reduced   kernel(uniform, in, inStride, partial, failed, failures, points)
 * </pre>
 *
 * {@code uniform} holds the values of {@link #uniforms()}, {@code in} the columns of the varying inputs, {@code out}
 * the columns of the outputs. Where a guard fails, {@code failed[i]} is 1 and point i counts in {@code failures};
 * its outputs mean nothing and enter no sum. A program without guards touches neither.
 *
 * <p>Compiled without contraction ({@link #OPTIONS}), every operation is the one that the program states, so the
 * results differ from the CPU's by what CUDA's elementary functions differ from Java's: at most 2 ulp for the
 * analytic ones, 5 for erfc and erfInv. Take programs from the package {@code transform} with {@code Zeros.GUARDED}
 * for speed, or {@code Zeros.ABSORBED} for code that is right everywhere by itself.
 *
 * <p>Immutable. Equal programs have equal text and equal names.
 */
public final class CudaSource {

    /** Points of a chunk: the unit in which sums are gathered. */
    public static final int CHUNK = 4096;

    /** How many chunks are added up before that sum is added to the whole. */
    public static final int FOLD = 64;

    /** What compilers must be told so that no product and sum are contracted. */
    static final List<String> OPTIONS = List.of("--fmad=false", "--std=c++17");

    /** Straight-line code of more operations than this takes compilers minutes. */
    static final int MOST_OPERATIONS = 20_000;

    private static final int SHARED_BYTES = 48 * 1024;

    private final Program program;
    private final Precision precision;
    private final @Nullable Reduction reduction;
    private final int threads;
    private final int[] uniforms;
    private final String name;
    private final String body;

    private CudaSource(Program program, Precision precision, @Nullable Reduction reduction) {
        String reason = reasonAgainst(program);
        if (!reason.isEmpty()) {
            throw new IllegalArgumentException("program cannot run on a GPU: " + reason);
        }
        this.program = program;
        this.precision = precision;
        this.reduction = reduction;
        var writer = new Writer(program, precision);
        String text = reduction == null ? writer.columns() : writer.reduced(reduction);
        this.threads = writer.threads;
        this.uniforms = writer.uniforms.stream().mapToInt(Integer::intValue).toArray();
        this.name = "wengert_" + sha256(text).substring(0, 16);
        this.body = text.replace(Writer.NAME, name);
    }

    /** The kernel that writes all outputs of a program. */
    public static CudaSource of(Program program, Precision precision) {
        return new CudaSource(program, precision, null);
    }

    /**
     * The kernel that sums over the points.
     *
     * @throws IllegalArgumentException if the sums need more outputs at once than a block's shared memory holds
     */
    public static CudaSource of(Program program, Precision precision, Reduction reduction) {
        return new CudaSource(program, precision, reduction);
    }

    /** Why no kernel can be made of a program, in words; empty if one can. */
    public static String reasonAgainst(Program program) {
        for (Elementary row : program.rows()) {
            if (!CudaRows.has(row)) {
                return "the function " + row.name() + " has no CUDA form";
            }
        }
        return program.operations() > MOST_OPERATIONS
                ? "it has " + program.operations() + " operations, and a kernel at most " + MOST_OPERATIONS
                : "";
    }

    /** A translation unit of several kernels; compiles in less time than one by one. */
    public static String unit(List<CudaSource> sources) {
        var text = new StringBuilder(CudaRows.FUNCTIONS);
        sources.stream().map(s -> s.body).distinct().forEach(text::append);
        return text.append(Writer.FOLD_KERNEL).toString();
    }

    /** The complete CUDA C text. */
    public String text() {
        return unit(List.of(this));
    }

    /** The name of the kernel. */
    public String name() {
        return name;
    }

    /** The program that the kernel runs. */
    public Program program() {
        return program;
    }

    /** The format that the kernel computes in. */
    public Precision precision() {
        return precision;
    }

    /** The sums; null for a kernel that writes columns. */
    @Nullable Reduction reduction() {
        return reduction;
    }

    /** The threads of a block. */
    public int threads() {
        return threads;
    }

    /** The inputs that have a column, in this order. */
    public int[] varyingInputs() {
        int[] inputs = new int[program.inputs()];
        int n = 0;
        for (int i = 0; i < inputs.length; i++) {
            if (!program.isUniform(i)) {
                inputs[n++] = i;
            }
        }
        return Arrays.copyOf(inputs, n);
    }

    /** How many uniform numbers the kernel takes. */
    int uniformCount() {
        return uniforms.length;
    }

    /**
     * The nodes whose values the kernel takes as uniform numbers, as a program of its own: it has all inputs of the
     * kernel's program, of which the varying ones do not matter, and one output for each uniform number.
     */
    public Program uniforms() {
        var builder = new ProgramBuilder();
        int[] node = new int[program.nodes()];
        for (int v = 0; v < program.firstVarying(); v++) {
            node[v] = program.isInput(v) ? builder.input(program.isUniform(v)) : builder.copy(program, v, node);
        }
        return builder.build(Arrays.stream(uniforms).map(v -> node[v]).toArray());
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes one kernel. */
    private static final class Writer {

        static final String NAME = "@NAME@";

        /** Adds up the partial sums of chunks. */
        static final String FOLD_KERNEL = """

                extern "C" __global__ void wengert_fold(const double* __restrict__ partial, double* __restrict__ total,
                        int entries, long long chunks) {
                    int e = blockIdx.x * blockDim.x + threadIdx.x;
                    if (e >= entries) return;
                    double sum = 0;
                    for (long long first = 0; first < chunks; first += %1$d) {
                        double group = 0;
                        for (long long c = first; c < chunks && c < first + %1$d; c++) group += partial[c * entries + e];
                        sum += group;
                    }
                    total[e] = sum;
                }
                """.formatted(FOLD);

        private final Program p;
        private final Precision precision;
        private final Schedule schedule;
        private final String real;
        private final List<Integer> uniforms = new ArrayList<>();
        private final int[] uniformSlot; // and 1 more, 0 for those that were not asked for
        private final int[] column;
        private final boolean[] defined;
        private final StringBuilder out = new StringBuilder();
        private int threads = 128;

        Writer(Program p, Precision precision) {
            this.p = p;
            this.precision = precision;
            this.schedule = Schedule.of(p);
            this.real = precision.type();
            this.uniformSlot = new int[p.nodes()];
            this.column = new int[p.inputs()];
            this.defined = new boolean[p.nodes()];
            for (int i = 0, n = 0; i < column.length; i++) {
                column[i] = p.isUniform(i) ? -1 : n++;
            }
        }

        // ---- columns ---------------------------------------------------------------------------------

        String columns() {
            signature("%s* __restrict__ out, long long outStride".formatted(real));
            out.append("""
                        for (long long i = (long long) blockIdx.x * blockDim.x + threadIdx.x; i < points;
                                i += (long long) gridDim.x * blockDim.x) {
                    """);
            int[] all = new int[p.outputs()];
            Arrays.setAll(all, k -> k);
            body(all, "out[%d * outStride + i] = %s;\n");
            if (!p.guards().isEmpty()) {
                out.append("        failed[i] = bad;\n        if (bad) atomicAdd(failures, 1u);\n");
            }
            return out.append("    }\n}\n").toString();
        }

        /** Registers by the most values that are live at a time, and what they leave room for: an occupancy table. */
        private int blocksPerProcessor() {
            int registers = 4 * precision.bytes() + schedule.live() * precision.bytes() / 4;
            return registers <= 64 ? 8 : registers <= 144 ? 4 : registers <= 168 ? 3 : 2;
        }

        private void signature(String result) {
            out.append("""

                    extern "C" __global__ void __launch_bounds__(%d, %d) %s(
                            const %s* __restrict__ uniform, const %4$s* __restrict__ in, long long inStride,
                            %s, unsigned char* __restrict__ failed, unsigned int* __restrict__ failures, long long points) {
                    """.formatted(threads, Math.max(1, blocksPerProcessor() * 128 / threads), NAME, real, result));
        }

        // ---- one point -------------------------------------------------------------------------------

        /** The operations; each of the chosen outputs is stored as soon as it is there. */
        private void body(int[] outputs, String store) {
            if (!p.guards().isEmpty()) {
                out.append("        bool bad = false;\n");
            }
            boolean[] wanted = new boolean[p.nodes()];
            Arrays.stream(outputs).forEach(k -> wanted[p.output(k)] = true);
            int[][] ready = guardsByNode();
            for (int k : outputs) {
                if (p.output(k) < p.firstVarying()) {
                    String value = operand(p.output(k));
                    out.append("        ").append(store.formatted(k, value));
                }
            }
            for (int g : ready[p.nodes()]) {
                guard(p.guards().get(g));
            }
            for (int v : schedule.order()) {
                operation(v);
                for (int k = 0; wanted[v] && k < outputs.length; k++) {
                    if (p.output(outputs[k]) == v) {
                        out.append("        ").append(store.formatted(outputs[k], "v" + v));
                    }
                }
                for (int g : ready[v]) {
                    guard(p.guards().get(g));
                }
            }
        }

        /** For each node the guards that can be asked once it is there; at the end those that ask of no operation. */
        private int[][] guardsByNode() {
            int[] position = new int[p.nodes()];
            Arrays.fill(position, -1);
            for (int k = 0; k < schedule.order().length; k++) {
                position[schedule.order()[k]] = k;
            }
            List<List<Integer>> ready = new ArrayList<>();
            for (int v = 0; v <= p.nodes(); v++) {
                ready.add(List.of());
            }
            for (int g = 0; g < p.guards().size(); g++) {
                int left = p.guards().get(g).left();
                int right = p.guards().get(g).right();
                int later = position[left] >= position[right] ? left : right;
                int at = position[later] < 0 ? p.nodes() : later;
                List<Integer> longer = new ArrayList<>(ready.get(at));
                longer.add(g);
                ready.set(at, longer);
            }
            return ready.stream().map(l -> l.stream().mapToInt(Integer::intValue).toArray()).toArray(int[][]::new);
        }

        private void guard(Guard g) {
            String a = operand(g.left());
            String b = operand(g.right());
            String holds = switch (g.relation()) {
                case LESS -> a + " < " + b;
                case AT_MOST -> a + " <= " + b;
                case EQUAL -> a + " == " + b;
                case SAME -> "w_same(" + a + ", " + b + ")";
            };
            out.append("        bad |= ").append(g.outcome() ? "!(" + holds + ")" : holds).append(";\n");
        }

        private void operation(int v) {
            List<String> x = new ArrayList<>();
            for (int i = 0; i < p.operandCount(v); i++) {
                x.add(operand(p.operand(v, i)));
            }
            if (CudaRows.takesArray(p.row(v))) {
                out.append("        const double x%d[] = {%s};\n".formatted(v, String.join(", ", x)));
                x = List.of("x" + v);
            }
            out.append("        const %s v%d = %s;\n".formatted(real, v, CudaRows.expression(p.row(v), x, precision)));
        }

        /** The name of a node or its literal; an input is loaded when it is first asked for. */
        private String operand(int v) {
            if (p.isConstant(v)) {
                return literal(p.constant(v));
            }
            if (p.isUniform(v)) {
                if (uniformSlot[v] == 0) {
                    uniforms.add(v);
                    uniformSlot[v] = uniforms.size();
                }
                return "uniform[" + (uniformSlot[v] - 1) + "]";
            }
            if (p.isInput(v) && !defined[v]) {
                defined[v] = true;
                out.append("        const %s v%d = in[%d * inStride + i];\n".formatted(real, v, column[v]));
            }
            return "v" + v;
        }

        private String literal(double c) {
            String text = Double.isNaN(c) ? "W_NAN"
                    : Double.isInfinite(c) ? c > 0 ? "W_INF" : "(-W_INF)"
                    : c < 0 || 1 / c < 0 ? "(" + Double.toHexString(c) + ")" : Double.toHexString(c);
            return precision == Precision.DOUBLE ? text : "(float) " + text;
        }

        // ---- sums ------------------------------------------------------------------------------------

        /**
         * Each thread computes one point and lays the outputs that are summed into shared memory; then each thread sums
         * its entries over the points of the block. That keeps the sums out of the registers of the straight-line
         * code, and their order fixed.
         */
        String reduced(Reduction reduction) {
            List<Integer> staged = new ArrayList<>();
            int mostPairs = 1;
            boolean one = false;
            boolean padded = false;
            for (int[] pairs : reduction.entries()) {
                mostPairs = Math.max(mostPairs, pairs.length / 2);
                for (int output : pairs) {
                    if (output != Reduction.ONE && !staged.contains(output)) {
                        staged.add(outputNumber(output));
                    }
                    one |= output == Reduction.ONE;
                }
            }
            for (int[] pairs : reduction.entries()) {
                padded |= pairs.length < 2 * mostPairs;
            }
            int oneRow = staged.size();
            int zeroRow = oneRow + (one ? 1 : 0);
            int rows = zeroRow + (padded ? 1 : 0);
            while (rows * (threads + 1) * precision.bytes() > SHARED_BYTES && threads > 32) {
                threads /= 2;
            }
            if (rows * (threads + 1) * precision.bytes() > SHARED_BYTES) {
                throw new IllegalArgumentException("reduction sums products of " + staged.size()
                        + " outputs, and a block's shared memory holds " + SHARED_BYTES / precision.bytes() / 33);
            }
            int entries = reduction.entries().size();
            int each = (entries + threads - 1) / threads;

            List<String> table = new ArrayList<>();
            for (int[] pairs : reduction.entries()) {
                for (int k = 0; k < 2 * mostPairs; k++) {
                    table.add(Integer.toString(k >= pairs.length ? zeroRow
                            : pairs[k] == Reduction.ONE ? oneRow : staged.indexOf(pairs[k])));
                }
            }
            out.append("\nstatic __device__ const unsigned short %s_rows[] = {%s};\n"
                    .formatted(NAME, String.join(",", table)));
            signature("double* __restrict__ partial");
            out.append("""
                        __shared__ %1$s value[%2$d][%3$d + 1];
                        const int lane = threadIdx.x;
                        int a[%4$d], b[%4$d];
                        for (int q = 0; q < %5$d; q++) {
                            int e = lane + q * %3$d;
                            for (int k = 0; k < %6$d; k++) {
                                a[q * %6$d + k] = e < %7$d ? %8$s_rows[(e * %6$d + k) * 2] : 0;
                                b[q * %6$d + k] = e < %7$d ? %8$s_rows[(e * %6$d + k) * 2 + 1] : 0;
                            }
                        }
                    """.formatted(real, rows, threads, each * mostPairs, each, mostPairs, entries, NAME));
            if (one) {
                out.append("    value[%d][lane] = 1;\n".formatted(oneRow));
            }
            if (padded) {
                out.append("    value[%d][lane] = 0;\n".formatted(zeroRow));
            }
            out.append("""
                        for (long long chunk = blockIdx.x; chunk * %1$d < points; chunk += gridDim.x) {
                            double sum[%2$d];
                            for (int q = 0; q < %2$d; q++) sum[q] = 0;
                            for (long long first = chunk * %1$d; first < (chunk + 1) * %1$d && first < points; first += %3$d) {
                                const long long i = first + lane;
                                bool drop = i >= points;
                                if (!drop) {
                    """.formatted(CHUNK, each, threads));
            int[] outputs = staged.stream().mapToInt(Integer::intValue).toArray();
            // The store names the output; its row is found by its place among those that are staged.
            int[] rowOf = new int[p.outputs()];
            Arrays.setAll(rowOf, staged::indexOf);
            int mark = out.length();
            body(outputs, "value[ROW%d][lane] = %s;\n");
            String text = out.substring(mark);
            out.setLength(mark);
            for (int k : outputs) {
                text = text.replace("[ROW" + k + "]", "[" + rowOf[k] + "]");
            }
            out.append(text);
            if (!p.guards().isEmpty()) {
                out.append("        failed[i] = bad;\n        if (bad) atomicAdd(failures, 1u);\n        drop = bad;\n");
            }
            out.append("""
                                }
                                if (drop) for (int k = 0; k < %1$d; k++) value[k][lane] = 0;
                                __syncthreads();
                                for (int q = 0; q < %2$d; q++) {
                                    double s = 0;
                                    for (int t = 0; t < %3$d; t++)
                                        for (int k = 0; k < %4$d; k++)
                                            s = fma((double) value[a[q * %4$d + k]][t], (double) value[b[q * %4$d + k]][t], s);
                                    sum[q] += s;
                                }
                                __syncthreads();
                            }
                            for (int q = 0; q < %2$d; q++) {
                                int e = lane + q * %3$d;
                                if (e < %5$d) partial[chunk * %5$d + e] = sum[q];
                            }
                        }
                    }
                    """.formatted(staged.size(), each, threads, mostPairs, entries));
            return out.toString();
        }

        private int outputNumber(int output) {
            if (output < 0 || output >= p.outputs()) {
                throw new IllegalArgumentException("reduction sums output " + output + ", but the program has "
                        + p.outputs());
            }
            return output;
        }
    }
}
