package org.wengert.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One call of the command within the test's own JVM.
 *
 * @param status the exit status
 * @param out    what it wrote on stdout
 * @param err    what it wrote on stderr
 */
record Call(int status, String out, String err) {

    /** Runs {@code wengert} with the arguments, without a terminal. */
    static Call of(String... args) {
        return of(Terminal.NONE, args);
    }

    /** Runs {@code wengert} with the arguments on a terminal. */
    static Call of(Terminal terminal, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Wengert.run(new PrintWriter(out), new PrintWriter(err), terminal, args);
        return new Call(status, out.toString(), err.toString());
    }
}
