package org.wengert.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code wengert} command. Exit status: 0 success, 1 the numerical task failed, 2 bad usage or bad input.
 */
@Command(
        name = "wengert",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Wengert.Version.class,
        header = "Exact derivatives of formulas, and what can be done with them.",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeOnInvalidInput = Problem.BAD_INPUT,
        exitCodeOnExecutionException = Problem.FAILED)
public final class Wengert {

    // The commands inherit what is said above; this is said of the main command alone.
    private static final String[] FOOTER = {
        "",
        "Formulas: + - * / ^ (right-associative; -x^2 is -(x^2)), parentheses,",
        "numbers, names, pi, e, and the elementary functions by their usual names;",
        "several outputs are separated by ';'.",
        "",
        "Exit status: 0 success, 1 the numerical task failed, 2 bad usage or bad input.",
        "",
        "Examples:",
        "  wengert derive 'x*y + sin(x)' --at x=1,y=2",
        "  wengert fit 'y = a*exp(-b*x)' data.csv --start a=1,b=0.1 --plot fit.svg",
        "  wengert batch 'r*cos(t); r*sin(t)' points.csv --jacobian --output results.csv",
        "  wengert doctor",
    };

    private static final String COMPLETION = "completion";

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show where in the program an error arose (also: environment variable WENGERT_DEBUG).")
    private boolean debug;

    private Wengert() {}

    /** Runs the command and ends the program with its exit status. */
    public static void main(String[] args) {
        useRealStderr();
        int status = run(writer(System.out), writer(System.err), Terminal.detect(), args);
        System.exit(status);
    }

    /**
     * Writes messages to the descriptor that the launcher names, past the filter it puts behind the JVM's own stderr.
     * Opening the descriptor by a path would lose its place in a file that stdout goes to as well, and Java has no other
     * way to name one; if that way is barred, messages go through the filter like the JVM's.
     */
    private static void useRealStderr() {
        Integer number = Integer.getInteger("wengert.stderr");
        if (number == null) {
            return;
        }
        try {
            var make = FileDescriptor.class.getDeclaredConstructor(int.class);
            make.setAccessible(true);
            System.setErr(new PrintStream(
                    new BufferedOutputStream(new FileOutputStream(make.newInstance(number)), 1024), true, System.err.charset()));
        } catch (ReflectiveOperationException | RuntimeException _) {
            // the filter it is
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        Charset charset = stream.charset();
        // Where the locale is not set, ASCII is assumed; formulas and file names are still UTF-8 nearly everywhere.
        return new PrintWriter(stream, false, charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset);
    }

    /**
     * Runs the command.
     *
     * @param out      receives results; flushed
     * @param err      receives messages; flushed
     * @param terminal what is known of the terminal
     * @param args     the arguments
     * @return the exit status
     */
    static int run(PrintWriter out, PrintWriter err, Terminal terminal, String... args) {
        int status;
        try {
            status = commandLine(out, err, terminal, args.length == 0 ? "" : args[0]).execute(
                    Arrays.stream(args).map(Wengert::protectedFormula).toArray(String[]::new));
        } catch (OutOfMemoryError e) {
            err.printf("wengert: out of memory: %,d MB are not enough; WENGERT_JAVA_OPTS=-Xmx8g, for example, gives more%n",
                    Runtime.getRuntime().maxMemory() >> 20);
            status = Problem.FAILED;
        }
        out.flush();
        err.flush();
        return out.checkError() ? Problem.BAD_INPUT : status;
    }

    /** A formula may begin with a minus sign, which must not make an option of it; a space in front prevents that. */
    private static String protectedFormula(String argument) {
        boolean option = argument.startsWith("--") || argument.matches("-(h|V|\\d+)");
        return argument.startsWith("-") && !option ? " " + argument : argument;
    }

    /** The formula as the user wrote it, so that columns in messages are right. */
    static String formula(String argument) {
        return argument.startsWith(" -") ? argument.substring(1) : argument;
    }

    /** The command line with all commands, or, where the first argument names one, with that one. */
    private static CommandLine commandLine(PrintWriter out, PrintWriter err, Terminal terminal, String first) {
        Wengert main = new Wengert();
        CommandLine line = new CommandLine(main);
        Map<String, Supplier<Object>> commands = commands(terminal);
        // Reading what a command's annotations say takes the better part of a short run: only the one that is meant is asked.
        boolean single = commands.containsKey(first) && !first.equals(COMPLETION);
        commands.forEach((name, command) -> {
            if (!single || name.equals(first)) {
                line.addSubcommand(name, command.get());
            }
        });
        line.getCommandSpec().usageMessage().footer(FOOTER);
        return line.setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((problem, _) -> badUsage(problem))
                .setExecutionExceptionHandler((problem, command, _) -> main.report(problem, command.getErr()))
                .setExecutionStrategy(parsed -> {
                    if (!parsed.hasSubcommand() && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
                        throw new ParameterException(parsed.commandSpec().commandLine(), "a command is missing");
                    }
                    return new CommandLine.RunLast().execute(parsed);
                });
    }

    private static Map<String, Supplier<Object>> commands(Terminal terminal) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("derive", DeriveCommand::new);
        commands.put("fit", () -> new FitCommand(terminal));
        commands.put("minimize", () -> new MinimizeCommand(terminal));
        commands.put("nist", () -> new NistCommand(terminal));
        commands.put("batch", () -> new BatchCommand(terminal));
        commands.put("bench", () -> new BenchCommand(terminal));
        commands.put("gallery", GalleryCommand::new);
        commands.put("doctor", () -> new DoctorCommand(terminal));
        commands.put(COMPLETION, Completion::new);
        return commands;
    }

    private static int badUsage(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("wengert: " + decapitalize(Objects.requireNonNullElse(problem.getMessage(), "bad usage")));
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return Problem.BAD_INPUT;
    }

    private int report(Exception problem, PrintWriter err) {
        boolean trace = debug || System.getenv("WENGERT_DEBUG") != null;
        if (problem instanceof Problem ours) {
            err.println("wengert: " + ours.getMessage());
        } else {
            err.println("wengert: internal error: " + problem + (trace ? "" : " (--debug shows more)"));
        }
        if (trace) {
            problem.printStackTrace(err);
        }
        return problem instanceof Problem ours ? ours.status() : Problem.FAILED;
    }

    private static String decapitalize(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    /** Prints the completion script of the whole command. */
    @Command(
            name = COMPLETION,
            header = "Print a script that completes commands and options in bash and zsh.",
            description = "Use it with:  source <(wengert completion)")
    static final class Completion implements Runnable {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            spec.commandLine().getOut().print(AutoComplete.bash("wengert", spec.root().commandLine()));
        }
    }

    /** The version that the jar carries, and the Java that runs it. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Wengert.class.getPackage().getImplementationVersion();
            return new String[] {
                "wengert " + (version == null ? "(not from a jar)" : version)
                        + ", Java " + System.getProperty("java.version")
            };
        }
    }
}
