package org.wengert.gpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Real PTX, executed on the CPU: each thread of each block by itself, blocks and threads in an order that no kernel may
 * rely on.
 */
final class PtxModule implements FakeGpu.Code {

    private final Map<String, PtxFunction> functions = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(17);

    /** How approximations of the device err: by -1, 0 or 1 units in their last place. */
    int bias;

    /** Instructions executed. */
    long instructions;

    private PtxModule(String text, FakeMemory memory) {
        var in = new PtxTokens(text);
        Map<String, Long> globals = new HashMap<>();
        while (in.hasNext()) {
            switch (in.next()) {
                case ".version", ".target", ".address_size" -> in.next();
                case ".visible", ".extern", ".weak" -> { }
                case ".global", ".const" -> global(in, globals, memory);
                case ".func" -> function(in, false, globals);
                case ".entry" -> function(in, true, globals);
                case String other -> {
                    if (!other.equals(",") && !other.matches("[0-9.a-z_]+")) { // further words of .version and .target
                        throw new IllegalArgumentException("'" + other + "' is not expected at the top of a PTX text");
                    }
                }
            }
        }
    }

    /** A module, its variables in a device's memory; an image that is not PTX text is refused as a driver does. */
    static PtxModule load(byte[] image, FakeMemory memory) {
        String text = new String(image, StandardCharsets.UTF_8);
        if (!text.contains(".version")) {
            throw new GpuException("cuModuleLoadData", GpuException.INVALID_IMAGE, "CUDA_ERROR_INVALID_IMAGE");
        }
        return new PtxModule(text, memory);
    }

    private static void global(PtxTokens in, Map<String, Long> globals, FakeMemory memory) {
        if (in.take(".align")) {
            in.integer();
        }
        int each = PtxAssembler.bytes(in.next().substring(1));
        String name = in.next();
        int count = 1;
        if (in.take("[")) {
            count = (int) in.integer();
            in.expect("]");
        }
        ByteBuffer bytes = ByteBuffer.allocate(each * count).order(ByteOrder.LITTLE_ENDIAN);
        if (in.take("=")) {
            in.expect("{");
            for (int k = 0; k < count && !in.peek().equals("}"); k++) {
                long value = in.number();
                switch (each) {
                    case 1 -> bytes.put((byte) value);
                    case 2 -> bytes.putShort((short) value);
                    case 4 -> bytes.putInt((int) value);
                    default -> bytes.putLong(value);
                }
                in.take(",");
            }
            in.expect("}");
        }
        in.expect(";");
        globals.put(name, memory.place(bytes.array()));
    }

    private void function(PtxTokens in, boolean kernel, Map<String, Long> globals) {
        boolean returns = in.peek().equals("("); // the results stand before the name
        int ahead = 0;
        while (returns && !in.peek(ahead).equals(")")) {
            ahead++;
        }
        String name = in.peek(returns ? ahead + 1 : 0);
        PtxFunction f = functions.computeIfAbsent(name, n -> new PtxFunction(n, kernel));
        var assembler = new PtxAssembler(in, f, functions, globals);
        f.results = returns ? assembler.parameters() : new int[0];
        in.expect(name);
        f.parameters = in.peek().equals("(") ? assembler.parameters() : new int[0];
        while (in.peek().startsWith(".")) {
            String directive = in.next();
            long[] values = {in.integer(), in.take(",") ? in.integer() : 1, in.take(",") ? in.integer() : 1};
            if (directive.equals(".maxntid")) {
                f.mostThreads = (int) (values[0] * values[1] * values[2]);
            }
        }
        if (!in.take(";")) {
            assembler.body();
        }
    }

    @Override
    public void launch(String name, int blocks, int threads, long[] arguments, FakeMemory memory) {
        PtxFunction kernel = functions.get(name);
        if (kernel == null || !kernel.kernel || threads > kernel.mostThreads
                || arguments.length != kernel.parameters.length) {
            throw new AssertionError("no kernel " + name + " for " + threads + " threads and " + arguments.length
                    + " arguments");
        }
        int localBytes = functions.values().stream().filter(f -> !f.kernel || f == kernel)
                .mapToInt(f -> f.localBytes + 16).sum();
        List<Integer> order = IntStream.range(0, blocks).boxed().collect(Collectors.toList());
        Collections.shuffle(order, Random.from(random));
        for (int block : order) {
            var run = new PtxBlock(kernel, memory, localBytes, random, bias);
            run.run(block, blocks, threads, arguments);
            instructions += run.instructions;
        }
    }
}
