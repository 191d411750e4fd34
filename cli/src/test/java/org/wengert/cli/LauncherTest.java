package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code wengert}, in a copy of the project that holds nothing but it and what it runs. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private static final Path ROOT = Path.of(System.getProperty("wengert.root", ".."));
    private static final String JDK = System.getProperty("java.home");

    @TempDir
    private Path folder = Path.of("");

    private Path script = Path.of("");

    /** A project that is built: its one jar refers to the classes of this test run. */
    @BeforeEach
    void copyTheProject() throws IOException {
        Path project = Files.createDirectories(folder.resolve("a project"));
        script = Files.copy(ROOT.resolve("wengert"), project.resolve("wengert"));
        assertTrue(script.toFile().setExecutable(true));
        Path lib = Files.createDirectories(project.resolve("cli/target/dist/lib"));
        ClassPathJar.write(lib.resolve("all.jar"));
        Files.writeString(lib.resolveSibling("trained"), JDK + "\n"); // spares it the rehearsal for its cache
    }

    private record Ended(int status, String out, String err) {}

    private Ended run(Path in, Path command, String... args) throws Exception {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(args));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", JDK);
        builder.environment().put("WENGERT_NO_BUILD", "yes");
        builder.environment().remove("WENGERT_JAVA_OPTS");
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the command does not end");
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void itRunsFromAnotherFolderAndReadsTheFilesThere() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Files.writeString(elsewhere.resolve("line.csv"), "x,y\n0,1\n1,3\n2,5\n");
        Ended ended = run(elsewhere, Path.of("../a project/wengert"), "fit", "y = a + b*x", "line.csv", "--start", "a=0,b=0", "--json");
        assertEquals("", ended.err());
        assertEquals(0, ended.status());
        assertTrue(ended.out().startsWith("{\"parameters\": {\"a\": "), ended.out());
    }

    @Test
    void itRunsThroughSymbolicLinksToLinks() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("first"), Path.of("../a project/wengert"));
        Files.createSymbolicLink(folder.resolve("second"), bin.resolve("first").toAbsolutePath());
        Ended ended = run(bin, folder.resolve("second").toAbsolutePath(), "derive", "x^2", "--at", "x=3", "--json");
        assertEquals("", ended.err());
        assertEquals("{\"value\": 9.0, \"gradient\": [6.0]}\n", ended.out());
        assertEquals(0, ended.status());
    }

    /** No machine that runs this test is without a JDK 25, so the copy asks for one that nobody has. */
    @Test
    void withoutAJdkItSaysWhatToInstall() throws Exception {
        String text = Files.readString(script, StandardCharsets.UTF_8);
        String other = text.replace("readonly needs=25", "readonly needs=99");
        assertNotEquals(text, other);
        Files.writeString(script, other);
        Ended ended = run(folder, script, "doctor");
        assertEquals(2, ended.status());
        assertEquals("", ended.out());
        List<String> lines = ended.err().lines().toList();
        assertEquals("wengert: a JDK 99 or newer is needed, and none was found.", lines.getFirst());
        assertTrue(lines.get(1).startsWith("wengert: Install one (https://adoptium.net"), ended.err());
        assertEquals("wengert: JAVA_HOME is '" + JDK + "': version " + Runtime.version().feature() + ".", lines.getLast());
    }

    @Test
    void whatIsNotBuiltAndMustNotBeIsSaid() throws Exception {
        Files.move(folder.resolve("a project/cli"), folder.resolve("a project/gone"));
        Ended ended = run(folder, script, "doctor");
        assertEquals("wengert: nothing is built, and WENGERT_NO_BUILD forbids to build.\n", ended.err());
        assertEquals(2, ended.status());
    }
}
