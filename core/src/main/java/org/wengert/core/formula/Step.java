package org.wengert.core.formula;

import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

/** One step of a formula in postfix order: it takes its arguments from the top of a stack and leaves its result there. */
sealed interface Step {

    /** How many arguments the step takes from the stack. */
    int arguments();

    /** A number. */
    record Constant(double value) implements Step {
        @Override
        public int arguments() {
            return 0;
        }
    }

    /** The variable of that index in {@link Formula#names}. */
    record Variable(int index) implements Step {
        @Override
        public int arguments() {
            return 0;
        }
    }

    /** A row of one argument. */
    record Apply1(Unary row) implements Step {
        @Override
        public int arguments() {
            return 1;
        }
    }

    /** A row of two arguments. */
    record Apply2(Binary row) implements Step {
        @Override
        public int arguments() {
            return 2;
        }
    }

    /** A row of that many arguments. */
    record ApplyN(Nary row, int arguments) implements Step {}
}
