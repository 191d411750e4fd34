package org.wengert.core.formula;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.wengert.core.elementary.Elementary;

/**
 * Two expressions with an equals sign between them, as a model is written: {@code log(y) = b1 + b2*x}.
 *
 * @param left  the expression on the left
 * @param right the expression on the right
 */
public record Equation(Formula left, Formula right) {

    /** Checks that each side is one expression. */
    public Equation {
        if (left.outputs() != 1 || right.outputs() != 1) {
            throw new IllegalArgumentException("each side of an equation must have 1 output, but they have "
                    + left.outputs() + " and " + right.outputs());
        }
    }

    /**
     * Reads {@code expression = expression}.
     *
     * @throws FormulaException if the text is something else; says where and why
     */
    public static Equation parse(String text) {
        return parse(text, List.of());
    }

    /**
     * Reads an equation over the rows of the table and some more.
     *
     * @param more rows that a user has added
     * @throws FormulaException if the text is something else; says where and why
     */
    public static Equation parse(String text, Collection<? extends Elementary> more) {
        return new Parser(text, Rows.with(more)).equation();
    }

    /** The variables of both sides, in order of first appearance. */
    public List<String> names() {
        var names = new LinkedHashSet<>(left.names());
        names.addAll(right.names());
        return List.copyOf(new ArrayList<>(names));
    }

    /** The equation as text; {@link #parse(String)} reads it back as an equal equation. */
    @Override
    public String toString() {
        return left + " = " + right;
    }
}
