package org.wengert.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** All chapters, and the page they are written to. */
public final class Gallery {

    private static final List<Chapter> CHAPTERS = List.of(
            new OnAComputer(),
            new ForwardOrReverse(),
            new HessianTimesVector(),
            new TrainingStep(),
            new Activations(),
            new Initializations(),
            new Architectures(),
            new BeyondFrameworks());

    private Gallery() {}

    /** The names of the chapters, in their order. */
    public static List<String> names() {
        return CHAPTERS.stream().map(Chapter::name).toList();
    }

    /** The file that a page is written to. */
    public static Path page(Path folder) {
        return folder.resolve("gallery.html");
    }

    /** {@link #write(Path, String, boolean, boolean, Consumer)} of the page alone. */
    public static Path write(Path folder, String only, boolean quick) throws IOException {
        return write(folder, only, quick, false, _ -> {});
    }

    /**
     * Computes chapters and writes them as one self-contained page, {@code gallery.html}. Files of the same name are replaced.
     *
     * @param folder   where the page goes; made if it is missing
     * @param only     the name of a chapter, or the empty string for all
     * @param quick    whether to spend less time on measurements
     * @param pictures whether to write each picture as an SVG file of its own, too
     * @param begins   is told the title of each chapter before it is computed
     * @return the page's file
     * @throws IllegalArgumentException if there is no such chapter
     * @throws IOException              if a file cannot be written
     */
    public static Path write(Path folder, String only, boolean quick, boolean pictures, Consumer<String> begins) throws IOException {
        List<Chapter> chosen = CHAPTERS.stream().filter(c -> only.isEmpty() || c.name().equals(only)).toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("only must be one of " + String.join(", ", names()) + ", but was '" + only + "'");
        }
        Files.createDirectories(folder);
        Page page = new Page();
        for (Chapter chapter : chosen) {
            begins.accept(chapter.title());
            page.chapter(CHAPTERS.indexOf(chapter) + 1, chapter);
            long start = System.nanoTime();
            chapter.write(page, quick);
            page.remark(String.format(Locale.ROOT, "This chapter took %.1f seconds.", (System.nanoTime() - start) * 1e-9));
        }
        if (pictures) {
            for (Map.Entry<String, String> picture : page.pictures().entrySet()) {
                Files.writeString(folder.resolve(picture.getKey() + ".svg"), picture.getValue());
            }
        }
        return Files.writeString(page(folder), page.html());
    }
}
