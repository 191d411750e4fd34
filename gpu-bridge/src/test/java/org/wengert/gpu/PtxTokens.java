package org.wengert.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a PTX text, one after the other. */
final class PtxTokens {

    private static final Pattern TOKEN = Pattern.compile("//[^\\n]*|\"[^\"]*\"|[\\w$%.]+|[^\\s\\w]");

    private final List<String> tokens = new ArrayList<>();
    private int at;

    PtxTokens(String text) {
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            String token = matcher.group();
            if (!token.startsWith("//")) {
                tokens.add(token);
            }
        }
    }

    boolean hasNext() {
        return at < tokens.size();
    }

    String peek() {
        return peek(0);
    }

    String peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : "";
    }

    String next() {
        if (!hasNext()) {
            throw new IllegalArgumentException("the PTX text ends in the middle of a statement");
        }
        return tokens.get(at++);
    }

    /** Takes a word if it is the next. */
    boolean take(String token) {
        if (peek().equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String token) {
        String found = next();
        if (!found.equals(token)) {
            throw new IllegalArgumentException("the PTX text has '" + found + "' for '" + token + "' after "
                    + tokens.subList(Math.max(0, at - 12), at));
        }
    }

    /** Passes over everything up to a word, and over that. */
    void skipPast(String token) {
        while (!next().equals(token)) {
            // on
        }
    }

    /** An integer, with or without a sign. */
    long integer() {
        boolean negative = take("-");
        String digits = next();
        if (digits.endsWith("U")) {
            digits = digits.substring(0, digits.length() - 1);
        }
        long value = digits.startsWith("0x")
                ? Long.parseUnsignedLong(digits.substring(2), 16)
                : Long.parseUnsignedLong(digits);
        return negative ? -value : value;
    }

    /** The bits of a number: an integer, {@code 0dHEX} or {@code 0fHEX}. */
    long number() {
        String token = peek();
        if (token.startsWith("0d") || token.startsWith("0f")) {
            return Long.parseUnsignedLong(next().substring(2), 16);
        }
        return integer();
    }

    boolean isNumber() {
        return peek().equals("-") || Character.isDigit(peek().charAt(0));
    }
}
