package org.wengert.linalg.coloring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class PatternPlotTest {

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static Set<String> fills(NodeList rectangles) {
        Set<String> fills = new HashSet<>();
        for (int i = 0; i < rectangles.getLength(); i++) {
            fills.add(rectangles.item(i).getAttributes().getNamedItem("fill").getNodeValue());
        }
        return fills;
    }

    @Test
    void everyEntryIsDrawnInTheMatrixAndWhereItIsComputed() throws Exception {
        Coloring c = Coloring.columns(StructuredPatterns.banded(9, 1, 1), Ordering.NATURAL);
        Document svg = parsed(PatternPlot.svg(c));
        NodeList rectangles = svg.getElementsByTagName("rect");
        assertEquals(2 * c.pattern().size() + 2, rectangles.getLength());
        assertEquals(3 + 1, fills(rectangles).size()); // three colors and the frames
        assertTrue(svg.getElementsByTagName("text").item(0).getTextContent().equals("9 × 9, 25 entries from 3 forward products"));
    }

    @Test
    void rowsAndColumnsHaveColorsOfTheirOwn() throws Exception {
        Coloring c = Coloring.of(StructuredPatterns.arrow(12));
        Document svg = parsed(PatternPlot.svg(c));
        assertEquals(3 + 1, fills(svg.getElementsByTagName("rect")).size());
        assertEquals(2 * c.pattern().size() + 3, svg.getElementsByTagName("rect").getLength());
    }

    @Test
    void largePatternsAreDrawnCoarsely() throws Exception {
        Coloring c = Coloring.of(StructuredPatterns.banded(1000, 1, 1));
        String svg = PatternPlot.svg(c);
        assertTrue(svg.length() < 120_000, svg.length() + " characters");
        assertTrue(parsed(svg).getElementsByTagName("rect").getLength() >= 200);
        parsed(PatternPlot.svg(Coloring.of(Patterns.of(1, 2, new int[0]))));
    }
}
