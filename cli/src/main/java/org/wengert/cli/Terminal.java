package org.wengert.cli;

/**
 * What is known of the terminal. The launcher says whether there is one: asking the JDK for its console costs more
 * than the rest of the start.
 *
 * @param colour   whether stdout shows colours
 * @param progress whether stderr shows a line that is written over and over
 */
record Terminal(boolean colour, boolean progress) {

    /** No terminal: plain text. */
    static final Terminal NONE = new Terminal(false, false);

    /** The terminal that the launcher saw; colours are left out where {@code NO_COLOR} asks for it. */
    static Terminal detect() {
        boolean plain = !System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
                || "dumb".equals(System.getenv("TERM"));
        return new Terminal(
                Boolean.getBoolean("wengert.terminal.out") && !plain,
                Boolean.getBoolean("wengert.terminal.err"));
    }

    /** The text in bold, where there are colours. */
    String bold(String text) {
        return colour ? "\033[1m" + text + "\033[0m" : text;
    }

    /** The text in green or red, where there are colours. */
    String good(String text, boolean good) {
        return colour ? (good ? "\033[32m" : "\033[31m") + text + "\033[0m" : text;
    }
}
