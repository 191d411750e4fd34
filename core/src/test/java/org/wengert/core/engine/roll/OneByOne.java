package org.wengert.core.engine.roll;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.TileCode;
import org.wengert.core.program.Program;

/** An engine for tests that runs each point of a tile through the program itself. */
final class OneByOne implements Engine {

    @Override
    public TileCode compile(Program p) {
        int[] varying = IntStream.range(0, p.inputs()).filter(i -> !p.isUniform(i)).toArray();
        return new TileCode() {
            @Override
            public int scratch() {
                return 0;
            }

            @Override
            public void run(double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int points) {
                double[] x = Arrays.copyOf(uniform, p.inputs());
                double[] y = new double[p.outputs()];
                var workspace = p.newWorkspace();
                for (int k = 0; k < points; k++) {
                    for (int i = 0; i < varying.length; i++) {
                        x[varying[i]] = in[inAt + i * STRIDE + k];
                    }
                    boolean holds = p.run(x, y, workspace);
                    for (int i = 0; i < y.length; i++) {
                        out[outAt + i * STRIDE + k] = y[i];
                    }
                    if (!p.guards().isEmpty()) {
                        out[outAt + y.length * STRIDE + k] = holds ? 0 : 1;
                    }
                }
            }
        };
    }

    @Override
    public String description() {
        return "point by point";
    }
}
