package org.wengert.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code x=1,y=2} and {@code x,y} as given to an option. */
final class Assignments {

    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern NUMBER = Pattern.compile(
            "[+-]?(Infinity|inf|NaN|(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?)");

    private Assignments() {}

    /**
     * The numbers by name, in their order.
     *
     * @param option the option's name, for messages
     * @param texts  what was given to it, once or several times
     */
    static Map<String, Double> numbers(String option, List<String> texts) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String item : items(texts)) {
            int equals = item.indexOf('=');
            if (equals < 0) {
                throw Problem.input(option + ": '" + item + "' should be NAME=NUMBER");
            }
            String name = name(option, item.substring(0, equals).strip(), item);
            double number = number(option, name, item.substring(equals + 1).strip());
            if (numbers.put(name, number) != null) {
                throw Problem.input(option + ": " + name + " is given twice");
            }
        }
        return numbers;
    }

    /**
     * The names, in their order.
     *
     * @param option the option's name, for messages
     * @param texts  what was given to it, once or several times
     */
    static List<String> names(String option, List<String> texts) {
        List<String> names = items(texts).stream().map(item -> name(option, item.strip(), item)).toList();
        names.stream().filter(n -> names.indexOf(n) != names.lastIndexOf(n)).findFirst().ifPresent(n -> {
            throw Problem.input(option + ": " + n + " is given twice");
        });
        return names;
    }

    private static List<String> items(List<String> texts) {
        return texts.stream().flatMap(text -> List.of(text.split(",", -1)).stream()).toList();
    }

    private static String name(String option, String name, String item) {
        if (name.isEmpty()) {
            throw Problem.input(option + (item.isBlank() ? ": there is nothing between two commas or at an end"
                    : ": '" + item + "' lacks a name"));
        }
        if (!NAME.matcher(name).matches()) {
            throw Problem.input(option + ": '" + name + "' is not a name");
        }
        return name;
    }

    private static double number(String option, String name, String text) {
        if (text.isEmpty()) {
            throw Problem.input(option + ": " + name + " has no number after its '='");
        }
        if (!NUMBER.matcher(text).matches()) {
            throw Problem.input(option + ": " + name + " should be a number, but is '" + text + "'");
        }
        return Double.parseDouble(text.replace("inf", "Infinity"));
    }
}
