package org.wengert.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class GalleryTest {

    private static final Set<String> FIGURES = Set.of(
            "figure-step-size", "figure-expression-swell", "figure-times",
            "figure-border", "figure-operations", "figure-jacobian-times", "figure-chain",
            "figure-hvp-operations", "figure-hvp-times", "figure-hvp-digits", "figure-k-fac",
            "figure-training-loss", "figure-training-accuracy",
            "figure-activation-values", "figure-activation-derivatives", "figure-gradient-by-depth", "figure-dead-units", "figure-dead-by-bias",
            "figure-variance-forward-relu", "figure-variance-backward-relu", "figure-variance-forward-tanh", "figure-variance-backward-tanh",
            "figure-wrong-factor",
            "figure-skip-gradient", "figure-skip-training", "figure-skip-by-depth", "figure-several-losses",
            "figure-radius-linear", "figure-radius-tanh", "figure-wall", "figure-clipping", "figure-adding",
            "figure-batch-jacobians", "figure-re-rolling", "figure-re-rolling-growth", "figure-re-rolling-times", "figure-engines");

    @TempDir
    private static Path folder = Path.of("");

    private static Path page = Path.of("");

    @BeforeAll
    static void write() throws IOException {
        Stopwatch.haste = 20;
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
        Path alone = Gallery.write(folder.resolve("one"), "on-a-computer", true);
        String html = Files.readString(alone);
        assertTrue(html.contains("id=\"on-a-computer\"") && !html.contains("id=\"forward-or-reverse\""));
        assertFalse(Files.exists(alone.resolveSibling("times.svg")));
    }

    @Test
    void picturesCanBeHadAsFilesThatStandAlone() throws Exception {
        Path to = folder.resolve("pictures");
        List<String> begun = new ArrayList<>();
        Gallery.write(to, "on-a-computer", true, true, begun::add);
        assertEquals(List.of("Derivatives on a computer"), begun);
        for (String name : List.of("step-size", "expression-swell", "times")) {
            String svg = Files.readString(to.resolve(name + ".svg"));
            assertEquals("svg", DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)))
                    .getDocumentElement().getNodeName());
            Pattern.compile("var\\((--\\w+)\\)").matcher(svg).results()
                    .forEach(color -> assertTrue(svg.contains(color.group(1) + ": #"), color.group()));
        }
    }

    @Test
    void aWrongNameIsAnsweredWithAllNames() {
        var problem = assertThrows(IllegalArgumentException.class, () -> Gallery.write(folder, "nothing", true));
        assertEquals("only must be one of " + String.join(", ", Gallery.names()) + ", but was 'nothing'", problem.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void aBrowserShowsEveryFigureReadablyAndHasNothingToComplainOf(Browser.Scheme scheme) throws Exception {
        Browser browser = browser();
        Browser.Seen seen = browser.look(Files.readString(page), scheme);
        for (int width : Browser.WIDTHS) {
            assertEquals(FIGURES, seen.figures(width), "figures at width " + width);
        }
        assertEquals(List.of(), seen.complaints());
        assertEquals("", seen.console());
    }

    @Test
    void aBrowserThatShowsABadPageSaysWhatIsBad() throws Exception {
        String bad = """
                <!DOCTYPE html><html><head><style>body { color: #222; background: #fff; }</style></head><body>
                <figure id="figure-flat"><svg viewBox="0 0 100 1"></svg></figure>
                <figure id="figure-bad"><svg width="300" viewBox="0 0 300 300">
                <text x="280" y="50" font-size="13">leaves</text>
                <text x="20" y="100" font-size="13">on each</text><text x="30" y="100" font-size="13">other</text>
                <text x="20" y="150" font-size="4">tiny</text><text x="20" y="200" font-size="13" fill="#ddd">pale</text></svg></figure>
                <p style="width: 900px">wide</p><script>console.error('said on the console')</script></body></html>
                """;
        Browser.Seen seen = browser().look(bad, Browser.Scheme.LIGHT);
        String all = String.join("\n", seen.complaints());
        for (String complaint : List.of("flat: is flat", "'leaves' leaves", "'on each' and 'other' overlap", "'tiny' is small", "'pale' is pale",
                "is wider than the window")) {
            assertTrue(all.contains(complaint), complaint + " in\n" + all);
        }
        assertTrue(seen.console().contains("said on the console"), seen.console());
    }

    private static Browser browser() {
        Optional<Browser> browser = Browser.find(folder);
        if (browser.isEmpty()) {
            System.out.println("skipped: the page is not opened in a browser, since there is no chromium on the PATH");
        }
        assumeTrue(browser.isPresent(), "no chromium on the PATH");
        return browser.orElseThrow();
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
