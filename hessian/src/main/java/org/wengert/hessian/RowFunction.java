package org.wengert.hessian;

import org.wengert.core.scalar.Scalar;

/**
 * One number per row of data, as a function of the parameters: a residual, or what a model predicts.
 *
 * <pre>{@code
 * RowFunction model = (b, row) -> b[0].times(exp(b[1].times(x[row])));
 * }</pre>
 */
@FunctionalInterface
public interface RowFunction {
    /**
     * The number of that row. Called from several threads at once, so it must not keep state.
     *
     * @param parameters the n parameters, shared by all rows; not to be changed
     * @param row        the row, from 0 on
     */
    Scalar apply(Scalar[] parameters, int row);
}
