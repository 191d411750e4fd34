package org.wengert.core.elementary;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of elementary functions: all rows of all families, in the order in which they are written. */
public final class ElementaryTable {

    private static final List<Class<?>> FAMILIES = List.of(
            Operations.class, Powers.class, Exponentials.class, Trigonometry.class, Hyperbolics.class,
            Piecewise.class, ErrorFunctions.class, GammaFunctions.class, BesselFunctions.class,
            LambertFunction.class, Learning.class, Reductions.class, ZeroLaws.class);

    private static final List<Elementary> ROWS = collect();
    private static final Map<String, Elementary> BY_NAME = byName();

    private ElementaryTable() {}

    /** All rows; unmodifiable. */
    public static List<Elementary> rows() {
        return ROWS;
    }

    /** The row of that name. */
    public static Optional<Elementary> row(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Every public constant of the families that is a row. */
    private static List<Elementary> collect() {
        List<Elementary> rows = new ArrayList<>();
        for (Class<?> family : FAMILIES) {
            for (Field field : family.getDeclaredFields()) {
                if (Modifier.isPublic(field.getModifiers()) && Elementary.class.isAssignableFrom(field.getType())) {
                    try {
                        rows.add((Elementary) field.get(null));
                    } catch (IllegalAccessException e) {
                        throw new ExceptionInInitializerError(e);
                    }
                }
            }
        }
        return List.copyOf(rows);
    }

    private static Map<String, Elementary> byName() {
        Map<String, Elementary> rows = new LinkedHashMap<>();
        for (Elementary row : ROWS) {
            if (rows.put(row.name(), row) != null) {
                throw new ExceptionInInitializerError("two rows are called " + row.name());
            }
        }
        return rows;
    }
}
