package org.wengert.core.formula;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

/**
 * The first partial derivatives that rows state as text, as formulas that are ready to be evaluated in any
 * arithmetic, and so differentiated again.
 *
 * <p>A formula is read once and kept as long as memory allows; rows that are no longer used are let go. A row may name
 * itself in its own derivative even if it is not in the table. Thread safe.
 */
public final class DerivativeFormulas {

    private static final List<String> UNARY = List.of("x", "y");
    private static final List<String> BINARY = List.of("x", "y", "z");
    private static final List<String> ANY = List.of("x", "z", "rest");

    // Soft values, because a derivative may lead back to its row, which would then never be let go.
    private static final Map<Elementary, SoftReference<List<Formula>>> CACHE =
            Collections.synchronizedMap(new WeakHashMap<>());

    private DerivativeFormulas() {}

    /** Whether a row states its derivatives as formulas. */
    public static boolean exist(Elementary row) {
        return switch (row) {
            case Unary f -> !f.derivative().isBlank();
            case Binary f -> !f.dx().isBlank() && !f.dy().isBlank();
            case Nary f -> !f.partials().isEmpty();
        };
    }

    /**
     * f'(x) in the variables {@code x} and {@code y} = f(x), in this order.
     *
     * @throws IllegalArgumentException if the row states no formula, or one that cannot be read
     */
    public static Formula dx(Unary f) {
        return of(f).getFirst();
    }

    /**
     * ∂f/∂x in the variables {@code x}, {@code y} and {@code z} = f(x, y), in this order.
     *
     * @throws IllegalArgumentException if the row states no formula, or one that cannot be read
     */
    public static Formula dx(Binary f) {
        return of(f).getFirst();
    }

    /** ∂f/∂y; else as {@link #dx(Binary)}. */
    public static Formula dy(Binary f) {
        return of(f).getLast();
    }

    /**
     * ∂f/∂xᵢ. For a row of fixed arity n, in the variables {@code x0} to xₙ₋₁ and {@code z} = f(x); for a row of any
     * number of arguments, in {@code x} (the argument xᵢ), {@code z}, and {@code rest} (f of the other arguments).
     *
     * @throws IllegalArgumentException if the row states no formula, or one that cannot be read
     */
    public static Formula partial(Nary f, int i) {
        return of(f).get(f.arity() == Nary.ANY ? 0 : i);
    }

    private static List<Formula> of(Elementary row) {
        SoftReference<List<Formula>> kept = CACHE.get(row);
        List<Formula> formulas = kept == null ? null : kept.get();
        if (formulas == null) {
            // Two threads may both read it; the formulas are equal.
            formulas = read(row);
            CACHE.put(row, new SoftReference<>(formulas));
        }
        return formulas;
    }

    private static List<Formula> read(Elementary row) {
        if (!exist(row)) {
            throw new IllegalArgumentException("row '" + row.name() + "' states no formula of its derivative");
        }
        return switch (row) {
            case Unary f -> List.of(read(f, f.derivative(), UNARY));
            case Binary f -> List.of(read(f, f.dx(), BINARY), read(f, f.dy(), BINARY));
            case Nary f -> f.partials().stream().map(text -> read(f, text, names(f))).toList();
        };
    }

    private static List<String> names(Nary f) {
        if (f.arity() == Nary.ANY) {
            return ANY;
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < f.arity(); i++) {
            names.add("x" + i);
        }
        names.add("z");
        return names;
    }

    private static Formula read(Elementary row, String text, List<String> names) {
        try {
            return Formula.parse(text, List.of(row)).withNames(names);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the derivative of row '" + row.name() + "', '" + text + "': " + e.getMessage(), e);
        }
    }
}
