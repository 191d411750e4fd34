package org.wengert.core.engine;

import org.wengert.core.program.Program;

/** Code in double precision that serves single precision: columns are widened, and results rounded once. */
final class WidenedTile implements SingleTileCode {

    private final TileCode code;
    private final int inputs;
    private final int outputs;
    private final boolean hasGuards;
    private final Spares<Room> rooms;

    /** What a thread needs for a call. */
    private static final class Room {
        private final double[] in;
        private final double[] out;
        private double[] scratch = {};

        Room(int columnsIn, int columnsOut) {
            this.in = new double[columnsIn * TileCode.STRIDE];
            this.out = new double[columnsOut * TileCode.STRIDE];
        }

        double[] scratch(int length) {
            if (scratch.length < length) {
                scratch = new double[length];
            }
            return scratch;
        }
    }

    WidenedTile(Program p, TileCode code) {
        this.code = code;
        this.inputs = p.inputs() - Uniforms.count(p);
        this.outputs = p.outputs();
        this.hasGuards = !p.guards().isEmpty();
        this.rooms = new Spares<>(() -> new Room(inputs, outputs + 1));
    }

    @Override
    public void run(double[] uniform, float[] in, int inAt, float[] out, int outAt, int points) {
        TileCode now = code.now();
        Room room = rooms.take();
        for (int c = 0; c < inputs; c++) {
            Rounding.widen(in, inAt + c * TileCode.STRIDE, room.in, c * TileCode.STRIDE, points);
        }
        now.run(uniform, room.in, 0, room.out, 0, room.scratch(now.scratch()), points);
        for (int c = 0; c < outputs; c++) {
            Rounding.round(room.out, c * TileCode.STRIDE, out, outAt + c * TileCode.STRIDE, points);
        }
        if (hasGuards) {
            int failures = outputs * TileCode.STRIDE;
            for (int i = 0; i < points; i++) {
                out[outAt + failures + i] = room.out[failures + i] == 0 ? 0 : 1; // not rounded: a tiny number would become 0
            }
        }
        rooms.give(room);
    }
}
