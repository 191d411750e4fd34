package org.wengert.hessian;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.LaneCode;
import org.wengert.core.engine.Uniforms;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.scalar.Relation;

/**
 * Products with several vectors at once: the numbers of the point are uniform, and the vectors are what runs side by side on a vector unit. Safe to share between
 * threads.
 */
final class BlockProduct {

    /** Fewer vectors are faster one by one. */
    private static final int LEAST = 2;

    private final Program program;
    private final int weights;
    private final LaneCode code;
    private final AtomicReference<@Nullable Room> spare = new AtomicReference<>();

    private static final class Room {
        private final LaneCode.Room ofCode = new LaneCode.Room();
        private final double[] uniform;
        private final double[] in;
        private final double[] out;

        Room(Program p, int weights) {
            this.uniform = new double[p.firstVarying()];
            Uniforms.evaluate(p, new double[weights], uniform); // the constants: nothing else depends on the point alone
            this.in = new double[LaneCode.LANES * (p.inputs() - weights)];
            this.out = new double[LaneCode.LANES * p.outputs()];
        }
    }

    /**
     * Products to come.
     *
     * @param along   the entries of w, then v, to H·v
     * @param weights how many entries w has
     */
    BlockProduct(Code along, int weights) {
        this.weights = weights;
        this.program = checked(along.program()).withUniform(IntStream.range(0, weights).toArray());
        this.code = new LaneCode(program, along.code());
    }

    /** The program, right only where its outputs are numbers. */
    private static Program checked(Program p) {
        var checked = new ProgramBuilder();
        int[] inputs = new int[p.inputs()];
        Arrays.setAll(inputs, _ -> checked.input());
        int[] node = checked.splice(p, inputs);
        checked.guards(p, node);
        int[] outputs = new int[p.outputs()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = node[p.output(i)];
            checked.guard(outputs[i], Relation.EQUAL, outputs[i], true);
        }
        return checked.build(outputs);
    }

    /** Whether vectors run side by side. */
    boolean isReady() {
        return code.isReady();
    }

    /**
     * Writes H·V for some columns of V.
     *
     * @param w     the numbers of the point
     * @param from  the first of these columns
     * @param width how many
     * @return whether it did; if not, the columns are to be multiplied one by one
     */
    boolean run(double[] w, DMatrixRMaj v, int from, int width, DMatrixRMaj result) {
        if (width < LEAST) {
            return false;
        }
        if (!code.isReady()) {
            code.missed(width);
            return false;
        }
        Room room = spare.getAndSet(null);
        if (room == null) {
            room = new Room(program, weights);
        }
        System.arraycopy(w, 0, room.uniform, 0, weights);
        boolean isWhole = v.numCols == LaneCode.LANES;
        double[] in = isWhole ? v.data : room.in;
        double[] out = isWhole ? result.data : room.out;
        if (!isWhole) {
            copy(v.data, from, v.numCols, in, 0, LaneCode.LANES, v.numRows, width);
        }
        boolean right = code.run(room.uniform, in, out, room.ofCode);
        if (!isWhole && right) {
            copy(out, 0, LaneCode.LANES, result.data, from, v.numCols, v.numRows, width);
        }
        spare.set(room);
        return right;
    }

    /** Copies the first entries of rows. */
    private static void copy(double[] a, int at, int stride, double[] b, int to, int strideTo, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < width; k++) {
                b[to + i * strideTo + k] = a[at + i * stride + k];
            }
        }
    }
}
