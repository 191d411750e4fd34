package org.wengert.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class GalleryTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private static final Set<String> FIGURES = Set.of(
            "figure-step-size", "figure-expression-swell", "figure-times",
            "figure-border", "figure-operations", "figure-jacobian-times", "figure-chain",
            "figure-training-loss", "figure-training-accuracy",
            "figure-activation-values", "figure-activation-derivatives", "figure-gradient-by-depth", "figure-dead-units", "figure-dead-by-bias",
            "figure-variance-forward-relu", "figure-variance-backward-relu", "figure-variance-forward-tanh", "figure-variance-backward-tanh",
            "figure-wrong-factor",
            "figure-skip-gradient", "figure-skip-training", "figure-skip-by-depth", "figure-several-losses",
            "figure-radius-linear", "figure-radius-tanh", "figure-wall", "figure-clipping", "figure-adding");

    @TempDir
    private static Path folder = Path.of("");

    private static Path page = Path.of("");

    @BeforeAll
    static void write() throws IOException {
        page = Gallery.write(folder.resolve("new"), "", true);
    }

    @Test
    void thePageIsWellFormedAndHoldsEveryChapterAndFigure() throws Exception {
        Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(page.toFile()).getDocumentElement();
        Set<String> chapters = new HashSet<>();
        elements(root, "h2").forEach(h -> chapters.add(h.getAttribute("id")));
        assertEquals(Set.copyOf(Gallery.names()), chapters);
        Set<String> figures = new HashSet<>();
        for (Element figure : elements(root, "figure")) {
            figures.add(figure.getAttribute("id"));
            assertEquals(1, elements(figure, "svg").size(), figure.getAttribute("id"));
            assertFalse(elements(figure, "figcaption").getFirst().getTextContent().isBlank());
        }
        assertEquals(FIGURES, figures);
    }

    @Test
    void thePageNeedsNoNetworkAndHoldsNoMissingNumbers() throws IOException {
        String html = Files.readString(page);
        assertFalse(html.replace("http://www.w3.org/", "").matches("(?s).*(https?:|<script|<img|@import|url\\().*"));
        assertFalse(html.contains("NaN") || html.contains("Infinity") || html.contains("null"));
    }

    @Test
    void oneChapterCanBeHadAlone() throws IOException {
        String html = Files.readString(Gallery.write(folder.resolve("one"), "on-a-computer", true));
        assertTrue(html.contains("id=\"on-a-computer\"") && !html.contains("id=\"forward-or-reverse\""));
    }

    @Test
    void aWrongNameIsAnsweredWithAllNames() {
        var problem = assertThrows(IllegalArgumentException.class, () -> Gallery.write(folder, "nothing", true));
        assertEquals("only must be one of " + String.join(", ", Gallery.names()) + ", but was 'nothing'", problem.getMessage());
    }

    /** In a frame as wide as a phone: what a browser makes of the page, told by a script that the test adds. */
    @Test
    void aBrowserShowsEveryFigureAndNothingOverflows() throws Exception {
        if (!Files.isExecutable(CHROMIUM)) {
            System.out.println("skipped: the page is not opened in a browser, there is no " + CHROMIUM);
        }
        assumeTrue(Files.isExecutable(CHROMIUM), "no " + CHROMIUM);
        String script = """
                <script>
                const errors = []; console.error = m => errors.push(m); window.onerror = m => errors.push(m);
                window.addEventListener('load', () => {
                  const flat = [...document.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().height &lt; 20).length;
                  const out = [...document.querySelectorAll('svg text')].filter(t => {
                    const a = t.getBoundingClientRect(), b = t.closest('svg').getBoundingClientRect();
                    return a.left &lt; b.left - 1 || a.right &gt; b.right + 1 || a.top &lt; b.top - 1 || a.bottom &gt; b.bottom + 1; })
                    .map(t => t.textContent);
                  document.documentElement.setAttribute('data-seen', [document.querySelectorAll('svg').length, flat,
                    document.documentElement.scrollWidth - innerWidth, errors.length, out.join('|')].join(';'));
                });
                </script></head>
                """.replace("&lt;", "<").replace("&gt;", ">");
        Path probe = Files.writeString(folder.resolve("probe.html"), Files.readString(page).replace("</head>", script));
        Process browser = new ProcessBuilder(CHROMIUM.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--window-size=500,900",
                "--user-data-dir=" + folder.resolve("profile"), "--dump-dom", probe.toUri().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String dom = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(browser.waitFor(60, TimeUnit.SECONDS), "the browser does not end");
        int at = dom.indexOf("data-seen=\"");
        assertTrue(at >= 0, "the browser has not run the page");
        List<String> seen = List.of(dom.substring(at + 11, dom.indexOf('"', at + 11)).split(";", -1));
        assertEquals(Integer.toString(FIGURES.size()), seen.get(0), "pictures");
        assertEquals("0", seen.get(1), "pictures without height");
        assertTrue(Integer.parseInt(seen.get(2)) <= 0, "wider than the window by " + seen.get(2));
        assertEquals("0", seen.get(3), "errors of the console");
        assertEquals("", seen.get(4), "labels that leave their picture");
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList all = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            elements.add((Element) all.item(i));
        }
        return elements;
    }
}
