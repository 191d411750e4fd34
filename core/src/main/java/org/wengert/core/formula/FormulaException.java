package org.wengert.core.formula;

/**
 * A text is not a formula. The message says where and why, for example
 * {@code line 1, column 7: unknown function 'sinn'; did you mean 'sin'?}.
 */
public final class FormulaException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** The line, from 1. */
    private final int line;

    /** The column in characters, from 1. */
    private final int column;

    /** The message without the place. */
    private final String reason;

    private FormulaException(int line, int column, String reason) {
        super("line " + line + ", column " + column + ": " + reason);
        this.line = line;
        this.column = column;
        this.reason = reason;
    }

    /** What is wrong at an offset of a text; lines end with LF, CR LF or CR. */
    static FormulaException at(String text, int offset, String reason) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < offset; i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                line++;
                start = i + 1;
            }
        }
        return new FormulaException(line, text.codePointCount(start, offset) + 1, reason);
    }

    /** The line of the text, from 1. */
    public int line() {
        return line;
    }

    /** The column in the line, in characters (code points), from 1. */
    public int column() {
        return column;
    }

    /** What is wrong, without the place. */
    public String reason() {
        return reason;
    }
}
