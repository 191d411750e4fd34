package org.wengert.gpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One block of threads. A thread runs to the next barrier by itself, so what others wrote to shared memory since the last
 * barrier must not matter: that it does not is checked, access by access.
 */
final class PtxBlock {

    /** Shared memory begins here, as seen by a kernel; address 0 is nobody's. */
    static final int SHARED_BASE = 0x400;

    private static final int LOCAL_BASE = 0x800;
    private static final long MOST_INSTRUCTIONS = 500_000_000;
    private static final int DONE = -1;

    private final PtxFunction kernel;
    private final FakeMemory memory;
    private final int localBytes;
    private final SplittableRandom random;
    private final int bias;
    private final MemorySegment shared;
    private final SharedAccesses accesses;
    private FakeMemory.@Nullable Allocation last;

    long instructions;

    PtxBlock(PtxFunction kernel, FakeMemory memory, int localBytes, SplittableRandom random, int bias) {
        this.kernel = kernel;
        this.memory = memory;
        this.localBytes = localBytes;
        this.random = random;
        this.bias = bias;
        this.shared = fresh(kernel.sharedBytes);
        this.accesses = new SharedAccesses(kernel.sharedBytes);
    }

    private static MemorySegment fresh(int bytes) {
        byte[] all = new byte[bytes];
        Arrays.fill(all, (byte) 0xff);
        return MemorySegment.ofArray(all);
    }

    /** A thread, and where it goes on after a barrier. */
    private static final class Lane {
        final int number;
        final long[] registers;
        final MemorySegment local;
        int localTop;
        int at;

        Lane(int number, PtxFunction kernel, int localBytes) {
            this.number = number;
            this.registers = kernel.registers.clone();
            this.local = fresh(localBytes);
            this.localTop = kernel.localBytes;
        }
    }

    /** Runs all threads, from barrier to barrier, each time in another order. */
    void run(int block, int blocks, int threads, long[] arguments) {
        List<Lane> lanes = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            var lane = new Lane(t, kernel, localBytes);
            lane.registers[PtxOps.BIAS] = bias;
            lane.registers[PtxOps.TID] = t;
            lane.registers[PtxOps.NTID] = threads;
            lane.registers[PtxOps.CTAID] = block;
            lane.registers[PtxOps.NCTAID] = blocks;
            for (int k = 0; k < arguments.length; k++) {
                lane.registers[kernel.parameters[k]] = arguments[k];
            }
            lanes.add(lane);
        }
        while (!lanes.isEmpty()) {
            Collections.shuffle(lanes, Random.from(random));
            for (Lane lane : lanes) {
                lane.at = run(kernel, lane, lane.registers, 0, lane.at);
            }
            int barrier = lanes.getFirst().at;
            for (Lane lane : lanes) {
                if (lane.at != barrier) {
                    throw new AssertionError("threads of a block wait at different barriers, or have left");
                }
            }
            if (barrier == DONE) {
                return;
            }
            accesses.barrier();
        }
    }

    /** Runs a thread until it ends or comes to a barrier; gives where to go on. */
    private int run(PtxFunction f, Lane lane, long[] r, int localBase, int from) {
        byte[] kind = f.kind;
        PtxOps.Op[] op = f.op;
        int[] d = f.d;
        int[] a = f.a;
        int[] b = f.b;
        int[] c = f.c;
        int[] guard = f.guard;
        int pc = from;
        long count = 0;
        try {
            while (true) {
                count++;
                int g = guard[pc];
                if (g != 0 && (g > 0 ? r[g] == 0 : r[-g] != 0)) {
                    pc++;
                    continue;
                }
                switch (kind[pc]) {
                    case PtxFunction.COMPUTE -> op[pc].run(r, d[pc], a[pc], b[pc], c[pc]);
                    case PtxFunction.BRANCH -> {
                        if (d[pc] <= pc && instructions + count > MOST_INSTRUCTIONS) {
                            throw new AssertionError("a kernel that does not end");
                        }
                        pc = d[pc];
                        continue;
                    }
                    case PtxFunction.LOAD -> r[d[pc]] = load(lane, r[a[pc]] + b[pc], c[pc]);
                    case PtxFunction.STORE -> store(lane, r[a[pc]] + b[pc], c[pc], r[d[pc]]);
                    case PtxFunction.CALL -> call(f.calls[pc], lane, r);
                    case PtxFunction.LOCAL_ADDRESS -> r[d[pc]] = (long) LOCAL_BASE + localBase + a[pc];
                    case PtxFunction.ATOMIC_ADD -> {
                        int old = (int) load(lane, r[a[pc]] + b[pc], 4 | 4 << 8);
                        store(lane, r[a[pc]] + b[pc], 4 | 4 << 8, old + r[c[pc]]);
                        r[d[pc]] = old;
                    }
                    case PtxFunction.BARRIER -> {
                        return pc + 1;
                    }
                    default -> {
                        return DONE;
                    }
                }
                pc++;
            }
        } finally {
            instructions += count;
        }
    }

    private void call(PtxFunction.Call call, Lane lane, long[] r) {
        PtxFunction f = call.callee();
        long[] frame = f.registers.clone();
        frame[PtxOps.BIAS] = bias;
        for (int k = 0; k < f.parameters.length; k++) {
            frame[f.parameters[k]] = r[call.arguments()[k]];
        }
        int base = (lane.localTop + 15) / 16 * 16;
        int before = lane.localTop;
        lane.localTop = base + f.localBytes;
        lane.local.asSlice(base, f.localBytes).fill((byte) 0xff);
        if (run(f, lane, frame, base, 0) != DONE) {
            throw new AssertionError("a barrier within the function " + f.name);
        }
        lane.localTop = before;
        for (int k = 0; k < f.results.length; k++) {
            r[call.results()[k]] = frame[f.results[k]];
        }
    }

    // ---- memory ------------------------------------------------------------------------------------------

    private long load(Lane lane, long address, int access) {
        int bytes = access & 0xff;
        check(address, access >> 8 & 0xff);
        return switch (access >> 16) {
            case PtxFunction.SHARED -> {
                int at = place(address - SHARED_BASE, bytes, kernel.sharedBytes, "shared");
                accesses.read(at, bytes, lane.number);
                yield get(shared, at, bytes);
            }
            case PtxFunction.LOCAL -> get(lane.local, place(address - LOCAL_BASE, bytes, lane.localTop, "local"), bytes);
            default -> {
                FakeMemory.Allocation allocation = allocation(address, bytes);
                yield get(allocation.withRedZones(), allocation.place(address), bytes);
            }
        };
    }

    private void store(Lane lane, long address, int access, long value) {
        int bytes = access & 0xff;
        check(address, access >> 8 & 0xff);
        switch (access >> 16) {
            case PtxFunction.SHARED -> {
                int at = place(address - SHARED_BASE, bytes, kernel.sharedBytes, "shared");
                accesses.write(at, bytes, lane.number);
                set(shared, at, bytes, value);
            }
            case PtxFunction.LOCAL ->
                set(lane.local, place(address - LOCAL_BASE, bytes, lane.localTop, "local"), bytes, value);
            default -> {
                FakeMemory.Allocation allocation = allocation(address, bytes);
                set(allocation.withRedZones(), allocation.place(address), bytes, value);
            }
        }
    }

    private static void check(long address, int alignment) {
        if (address % alignment != 0) {
            throw new FakeMemory.IllegalAddress("an access to 0x" + Long.toHexString(address)
                    + ", which is not a multiple of " + alignment);
        }
    }

    private static int place(long at, int bytes, int size, String space) {
        if (at < 0 || at + bytes > size) {
            throw new FakeMemory.IllegalAddress("an access to bytes " + at + " to " + (at + bytes - 1) + " of the " + size
                    + " of " + space + " memory");
        }
        return (int) at;
    }

    private FakeMemory.Allocation allocation(long address, int bytes) {
        FakeMemory.Allocation hit = last;
        if (hit == null || !hit.covers(address, bytes)) {
            hit = memory.covering(address, bytes);
            last = hit;
        }
        return hit;
    }

    private static long get(MemorySegment m, long at, int bytes) {
        return switch (bytes) {
            case 8 -> m.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
            case 4 -> m.get(ValueLayout.JAVA_INT_UNALIGNED, at) & 0xffffffffL;
            case 2 -> m.get(ValueLayout.JAVA_SHORT_UNALIGNED, at) & 0xffffL;
            default -> m.get(ValueLayout.JAVA_BYTE, at) & 0xffL;
        };
    }

    private static void set(MemorySegment m, long at, int bytes, long value) {
        switch (bytes) {
            case 8 -> m.set(ValueLayout.JAVA_LONG_UNALIGNED, at, value);
            case 4 -> m.set(ValueLayout.JAVA_INT_UNALIGNED, at, (int) value);
            case 2 -> m.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) value);
            default -> m.set(ValueLayout.JAVA_BYTE, at, (byte) value);
        }
    }
}
