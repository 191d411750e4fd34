package org.wengert.core.elementary;

/**
 * A row of the table of elementary functions: a function of {@code double} arguments with its partial
 * derivatives.
 *
 * <p>Rows are immutable and stateless; their operations may be called from any thread. Keep a row in a
 * {@code static final} field: the JIT compiler then sees through the record and inlines its functions.
 */
public sealed interface Elementary permits Unary, Binary, Nary {

    /** The name by which formulas, printed programs and messages call this function. */
    String name();

    /** What the documentation says of this row: family, formula, accuracy, conventions. */
    Notes notes();
}
