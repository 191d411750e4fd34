package org.wengert.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) on one line. Doubles are written as {@link Double#toString} does, the shortest decimal
 * that reads back as the same double. JSON has no NaN and no infinities: they become the strings {@code "NaN"},
 * {@code "Infinity"} and {@code "-Infinity"}, which Python's {@code float} and JavaScript's {@code Number} read.
 */
final class Json {

    private final StringBuilder text = new StringBuilder();

    private Json() {}

    /**
     * The text of a value: null, a boolean, a number, a string, a {@code double[]}, or a list or map (in its order)
     * of these.
     */
    static String of(@Nullable Object value) {
        Json json = new Json();
        json.write(value);
        return json.text.toString();
    }

    private void write(@Nullable Object value) {
        switch (value) {
            case null -> text.append("null");
            case Boolean b -> text.append(b);
            case Double d -> write(d.doubleValue());
            case Integer i -> text.append(i);
            case Long l -> text.append(l);
            case CharSequence s -> quote(s);
            case double[] a -> write(Arrays.stream(a).boxed().toList());
            case double[][] a -> write(Arrays.asList(a));
            case List<?> l -> list(l.iterator());
            case Map<?, ?> m -> object(m);
            default -> throw new IllegalArgumentException("no JSON for a " + value.getClass().getName());
        }
    }

    private void write(double d) {
        if (Double.isFinite(d)) {
            text.append(d);
        } else {
            quote(Double.toString(d));
        }
    }

    private void list(Iterator<?> items) {
        text.append('[');
        while (items.hasNext()) {
            write(items.next());
            separate(items);
        }
        text.append(']');
    }

    private void object(Map<?, ?> entries) {
        text.append('{');
        var rest = entries.entrySet().iterator();
        while (rest.hasNext()) {
            var entry = rest.next();
            quote(String.valueOf(entry.getKey()));
            text.append(": ");
            write(entry.getValue());
            separate(rest);
        }
        text.append('}');
    }

    private void separate(Iterator<?> rest) {
        if (rest.hasNext()) {
            text.append(", ");
        }
    }

    private void quote(CharSequence s) {
        text.append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20 || Character.isSurrogate(c)) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
