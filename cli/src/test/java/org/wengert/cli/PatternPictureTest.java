package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternPictureTest {

    @TempDir
    private Path folder;

    @Test
    void thePatternOfTheJacobianIsDrawnBesideWhatIsComputed() throws IOException {
        Path file = folder.resolve("pattern.svg");
        Call call = Call.of("derive", "x*y; y*z; z^2", "--at", "x=1,y=2,z=3", "--plot", file.toString());
        assertEquals("", call.err());
        assertEquals(0, call.status());
        String svg = Files.readString(file);
        assertTrue(svg.startsWith("<svg") && svg.contains("3 × 3, 5 entries from 2 forward products"), svg);
    }

    @Test
    void whatCannotBeDrawnIsSaid() {
        assertEquals("wengert: --plot: the file should end in .svg, but is pattern.png",
                firstLine("derive", "x*y", "--at", "x=1,y=2", "--plot", "pattern.png"));
        assertEquals("wengert: --plot: the formula has no variables, so that it has no Jacobian",
                firstLine("derive", "1+1", "--plot", "pattern.svg"));
        assertTrue(firstLine("derive", "x", "--at", "x=1", "--plot", folder.resolve("no/such.svg").toString())
                .startsWith("wengert: --plot: there is no folder "));
    }

    private static String firstLine(String... arguments) {
        Call call = Call.of(arguments);
        assertEquals(2, call.status());
        return call.err().lines().findFirst().orElse("");
    }
}
