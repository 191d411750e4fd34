package org.wengert.core.engine;

import org.wengert.core.program.Program;
import org.wengert.core.program.Workspace;

/**
 * The reference that other engines are compared with: {@link Program#run} at one point after the other. The eager values, bit
 * for bit; a few nanoseconds an operation.
 */
public final class PlainEngine implements Engine {

    /** The engine; all of them are the same. */
    public PlainEngine() {}

    @Override
    public TileCode compile(Program program) {
        return new Code(program);
    }

    @Override
    public String description() {
        return "plain: one point after the other";
    }

    /** What a thread needs to run a program. */
    private record Room(Workspace workspace, double[] in, double[] out) {}

    private static final class Code implements TileCode {

        private final Program program;
        private final ThreadLocal<Room> room;

        Code(Program program) {
            this.program = program;
            this.room = ThreadLocal.withInitial(() -> new Room(
                    program.newWorkspace(), new double[program.inputs()], new double[program.outputs()]));
        }

        @Override
        public int scratch() {
            return 0;
        }

        @Override
        public void run(
                double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int points) {
            Room mine = room.get();
            double[] x = mine.in;
            double[] y = mine.out;
            boolean guarded = !program.guards().isEmpty();
            for (int point = 0; point < points; point++) {
                int column = 0;
                for (int i = 0; i < x.length; i++) {
                    x[i] = program.isUniform(i) ? uniform[i] : in[inAt + STRIDE * column++ + point];
                }
                boolean holds = program.run(x, y, mine.workspace);
                for (int i = 0; i < y.length; i++) {
                    out[outAt + STRIDE * i + point] = y[i];
                }
                if (guarded) {
                    out[outAt + STRIDE * y.length + point] = holds ? 0 : 1;
                }
            }
        }
    }
}
