package org.wengert.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON as strictly as RFC 8259 states it, into maps, lists, strings, doubles and booleans; there is no null. */
final class JsonReader {

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /** The value of a text; nothing but white space may follow. */
    static Object read(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value();
        reader.blanks();
        if (reader.at != text.length()) {
            throw reader.wrong("more text");
        }
        return value;
    }

    private AssertionError wrong(String what) {
        return new AssertionError(what + " at " + at + " of " + text);
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean take(String token) {
        blanks();
        boolean there = text.startsWith(token, at);
        at += there ? token.length() : 0;
        return there;
    }

    private void expect(String token) {
        if (!take(token)) {
            throw wrong("no " + token);
        }
    }

    private Object value() {
        if (take("{")) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (!take("}")) {
                if (!object.isEmpty()) {
                    expect(",");
                }
                expect("\"");
                String name = string();
                expect(":");
                if (object.put(name, value()) != null) {
                    throw wrong("twice " + name);
                }
            }
            return object;
        }
        if (take("[")) {
            List<Object> list = new ArrayList<>();
            while (!take("]")) {
                if (!list.isEmpty()) {
                    expect(",");
                }
                list.add(value());
            }
            return list;
        }
        return take("\"") ? string() : take("true") ? true : take("false") ? false : number();
    }

    private Object number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(from, at);
        if (!digits.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
            throw wrong("no value");
        }
        return Double.valueOf(digits);
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                throw wrong("a control character");
            }
            if (c != '\\') {
                string.append(c);
                continue;
            }
            char escaped = text.charAt(at++);
            int known = "\"\\/bfnrt".indexOf(escaped);
            if (known >= 0) {
                string.append("\"\\/\b\f\n\r\t".charAt(known));
            } else if (escaped == 'u') {
                string.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                at += 4;
            } else {
                throw wrong("no such escape");
            }
        }
        at++;
        return string.toString();
    }
}
