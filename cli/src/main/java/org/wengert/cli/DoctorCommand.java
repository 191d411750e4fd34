package org.wengert.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.wengert.gpu.GpuCheck;
import org.wengert.gpu.GpuProbe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wengert doctor}: what this machine has for fast derivatives, and what it lacks and why. */
@Command(
        name = "doctor",
        header = "Say what this machine offers: JDK, vector unit, GPU, memory, cores.",
        description = "Nothing that is missing stops any command from working; it is only slower.")
final class DoctorCommand implements Runnable {

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(findings()));
            return;
        }
        Runtime runtime = Runtime.getRuntime();
        row(out, "JDK", Runtime.version().feature() >= 25, System.getProperty("java.version") + ", "
                + System.getProperty("java.vm.name") + ", " + System.getProperty("java.vendor"));
        row(out, "from", true, System.getProperty("java.home"));
        Vectors vectors = Vectors.probe();
        row(out, "vector width", vectors.bits() > 0, vectors.bits() > 0
                ? vectors.bits() + " bits, " + vectors.bits() / 64 + " doubles at once"
                : "none: this JVM does not compile vector code (no C2 compiler)");
        row(out, "vector module", vectors.module(), vectors.module()
                ? "jdk.incubator.vector is present"
                : "this JDK comes without the module jdk.incubator.vector");
        row(out, "vector mathematics", !vectors.mathematics().isEmpty(), vectors.mathematics().isEmpty()
                ? "not present: exp, log, sin and their like run one by one"
                : "present (" + vectors.mathematics() + ")");
        GpuProbe.Result gpu = GpuProbe.probe();
        List<GpuCheck.Finding> parts = GpuCheck.findings();
        boolean ready = gpu.available() && parts.stream().allMatch(GpuCheck.Finding::good);
        row(out, "GPU", ready, ready ? "ready" : gpu.available() ? "a part is missing" : "none: " + gpu.reason());
        for (GpuCheck.Finding part : parts) {
            row(out, "  " + part.part(), part.good(), part.found());
            if (!part.remedy().isEmpty()) {
                out.printf("   %-20s%s%n", "", "to get it: " + part.remedy());
            }
        }
        row(out, "heap", true, mebibytes(runtime.maxMemory()) + " MiB at most"
                + " (more: WENGERT_JAVA_OPTS=-Xmx8g)");
        row(out, "cores", true, Integer.toString(runtime.availableProcessors()));
        row(out, "system", true, System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch"));
    }

    private void row(PrintWriter out, String name, boolean good, String text) {
        out.printf("%s %-20s%s%n", terminal.good(good ? "ok" : "--", good), name, text);
    }

    private static Map<String, Object> findings() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("jdk", System.getProperty("java.version"));
        all.put("jvm", System.getProperty("java.vm.name"));
        all.put("javaHome", System.getProperty("java.home"));
        Vectors vectors = Vectors.probe();
        all.put("vectorBits", vectors.bits());
        all.put("vectorModule", vectors.module());
        all.put("vectorMathematics", !vectors.mathematics().isEmpty());
        GpuProbe.Result gpu = GpuProbe.probe();
        all.put("gpu", gpu.available());
        all.put("gpuReason", gpu.reason());
        all.put("gpuDriver", gpu.driver());
        all.put("gpuDevices", gpu.devices().stream()
                .map(d -> {
                    Map<String, Object> device = new LinkedHashMap<>();
                    device.put("name", d.name());
                    device.put("computeCapability", d.capability());
                    device.put("bytes", d.bytes());
                    return device;
                })
                .toList());
        all.put("gpuParts", GpuCheck.findings().stream()
                .map(part -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("part", part.part());
                    one.put("found", part.good());
                    one.put("what", part.found());
                    one.put("remedy", part.remedy());
                    return one;
                })
                .toList());
        all.put("heapBytes", Runtime.getRuntime().maxMemory());
        all.put("cores", Runtime.getRuntime().availableProcessors());
        all.put("os", System.getProperty("os.name"));
        all.put("arch", System.getProperty("os.arch"));
        return all;
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }

    /**
     * The vector unit as the JVM uses it. Asked of the JVM's own settings, because loading the incubator module
     * would print a warning.
     *
     * @param bits        the widest vector that the JIT compiler uses; 0 if it uses none
     * @param module      whether the JDK has the Vector API
     * @param mathematics the library of vector mathematics that comes with the JDK; empty if there is none
     */
    private record Vectors(int bits, boolean module, String mathematics) {

        static Vectors probe() {
            boolean module = ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent();
            int bits = 8 * (int) number("MaxVectorSize");
            return new Vectors(bits, module, bits > 0 && flag("UseVectorStubs") ? library() : "");
        }

        private static String library() {
            Path lib = Path.of(System.getProperty("java.home"), "lib");
            Path bin = Path.of(System.getProperty("java.home"), "bin"); // on Windows
            return Stream.of(lib, bin)
                    .flatMap(folder -> Stream.of("jsvml", "sleef").map(System::mapLibraryName).map(folder::resolve))
                    .filter(Files::exists)
                    .map(file -> file.getFileName() + "")
                    .findFirst()
                    .orElse("");
        }

        private static long number(String option) {
            String value = option(option);
            return value.isEmpty() ? 0 : Long.parseLong(value);
        }

        private static boolean flag(String option) {
            return List.of("true", "").contains(option(option)); // a product build may not show the flag
        }

        /** The value of a HotSpot option; empty if this JVM does not know it. */
        private static String option(String name) {
            try {
                var bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
                return bean == null ? "" : bean.getVMOption(name).getValue();
            } catch (IllegalArgumentException _) {
                return "";
            }
        }
    }
}
