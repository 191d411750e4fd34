package org.wengert.gallery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Headless Chromium, which shows a page in a frame as wide as a phone and in one as wide as a window, and says what is wrong with it. */
final class Browser {

    static final int[] WIDTHS = {360, 800};

    /** What the reader prefers. */
    enum Scheme {
        DARK(0),
        LIGHT(1);

        /** Chromium's number for it. */
        private final int number;

        Scheme(int number) {
            this.number = number;
        }
    }

    /**
     * What was seen.
     *
     * @param lines   what the script found
     * @param console what the browser wrote on its console
     */
    record Seen(List<String> lines, String console) {

        Set<String> figures(int width) {
            return starting(width + " figure ").collect(Collectors.toCollection(TreeSet::new));
        }

        List<String> complaints() {
            return Arrays.stream(WIDTHS).boxed()
                    .flatMap(width -> starting(width + " bad ").map(text -> "at width " + width + ": " + text)).toList();
        }

        private Stream<String> starting(String prefix) {
            return lines.stream().filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length()));
        }
    }

    private static final String SCRIPT = """
            const lines = [];
            function channels(color) {
              const c = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
              c.fillStyle = color; c.fillRect(0, 0, 1, 1);
              return [...c.getImageData(0, 0, 1, 1).data];
            }
            function luminance(color) {
              const [r, g, b] = channels(color).slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            }
            function contrast(a, b) {
              const [x, y] = [luminance(a), luminance(b)].sort((u, v) => v - u);
              return (x + 0.05) / (y + 0.05);
            }
            function look(frame) {
              const width = frame.width, doc = frame.contentDocument, view = frame.contentWindow;
              const say = (kind, text) => lines.push(width + ' ' + kind + ' ' + text.replaceAll('\\n', ' '));
              const paper = view.getComputedStyle(doc.body).backgroundColor;
              if (view.matchMedia('(prefers-color-scheme: dark)').matches !== DARK) { say('bad', 'the color scheme is the other one'); }
              for (const figure of doc.querySelectorAll('figure')) {
                say('figure', figure.id);
                const svg = figure.querySelector('svg'), box = svg.getBoundingClientRect();
                if (box.height < 20 || box.width < 100) { say('bad', figure.id + ': is flat'); }
                const texts = [...svg.querySelectorAll('text')], boxes = texts.map(t => t.getBoundingClientRect());
                const scale = box.width / svg.viewBox.baseVal.width;
                texts.forEach((t, i) => {
                  const a = boxes[i], name = figure.id + ": '" + t.textContent + "'";
                  if (a.left < box.left - 1 || a.right > box.right + 1 || a.top < box.top - 1 || a.bottom > box.bottom + 1) {
                    say('bad', name + ' leaves the picture');
                  }
                  if (scale * parseFloat(view.getComputedStyle(t).fontSize) < 10) { say('bad', name + ' is small'); }
                  if (contrast(view.getComputedStyle(t).fill, paper) < 4.5) { say('bad', name + ' is pale'); }
                  for (let k = i + 1; k < texts.length; k++) {
                    const b = boxes[k];
                    if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4) {
                      say('bad', name + " and '" + texts[k].textContent + "' overlap");
                    }
                  }
                });
              }
              for (const e of doc.querySelectorAll('h1, h2, h3, p, li, a, figcaption, pre, th, td')) {
                if (contrast(view.getComputedStyle(e).color, paper) < 4.5) { say('bad', e.textContent + ' is pale'); }
              }
              const all = [...doc.body.querySelectorAll('*')].filter(e => !e.closest('pre, .wide, svg'));
              for (const e of [...all, ...doc.querySelectorAll('pre, .wide, svg')]) {
                const r = e.getBoundingClientRect();
                if (r.right > doc.documentElement.clientWidth + 1 || r.left < -1) {
                  say('bad', e.tagName + ' ' + e.textContent.slice(0, 40) + ' is wider than the window');
                }
              }
              if (doc.documentElement.scrollWidth > doc.documentElement.clientWidth) { say('bad', 'the page is wider than the window'); }
            }
            window.addEventListener('load', () => {
              document.querySelectorAll('iframe').forEach(look);
              const seen = document.createElement('pre');
              seen.id = 'seen';
              seen.textContent = lines.join('\\n') + '\\nend';
              document.body.replaceChildren(seen);
            });
            """;

    private final Path program;
    private final Path folder;

    private Browser(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * The Chromium of this machine.
     *
     * @param folder takes its files
     */
    static Optional<Browser> find(Path folder) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .flatMap(place -> Stream.of("chromium", "chromium-browser", "google-chrome").map(name -> Path.of(place, name)))
                .filter(Files::isExecutable).findFirst().map(program -> new Browser(program, folder));
    }

    Seen look(String html, Scheme scheme) throws IOException, InterruptedException {
        String frames = Arrays.stream(WIDTHS).mapToObj(width -> "<iframe width=\"" + width + "\" height=\"900\" srcdoc=\""
                + html.replace("&", "&amp;").replace("\"", "&quot;") + "\"></iframe>\n").collect(Collectors.joining());
        Path probe = Files.writeString(Files.createTempFile(folder, "probe", ".html"),
                "<!DOCTYPE html>\n<html style=\"color-scheme: light dark\"><head><meta charset=\"utf-8\"><script>\nconst DARK = "
                        + (scheme == Scheme.DARK) + ";\n" + SCRIPT + "</script></head><body>\n" + frames + "</body></html>\n");
        Path out = Files.createTempFile(folder, "dom", ".html");
        Path err = Files.createTempFile(folder, "console", ".txt");
        Process browser = new ProcessBuilder(program.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=1200,900",
                "--enable-logging=stderr", "--blink-settings=preferredColorScheme=" + scheme.number,
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile"), "--dump-dom", probe.toUri().toString())
                .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertTrue(browser.waitFor(5, TimeUnit.MINUTES), "the browser does not end");
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly();
        }
        String dom = Files.readString(out);
        int from = dom.indexOf("<pre id=\"seen\">");
        int to = dom.indexOf("\nend</pre>");
        assertTrue(from >= 0 && to > from, () -> "the browser has not run the page: " + dom.substring(0, Math.min(300, dom.length())));
        String console = Files.readAllLines(err).stream().filter(line -> line.contains(":CONSOLE")).collect(Collectors.joining("\n"));
        return new Seen(dom.substring(from + 15, to).lines().toList(), console);
    }
}
