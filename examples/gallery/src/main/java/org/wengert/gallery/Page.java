package org.wengert.gallery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A page of HTML that is also well-formed XML, with everything in it: style, pictures, no scripts, no network. */
final class Page {

    private static final String COLORS = """
            :root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --soft: #5c6670; --rule: #d4d9de; --wash: #f4f6f8;
              --c0: #1f5fae; --c1: #c2510c; --c2: #1b7f4b; --c3: #8a3fa0; --c4: #a3195b; --c5: #6b6200; }
            @media screen and (prefers-color-scheme: dark) {
              :root { --paper: #14181c; --ink: #e6e9ec; --soft: #9aa5af; --rule: #38414a; --wash: #1d2329;
                --c0: #7db4f5; --c1: #f79a5b; --c2: #65cf98; --c3: #cf97e0; --c4: #f585b4; --c5: #d3c84f; } }
            """;

    private static final String STYLE = """
            @media print { :root { --paper: #fff; --ink: #000; --wash: #fff; --soft: #333; } nav { display: none; }
              section, figure, pre, table { break-inside: avoid-page; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; padding: 1rem; max-width: 46rem; background: var(--paper); color: var(--ink);
              font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
            h1, h2 { line-height: 1.2; } h2 { margin-top: 3rem; border-top: 1px solid var(--rule); padding-top: 1.5rem; }
            a { color: var(--c0); } .claim { font-size: 1.1rem; border-left: 4px solid var(--c0); padding-left: .8rem; }
            .remark { color: var(--soft); font-size: .9rem; }
            figure { margin: 1.5rem 0; } figcaption { color: var(--soft); font-size: .9rem; }
            svg { display: block; width: 100%; max-width: 36rem; height: auto; margin: 0 auto .4rem; }
            pre { background: var(--wash); padding: .8rem; overflow-x: auto; font-size: .85rem; line-height: 1.4; }
            .wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums; }
            th, td { padding: .2rem .7rem .2rem 0; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--rule); }
            th:first-child, td:first-child { text-align: left; }
            """;

    /** So wide are pictures that stand alone, in pixels. */
    private static final int PICTURE_WIDTH = 560;

    private final StringBuilder body = new StringBuilder();
    private final List<String> links = new ArrayList<>();
    private final Map<String, String> figures = new LinkedHashMap<>();

    void chapter(int number, Chapter chapter) {
        links.add("<li value=\"" + number + "\"><a href=\"#" + chapter.name() + "\">" + escape(chapter.title()) + "</a></li>");
        body.append("<h2 id=\"").append(chapter.name()).append("\">").append(number).append(". ")
                .append(escape(chapter.title())).append("</h2>\n<p class=\"claim\">").append(escape(chapter.claim())).append("</p>\n");
    }

    /** A picture. Its name must be new on the page. */
    void figure(String name, String svg, String caption) {
        if (figures.putIfAbsent(name, svg) != null) {
            throw new IllegalArgumentException("name must be new on the page, but was '" + name + "'");
        }
        body.append("<figure id=\"figure-").append(name).append("\">\n").append(svg)
                .append("<figcaption>").append(escape(caption)).append("</figcaption></figure>\n");
    }

    void text(String text) {
        body.append("<p>").append(escape(text)).append("</p>\n");
    }

    void remark(String text) {
        body.append("<p class=\"remark\">").append(escape(text)).append("</p>\n");
    }

    void code(String code) {
        body.append("<pre><code>").append(escape(code.strip())).append("</code></pre>\n");
    }

    /** A table; the first row is its head. */
    void table(List<List<String>> rows) {
        body.append("<div class=\"wide\"><table>\n");
        for (int i = 0; i < rows.size(); i++) {
            String cell = i == 0 ? "th" : "td";
            body.append("<tr>");
            rows.get(i).forEach(text -> body.append('<').append(cell).append('>').append(escape(text)).append("</").append(cell).append('>'));
            body.append("</tr>\n");
        }
        body.append("</table></div>\n");
    }

    String html() {
        return "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>The Wengert gallery</title>\n"
                + "<link rel=\"icon\" href=\"data:,\"/>\n<style>\n" + COLORS + STYLE + "</style>\n</head>\n<body>\n<h1>The Wengert gallery</h1>\n"
                + "<p>Claims about derivatives, each computed with Wengert when this page was written, with the code beside it. "
                + "Measured with Java " + escape(System.getProperty("java.version", "")) + " on "
                + Runtime.getRuntime().availableProcessors() + " processors (" + escape(System.getProperty("os.arch", "")) + ").</p>\n"
                + "<nav><ol>\n" + String.join("\n", links) + "\n</ol></nav>\n<main>\n" + body + "</main>\n</body>\n</html>\n";
    }

    /** The pictures by their names, each as a file that stands alone, with its own colors and paper. */
    Map<String, String> pictures() {
        Map<String, String> pictures = new LinkedHashMap<>();
        figures.forEach((name, svg) -> {
            int end = svg.indexOf("</title>") + "</title>".length();
            pictures.put(name, svg.substring(0, end).replaceFirst("viewBox=", "width=\"" + PICTURE_WIDTH + "\" viewBox=") + "\n<style>\n" + COLORS + "</style>\n"
                    + "<rect width=\"100%\" height=\"100%\" fill=\"var(--paper)\"/>" + svg.substring(end));
        });
        return pictures;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
