package org.wengert.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Compilers that tests use where they are installed. */
final class Tool {

    private Tool() {}

    /** Skips the test, and says why, where a tool is missing. */
    static void needed(String tool) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
        if (!there) {
            System.out.println("skipped, because there is no " + tool + " on the PATH");
        }
        assumeTrue(there, "there is no " + tool + " on the PATH");
    }

    /** Runs a tool that must succeed, and gives what it printed. */
    static String run(Path folder, String... command) {
        try {
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + printed);
            return printed;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Compiles C++ text to a shared library. */
    static Path sharedLibrary(Path folder, String name, String text, String... options) throws IOException {
        needed("g++");
        Files.writeString(folder.resolve(name + ".cpp"), text);
        Path library = folder.resolve("lib" + name + ".so");
        var command = new ArrayList<>(List.of("g++", "-std=c++20", "-shared", "-fPIC", "-pthread", "-O1", "-w"));
        command.addAll(List.of(options));
        command.addAll(List.of(name + ".cpp", "-o", library.toString()));
        run(folder, command.toArray(String[]::new));
        return library;
    }
}
