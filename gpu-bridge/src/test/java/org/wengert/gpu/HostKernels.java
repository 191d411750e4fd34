package org.wengert.gpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Unary;

/** Generated kernels, compiled for the CPU and called with Java's own elementary functions. */
@SuppressWarnings("restricted")
final class HostKernels {

    /** CUDA's functions by the row whose value they are; where CUDA's name is the row's, it is left out. */
    private static final Map<String, String> ROW = Map.of("sinpi", "sinPi", "cospi", "cosPi",
            "erfinv", "erfInv", "tgamma", "gamma", "lgamma", "logGamma");

    private static final List<String> UNARY = List.of(
            "cbrt", "exp", "exp2", "exp10", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "asin", "acos",
            "atan", "sinpi", "cospi", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc", "erfcx", "erfinv",
            "tgamma", "lgamma");

    private static final List<String> BINARY = List.of("pow", "hypot", "atan2");

    private final SymbolLookup symbols;
    private final Linker linker = Linker.nativeLinker();

    /** Compiles kernels, by default without contraction. */
    HostKernels(Path folder, String name, List<CudaSource> sources, String... options)
            throws IOException, ReflectiveOperationException {
        this(compile(folder, name, CudaSource.unit(sources), options));
    }

    static Path compile(Path folder, String name, String unit, String... options) throws IOException {
        try (InputStream in = HostKernels.class.getResourceAsStream("host.h")) {
            String prelude = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Tool.sharedLibrary(folder, name, prelude + unit,
                    options.length == 0 ? new String[] {"-ffp-contract=off"} : options);
        }
    }

    /** Kernels that are compiled. */
    HostKernels(Path library) throws ReflectiveOperationException {
        symbols = SymbolLookup.libraryLookup(library, Arena.global());
        for (String f : UNARY) {
            Unary row = (Unary) ElementaryTable.row(ROW.getOrDefault(f, f)).orElseThrow();
            MethodHandle value = MethodHandles.lookup().findVirtual(DoubleUnaryOperator.class, "applyAsDouble",
                    MethodType.methodType(double.class, double.class)).bindTo(row.value());
            bind(f, value, JAVA_DOUBLE);
        }
        for (String f : BINARY) {
            Binary row = (Binary) ElementaryTable.row(f).orElseThrow();
            MethodHandle value = MethodHandles.lookup().findVirtual(DoubleBinaryOperator.class, "applyAsDouble",
                    MethodType.methodType(double.class, double.class, double.class)).bindTo(row.value());
            bind(f, value, JAVA_DOUBLE, JAVA_DOUBLE);
        }
    }

    private void bind(String name, MethodHandle value, ValueLayout... parameters) {
        MemorySegment stub = linker.upcallStub(value, FunctionDescriptor.of(JAVA_DOUBLE, parameters), Arena.global());
        symbols.find("java_" + name).orElseThrow().reinterpret(8).set(ADDRESS, 0, stub);
    }

    private MemorySegment kernel(String name) {
        return symbols.find(name).orElseThrow();
    }

    /**
     * Outputs of a kernel at points.
     *
     * @param in one row a point, all inputs
     * @return one row a point; null where a guard fails
     */
    double[][] columns(CudaSource source, double[][] in) throws Throwable {
        int points = in.length;
        int outputs = source.program().outputs();
        try (Arena arena = Arena.ofShared()) {
            var inputs = new Inputs(arena, source, in);
            MemorySegment out = arena.allocate(JAVA_DOUBLE, Math.max(1, (long) outputs * points));
            MethodHandle call = linker.downcallHandle(kernel(source.name()), FunctionDescriptor.ofVoid(
                    ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
            call.invokeExact(inputs.uniform, inputs.columns, (long) points, out, (long) points, inputs.failed,
                    inputs.failures, (long) points);
            double[][] rows = new double[points][];
            int failures = 0;
            for (int i = 0; i < points; i++) {
                if (inputs.failed.get(JAVA_BYTE, i) != 0) {
                    failures++;
                    continue;
                }
                rows[i] = new double[outputs];
                for (int k = 0; k < outputs; k++) {
                    rows[i][k] = out.getAtIndex(JAVA_DOUBLE, (long) k * points + i);
                }
            }
            if (failures != inputs.failures.get(JAVA_INT, 0)) {
                throw new AssertionError(failures + " flags, but " + inputs.failures.get(JAVA_INT, 0) + " failures");
            }
            return rows;
        }
    }

    /** Runs a kernel with the threads of each block at once. */
    void launch(String name, int blocks, int threads, long... arguments) {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment slots = arena.allocate(JAVA_LONG, 8);
            MemorySegment.copy(arguments, 0, slots, JAVA_LONG, 0, arguments.length);
            MethodHandle call = linker.downcallHandle(kernel("host_launch"),
                    FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
            call.invokeExact(kernel(name), blocks, threads, slots);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Sums of a kernel over points. */
    double[] sums(CudaSource source, double[][] in, int blocks) {
        int entries = Objects.requireNonNull(source.reduction()).entries().size();
        long chunks = (in.length + CudaSource.CHUNK - 1L) / CudaSource.CHUNK;
        try (Arena arena = Arena.ofShared()) {
            var inputs = new Inputs(arena, source, in);
            MemorySegment partial = arena.allocate(JAVA_DOUBLE, entries * chunks);
            MemorySegment total = arena.allocate(JAVA_DOUBLE, entries);
            launch(source.name(), blocks, source.threads(), inputs.uniform.address(), inputs.columns.address(), in.length,
                    partial.address(), inputs.failed.address(), inputs.failures.address(), in.length);
            launch("wengert_fold", (entries + 31) / 32, 32, partial.address(), total.address(), entries, chunks);
            return total.toArray(JAVA_DOUBLE);
        }
    }

    /** What a kernel reads, and its flags. */
    private static final class Inputs {
        final MemorySegment uniform;
        final MemorySegment columns;
        final MemorySegment failed;
        final MemorySegment failures;

        Inputs(Arena arena, CudaSource source, double[][] in) {
            double[] values = source.uniforms().outputs() == 0 ? new double[1] : source.uniforms().value(in[0]);
            uniform = arena.allocateFrom(JAVA_DOUBLE, values);
            int[] varying = source.varyingInputs();
            columns = arena.allocate(JAVA_DOUBLE, Math.max(1, (long) varying.length * in.length));
            for (int c = 0; c < varying.length; c++) {
                for (int i = 0; i < in.length; i++) {
                    columns.setAtIndex(JAVA_DOUBLE, (long) c * in.length + i, in[i][varying[c]]);
                }
            }
            failed = arena.allocate(in.length);
            failures = arena.allocate(JAVA_INT);
        }
    }
}
