package org.wengert.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.wengert.gallery.Gallery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wengert gallery}: claims about derivatives, computed and drawn. */
@Command(
        name = "gallery",
        header = "Compute and draw what is claimed of derivatives, as a page of HTML.",
        description = {"", "Writes DIR/gallery.html, which needs no network. Prints the name of the file.", ""},
        footer = {
            "",
            "Examples:",
            "  wengert gallery --output gallery --quick",
            "  wengert gallery --output gallery --only forward-or-reverse --pictures"
        })
final class GalleryCommand implements Runnable {

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the page; made if it is missing.")
    private Path output = Path.of("");

    @Option(names = "--only", paramLabel = "NAME", description = "One chapter alone; a wrong name prints all names.")
    private String only = "";

    @Option(names = "--quick", description = "Measure more briefly.")
    private boolean quick;

    @Option(names = "--pictures", description = "Write each picture as an SVG file, too.")
    private boolean pictures;

    @Option(names = "--force", description = "Replace the page, and pictures, if they exist.")
    private boolean force;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        check();
        String page;
        try (Progress progress = new Progress(spec.commandLine().getErr(), Terminal.detect())) {
            page = Gallery.write(output, only, quick, pictures, title -> progress.show(() -> "computing: " + title)).toString();
        } catch (IOException e) {
            throw Problem.input("--output: cannot write to " + output + ": " + e.getMessage());
        }
        spec.commandLine().getOut().println(json ? Json.of(Map.of("page", page)) : page);
    }

    /** Complains before anything is computed. */
    private void check() {
        if (!only.isEmpty() && !Gallery.names().contains(only)) {
            throw Problem.input("--only: there is no chapter '" + only + "'; there are " + String.join(", ", Gallery.names()));
        }
        if (Files.exists(output) && !Files.isDirectory(output)) {
            throw Problem.input("--output: " + output + " is a file, a folder is needed");
        }
        Path page = Gallery.page(output);
        if (Files.exists(page) && !force) {
            throw Problem.input("--output: " + page + " exists; --force replaces it");
        }
    }
}
