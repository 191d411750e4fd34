package org.wengert.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample project of the kit compiles against the kit alone, and its tests find what was planted. */
class SampleProjectTest {

    private static final Path SAMPLE =
            Path.of(System.getProperty("wengert.root", ".."), "examples", "testkit-sample", "src");

    @TempDir
    private Path classes;

    @Test
    void theSampleFindsItsPlantedErrors() throws Exception {
        compile();
        Set<String> run = new TreeSet<>();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            for (String name : List.of("ArmTest", "PlantedErrorsTest")) {
                Class<?> type = loader.loadClass("sample." + name);
                Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                for (Method method : type.getDeclaredMethods()) {
                    if (method.isAnnotationPresent(Test.class)) {
                        method.setAccessible(true);
                        method.invoke(constructor.newInstance());
                        run.add(method.getName());
                    }
                }
            }
        }
        assertEquals(Set.of("theGradientIsRightAtAPoint", "theSignErrorIsFound", "theMissingTwoIsFound",
                "theTransposedJacobianIsFound"), run);
    }

    private void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertNotNull(compiler);
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SAMPLE)) {
            files.filter(f -> f.toString().endsWith(".java")).forEach(sources::add);
        }
        assertFalse(sources.isEmpty());
        for (Path source : sources) {
            String text = Files.readString(source);
            assertFalse(text.contains("import org.wengert.core"), source + " uses more than the kit");
        }
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(messages, manager, null,
                    List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"), null,
                    manager.getJavaFileObjectsFromPaths(sources)).call();
            assertEquals(true, done, messages.toString());
        }
    }
}
