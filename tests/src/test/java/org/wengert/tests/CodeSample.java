package org.wengert.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * A block of Java in a Markdown page: between a line {@code ```java} and a line {@code ```}.
 *
 * <p>A block is either a compilation unit (it declares a type at the start of a line; its {@code main} is run if it has one) or
 * a list of statements, which stands alone: it sees no other block, may begin with imports of its own, and gets
 * these for free: {@code java.util.*}, {@code org.wengert.core.*}, {@code org.wengert.core.scalar.*} and, statically,
 * everything of {@code ScalarMath}.
 *
 * <p><b>Results.</b> A line that ends a statement (in {@code ;}) may state its result in a comment: any text after
 * {@code // =>}, or, after {@code //} alone, a number or a list in brackets. If the statement declares a variable,
 * the variable must have that value; if it calls {@code System.out.println}, that must be the last line printed. Values are written
 * as Java prints them, arrays as {@link Arrays#toString} does. An {@code =>} after any other statement is an error.
 *
 * @param page  where the block stands, for messages
 * @param line  the line of the page that opens the block, from 1
 * @param lines the lines between the fences
 */
public record CodeSample(String page, int line, List<String> lines) {

    private static final Pattern RESULT = Pattern.compile(
            "^(?<code>.*;)\\s*//\\s*(?:=>\\s*(?<text>.*?)|(?<value>[-+]?\\d[\\d.eE+-]*|\\[.*]|NaN|-?Infinity))\\s*$");
    private static final Pattern DECLARATION = Pattern.compile("^\\s*(?:final\\s+)?[\\w.<>,?\\[\\] ]+?\\s+(?<name>\\w+)\\s*=[^=]");
    private static final Pattern TYPE = Pattern.compile(
            "^(?:(?:public|final|abstract|sealed|non-sealed|strictfp)\\s+)*(?:class|record|enum|interface)\\s+(?<name>\\w+)");

    private static final ThreadLocal<ByteArrayOutputStream> OUTPUT = ThreadLocal.withInitial(ByteArrayOutputStream::new);

    /** All Java blocks of a page. */
    static List<CodeSample> of(String markdown, String page) {
        var samples = new ArrayList<CodeSample>();
        List<String> block = null;
        int start = 0;
        int number = 0;
        for (String line : markdown.lines().toList()) {
            number++;
            if (block == null && line.strip().toLowerCase(Locale.ROOT).startsWith("```java")) {
                block = new ArrayList<>();
                start = number;
            } else if (block != null && line.strip().equals("```")) {
                samples.add(new CodeSample(page, start, block));
                block = null;
            } else if (block != null) {
                block.add(line);
            }
        }
        if (block != null) {
            fail("line " + start + " of " + page + " opens a block that nothing closes");
        }
        return samples;
    }

    String name() {
        return "line " + line + " of " + page;
    }

    /** How many results the block states. */
    long checks() {
        return lines.stream().filter(l -> RESULT.matcher(l).matches()).count();
    }

    /** Compiles and runs the block, and fails where a result is not as stated. */
    void run(Path parent) {
        try {
            Path folder = Files.createTempDirectory(parent, "sample");
            Matcher type = lines.stream().map(TYPE::matcher).filter(Matcher::find).findFirst().orElse(null);
            String name = type == null ? "Sample" : type.group("name");
            String source = String.join("\n", type == null ? wrapped() : withChecks(lines, 0));
            Path file = Files.writeString(folder.resolve(name + ".java"), source);
            compile(file, folder);
            runMain(folder, name, type == null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> wrapped() {
        var unit = new ArrayList<String>(List.of(
                "import java.util.*;",
                "import org.wengert.core.*;",
                "import org.wengert.core.scalar.*;",
                "import static org.wengert.core.scalar.ScalarMath.*;"));
        int body = 0;
        while (body < lines.size() && (lines.get(body).isBlank() || lines.get(body).startsWith("import "))) {
            unit.add(lines.get(body++));
        }
        unit.add("public final class Sample { public static void main(String[] args) throws Exception {");
        unit.addAll(withChecks(lines.subList(body, lines.size()), body));
        unit.add("}}");
        return unit;
    }

    /** The lines, each that states a result followed by the check of it. */
    private List<String> withChecks(List<String> code, int skipped) {
        var checked = new ArrayList<String>();
        int start = 0; // of the statement
        for (int i = 0; i < code.size(); i++) {
            String text = code.get(i);
            checked.add(text);
            Matcher m = RESULT.matcher(text);
            if (m.matches()) {
                String statement = String.join("\n", code.subList(start, i)) + "\n" + m.group("code");
                boolean arrow = m.group("text") != null;
                String expected = arrow ? m.group("text") : m.group("value");
                String where = "line " + (line + skipped + i + 1) + " of " + page;
                Matcher declaration = DECLARATION.matcher(statement);
                if (statement.contains("System.out.println(")) {
                    checked.add(call("printed", quoted(expected) + ", " + quoted(where)));
                } else if (declaration.find()) {
                    checked.add(call("equal", quoted(expected) + ", " + declaration.group("name") + ", " + quoted(where)));
                } else if (arrow) {
                    fail(where + " states a result, but neither declares a variable nor prints a line: " + text);
                }
            }
            String bare = text.replaceFirst("//.*", "").strip();
            if (bare.endsWith(";") || bare.endsWith("{") && !bare.contains("=") || bare.equals("}")) {
                start = i + 1;
            }
        }
        return checked;
    }

    private static String call(String check, String arguments) {
        return Checks.class.getCanonicalName() + "." + check + "(" + arguments + ");";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void compile(Path file, Path folder) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(messages, Locale.ROOT, UTF_8)) {
            boolean compiled = compiler.getTask(
                            null, files, messages,
                            List.of("-d", folder.toString(), "-proc:none", "-cp", System.getProperty("java.class.path")),
                            null, files.getJavaFileObjects(file))
                    .call();
            if (!compiled) {
                fail(name() + " does not compile:\n"
                        + messages.getDiagnostics().stream().map(Diagnostic::toString).collect(Collectors.joining("\n"))
                        + "\n" + Files.readString(file));
            }
        }
    }

    private void runMain(Path folder, String name, boolean required) throws IOException {
        PrintStream console = System.out;
        OUTPUT.get().reset();
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, CodeSample.class.getClassLoader());
                var captured = new PrintStream(OUTPUT.get(), true, UTF_8)) {
            System.setOut(captured);
            Class<?> type = loader.loadClass(name);
            boolean runs = Arrays.stream(type.getDeclaredMethods()).anyMatch(m -> m.getName().equals("main"));
            if (runs || required) {
                var main = type.getDeclaredMethod("main", String[].class);
                main.setAccessible(true);
                main.invoke(null, (Object) new String[0]);
            } else if (checks() > 0) {
                fail(name() + " states results, but has no main(String[]) that would compute them");
            }
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof AssertionError found) {
                throw found;
            }
            fail(name() + " throws " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            fail(name() + " cannot be run: " + e, e);
        } finally {
            System.setOut(console);
        }
    }

    /** What the compiled samples call. */
    public static final class Checks {

        private Checks() {}

        /** The value of a declared variable. */
        public static void equal(String expected, Object actual, String where) {
            String text = Arrays.deepToString(new Object[] {actual});
            assertEquals(expected, text.substring(1, text.length() - 1), where);
        }

        /** The last line printed. */
        public static void printed(String expected, String where) {
            List<String> printed = OUTPUT.get().toString(UTF_8).lines().toList();
            assertEquals(expected, printed.isEmpty() ? "" : printed.get(printed.size() - 1), where);
        }
    }
}
