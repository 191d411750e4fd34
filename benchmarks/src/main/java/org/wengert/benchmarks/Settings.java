package org.wengert.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What to measure, and how long.
 *
 * @param operations the tables
 * @param functions  the functions
 * @param sizes      the numbers of inputs
 * @param profiles   what the JVM has seen before
 * @param rounds     how often the whole table is measured
 * @param warmups    warm-up iterations per measurement
 * @param iterations iterations per measurement
 * @param millis     milliseconds per iteration
 */
record Settings(
        List<Operation> operations,
        List<Function> functions,
        List<Integer> sizes,
        List<Profile> profiles,
        int rounds,
        int warmups,
        int iterations,
        int millis) {

    static final String USAGE = """
            usage: benchmarks/run [--quick] [--operations gradient,hessian] [--functions rosenbrock,ackley,...]
                                  [--sizes 2,8,32,128] [--profiles clean,polluted] [--rounds N]
                                  [--warmups N] [--iterations N] [--millis N]
            Without --quick the whole table takes about 50 minutes, with it less than 10.""";

    static Settings parse(String... arguments) {
        List<Operation> operations = List.of(Operation.values());
        List<Function> functions = List.of(Function.values());
        List<Integer> sizes = List.of(2, 8, 32, 128);
        List<Profile> profiles = List.of(Profile.values());
        boolean quick = Arrays.asList(arguments).contains("--quick");
        int rounds = quick ? 1 : 3;
        int warmups = quick ? 8 : 6;
        int iterations = quick ? 4 : 5;
        int millis = quick ? 100 : 300;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--quick")) {
                continue;
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value\n" + USAGE);
            }
            String value = arguments[++i];
            switch (arguments[i - 1]) {
                case "--operations" -> operations = enums(Operation.class, value);
                case "--functions" -> functions = enums(Function.class, value);
                case "--profiles" -> profiles = enums(Profile.class, value);
                case "--sizes" -> sizes = Arrays.stream(value.split(",")).map(Integer::valueOf).toList();
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--warmups" -> warmups = Integer.parseInt(value);
                case "--iterations" -> iterations = Integer.parseInt(value);
                case "--millis" -> millis = Integer.parseInt(value);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i - 1] + "\n" + USAGE);
            }
        }
        return new Settings(operations, functions, sizes, profiles, rounds, warmups, iterations, millis);
    }

    private static <E extends Enum<E>> List<E> enums(Class<E> type, String names) {
        return Arrays.stream(names.split(","))
                .map(name -> Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_')))
                .toList();
    }

    /** The rows of one table. The Hessian of 128 variables by {@code DerivativeStructure} takes tables of gigabytes. */
    List<Table.Row> rowsOf(Operation operation) {
        var rows = new ArrayList<Table.Row>();
        for (Profile p : profiles) {
            for (Function f : functions) {
                for (int n : sizes) {
                    if (operation == Operation.GRADIENT || n <= 32) {
                        rows.add(new Table.Row(p, f, n));
                    }
                }
            }
        }
        return rows;
    }

    int rows() {
        return operations.stream().mapToInt(o -> rowsOf(o).size()).sum();
    }
}
