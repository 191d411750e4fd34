package org.wengert.core.formula;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Unary;

/**
 * Reads the language of {@link Formula} by operator precedence with an explicit stack, so that nothing
 * recurses over the depth of the text.
 *
 * <p>Source: E. W. Dijkstra's shunting yard, "Algol 60 translation", MR 35 (1961).
 */
final class Parser {

    private static final Map<String, Double> CONSTANTS = Map.of("pi", Math.PI, "e", Math.E);

    /** What waits on the stack for the rest of its arguments. */
    private sealed interface Waiting {}

    /** An operator; the stronger binds first. */
    private record Operator(Step step, int strength) implements Waiting {}

    /** A sign in front of a factor. */
    private static final Operator NEGATE = new Operator(new Step.Apply1(Operations.NEGATE), Printer.SIGN);

    /** An open parenthesis at an offset of the text. */
    private record Open(int place) implements Waiting {}

    /** A call whose name stands at an offset of the text, and the arguments begun so far. */
    private static final class Call implements Waiting {
        final int place;
        final Elementary row;
        int arguments = 1;

        Call(int place, Elementary row) {
            this.place = place;
            this.row = row;
        }
    }

    private final Tokens tokens;
    private final Rows rows;
    private final Map<String, Step.Variable> variables = new LinkedHashMap<>();
    private final Map<Object, Step> shared = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int parentheses;

    Parser(String text, Rows rows) {
        this.tokens = new Tokens(text);
        this.rows = rows;
    }

    Formula formula() {
        List<Integer> ends = new ArrayList<>();
        expression();
        ends.add(steps.size());
        while (tokens.is(';')) {
            tokens.advance();
            expression();
            ends.add(steps.size());
        }
        requireEnd();
        return taken(ends);
    }

    Equation equation() {
        expression();
        Formula left = taken(List.of(steps.size()));
        if (!tokens.is('=')) {
            throw tokens.error("'=' is missing before " + tokens.quoted() + ": an equation is 'expression = expression'");
        }
        tokens.advance();
        expression();
        requireEnd();
        return new Equation(left, taken(List.of(steps.size())));
    }

    private void requireEnd() {
        if (tokens.kind() != Tokens.Kind.END) {
            throw tokens.error("unexpected " + tokens.quoted() + " after the expression");
        }
    }

    /** The formula read so far; the next one starts afresh. */
    private Formula taken(List<Integer> ends) {
        var formula = new Formula(
                List.copyOf(variables.keySet()), steps, ends.stream().mapToInt(Integer::intValue).toArray());
        steps.clear();
        variables.clear();
        return formula;
    }

    /** Reads one expression and stands before the word after it. */
    private void expression() {
        do {
            operand();
        } while (operator());
        switch (waiting.peekLast()) {
            case null -> { /* Everything is closed. */ }
            case Open open -> throw tokens.error(open.place, "'(' is never closed");
            case Call call -> throw tokens.error(call.place, "'(' after '" + call.row.name() + "' is never closed");
            case Operator _ -> throw new AssertionError("operators are applied before");
        }
    }

    /** Reads signs, opening parentheses and calls up to and including a number or a name. */
    private void operand() {
        while (true) {
            switch (tokens.kind()) {
                case NUMBER -> {
                    steps.add(constant(tokens.number()));
                    tokens.advance();
                    return;
                }
                case NAME -> {
                    if (!name()) {
                        return;
                    }
                }
                case SYMBOL, END -> {
                    switch (tokens.symbol()) {
                        case '-' -> waiting.addLast(NEGATE);
                        case '+' -> { /* A plus sign changes nothing. */ }
                        case '(' -> open(new Open(tokens.start()));
                        default -> throw missingOperand();
                    }
                    tokens.advance();
                }
            }
        }
    }

    private FormulaException missingOperand() {
        if (tokens.is(')') && waiting.peekLast() instanceof Call call && call.arguments == 1) {
            return tokens.error(call.place, "function '" + call.row.name() + "' takes " + Rows.arguments(call.row)
                    + ", but has none");
        }
        return tokens.error("an expression is missing before " + tokens.quoted());
    }

    /** Reads a name; whether it opened a call, so that an operand still follows. */
    private boolean name() {
        String name = tokens.word();
        int place = tokens.start();
        tokens.advance();
        if (tokens.is('(')) {
            open(new Call(place, rows.get(name, reason -> tokens.error(place, reason))));
            tokens.advance();
            return true;
        }
        Double value = CONSTANTS.get(name);
        steps.add(value != null
                ? constant(value)
                : variables.computeIfAbsent(name, _ -> new Step.Variable(variables.size())));
        return false;
    }

    private void open(Waiting parenthesis) {
        if (++parentheses > Formula.MOST_PARENTHESES) {
            throw tokens.error("parentheses are nested more than " + Formula.MOST_PARENTHESES + " deep");
        }
        waiting.addLast(parenthesis);
    }

    /** Reads what follows an operand, with all closing parentheses; whether another operand must follow. */
    private boolean operator() {
        while (true) {
            switch (tokens.symbol()) {
                case '+' -> binary(Operations.PLUS, Printer.SUM);
                case '-' -> binary(Operations.MINUS, Printer.SUM);
                case '*' -> binary(Operations.TIMES, Printer.PRODUCT);
                case '/' -> binary(Operations.DIV, Printer.PRODUCT);
                case '^' -> binary(Rows.POWER, Printer.POWER);
                case ',' -> argument();
                case ')' -> {
                    close();
                    tokens.advance();
                    continue;
                }
                case '(' -> throw tokens.error("an operator is missing before '('");
                case ' ' -> {
                    if (tokens.kind() != Tokens.Kind.END) {
                        throw tokens.error("an operator is missing before " + tokens.quoted());
                    }
                    apply(0);
                    return false;
                }
                default -> {
                    apply(0);
                    return false;
                }
            }
            tokens.advance();
            return true;
        }
    }

    private void binary(Binary row, int strength) {
        // '^' is right-associative: another '^' on its left waits.
        apply(strength == Printer.POWER ? strength + 1 : strength);
        waiting.addLast(new Operator(shared.computeIfAbsent(row, _ -> new Step.Apply2(row)), strength));
    }

    /** Applies the operators that wait for the last operand and bind at least so strongly. */
    private void apply(int strength) {
        while (waiting.peekLast() instanceof Operator operator && operator.strength >= strength) {
            waiting.removeLast();
            apply(operator.step);
        }
    }

    private void apply(Step step) {
        if (step.equals(NEGATE.step) && steps.getLast() instanceof Step.Constant(double value)) {
            steps.set(steps.size() - 1, constant(-value));
        } else {
            steps.add(step);
        }
    }

    private void argument() {
        apply(0);
        if (!(waiting.peekLast() instanceof Call call)) {
            throw tokens.error("',' must stand between the arguments of a function");
        }
        call.arguments++;
    }

    private void close() {
        apply(0);
        switch (waiting.pollLast()) {
            case Open _ -> { /* The expression inside is complete. */ }
            case Call call -> call(call);
            case null, default -> throw tokens.error("')' without a '('");
        }
        parentheses--;
    }

    private void call(Call call) {
        int n = call.arguments;
        if (!Rows.takes(call.row, n)) {
            throw tokens.error(call.place, "function '" + call.row.name() + "' takes " + Rows.arguments(call.row)
                    + ", but has " + n);
        }
        apply(shared.computeIfAbsent(List.of(call.row, n), _ -> switch (call.row) {
            case Unary row -> new Step.Apply1(row);
            case Binary row -> new Step.Apply2(row);
            case Nary row -> new Step.ApplyN(row, n);
        }));
    }

    private Step constant(double value) {
        return shared.computeIfAbsent(value, _ -> new Step.Constant(value));
    }
}
