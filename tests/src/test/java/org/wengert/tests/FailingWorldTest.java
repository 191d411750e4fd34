package org.wengert.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.cli.InProcess;

/** The command with too little memory, and in a thread that is interrupted: a message, a status, no partial file. */
class FailingWorldTest {

    private static final int ROWS = 30_000;

    @TempDir
    private Path folder;

    private Path points() throws IOException {
        Path file = folder.resolve("points.csv");
        Files.writeString(file, IntStream.range(0, ROWS).mapToObj(Integer::toString).collect(Collectors.joining("\n", "x\n", "\n")));
        return file;
    }

    private void assertOnly(Path file) throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aBatchThatNeedsMoreMemoryThanThereIsEndsWithAMessageAndNoFile() throws IOException, InterruptedException {
        Path points = points();
        // 2,794 rows at a time, of 1,500 columns each: 33 MB, and as much again for each piece that waits or is written.
        String wide = IntStream.range(0, 1500).mapToObj(i -> "x+" + i).collect(Collectors.joining(";"));
        String said = HostileInputTest.end(HostileInputTest.shell("-Xmx48m",
                "wengert batch '" + wide + "' " + points + " --output " + folder.resolve("out.csv")), 1);
        assertTrue(said.contains("wengert: out of memory: ") && said.contains("-Xmx"), said);
        assertOnly(points);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void dataThatNeedMoreMemoryThanThereIsEndWithAMessageAndNoPicture() throws IOException, InterruptedException {
        Path data = folder.resolve("data.csv");
        // 3 million numbers are 24 MB.
        Files.writeString(data, "x,y\n" + "1,2\n".repeat(1_500_000));
        String said = HostileInputTest.end(HostileInputTest.shell("-Xmx24m",
                "wengert fit 'y = a*x' " + data + " --start a=1 --plot " + folder.resolve("p.svg")), 1);
        assertTrue(said.contains("wengert: out of memory: "), said);
        assertOnly(data);
    }

    @Test
    void aBatchInAnInterruptedThreadEndsWithAMessageAndNoFile() throws IOException {
        Path points = points();
        Thread.currentThread().interrupt();
        InProcess call;
        boolean interrupted;
        try {
            call = InProcess.call("batch", "x*x", points.toString(), "--output", folder.resolve("out.csv").toString());
        } finally {
            interrupted = Thread.interrupted();
        }
        assertEquals(1, call.status(), call.err());
        assertTrue(call.err().startsWith("wengert: interrupted"), call.err());
        assertFalse(call.err().contains("Exception"), call.err());
        assertTrue(interrupted, "the interruption must not be lost");
        assertOnly(points);
    }

    @Test
    void aPictureInAnInterruptedThreadIsWholeOrNotThere() throws IOException {
        Path data = folder.resolve("data.csv");
        Files.writeString(data, "x,y\n1,2.1\n2,3.9\n3,6.2\n4,7.8\n");
        Path picture = folder.resolve("p.svg");
        Thread.currentThread().interrupt();
        InProcess call;
        try {
            call = InProcess.call("fit", "y = a*x", data.toString(), "--start", "a=1", "--plot", picture.toString());
        } finally {
            Thread.interrupted();
        }
        if (call.status() != 0) {
            assertTrue(call.err().startsWith("wengert: ") && call.err().contains("interrupted"), call.err());
        }
        if (Files.exists(picture)) {
            assertTrue(Files.readString(picture).stripTrailing().endsWith("</svg>"));
            Files.delete(picture);
        }
        assertOnly(data);
    }
}
