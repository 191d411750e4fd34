package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command in a JVM of its own, as the launcher starts it, in an environment that a test chooses. */
final class ChildJvm {

    private ChildJvm() {}

    /**
     * Runs {@code wengert}.
     *
     * @param folder      where what it prints is kept; also the folder for caches
     * @param environment variables that are set; all others are as they are here
     * @param options     further options of the JVM
     */
    static Call run(Path folder, Map<String, String> environment, List<String> options, String... args)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC",
                "-Dwengert.gpu.cache=" + folder.resolve("cache")));
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Wengert.class.getName()));
        line.addAll(List.of(args));
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(5, TimeUnit.MINUTES), "the command does not end");
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(err).replaceFirst("^WARNING: Using incubator modules: .*\n", ""); // as the launcher does
        return new Call(process.exitValue(), Files.readString(out), said);
    }
}
