package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are whole or not there. */
class OutputTest {

    @TempDir
    private Path folder = Path.of("");

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    /** A program that writes half of a file, says so, and waits until it is stopped. */
    static final class Halfway {

        private Halfway() {}

        /** The argument is the file. */
        public static void main(String[] args) throws IOException {
            Output.write(Path.of(args[0]), out -> {
                out.write("half".getBytes(StandardCharsets.UTF_8));
                out.flush();
                System.out.println("half is written");
                try {
                    Thread.sleep(TimeUnit.MINUTES.toMillis(5));
                } catch (InterruptedException problem) {
                    throw new IOException(problem);
                }
            });
        }
    }

    /** Stops the program as Ctrl-C does: both signals run the same hooks, but SIGINT may be ignored in the background. */
    private void stopHalfway(Path file) throws Exception {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Halfway.class.getName(), file.toString())
                .redirectErrorStream(true).start();
        try (BufferedReader out = process.inputReader()) {
            assertEquals("half is written", out.readLine());
            assertTrue(names().stream().anyMatch(name -> name.endsWith(".tmp")), names().toString());
            process.destroy();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the program goes on");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aStoppedProgramLeavesNoNewFile() throws Exception {
        stopHalfway(folder.resolve("new.svg"));
        assertEquals(List.of(), names());
    }

    @Test
    void aStoppedProgramLeavesWhatWasThere() throws Exception {
        Path file = Files.writeString(folder.resolve("old.svg"), "the old picture");
        stopHalfway(file);
        assertEquals(List.of("old.svg"), names());
        assertEquals("the old picture", Files.readString(file));
    }

    @Test
    void aFailureLeavesWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("old.svg"), "the old picture");
        assertThrows(IOException.class, () -> Output.write(file, out -> {
            out.write(1);
            throw new IOException("the disk is full");
        }));
        assertEquals(List.of("old.svg"), names());
        assertEquals("the old picture", Files.readString(file));
    }
}
