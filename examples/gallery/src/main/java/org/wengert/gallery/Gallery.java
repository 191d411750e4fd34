package org.wengert.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** All chapters, and the page they are written to. */
public final class Gallery {

    private static final List<Chapter> CHAPTERS = List.of(
            new OnAComputer(),
            new ForwardOrReverse(),
            new TrainingStep(),
            new Activations(),
            new Initializations(),
            new Architectures());

    private Gallery() {}

    /** The names of the chapters, in their order. */
    public static List<String> names() {
        return CHAPTERS.stream().map(Chapter::name).toList();
    }

    /**
     * Computes chapters and writes them as one self-contained page, {@code gallery.html}.
     *
     * @param folder where the page goes; made if it is missing
     * @param only   the name of a chapter, or the empty string for all
     * @param quick  whether to spend less time on measurements
     * @return the page's file
     * @throws IllegalArgumentException if there is no such chapter
     * @throws IOException              if the page cannot be written
     */
    public static Path write(Path folder, String only, boolean quick) throws IOException {
        List<Chapter> chosen = CHAPTERS.stream().filter(c -> only.isEmpty() || c.name().equals(only)).toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("only must be one of " + String.join(", ", names()) + ", but was '" + only + "'");
        }
        Files.createDirectories(folder);
        Page page = new Page();
        for (Chapter chapter : chosen) {
            page.chapter(CHAPTERS.indexOf(chapter) + 1, chapter);
            long start = System.nanoTime();
            chapter.write(page, quick);
            page.remark(String.format(Locale.ROOT, "This chapter took %.1f seconds.", (System.nanoTime() - start) * 1e-9));
        }
        return Files.writeString(folder.resolve("gallery.html"), page.html());
    }
}
