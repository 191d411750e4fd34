package org.wengert.gpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * NVRTC, CUDA's compiler as a library, through the foreign-function API: versions 12 and 13, of which a binding library
 * made for one would not load the other.
 */
final class Nvrtc implements GpuCompiler.Tool {

    /** The system property that names the library's file. */
    static final String LIBRARY = "wengert.gpu.nvrtc";

    private final SymbolLookup symbols;
    private final String version;
    private final List<Integer> architectures;
    private final String reason;

    private Nvrtc(SymbolLookup symbols, String version, List<Integer> architectures, String reason) {
        this.symbols = symbols;
        this.version = version;
        this.architectures = architectures;
        this.reason = reason;
    }

    static Nvrtc find() {
        if (!GpuProbe.nativeAccess()) {
            return new Nvrtc(_ -> java.util.Optional.empty(), "", List.of(),
                    "the library NVRTC is not looked for, since native calls are not allowed");
        }
        for (String name : names()) {
            try {
                Nvrtc nvrtc = open(name);
                if (!nvrtc.version.isEmpty()) {
                    return nvrtc;
                }
            } catch (IllegalArgumentException _) {
                // no library of that name
            } catch (Throwable e) { // a broken library must not take the program down with it
                return new Nvrtc(_ -> java.util.Optional.empty(), "", List.of(), name + " does not work: " + e.getMessage());
            }
        }
        return new Nvrtc(_ -> java.util.Optional.empty(), "", List.of(), "the library NVRTC was not found");
    }

    private static List<String> names() {
        String named = System.getProperty(LIBRARY, "");
        if (!named.isEmpty()) {
            return List.of(named);
        }
        boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        List<String> files = windows
                ? List.of("nvrtc64_130_0.dll", "nvrtc64_120_0.dll")
                : List.of("libnvrtc.so.13", "libnvrtc.so.12");
        List<String> names = new ArrayList<>(files);
        List<String> folders = new ArrayList<>(List.of("/usr/local/cuda/lib64"));
        for (String variable : List.of("CUDA_HOME", "CUDA_PATH")) {
            String home = System.getenv(variable);
            if (home != null) {
                folders.add(home + (windows ? "/bin" : "/lib64"));
            }
        }
        folders.forEach(folder -> files.forEach(file -> names.add(folder + "/" + file)));
        return names;
    }

    @SuppressWarnings("restricted")
    private static Nvrtc open(String name) {
        // The library stays loaded: it starts threads of its own.
        SymbolLookup symbols = SymbolLookup.libraryLookup(name, Arena.global());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocate(JAVA_INT, 2);
            var nvrtc = new Nvrtc(symbols, "", List.of(), "");
            nvrtc.check("nvrtcVersion", numbers, numbers.asSlice(4));
            String version = "nvrtc-" + numbers.get(JAVA_INT, 0) + "." + numbers.get(JAVA_INT, 4);
            nvrtc.check("nvrtcGetNumSupportedArchs", numbers);
            int count = numbers.get(JAVA_INT, 0);
            MemorySegment list = arena.allocate(JAVA_INT, count);
            nvrtc.check("nvrtcGetSupportedArchs", list);
            List<Integer> architectures = IntStream.of(list.toArray(JAVA_INT)).boxed().sorted().toList();
            return new Nvrtc(symbols, version, architectures, "");
        }
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String reason() {
        return reason;
    }

    @Override
    public List<Integer> architectures() {
        return architectures;
    }

    @Override
    public byte[] compile(String source, List<String> options, String target) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(ADDRESS);
            check("nvrtcCreateProgram", handle, arena.allocateFrom(source), arena.allocateFrom("kernel.cu"),
                    0, MemorySegment.NULL, MemorySegment.NULL);
            MemorySegment program = handle.get(ADDRESS, 0);
            try {
                List<String> all = new ArrayList<>(options);
                all.add("--gpu-architecture=" + target);
                MemorySegment texts = arena.allocate(ADDRESS, all.size());
                for (int i = 0; i < all.size(); i++) {
                    texts.setAtIndex(ADDRESS, i, arena.allocateFrom(all.get(i)));
                }
                int code = call("nvrtcCompileProgram", program, all.size(), texts);
                if (code != 0) {
                    byte[] log = result(arena, program, "nvrtcGetProgramLog");
                    throw new GpuException("nvrtcCompileProgram failed (" + code + "): " + new String(log, 0,
                            Math.max(0, log.length - 1), java.nio.charset.StandardCharsets.UTF_8).strip());
                }
                return result(arena, program, target.startsWith("sm_") ? "nvrtcGetCUBIN" : "nvrtcGetPTX");
            } finally {
                check("nvrtcDestroyProgram", handle);
            }
        }
    }

    /** What one of the functions with a companion for the size gives. */
    private byte[] result(Arena arena, MemorySegment program, String function) {
        MemorySegment size = arena.allocate(JAVA_LONG);
        check(function + "Size", program, size);
        MemorySegment bytes = arena.allocate(Math.max(1, size.get(JAVA_LONG, 0)));
        check(function, program, bytes);
        return bytes.toArray(JAVA_BYTE);
    }

    private void check(String function, Object... arguments) {
        int code = call(function, arguments);
        if (code != 0) {
            throw new GpuException(function + " failed (" + code + ")");
        }
    }

    /** Calls a function whose arguments are pointers and ints. These calls are few and slow, so they need no handles. */
    @SuppressWarnings("restricted")
    private int call(String function, Object... arguments) {
        MemoryLayout[] parameters = new MemoryLayout[arguments.length];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = arguments[i] instanceof Integer ? JAVA_INT : ADDRESS;
        }
        MemorySegment address = symbols.find(function)
                .orElseThrow(() -> new GpuException("the library NVRTC lacks " + function));
        try {
            return (int) Linker.nativeLinker()
                    .downcallHandle(address, FunctionDescriptor.of(JAVA_INT, parameters))
                    .invokeWithArguments(arguments);
        } catch (GpuException e) {
            throw e;
        } catch (Throwable e) {
            throw new GpuException("calling " + function + " failed: " + e);
        }
    }
}
