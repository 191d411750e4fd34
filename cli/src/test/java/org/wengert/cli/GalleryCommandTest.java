package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryCommandTest {

    @Test
    void aChapterIsWrittenAndTheNameOfThePagePrinted(@TempDir Path folder) throws IOException {
        Call call = Call.of("gallery", "--output", folder.toString(), "--only", "forward-or-reverse", "--quick");
        assertEquals(0, call.status());
        assertTrue(Files.readString(Path.of(call.out().strip())).contains("figure-border"));
    }

    @Test
    void aWrongChapterIsBadInput(@TempDir Path folder) {
        Call call = Call.of("gallery", "--output", folder.toString(), "--only", "nothing");
        assertEquals(2, call.status());
        assertTrue(call.err().startsWith("wengert: --only: there is no chapter 'nothing'; there are on-a-computer, "), call.err());
    }
}
