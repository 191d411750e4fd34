package org.wengert.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Program;
import org.wengert.core.transform.Zeros;

/** What {@link StubTest} runs in a JVM of its own, where libcuda.so.1 is the stub: prints a line for each thing it finds. */
@SuppressWarnings("restricted")
final class StubMain {

    private static final CudaSource COLUMNS =
            CudaSource.of(Functions.bundleAdjustment(Zeros.GUARDED).program(), Precision.DOUBLE);
    private static final Program MIXTURE = Functions.gaussianMixture(Zeros.GUARDED);
    private static final CudaSource SUMS =
            CudaSource.of(MIXTURE, Precision.DOUBLE, Reduction.sums(0, MIXTURE.outputs()));

    private static final int POINTS = 2 * CudaSource.CHUNK + 77;
    private static final int DEVICES = 0;
    private static final int MEMORY = 1;
    private static final int LOST_AT_LAUNCH = 2;
    private static final int FORGET_TO_WAIT = 3;
    private static final int BEGIN_ANEW = 4;

    private final SymbolLookup stub = SymbolLookup.libraryLookup("libcuda.so.1", Arena.global());
    private final Path folder;
    private final double[][] in = new double[17][POINTS];
    private final double[][] expected = new double[COLUMNS.program().outputs()][POINTS];

    private StubMain(Path folder) {
        this.folder = folder;
        Program p = COLUMNS.program();
        var random = new SplittableRandom(5);
        double[] out = new double[p.outputs()];
        for (int i = 0; i < POINTS; i++) {
            double[] point = Functions.bundlePoint(random);
            p.run(point, out, p.newWorkspace());
            for (int j = 0; j < point.length; j++) {
                in[j][i] = point[j];
            }
            for (int k = 0; k < out.length; k++) {
                expected[k][i] = out[k];
            }
        }
    }

    /** Runs everything; the argument is a folder for kernels. */
    public static void main(String[] args) throws Throwable {
        new StubMain(Path.of(args[0])).run();
    }

    private void set(int what, long value) {
        try {
            handle("stub_set", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)).invokeExact(what, value);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private long ask(String function) {
        try {
            return (long) handle(function, FunctionDescriptor.of(ValueLayout.JAVA_LONG)).invokeExact();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(stub.find(name).orElseThrow(), descriptor);
    }

    private static void say(String what, Object found) {
        System.out.println(what + ": " + found);
    }

    private static String failure(Supplier<Object> work) {
        try {
            return "no failure, but " + work.get();
        } catch (GpuException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Gpu start() {
        set(BEGIN_ANEW, 0);
        var chain = new GpuCompiler(new KernelCache(folder, List.of()), List.of(Nvrtc.find()));
        return Gpu.start(JCudaGpuDriver.open(), chain, 0);
    }

    private void run() {
        say("probe", GpuProbe.probe().unasked());
        endToEnd();
        try (Gpu gpu = start()) {
            GpuKernel kernel = gpu.kernel(COLUMNS);
            set(MEMORY, 3 * Tile.bytesPerPoint(COLUMNS) * CudaSource.CHUNK + 10_000);
            say("short of memory", streamed(kernel));
            set(MEMORY, 10_000);
            say("out of memory", failure(() -> streamed(kernel)));
            say("still in use", gpu.broken().isEmpty());
            set(MEMORY, 1L << 32);
            say("garbage", failure(() -> gpu.call(() -> gpu.driver().loadModule("junk".getBytes(StandardCharsets.UTF_8)))));
            say("other thread", failure(() -> gpu.driver().allocate(8)));
            say("kernel not there", failure(() -> gpu.call(() -> gpu.driver().function(gpu.driver().loadModule(
                    gpu.compiler().image(COLUMNS.text(), 75)), "nothing"))));
            set(FORGET_TO_WAIT, 1);
            say("forgotten wait", streamed(kernel).equals("right") ? "not noticed" : "noticed");
            set(FORGET_TO_WAIT, 0);
        }
        beside();
        lost();
        set(DEVICES, 0);
        say("no device", failure(this::start));
    }

    private void endToEnd() {
        try (Gpu gpu = start()) {
            say("device", gpu.description().replaceAll(", compiler.*", ""));
            say("streamed", streamed(gpu.kernel(COLUMNS)));
            double[] inputs = new SplittableRandom(6).doubles(MIXTURE.inputs(), -1, 1).toArray();
            try (var batch = new DeviceBatch(gpu.kernel(SUMS), POINTS)) {
                batch.upload(in[0], in[1]);
                say("guards", batch.run(inputs));
                say("sums", worst(batch.sums(), sums(inputs)) < 1e-12 ? "right" : "wrong");
            }
            gpu.call(() -> true);
            say("left behind", ask("stub_used") + " bytes, " + ask("stub_pinned") + " pinned");
        }
    }

    /** The stub's kernels call the functions of C's library, so the last bits differ. */
    private String streamed(GpuKernel kernel) {
        double[][] out = new double[expected.length][POINTS];
        Streamed.run(kernel, new double[0], in, out, POINTS);
        double worst = IntStream.range(0, out.length).mapToDouble(k -> worst(out[k], expected[k])).max().orElse(1);
        return worst < 1e-12 ? "right" : "wrong by " + worst;
    }

    private static double worst(double[] a, double[] b) {
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            double off = Math.abs(a[i] - b[i]) / (1 + Math.abs(b[i]));
            worst = Math.max(worst, Double.isNaN(off) ? Double.POSITIVE_INFINITY : off);
        }
        return worst;
    }

    private double[] sums(double[] inputs) {
        double[] sums = new double[MIXTURE.outputs()];
        for (int i = 0; i < POINTS; i++) {
            inputs[Functions.PARAMETERS] = in[0][i];
            inputs[Functions.PARAMETERS + 1] = in[1][i];
            double[] value = MIXTURE.value(inputs);
            for (int k = 0; k < sums.length; k++) {
                sums[k] += value[k];
            }
        }
        return sums;
    }

    private void beside() {
        try (Gpu gpu = start()) {
            String text = COLUMNS.text().replace("i < points;", "i < points + 1;");
            byte[] image = Objects.requireNonNull(gpu.compiler().image(text, 75));
            GpuKernel kernel = gpu.call(() -> GpuKernel.load(gpu, COLUMNS, image));
            // Not closed: its memory is gone with the context.
            var batch = new DeviceBatch(kernel, CudaSource.CHUNK);
            batch.upload(in);
            say("store beside", failure(batch::run));
        }
    }

    private void lost() {
        try (Gpu gpu = start()) {
            GpuKernel kernel = gpu.kernel(COLUMNS);
            set(LOST_AT_LAUNCH, 1);
            say("lost", failure(() -> streamed(kernel)));
            say("afterwards", failure(() -> streamed(kernel)));
            set(LOST_AT_LAUNCH, 0);
        }
    }
}
