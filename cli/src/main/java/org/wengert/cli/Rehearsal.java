package org.wengert.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the launcher runs once to record which classes the commands need: every command, with small inputs, or, with an
 * argument, those that need no vectors. Prints nothing and leaves nothing.
 */
public final class Rehearsal {

    private Rehearsal() {}

    /** Runs the commands. */
    public static void main(String[] args) throws IOException {
        run("derive", "x*y + sin(x)", "--at", "x=1,y=2", "--order", "3", "--along", "x=1", "--check");
        run("derive", "r*cos(t); r*sin(t)", "--at", "r=2,t=0.5");
        run("derive", "exp(-x)/y", "--at", "x=2,y=0.5", "--json");
        run("derive", "x +", "--at", "x=2");
        if (args.length == 0) {
            runOnFiles();
        } else {
            run("--help");
            run("derive", "--help");
        }
    }

    private static void runOnFiles() throws IOException {
        Path folder = Files.createTempDirectory("wengert");
        Path points = folder.resolve("points.csv");
        Path output = folder.resolve("out.csv");
        StringBuilder csv = new StringBuilder("x,y\n");
        for (int i = 1; i <= 300; i++) {
            csv.append(0.01 * i).append(',').append(2 * Math.exp(-0.01 * i)).append('\n');
        }
        try {
            Files.writeString(points, csv);
            String file = points.toString();
            String out = output.toString();
            run("derive", "r*cos(t); r*sin(t)", "--at", "r=2,t=0.5", "--report");
            run("batch", "x*exp(y); x^2", file, "--output", out, "--jacobian", "--hvp", "x=1", "--json");
            run("batch", "max(x, y)", file, "--output", out, "--gradient", "--force", "--device", "cpu");
            run("fit", "y = a*exp(-b*x)", file, "--start", "a=1,b=1");
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(points);
            Files.deleteIfExists(folder);
        }
    }

    private static void run(String... args) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Wengert.run(nowhere, nowhere, Terminal.NONE, args);
    }
}
