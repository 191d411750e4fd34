package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTableTest {

    @TempDir
    private Path folder = Path.of("");

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("data.csv"), text);
    }

    private double[] column(String text, String name) throws IOException {
        return CsvTable.read(file(text), ',', List.of(name), false, null).column(name);
    }

    private String problem(String text, String... names) throws IOException {
        Path file = file(text);
        Problem problem =
                assertThrows(Problem.class, () -> CsvTable.read(file, ',', List.of(names), false, null));
        assertEquals(2, problem.status());
        String message = String.valueOf(problem.getMessage());
        assertTrue(message.startsWith(file.toString()), message);
        return message.substring(file.toString().length());
    }

    @Test
    void columnsAreFoundByNameWhateverTheirOrder() throws IOException {
        Path file = file("a,b,c\n1,2,3\n4,5,6\n");
        CsvTable table = CsvTable.read(file, ',', List.of("c", "a"), false, null);
        assertEquals(2, table.rows());
        assertArrayEquals(new double[] {3, 6}, table.column("c"));
        assertArrayEquals(new double[] {1, 4}, table.column("a"));
        assertEquals(List.of("a", "b", "c"), CsvTable.header(file, ','));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1", "-0.5, -0.5", "+2, 2", ".5, 0.5", "3., 3", "7.76E1, 77.6", "1e-3, 0.001", "-1.5e+02, -150",
        "123456789012345678901234567890, 123456789012345678901234567890", "4.9e-324, 4.9e-324", "1e-400, 0"
    })
    void decimalNumbersAreReadWithAndWithoutExponent(String cell, double number) throws IOException {
        assertArrayEquals(new double[] {number}, column("x\n" + cell + "\n", "x"));
        assertArrayEquals(new double[] {number}, column("x,y\n \"" + cell + "\" ,0\n", "x"));
    }

    @ParameterizedTest
    @CsvSource({"1d", "2f", "0x10", "1e", "e5", "1.2.3", "--1", "1-2", "-", "abc", "1_000", "'1,5'", "Infinity"})
    void whatIsNoDecimalNumberIsNamedByLineAndColumn(String cell) throws IOException {
        assertEquals(": line 3, column 2 (y): '" + cell + "' is not a number",
                problem("x,y\n1,2\n1,\"" + cell + "\"\n", "x", "y"));
    }

    @Test
    void commentsAndEmptyLinesCountAsLinesButHoldNothing() throws IOException {
        String text = "# made by hand\nx,y\n\n1,2\n# a comment, with a comma\n3,4\n";
        assertArrayEquals(new double[] {2, 4}, column(text, "y"));
        assertEquals(": line 7, column 1 (x): 'a' is not a number", problem(text + "a,0\n", "x"));
    }

    @Test
    void quotedCellsMayHoldCommasQuotesAndLineBreaks() throws IOException {
        String text = "\"the \"\"x\"\"\",\"note\"\n1,\"a, b\"\n2,\"two\nlines\"\n3,c\n";
        assertArrayEquals(new double[] {1, 2, 3}, column(text, "the \"x\""));
        assertEquals(": line 6, column 1 (the \"x\"): the value is missing; --missing skip leaves such rows out",
                problem(text + ",d\n", "the \"x\""));
    }

    @Test
    void aByteOrderMarkCarriageReturnsAndSpacesDoNoHarm() throws IOException {
        assertArrayEquals(new double[] {2}, column("\uFEFFx , y\r\n1 , 2 \r\n", "y"));
        assertArrayEquals(new double[] {1}, column("\uFEFFx , y\r\n1 , 2", "x"));
    }

    @Test
    void badCellsOfColumnsThatAreNotUsedDoNotMatter() throws IOException {
        assertArrayEquals(new double[] {1, 2}, column("x,name\n1,Ada\n2,\n", "x"));
    }

    @ParameterizedTest
    @CsvSource({"''", "NA", "n/a", "NaN", "null", "?", "."})
    void missingValuesAreAnErrorUnlessTheirRowsAreSkipped(String cell) throws IOException {
        String text = "x,y\n1,2\n" + cell + ",3\n4,5\n";
        assertTrue(problem(text, "x").startsWith(": line 3, column 1 (x): the value is missing"));
        CsvTable table = CsvTable.read(file(text), ',', List.of("x", "y"), true, null);
        assertEquals(1, table.skipped());
        assertArrayEquals(new double[] {1, 4}, table.column("x"));
        assertArrayEquals(new double[] {2, 5}, table.column("y"));
    }

    @Test
    void rowsOfAnotherLengthAreNamed() throws IOException {
        assertEquals(": line 3: 1 cell, but the header has 2 columns", problem("x,y\n1,2\n3\n", "x"));
        assertEquals(": line 2: 3 cells, but the header has 2 columns", problem("x,y\n1,2,3\n", "x"));
    }

    @Test
    void columnsThatAreNotThereAreNamedWithThoseThatAre() throws IOException {
        assertEquals(": line 2: there is no column 'z'; there are 'x', 'y'", problem("#\nx,y\n1,2\n", "z"));
        assertEquals(": line 1: there is no column 'x'; is ';' the separator? (--separator)",
                problem("x;y\n1;2\n", "x"));
        assertEquals(": line 1: there is no column 'x'; the first line should hold the names of the columns, "
                + "but it holds numbers", problem("1,2\n3,4\n", "x"));
        assertEquals(": line 1: two columns are called 'x', 1 and 3", problem("x,y,x\n1,2,3\n", "x"));
    }

    @Test
    void anotherSeparatorCanBeSet() throws IOException {
        CsvTable table = CsvTable.read(file("x;y\n1;2\n"), ';', List.of("y"), false, null);
        assertArrayEquals(new double[] {2}, table.column("y"));
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        Path none = folder.resolve("none.csv");
        assertEquals(none + ": there is no such file",
                assertThrows(Problem.class, () -> CsvTable.read(none, ',', List.of("x"), false, null)).getMessage());
        assertEquals(folder + ": cannot be read: it is a folder",
                assertThrows(Problem.class, () -> CsvTable.read(folder, ',', List.of("x"), false, null)).getMessage());
        assertTrue(problem("", "x").contains("the file is empty"));
        assertTrue(problem("x\n\"1\n", "x").contains("line"), problem("x\n\"1\n", "x"));
    }

    @Test
    void numbersBeyondTheRangeAreRefused() throws IOException {
        assertEquals(": line 2, column 1 (x): 1e309 is beyond the range of double numbers",
                problem("x\n1e309\n", "x"));
    }

    @Test
    void manyRowsAreReadQuicklyAndExactly() throws IOException {
        int rows = 100_000;
        StringBuilder text = new StringBuilder("i,x\n");
        for (int i = 0; i < rows; i++) {
            text.append(i).append(',').append(i * 0.1).append('\n');
        }
        Files.write(folder.resolve("data.csv"), text.toString().getBytes(StandardCharsets.UTF_8));
        double[] x = CsvTable.read(folder.resolve("data.csv"), ',', List.of("x"), false, null).column("x");
        assertEquals(rows, x.length);
        for (int i = 0; i < rows; i++) {
            assertEquals(i * 0.1, x[i]);
        }
    }
}
