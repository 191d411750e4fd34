package org.wengert.core.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.wengert.core.elementary.Arithmetic;
import org.wengert.core.elementary.Elementary;

/**
 * One or several expressions over the table of elementary functions, read from text.
 *
 * <pre>{@code
 * Formula f = Formula.parse("b1*(1 - exp(-b2*x))");
 * f.names();                      // [b1, b2, x]
 * f.value(240, 5e-4, 100);        // 11.70…
 * }</pre>
 *
 * <p><b>The language.</b>
 *
 * <pre>
 * formula    = expression { ";" expression }         one output each
 * expression = term  { ("+" | "-") term }
 * term       = factor { ("*" | "/") factor }
 * factor     = ("+" | "-") factor | power
 * power      = atom [ "^" factor ]                    so 2^3^2 is 2^(3^2), -x^2 is -(x^2), x^-2 is x^(-2)
 * atom       = number | name | row "(" expression { "," expression } ")" | "(" expression ")"
 * </pre>
 *
 * <p>Numbers are decimal: {@code 2}, {@code .5}, {@code 1e-3}. Names start with a letter or {@code _}, go on
 * with letters, digits and {@code _}, and tell upper from lower case; {@code pi} and {@code e} are the
 * constants. Every row of the table can be called by its name, with as many arguments as it takes. A name
 * that is not followed by a parenthesis is a variable, even if a row has the same name.
 *
 * <p><b>Values</b> are bit for bit what the same expression gives in Java, operator by operator from left to
 * right. {@code x^y} is the row {@code pow}, whatever the exponent, and so gives the bits of
 * {@link Math#pow}; {@code x^2} is {@code x*x} there too, and {@code x^3} may differ from {@code x*x*x} in
 * the last place. A minus sign in front of a number makes a negative constant.
 *
 * <p><b>Size.</b> A formula is a flat list of steps in postfix order. Reading, evaluating, printing and comparing
 * take linear time and do not recurse, so a chain of a million operations is fine. Parentheses may be nested
 * {@value #MOST_PARENTHESES} deep.
 *
 * <p>Immutable and thread safe. Two formulas are equal if they have the same variables in the same order and the same
 * steps.
 */
public final class Formula {

    /** How deep parentheses may be nested. */
    static final int MOST_PARENTHESES = 1000;

    private final List<String> names;
    private final List<Step> steps;

    /** The steps again, for the loop over doubles. */
    private final Step[] flat;

    /** Output i ends before the step of index ends[i]. */
    private final int[] ends;

    /** The most numbers on the stack at a time. */
    private final int depth;

    Formula(List<String> names, List<Step> steps, int[] ends) {
        this.names = List.copyOf(names);
        this.steps = List.copyOf(steps);
        this.flat = steps.toArray(Step[]::new);
        this.ends = ends;
        this.depth = depth(steps);
    }

    /**
     * Reads a formula over the rows of the table.
     *
     * @throws FormulaException if the text is not a formula; says where and why
     */
    public static Formula parse(String text) {
        return parse(text, List.of());
    }

    /**
     * Reads a formula over the rows of the table and some more.
     *
     * @param more rows that a user has added; they go before rows of the table with the same name
     * @throws FormulaException if the text is not a formula; says where and why
     */
    public static Formula parse(String text, Collection<? extends Elementary> more) {
        Objects.requireNonNull(text, "text");
        return new Parser(text, Rows.with(more)).formula();
    }

    /** The variables, in order of first appearance. */
    public List<String> names() {
        return names;
    }

    /** Whether a variable of that name occurs in an expression; {@link #withNames} may have added others. */
    public boolean uses(String name) {
        return steps.contains(new Step.Variable(names.indexOf(name)));
    }

    /** How many expressions there are, at least 1. */
    public int outputs() {
        return ends.length;
    }

    /** How many constants, variables and applications of rows there are. */
    public int size() {
        return steps.size();
    }

    /**
     * The same formula with its variables in the given order, which may hold names that do not occur.
     *
     * @throws IllegalArgumentException if a variable is missing or a name stands twice
     */
    public Formula withNames(List<String> order) {
        for (int i = 0; i < order.size(); i++) {
            if (order.indexOf(order.get(i)) != i) {
                throw new IllegalArgumentException("names must differ, but '" + order.get(i) + "' stands twice: " + order);
            }
        }
        Step[] variables = new Step[names.size()];
        for (int i = 0; i < variables.length; i++) {
            int index = order.indexOf(names.get(i));
            if (index < 0) {
                throw new IllegalArgumentException(
                        "names must hold every variable of the formula, but '" + names.get(i) + "' is missing: " + order);
            }
            variables[i] = new Step.Variable(index);
        }
        List<Step> renamed = new ArrayList<>(steps.size());
        for (Step step : steps) {
            renamed.add(step instanceof Step.Variable v ? variables[v.index()] : step);
        }
        return new Formula(order, renamed, ends);
    }

    /** The output of that index alone, with the same variables. */
    public Formula output(int index) {
        Objects.checkIndex(index, ends.length);
        int start = index == 0 ? 0 : ends[index - 1];
        return new Formula(names, steps.subList(start, ends[index]), new int[] {ends[index] - start});
    }

    /**
     * All outputs in the given arithmetic.
     *
     * @param arguments one number per name; not changed
     * @return one number per output; the caller's own
     * @throws IllegalArgumentException if the number of arguments is not the number of names
     */
    public <T> List<T> evaluate(Arithmetic<T> arithmetic, List<? extends T> arguments) {
        requireArguments(arguments.size());
        List<T> results = new ArrayList<>(ends.length);
        List<T> stack = new ArrayList<>(depth);
        for (int i = 0; i < steps.size(); i++) {
            T result = switch (steps.get(i)) {
                case Step.Constant(double value) -> arithmetic.constant(value);
                case Step.Variable(int index) -> arguments.get(index);
                case Step.Apply1(var row) -> arithmetic.apply(row, stack.removeLast());
                case Step.Apply2(var row) -> {
                    T y = stack.removeLast();
                    yield arithmetic.apply(row, stack.removeLast(), y);
                }
                case Step.ApplyN(var row, int n) -> {
                    List<T> taken = stack.subList(stack.size() - n, stack.size());
                    List<T> x = List.copyOf(taken);
                    taken.clear();
                    yield arithmetic.apply(row, x);
                }
            };
            if (i + 1 == ends[results.size()]) {
                results.add(result);
            } else {
                stack.add(result);
            }
        }
        return results;
    }

    /**
     * All outputs in {@code double} arithmetic; a few nanoseconds a step.
     *
     * @param arguments one number per name; not changed
     * @return one number per output; the caller's own
     * @throws IllegalArgumentException if the number of arguments is not the number of names
     */
    public double[] values(double... arguments) {
        requireArguments(arguments.length);
        double[] results = new double[ends.length];
        double[] stack = new double[depth];
        int top = 0;
        int output = 0;
        for (int i = 0; i < flat.length; i++) {
            // Not a switch over the types, which takes twice as long on JDK 25.
            Step step = flat[i];
            if (step instanceof Step.Variable v) {
                stack[top] = arguments[v.index()];
            } else if (step instanceof Step.Apply2 f) {
                top -= 2;
                stack[top] = f.row().value(stack[top], stack[top + 1]);
            } else if (step instanceof Step.Apply1 f) {
                top--;
                stack[top] = f.row().value(stack[top]);
            } else if (step instanceof Step.Constant c) {
                stack[top] = c.value();
            } else if (step instanceof Step.ApplyN f) {
                top -= f.arguments();
                stack[top] = f.row().value(Arrays.copyOfRange(stack, top, top + f.arguments()));
            }
            if (i + 1 == ends[output]) {
                results[output++] = stack[top];
            } else {
                top++;
            }
        }
        return results;
    }

    /**
     * The one output in {@code double} arithmetic.
     *
     * @param arguments one number per name; not changed
     * @throws IllegalStateException if there are several outputs
     */
    public double value(double... arguments) {
        if (ends.length != 1) {
            throw new IllegalStateException("value needs a formula of 1 output, but this one has " + ends.length);
        }
        return values(arguments)[0];
    }

    private void requireArguments(int count) {
        if (count != names.size()) {
            throw new IllegalArgumentException(
                    "arguments must be " + names.size() + ", one for each of " + names + ", but were " + count);
        }
    }

    private static int depth(List<Step> steps) {
        int depth = 0;
        int top = 0;
        for (Step step : steps) {
            top += 1 - step.arguments();
            depth = Math.max(depth, top);
        }
        return depth;
    }

    List<Step> steps() {
        return steps;
    }

    @Override
    public boolean equals(Object that) {
        return that instanceof Formula f
                && names.equals(f.names) && Arrays.equals(ends, f.ends) && steps.equals(f.steps);
    }

    @Override
    public int hashCode() {
        return 31 * names.hashCode() + steps.hashCode();
    }

    /** The formula as text with as few parentheses as possible; {@link #parse} reads it back as an equal formula. */
    @Override
    public String toString() {
        return Printer.print(this, ends);
    }
}
