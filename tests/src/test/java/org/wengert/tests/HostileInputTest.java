package org.wengert.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.cli.InProcess;

/** Whatever it is given, the command ends soon, with a clear message, an exit status, and no partial file. */
class HostileInputTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private static InProcess call(String... args) {
        return assertTimeoutPreemptively(SOON, () -> InProcess.call(args));
    }

    /** Bad input: status 2, nothing on stdout, and one message that is short and speaks of the input, not of Java. */
    private static String refused(String... args) {
        InProcess call = call(args);
        assertEquals(2, call.status(), call.err());
        assertEquals("", call.out());
        assertTrue(call.err().startsWith("wengert: "), call.err());
        assertTrue(call.err().length() < 3000, () -> "a message of " + call.err().length() + " characters");
        for (String java : List.of("Exception", "internal error", "\tat ", "Index", "null")) {
            assertFalse(call.err().contains(java), call.err());
        }
        return call.err();
    }

    // ---- formulas ------------------------------------------------------------------------------------

    @Test
    void parenthesesNestedAHundredThousandDeepAreRefusedAndNotAStackOverflow() {
        String deep = "(".repeat(100_000) + "x" + ")".repeat(100_000);
        assertTrue(refused("derive", deep, "--at", "x=1").contains("deep"));
        refused("derive", "sin(".repeat(50_000) + "x" + ")".repeat(50_000), "--at", "x=1");
        refused("derive", "(".repeat(100_000), "--at", "x=1");
    }

    @Test
    void signsAndPowersInARowOfAHundredThousandEndWell() {
        for (String formula : List.of("-".repeat(100_000) + "x", "x" + "^x".repeat(100_000), "x" + "^-".repeat(50_000) + "x")) {
            InProcess call = call("derive", formula, "--at", "x=1");
            assertTrue(call.status() == 0 || call.status() == 2, call.err());
            assertFalse(call.err().contains("StackOverflow"), call.err());
        }
    }

    @Test
    void aMegabyteOfAFormulaIsComputedAndAMegabyteOfNoiseIsRefused() {
        String sum = "x" + "+x".repeat(500_000);
        InProcess call = call("derive", sum, "--at", "x=1", "--json");
        assertEquals(0, call.status(), call.err());
        assertTrue(call.out().contains("500001"), () -> call.out().substring(0, Math.min(300, call.out().length())));
        byte[] noise = new byte[1_000_000];
        new Random(1).nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (32 + (noise[i] & 63));
        }
        refused("derive", new String(noise, StandardCharsets.US_ASCII), "--at", "x=1");
        refused("derive", "x".repeat(1_000_000) + " y", "--at", "x=1");
        refused("derive", "9".repeat(1_000_000) + "..", "--at", "x=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "System.exit(3)", "Runtime.getRuntime().exec(\"id\")", "java.lang.System.exit(3)", "x.getClass()", "x.class",
        "new java.io.File(x)", "${jndi:ldap://localhost/x}", "$(id)", "`id`", "x; import java.io.*; x", "T(java.lang.Runtime)",
        "exit(3)", "exec(x)", "random()", "nanoTime()", "currentTimeMillis()", "getClass(x)", "forName(x)", "x = 3", "x -> x",
        "sin::cos", "Math.sin(x)", "this", "x[0]", "x\u0000", "'x'", "\"x\"", "x /* c */", "x // c", "#x", "@x", "x ? 1 : 2", "x && x",
        "", " ", ";", ";;", "x;", "()", "sin", "sin()", "sin(x", "sin(x,)", "x)", "2x", "x y", "1e", "1e999999999999", "0x1p3", "١"
    })
    void theFormulaLanguageReachesNothingButMathematics(String formula) {
        InProcess call = call("derive", formula, "--at", "x=1");
        if (call.status() != 0) {
            refused("derive", formula, "--at", "x=1");
        } else {
            // What is not refused is mathematics: a trailing semicolon, an overflowing number.
            assertTrue(List.of("x;", "1e999999999999", "2x", "x // c").contains(formula), formula + " gives " + call.out());
        }
    }

    @Test
    void namesThatLookLikeJavaAreOrdinaryVariables() {
        InProcess call = call("derive", "System*Runtime + class", "--at", "System=2,Runtime=3,class=4", "--json");
        assertEquals(0, call.status(), call.err());
        assertTrue(call.out().contains("10"), call.out());
    }

    // ---- data ----------------------------------------------------------------------------------------

    private String fit(byte[] content) throws IOException {
        Path file = folder.resolve("data.csv");
        Files.write(file, content);
        return refused("fit", "y = a*x", file.toString(), "--start", "a=1");
    }

    private String fit(String content) throws IOException {
        return fit(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void dataThatAreNoNumbersAreRefusedWithTheirLine() throws IOException {
        assertTrue(fit("x,y\n1,2\n3,four\n").contains("3"));
        fit("x,y\n1,2\n3\n");
        fit("x,y\n1,2\n3,4,5\n");
        fit("x,y\n1,\"2\n3,4\n");
        fit("x,y\n1,2\u0000\n");
        fit("x,y\n\u0000\u0000\n");
        fit("x,x\n1,2\n");
        fit("a,b\n1,2\n");
        fit("");
        fit("\n\n\n");
        fit("x,y\n");
        fit("\"");
        fit("x,y\n1;2\n");
        fit("x,y\n1,2\n" + "\"".repeat(100_001));
    }

    @Test
    void binaryDataAndMillionsOfColumnsAreRefused() throws IOException {
        byte[] binary = new byte[200_000];
        new Random(2).nextBytes(binary);
        fit(binary);
        fit(",".repeat(1_000_000) + "\n1,2\n");
        fit("x,y" + ",c".repeat(300_000) + "\n1,2\n");
        byte[] gzip = {31, -117, 8, 0, 0, 0, 0, 0, 0, 3};
        fit(gzip);
        byte[] bom = {-1, -2, 'x', 0, ',', 0, 'y', 0, '\n', 0};
        fit(bom);
        fit("x".repeat(5_000_000));
    }

    @Test
    void filesThatAreNoneAreRefused() {
        refused("fit", "y = a*x", folder.toString(), "--start", "a=1");
        refused("fit", "y = a*x", folder.resolve("nowhere.csv").toString(), "--start", "a=1");
        refused("fit", "y = a*x", "x".repeat(300), "--start", "a=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "x", "x=", "=1", "x=1,x=2", "x=one", "x=1,,y=2", ",", "x=1;y=2", "x=NaN,", "x==1", "z=1", "x=1e", "x=\u0000"
    })
    void assignmentsThatAreNoneAreRefused(String at) {
        refused("derive", "x*x", "--at", at);
    }

    @Test
    void argumentsThatAreNoneAreRefused() {
        refused();
        refused("nonsense");
        refused("derive");
        refused("derive", "x");
        refused("derive", "x", "--at", "x=1", "--order", "-1");
        refused("derive", "x", "--at", "x=1", "--order", "99999999999");
        refused("derive", "x", "--at", "x=1", "--wrt", "q");
        refused("derive", "x", "--at", "x=1", "--nonsense");
        refused("derive", "x", "y", "z", "--at", "x=1");
    }

    // ---- the outside world ---------------------------------------------------------------------------

    private Path goodData() throws IOException {
        Path file = folder.resolve("good.csv");
        Files.writeString(file, "x,y\n1,2.1\n2,3.9\n3,6.2\n4,7.8\n");
        return file;
    }

    @Test
    void aPictureThatCannotBeWrittenLeavesNoFile() throws IOException {
        Path data = goodData();
        for (Path picture : List.of(folder.resolve("no/such/folder/p.svg"), Path.of("/proc/wengert.svg"), folder.resolve("p.nonsense"))) {
            InProcess call = call("fit", "y = a*x", data.toString(), "--start", "a=1", "--plot", picture.toString());
            assertTrue(call.status() == 2 || call.status() == 1, call.err());
            assertTrue(call.err().startsWith("wengert: "), call.err());
            assertFalse(call.err().contains("internal error"), call.err());
            assertFalse(Files.exists(picture));
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(data), left.toList());
        }
    }

    @Test
    void aWriterThatFailsEndsWithAStatusOtherThanZero() {
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}

            @Override
            public String toString() {
                return "";
            }
        };
        InProcess call = assertTimeoutPreemptively(SOON, () -> InProcess.call(full, "derive", "x*x", "--at", "x=2"));
        assertFalse(call.status() == 0, "a result that was lost must not be a success");
    }

    private static Process shell(String script) throws IOException {
        return shell("", script);
    }

    /** Runs a script in which {@code wengert} is the command, in a JVM with these options. */
    static Process shell(String options, String script) throws IOException {
        String java = "\"" + Path.of(System.getProperty("java.home"), "bin", "java") + "\" --add-modules jdk.incubator.vector -XX:TieredStopAtLevel=1 "
                + options + " -cp \""
                + System.getProperty("java.class.path") + "\" org.wengert.cli.Wengert ";
        return new ProcessBuilder("sh", "-c", script.replace("wengert ", java)).redirectErrorStream(true).start();
    }

    /** What the command said; it must end, with one of these statuses, and without a trace of the stack. */
    static String end(Process process, int... allowed) throws IOException, InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the command hangs");
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(Arrays.stream(allowed).anyMatch(status -> status == process.exitValue()), process.exitValue() + ": " + said);
        assertFalse(said.contains("\tat "), said);
        return said;
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFullDiskIsAFailureWithAStatus() throws IOException, InterruptedException {
        if (!Files.exists(Path.of("/dev/full"))) {
            System.out.println("skipped: there is no /dev/full");
            return;
        }
        end(shell("wengert derive 'x*y' --at x=1,y=2 > /dev/full"), 1, 2);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aClosedPipeEndsTheCommand() throws IOException, InterruptedException {
        String said = end(shell("(wengert derive 'x*y' --at x=1,y=2; echo status $?) 3>&1 | true"), 0);
        assertFalse(said.contains("Exception"), said);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anEndlessStreamAsDataIsRefusedAndDoesNotHang() throws IOException, InterruptedException {
        if (Files.exists(Path.of("/dev/zero"))) {
            end(shell("timeout 40 wengert fit 'y = a*x' /dev/zero --start a=1"), 1, 2);
        }
    }
}
