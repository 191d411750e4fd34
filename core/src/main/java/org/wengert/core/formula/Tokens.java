package org.wengert.core.formula;

/** The words of a formula's text, one after another. */
final class Tokens {

    /** The kinds of words. */
    enum Kind {
        NUMBER,
        NAME,
        SYMBOL,
        END
    }

    private static final String SYMBOLS = "+-*/^(),;=";

    private final String text;
    private int next;

    private Kind kind = Kind.END;
    private int start;

    Tokens(String text) {
        this.text = text;
        advance();
    }

    /** The kind of the current word. */
    Kind kind() {
        return kind;
    }

    /** Whether the current word is that symbol. */
    boolean is(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(start) == symbol;
    }

    /** The current word if it is a symbol, else a blank. */
    char symbol() {
        return kind == Kind.SYMBOL ? text.charAt(start) : ' ';
    }

    /** Where the current word starts in the text. */
    int start() {
        return start;
    }

    /** The current word. */
    String word() {
        return text.substring(start, next);
    }

    /** The current word for a message: quoted and not too long. */
    String quoted() {
        return kind == Kind.END ? "the end" : quoted(word());
    }

    /** A word for a message: quoted and not too long. */
    static String quoted(String word) {
        return "'" + (word.length() <= 40 ? word : word.substring(0, word.offsetByCodePoints(0, 30)) + "…") + "'";
    }

    /** The value of the current word, a number. */
    double number() {
        String word = word();
        double value = Double.parseDouble(word);
        if (Double.isInfinite(value)) {
            throw error("number " + quoted() + " is larger than the largest double, " + Double.MAX_VALUE);
        }
        if (value == 0 && word.replaceFirst("[eE].*", "").matches(".*[1-9].*")) {
            throw error("number " + quoted() + " is smaller than the smallest double, " + Double.MIN_VALUE);
        }
        return value;
    }

    /** An error at the current word. */
    FormulaException error(String reason) {
        return FormulaException.at(text, start, reason);
    }

    /** An error at an offset of the text. */
    FormulaException error(int offset, String reason) {
        return FormulaException.at(text, offset, reason);
    }

    /** Goes on to the next word. */
    void advance() {
        while (next < text.length() && isBlank(text.charAt(next))) {
            next++;
        }
        start = next;
        if (next == text.length()) {
            kind = Kind.END;
            return;
        }
        char c = text.charAt(next);
        if (isDigit(next) || c == '.' && isDigit(next + 1)) {
            kind = Kind.NUMBER;
            next = endOfNumber();
        } else if (isStartOfName(text.codePointAt(next))) {
            kind = Kind.NAME;
            while (next < text.length() && isPartOfName(text.codePointAt(next))) {
                next += Character.charCount(text.codePointAt(next));
            }
        } else if (text.startsWith("**", next)) {
            throw error("unexpected '**'; did you mean '^'?");
        } else if (SYMBOLS.indexOf(c) >= 0) {
            kind = Kind.SYMBOL;
            next++;
        } else {
            throw error(unexpected(text.codePointAt(next)));
        }
    }

    private int endOfNumber() {
        int end = endOfDigits(next);
        if (end < text.length() && text.charAt(end) == '.') {
            end = endOfDigits(end + 1);
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int sign = end + 1;
            int digits = sign < text.length() && (text.charAt(sign) == '+' || text.charAt(sign) == '-') ? sign + 1 : sign;
            // "2e" is not a number with an empty exponent but a 2 that is followed by a name.
            if (isDigit(digits)) {
                end = endOfDigits(digits);
            }
        }
        return end;
    }

    private int endOfDigits(int i) {
        while (isDigit(i)) {
            i++;
        }
        return i;
    }

    private boolean isDigit(int i) {
        return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isStartOfName(int c) {
        return Character.isLetter(c) || c == '_';
    }

    private static boolean isPartOfName(int c) {
        return Character.isLetterOrDigit(c) || c == '_' || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static String unexpected(int c) {
        String hint = switch (c) {
            case '%' -> "; did you mean 'rem(x, y)'?";
            case '\u2212', '\u2013' -> "; did you mean '-'?";
            case '\u00d7', '\u00b7', '\u22c5' -> "; did you mean '*'?";
            case '\u00f7', ':' -> "; did you mean '/'?";
            case '[', '{' -> "; did you mean '('?";
            case ']', '}' -> "; did you mean ')'?";
            default -> "";
        };
        String shown = Character.isISOControl(c) || !Character.isDefined(c) || Character.getType(c) == Character.SURROGATE
                ? String.format("U+%04X", c)
                : "'" + Character.toString(c) + "'";
        return "unexpected character " + shown + hint;
    }
}
