package org.wengert.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;

/**
 * One call of the command within the JVM of the tests.
 *
 * @param status the exit status
 * @param out    what it wrote on stdout
 * @param err    what it wrote on stderr
 */
public record InProcess(int status, String out, String err) {

    /** Runs {@code wengert} with the arguments. */
    public static InProcess call(String... args) {
        StringWriter out = new StringWriter();
        return call(out, args);
    }

    /** Runs {@code wengert} with the arguments and writes on the writer given. */
    public static InProcess call(Writer out, String... args) {
        StringWriter err = new StringWriter();
        int status = Wengert.run(new PrintWriter(out), new PrintWriter(err), Terminal.NONE, args);
        return new InProcess(status, out.toString(), err.toString());
    }
}
