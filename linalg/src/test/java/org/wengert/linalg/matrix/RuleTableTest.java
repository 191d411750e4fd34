package org.wengert.linalg.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation lists every rule. */
class RuleTableTest {

    /** Names of what no rule of its own belongs to. */
    private static final Set<String> NO_RULES =
            Set.of("of", "identity", "scalar", "rows", "columns", "value", "unaryMinus", "entry", "column", "row");

    @Test
    void everyMatrixFunctionStandsInTheTableOfRules() throws IOException {
        String table = Files.readString(Path.of(System.getProperty("wengert.root", ".."), "docs/matrix-functions.md"))
                .lines().filter(line -> line.startsWith("| `")).collect(Collectors.joining("\n"));
        var missing = Stream.of(Matrix.class, MatrixMath.class)
                .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
                .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
                .map(Method::getName)
                .filter(name -> !NO_RULES.contains(name) && !table.contains("`" + name + "`"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing);
    }
}
