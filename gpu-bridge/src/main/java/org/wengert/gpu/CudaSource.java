package org.wengert.gpu;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.engine.Precision;
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
        var kernel = new CudaKernel(program, precision);
        String text = reduction == null ? kernel.columns() : kernel.reduced(reduction);
        this.threads = kernel.threads();
        this.uniforms = kernel.uniforms();
        this.name = "wengert_" + sha256(text).substring(0, 16);
        this.body = text.replace(CudaKernel.NAME, name);
    }

    /**
     * The kernel that writes all outputs of a program.
     *
     * @param precision what it computes in. In single precision columns are float on the device, sums over points are still double, and special
     *                  functions that CUDA lacks in single precision are computed in double and rounded.
     */
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
        return text.append(CudaKernel.FOLD_KERNEL).toString();
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
}
