package org.wengert.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** Compiles and runs every Java sample of the README and the pages in docs; {@link CodeSample} tells how samples state their results. */
class ReadmeTest {

    private static final Path ROOT = Path.of(System.getProperty("wengert.root", ".."));
    private static final Path README = ROOT.resolve("README.md");

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicTest> everySampleOfTheReadmeRunsAndPrintsWhatItSays() throws IOException {
        List<CodeSample> samples = CodeSample.of(Files.readString(README), "README.md");
        assertFalse(samples.isEmpty(), "README.md shows no Java");
        return samples.stream()
                .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> sample.run(folder)))
                .toList();
    }

    @TestFactory
    List<DynamicTest> everySampleOfTheDocumentationRunsAndPrintsWhatItSays() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            List<DynamicTest> tests = new ArrayList<>();
            for (Path page : files.filter(file -> file.toString().endsWith(".md")).sorted().toList()) {
                CodeSample.of(Files.readString(page), "docs/" + page.getFileName()).forEach(
                        sample -> tests.add(DynamicTest.dynamicTest(sample.name(), () -> sample.run(folder))));
            }
            return tests;
        }
    }

    @Test
    void everyLinkBetweenThePagesLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            for (Path page : Stream.concat(Stream.of(README), docs.filter(file -> file.toString().endsWith(".md"))).toList()) {
                Path folder = Objects.requireNonNull(page.toAbsolutePath().getParent());
                LINK.matcher(Files.readString(page)).results()
                        .map(link -> link.group(1))
                        .filter(target -> !target.startsWith("http") && !Files.exists(folder.resolve(target.replaceFirst("#.*", ""))))
                        .forEach(target -> broken.add(page.getFileName() + ": " + target));
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void theReadmeStatesAtLeastOneResult() throws IOException {
        assertTrue(CodeSample.of(Files.readString(README), "README.md").stream().anyMatch(s -> s.checks() > 0));
    }

    @Test
    void aWrongResultIsFound() {
        var e = assertThrows(AssertionFailedError.class, () -> run("double y = 1.0 / 4;  // => 0.5"));
        assertTrue(String.valueOf(e.getMessage()).contains("line 2 of sample"), e::toString);
        assertEquals("0.5", e.getExpected().getStringRepresentation());
        assertEquals("0.25", e.getActual().getStringRepresentation());
    }

    @Test
    void aWrongLineOfOutputIsFound() {
        assertThrows(AssertionFailedError.class, () -> run("System.out.println(1 + 1);  // => 3"));
        assertThrows(AssertionFailedError.class, () -> run("System.out.println(1 + 1);  // 3"));
    }

    @Test
    void aSampleThatDoesNotCompileIsFound() {
        var e = assertThrows(AssertionError.class, () -> run("double y = unknown;"));
        assertTrue(String.valueOf(e.getMessage()).contains("cannot find symbol"), e::toString);
    }

    @Test
    void aStatedResultThatCannotBeCheckedIsFound() {
        assertThrows(AssertionError.class, () -> run("Math.sqrt(2);  // => 1.4142135623730951"));
    }

    @Test
    void resultsMayBeArraysAndStatementsMaySpanLines() {
        run("""
                double[] a = {
                    1, 2};             // => [1.0, 2.0]
                var b = new double[]{3};  // [3.0]
                int i = 3;             // three is no number here, so this is a mere comment
                System.out.println(
                        a[0] + i);     // => 4.0
                """);
    }

    @Test
    void aSampleMayBeAWholeClass() {
        run("""
                import java.util.ArrayList;

                public final class Hello {
                    public static void main(String[] args) {
                        double y = new ArrayList<String>().size();  // => 0.0
                        System.out.println(y);                      // 0.0
                    }
                }
                """);
        assertThrows(AssertionFailedError.class, () -> run("""
                public class Hello {
                    public static void main(String[] args) {
                        double y = Math.sqrt(4);  // => 3.0
                    }
                }
                """));
    }

    private void run(String code) {
        List<CodeSample> samples = CodeSample.of("```java\n" + code + "\n```\n", "sample");
        assertEquals(1, samples.size());
        samples.get(0).run(folder);
    }
}
