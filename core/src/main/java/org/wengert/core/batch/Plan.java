package org.wengert.core.batch;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.TileCode;
import org.wengert.core.engine.Uniforms;
import org.wengert.core.program.Program;

/**
 * An operator on one path of a function, made ready to run.
 *
 * @param path    the path
 * @param program computes the operator's columns
 * @param code    the program, compiled
 * @param stored  which output of the program each column is; -1 where it is zero by structure
 * @param shared  whether the operator's additional inputs are the same for all points
 */
record Plan(Path path, Program program, TileCode code, int[] stored, boolean shared) {

    static Plan of(Path path, Operator operator, int[] wrt, boolean shared, Engine engine) {
        Operator.Transformed transformed = operator.transform(path.program(), wrt);
        Program program = shared ? withMoreUniform(transformed.program(), path.program().inputs()) : transformed.program();
        return new Plan(path, program, engine.compile(program), transformed.stored(), shared);
    }

    /** The program with all inputs from n on uniform too. */
    private static Program withMoreUniform(Program p, int n) {
        return p.inputs() == n ? p
                : p.withUniform(IntStream.range(0, p.inputs()).filter(i -> i >= n || p.isUniform(i)).toArray());
    }

    boolean isGuarded() {
        return !program.guards().isEmpty();
    }

    /** How many columns the code writes: the outputs, and that of failures. */
    int columns() {
        return program.outputs() + (isGuarded() ? 1 : 0);
    }

    /** The part of the program that is the same at all points; the array is made longer if need be. */
    double[] uniform(double[] inputs, double[] room) {
        double[] values = room.length >= program.firstVarying() ? room : Arrays.copyOf(room, program.firstVarying());
        Uniforms.evaluate(program, inputs, values);
        return values;
    }
}
