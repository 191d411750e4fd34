package org.wengert.cli;

import java.io.IOException;
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
        description = {"", "Writes DIR/gallery.html, which needs no network. Prints the name of the file.", ""})
final class GalleryCommand implements Runnable {

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the page; made if it is missing.")
    private Path output = Path.of("");

    @Option(names = "--only", paramLabel = "NAME", description = "One chapter alone; a wrong name prints all names.")
    private String only = "";

    @Option(names = "--quick", description = "Measure more briefly.")
    private boolean quick;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        if (!only.isEmpty() && !Gallery.names().contains(only)) {
            throw Problem.input("--only: there is no chapter '" + only + "'; there are " + String.join(", ", Gallery.names()));
        }
        try {
            String page = Gallery.write(output, only, quick).toString();
            spec.commandLine().getOut().println(json ? Json.of(Map.of("page", page)) : page);
        } catch (IOException e) {
            throw Problem.input("--output: cannot write to " + output + ": " + e.getMessage());
        }
    }
}
