package org.wengert.hessian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Reference values from files beside the checkout, read with a small JSON reader; tests skip where they are absent. */
final class Reference {

    private final String text;
    private int at;

    private Reference(String text) {
        this.text = text;
    }

    /** The whole of {@code ../shared/data/NAME/problems.json}. */
    static Object read(String name) {
        Path file = Path.of("..", "..", "shared", "data", name, "problems.json");
        if (!Files.exists(file)) {
            System.out.println("skipped: reference values are absent (" + file + ")");
            Assumptions.abort("reference values are absent: " + file);
        }
        try {
            return new Reference(Files.readString(file)).value();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object o) {
        return (Map<String, Object>) Objects.requireNonNull(o);
    }

    static double number(@Nullable Object o) {
        return Double.parseDouble(String.valueOf(o));
    }

    static double[] numbers(@Nullable Object o) {
        return ((List<?>) Objects.requireNonNull(o)).stream().mapToDouble(Reference::number).toArray();
    }

    private char skip() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at);
    }

    private Object value() {
        char c = skip();
        if (c == '{') {
            Map<String, Object> map = new LinkedHashMap<>();
            at++;
            while (skip() != '}') {
                String key = string();
                skip();
                at++; // the colon
                map.put(key, value());
                if (skip() == ',') {
                    at++;
                }
            }
            at++;
            return map;
        }
        if (c == '[') {
            List<Object> list = new ArrayList<>();
            at++;
            while (skip() != ']') {
                list.add(value());
                if (skip() == ',') {
                    at++;
                }
            }
            at++;
            return list;
        }
        if (c == '"') {
            return string();
        }
        int from = at;
        while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0 && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private String string() {
        skip();
        var s = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
                if (text.charAt(at) == 'u') {
                    s.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                    at += 4;
                    continue;
                }
            }
            s.append(text.charAt(at));
        }
        at++;
        return s.toString();
    }
}
