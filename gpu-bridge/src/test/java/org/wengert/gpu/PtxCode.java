package org.wengert.gpu;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.wengert.core.engine.Precision;

/** Kernels compiled to PTX by nvcc. */
final class PtxCode {

    private PtxCode() {}

    /** One PTX text of several kernels. */
    static String compile(Path folder, String name, String architecture, List<CudaSource> sources) throws IOException {
        Tool.needed("nvcc");
        Files.writeString(folder.resolve(name + ".cu"), CudaSource.unit(sources));
        List<String> command = new ArrayList<>(List.of("nvcc", "-ptx", "-arch=" + architecture));
        command.addAll(CudaSource.OPTIONS);
        command.addAll(List.of(name + ".cu", "-o", name + ".ptx"));
        Tool.run(folder, command.toArray(String[]::new));
        return Files.readString(folder.resolve(name + ".ptx"));
    }

    /**
     * A compiler that has compiled everything already: its architecture is below that of the fake device, so the chain
     * asks for PTX.
     */
    record Compiled(String ptx) implements GpuCompiler.Tool {

        @Override
        public String version() {
            return "nvcc";
        }

        @Override
        public String reason() {
            return "";
        }

        @Override
        public List<Integer> architectures() {
            return List.of(75);
        }

        @Override
        public byte[] compile(String source, List<String> options, String target) {
            if (!target.equals("compute_75")) {
                throw new AssertionError("asked for " + target);
            }
            return ptx.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * Outputs of a kernel, run by itself.
     *
     * @param in one row a point, all inputs; uniform ones are those of the first point
     * @return one row a point; null where a guard fails
     */
    static double[][] columns(PtxModule module, FakeMemory memory, CudaSource source, double[][] in, int blocks) {
        Precision precision = source.precision();
        int n = in.length;
        int outputs = source.program().outputs();
        int[] varying = source.varyingInputs();
        double[] values = source.uniforms().outputs() == 0 ? new double[1] : source.uniforms().value(in[0]);
        long uniform = place(memory, values, precision);
        double[] columns = new double[varying.length * n];
        for (int k = 0; k < columns.length; k++) {
            columns[k] = in[k % n][varying[k / n]];
        }
        long from = place(memory, columns, precision);
        long to = memory.allocate((long) n * outputs * precision.bytes());
        long failed = memory.place(new byte[n]);
        long failures = memory.place(new byte[Integer.BYTES]);
        module.launch(source.name(), blocks, source.threads(), new long[] {uniform, from, n, to, n, failed, failures, n}, memory);
        memory.watch();

        double[][] out = new double[n][];
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (memory.slice(failed + i, 1).get(ValueLayout.JAVA_BYTE, 0) != 0) {
                count++;
                continue;
            }
            out[i] = new double[outputs];
            for (int k = 0; k < outputs; k++) {
                MemorySegment at = memory.slice(to + ((long) k * n + i) * precision.bytes(), precision.bytes());
                out[i][k] = precision == Precision.DOUBLE
                        ? at.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, 0) : at.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 0);
            }
        }
        int counted = memory.slice(failures, Integer.BYTES).get(ValueLayout.JAVA_INT, 0);
        if (count != counted) {
            throw new AssertionError(count + " flags, but " + counted + " failures");
        }
        return out;
    }

    private static long place(FakeMemory memory, double[] x, Precision precision) {
        var bytes = ByteBuffer.allocate(x.length * precision.bytes()).order(ByteOrder.nativeOrder());
        for (double value : x) {
            if (precision == Precision.DOUBLE) {
                bytes.putDouble(value);
            } else {
                bytes.putFloat((float) value);
            }
        }
        return memory.place(bytes.array());
    }
}
