package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.cli.bench.BenchCase;
import org.wengert.cli.bench.Cases;
import org.wengert.cli.bench.Classics;
import org.wengert.cli.bench.Contender;
import org.wengert.cli.bench.Measurement;

class BenchCommandTest {

    @Test
    void allContendersOfEveryCaseComputeTheSame() {
        for (BenchCase c : Cases.all()) {
            if (c.name().endsWith("-1000000")) {
                continue; // takes a heap of gigabytes, and does what smaller ones do
            }
            boolean isLarge = c.name().endsWith("k25") || c.name().endsWith("k50");
            int points = c.points() == 1 ? 1 : isLarge ? 20 : 300;
            for (int threads : isLarge || points == 1 ? new int[] {1} : new int[] {1, 3}) {
                List<Contender> contenders = c.contenders(points, threads);
                contenders.forEach(contender -> contender.sweep().run());
                Measurement.checkAgreement(contenders);
            }
        }
    }

    @Test
    void aContenderThatDisagreesIsNamedWithBothNumbers() {
        var problem = assertThrows(IllegalStateException.class, () -> Measurement.checkAgreement(List.of(
                new Contender("ours", "value", () -> {}, () -> new double[] {1, 2}),
                new Contender("theirs", "value", () -> {}, () -> new double[] {1, 2.5}))));
        assertEquals("theirs disagrees with ours in entry 1 of its value: 2.5 and 2.0", problem.getMessage());
    }

    @Test
    void thereIsARowForEachCaseAndTask() {
        Call call = Call.of("bench", "rosenbrock-10", "--seconds", "0.01");
        assertEquals(0, call.status());
        assertTrue(call.out().contains("1 thread"), call.out());
        assertTrue(call.out().matches("(?s).*rosenbrock-10 +1 +value .*rosenbrock-10 +1 +gradient .*"), call.out());
        assertTrue(call.out().contains("Hipparchus"), call.out());
    }

    @Test
    void jsonHasOneObjectAResult() {
        Call call = Call.of("bench", "rosenbrock-10", "--seconds", "0.01", "--json");
        assertEquals(0, call.status());
        assertTrue(call.out().startsWith("{\"engine\": \""), call.out());
        assertTrue(call.out().contains("{\"case\": \"rosenbrock-10\", \"engine\": \"plain Java\", \"task\": \"value\", \"points\": 1, "),
                call.out());
    }

    @Test
    void measurementsOfOtherProgramsStandBesideOursIfTheyComputedTheSame(@TempDir Path folder) throws IOException {
        double[] x = Classics.point(10);
        double f = Classics.rosenbrock(x);
        String line = "{\"case\": \"rosenbrock-10\", \"engine\": \"theirs\", \"task\": \"value\", \"points\": 1, "
                + "\"nanoseconds\": 123, \"low\": 120, \"high\": 130, \"sum\": %s, \"size\": %s, \"cosine\": %s}";
        Path file = folder.resolve("peers.jsonl");
        Files.writeString(file, line.formatted(f, f, f));
        Call same = Call.of("bench", "rosenbrock-10", "--seconds", "0.01", "--peers", file.toString());
        assertEquals(0, same.status(), same.err());
        assertTrue(same.out().contains("theirs"), same.out());
        Files.writeString(file, line.formatted(f + 1, f, f));
        Call other = Call.of("bench", "rosenbrock-10", "--seconds", "0.01", "--peers", file.toString());
        assertEquals(1, other.status());
        assertTrue(other.err().contains("theirs computed something else than plain Java in rosenbrock-10, value"), other.err());
        Files.writeString(file, "{\"case\": \"rosenbrock-10\"}");
        Call broken = Call.of("bench", "rosenbrock-10", "--peers", file.toString());
        assertEquals(2, broken.status());
        assertTrue(broken.err().contains("line 1: there is no \"engine\""), broken.err());
    }

    @Test
    void theListNamesAllCases() {
        Call call = Call.of("bench", "--list");
        assertEquals(0, call.status());
        Cases.all().forEach(c -> assertTrue(call.out().contains(c.name() + "  " + c.title()), c.name()));
    }

    @Test
    void badArgumentsAreNamed() {
        Call call = Call.of("bench", "nothing");
        assertEquals(2, call.status());
        assertTrue(call.err().startsWith("wengert: NAME: there is no case 'nothing'; there are bundle-adjustment, "), call.err());
        assertEquals("wengert: --points: should be from 1 to 10000000, but is 0\n", Call.of("bench", "lstm", "--points", "0").err());
        assertEquals("wengert: --threads: should be from 1 to 1024, but is 0\n", Call.of("bench", "lstm", "--threads", "0").err());
        assertEquals("wengert: --seconds: should be more than 0 and at most 600, but is -1.0\n",
                Call.of("bench", "lstm", "--seconds", "-1").err());
    }
}
