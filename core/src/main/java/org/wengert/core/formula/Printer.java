package org.wengert.core.formula;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Operations;

/** Prints formulas with as few parentheses as possible, without recursion over their depth. */
final class Printer {

    // How strongly expressions bind: what binds weaker than its place demands gets parentheses.
    static final int SUM = 1;
    static final int PRODUCT = 2;
    static final int SIGN = 3;
    static final int POWER = 4;
    static final int ATOM = 5;

    /** What remains to be printed. */
    private sealed interface Item {}

    private record Text(String text) implements Item {}

    /** The expression that ends with that step, at a place that demands that strength. */
    private record Place(int step, int strength) implements Item {}

    private final Formula formula;
    private final List<Step> steps;

    /** The expression that ends with step i starts with step start[i]. */
    private final int[] start;

    private final Deque<Item> remaining = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();

    private Printer(Formula formula) {
        this.formula = formula;
        this.steps = formula.steps();
        this.start = new int[steps.size()];
        for (int i = 0; i < start.length; i++) {
            start[i] = i;
            for (int k = steps.get(i).arguments(); k > 0; k--) {
                start[i] = start[start[i] - 1];
            }
        }
    }

    static String print(Formula formula, int[] ends) {
        var printer = new Printer(formula);
        for (int i = ends.length - 1; i >= 0; i--) {
            printer.next(new Place(ends[i] - 1, SUM));
            if (i > 0) {
                printer.next(new Text("; "));
            }
        }
        return printer.run();
    }

    /** A number as short as it can be read back; negative ones with a minus sign in front. */
    static String number(double x) {
        double size = Math.abs(x);
        String digits = size == Math.PI ? "pi" : size == Math.E ? "e" : Double.toString(size).replace("E", "e");
        if (digits.endsWith(".0")) {
            digits = digits.substring(0, digits.length() - 2);
        }
        digits = digits.replace(".0e", "e");
        return isNegative(x) ? "-" + digits : digits;
    }

    private String run() {
        while (!remaining.isEmpty()) {
            switch (remaining.removeLast()) {
                case Text item -> text.append(item.text);
                case Place place -> print(place);
            }
        }
        return text.toString();
    }

    private void print(Place place) {
        boolean parentheses = strength(steps.get(place.step)) < place.strength;
        if (parentheses) {
            text.append('(');
            next(new Text(")"));
        }
        int last = place.step - 1;
        switch (steps.get(place.step)) {
            case Step.Constant c -> text.append(number(c.value()));
            case Step.Variable v -> text.append(formula.names().get(v.index()));
            case Step.Apply1 f when f.row().equals(Operations.NEGATE) -> {
                text.append('-');
                next(new Place(last, SIGN));
            }
            case Step.Apply1 f -> call(f.row(), last, 1);
            case Step.Apply2 f -> {
                switch (strength(f)) {
                    case SUM -> binary(SUM, last, f.row().equals(Operations.PLUS) ? " + " : " - ", PRODUCT);
                    case PRODUCT -> binary(PRODUCT, last, f.row().equals(Operations.TIMES) ? "*" : "/", SIGN);
                    case POWER -> binary(ATOM, last, "^", SIGN);
                    default -> call(f.row(), last, 2);
                }
            }
            case Step.ApplyN f -> call(f.row(), last, f.arguments());
        }
    }

    private void binary(int left, int last, String operator, int right) {
        next(new Place(last, right));
        next(new Text(operator));
        next(new Place(start[last] - 1, left));
    }

    private void call(Elementary row, int last, int arguments) {
        text.append(row.name()).append('(');
        next(new Text(")"));
        int step = last;
        for (int k = arguments; k > 0; k--) {
            next(new Place(step, SUM));
            if (k > 1) {
                next(new Text(", "));
            }
            step = start[step] - 1;
        }
    }

    private void next(Item item) {
        remaining.addLast(item);
    }

    private static int strength(Step step) {
        return switch (step) {
            case Step.Constant c -> isNegative(c.value()) ? SIGN : ATOM;
            case Step.Variable _ -> ATOM;
            case Step.Apply1 f -> f.row().equals(Operations.NEGATE) ? SIGN : ATOM;
            case Step.Apply2 f -> strength(f.row());
            case Step.ApplyN _ -> ATOM;
        };
    }

    private static int strength(Binary row) {
        if (row.equals(Operations.PLUS) || row.equals(Operations.MINUS)) {
            return SUM;
        }
        if (row.equals(Operations.TIMES) || row.equals(Operations.DIV)) {
            return PRODUCT;
        }
        return row.equals(Rows.POWER) ? POWER : ATOM;
    }

    private static boolean isNegative(double x) {
        return Math.copySign(1, x) < 0;
    }
}
