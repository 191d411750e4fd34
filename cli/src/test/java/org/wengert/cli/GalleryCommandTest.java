package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryCommandTest {

    @Test
    void aChapterIsWrittenAndTheNameOfThePagePrinted(@TempDir Path folder) throws IOException {
        Path output = folder.resolve("new/folder");
        Call call = Call.of("gallery", "--output", output.toString(), "--only", "on-a-computer", "--quick", "--pictures");
        assertEquals(0, call.status(), call.err());
        assertEquals(output.resolve("gallery.html").toString(), call.out().strip());
        assertEquals("", call.err());
        String page = Files.readString(output.resolve("gallery.html"));
        assertTrue(page.contains("id=\"figure-times\"") && !page.contains("id=\"figure-border\""));
        try (Stream<Path> files = Files.list(output)) {
            assertEquals(List.of("expression-swell.svg", "gallery.html", "step-size.svg", "times.svg"),
                    files.map(f -> f.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aPageThatExistsIsReplacedOnlyByForce(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(folder.resolve("gallery.html"), "mine");
        Call call = Call.of("gallery", "--output", folder.toString(), "--only", "on-a-computer", "--quick");
        assertEquals(2, call.status());
        assertEquals("wengert: --output: " + page + " exists; --force replaces it", call.err().strip());
        assertEquals("mine", Files.readString(page));
        Call again = Call.of("gallery", "--output", folder.toString(), "--only", "on-a-computer", "--quick", "--force", "--json");
        assertEquals(0, again.status(), again.err());
        assertEquals("{\"page\":\"" + page + "\"}", again.out().strip().replace(": ", ":"));
        assertTrue(Files.readString(page).contains("id=\"figure-times\""));
    }

    @Test
    void aFileInPlaceOfTheFolderIsBadInput(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        Call call = Call.of("gallery", "--output", file.toString(), "--only", "on-a-computer", "--quick");
        assertEquals(2, call.status());
        assertEquals("wengert: --output: " + file + " is a file, a folder is needed", call.err().strip());
    }

    @Test
    void aWrongChapterIsBadInputAndNothingIsWritten(@TempDir Path folder) {
        Path output = folder.resolve("new");
        Call call = Call.of("gallery", "--output", output.toString(), "--only", "nothing");
        assertEquals(2, call.status());
        assertTrue(call.err().startsWith("wengert: --only: there is no chapter 'nothing'; there are on-a-computer, "), call.err());
        assertFalse(Files.exists(output));
    }

    @Test
    void theFolderMustBeGiven() {
        Call call = Call.of("gallery");
        assertEquals(2, call.status());
        assertTrue(call.err().contains("--output"), call.err());
    }
}
