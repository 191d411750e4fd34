package org.wengert.core.batch;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.SingleTileCode;
import org.wengert.core.engine.SumCode;
import org.wengert.core.engine.TileCode;
import org.wengert.core.engine.Uniforms;
import org.wengert.core.program.Program;

/** An operator on one path of a function, made ready to run. Thread safe. */
final class Plan {

    private final Path path;
    private final Program program;
    private final int[] stored;
    private final boolean shared;
    private final Engine engine;
    private volatile @Nullable TileCode code;
    private volatile @Nullable SingleTileCode single;
    private volatile @Nullable SumCode sums;

    private Plan(Path path, Program program, int[] stored, boolean shared, Engine engine) {
        this.path = path;
        this.program = program;
        this.stored = stored;
        this.shared = shared;
        this.engine = engine;
    }

    static Plan of(Path path, Operator operator, int[] wrt, boolean shared, Engine engine) {
        Operator.Transformed transformed = operator.transform(path.program(), wrt);
        Program program = shared ? withMoreUniform(transformed.program(), path.program().inputs()) : transformed.program();
        return new Plan(path, program, transformed.stored(), shared, engine);
    }

    /** The path. */
    Path path() {
        return path;
    }

    /** Computes the operator's columns. */
    Program program() {
        return program;
    }

    /** Which output of the program each column is; -1 where it is zero by structure. */
    int[] stored() {
        return stored;
    }

    /** Whether the operator's additional inputs are the same for all points. */
    boolean shared() {
        return shared;
    }

    /** The program, compiled when it is first asked for. */
    TileCode code() {
        TileCode known = code;
        return known != null ? known : compile();
    }

    private synchronized TileCode compile() {
        TileCode known = code;
        if (known == null) {
            known = engine.compile(program);
            code = known;
        }
        return known;
    }

    /** The program in single precision, compiled when it is first asked for. */
    SingleTileCode single() {
        SingleTileCode known = single;
        return known != null ? known : compileSingle();
    }

    private synchronized SingleTileCode compileSingle() {
        SingleTileCode known = single;
        if (known == null) {
            known = engine.compileSingle(program);
            single = known;
        }
        return known;
    }

    /** Sums of the program's outputs, compiled when they are first asked for. */
    SumCode sums() {
        SumCode known = sums;
        return known != null ? known : compileSums();
    }

    private synchronized SumCode compileSums() {
        SumCode known = sums;
        if (known == null) {
            known = engine.sums(program);
            sums = known;
        }
        return known;
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
