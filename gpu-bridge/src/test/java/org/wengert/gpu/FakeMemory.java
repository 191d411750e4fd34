package org.wengert.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The memory of a fake device: fresh memory is full of NaN, allocations have red zones around them, freed memory is
 * watched. Addresses are those of the host, so that kernels compiled for the host can use them.
 */
final class FakeMemory {

    /** An access outside of all allocations. */
    static final class IllegalAddress extends RuntimeException {
        private static final long serialVersionUID = 1;

        IllegalAddress(String message) {
            super(message);
        }
    }

    /** NaN in both precisions. */
    static final byte FRESH_BYTE = (byte) 0xFF;

    private static final int RED = 4096;
    private static final byte RED_BYTE = (byte) 0xAB;
    private static final byte FREED_BYTE = (byte) 0xDD;

    /** Live memory, in the middle of a segment. */
    record Allocation(long address, long bytes, MemorySegment withRedZones) {

        boolean covers(long from, long count) {
            return from >= address && from + count <= address + bytes;
        }

        /** Where an address is in the segment. */
        long place(long at) {
            return RED + at - address;
        }
    }

    private final Arena arena = Arena.ofShared();
    private final TreeMap<Long, Allocation> live = new TreeMap<>();
    private final List<Allocation> freed = new ArrayList<>();

    long allocate(long bytes) {
        MemorySegment memory = arena.allocate(bytes + 2L * RED, 256);
        memory.fill(RED_BYTE);
        memory.asSlice(RED, bytes).fill(FRESH_BYTE);
        long address = memory.address() + RED;
        live.put(address, new Allocation(address, bytes, memory));
        return address;
    }

    /** Memory with contents, such as the variables of a module. */
    long place(byte[] contents) {
        long address = allocate(contents.length);
        slice(address, contents.length).copyFrom(MemorySegment.ofArray(contents));
        return address;
    }

    /** Frees an allocation and gives its size; 0 if there is none at the address. */
    long free(long address) {
        Allocation a = live.remove(address);
        if (a == null) {
            return 0;
        }
        a.withRedZones.fill(FREED_BYTE);
        freed.add(a);
        return a.bytes;
    }

    /** The allocation that holds some bytes. */
    Allocation covering(long address, long bytes) {
        Map.Entry<Long, Allocation> below = live.floorEntry(address);
        if (below == null || !below.getValue().covers(address, bytes)) {
            throw new IllegalAddress("an access to " + bytes + " bytes at 0x" + Long.toHexString(address)
                    + ", which no allocation covers");
        }
        return below.getValue();
    }

    MemorySegment slice(long address, long bytes) {
        Allocation a = covering(address, bytes);
        return a.withRedZones.asSlice(a.place(address), bytes);
    }

    /** Looks for traces of stores beside allocations and to freed memory. */
    void watch() {
        for (Allocation a : live.values()) {
            if (!isAll(a.withRedZones.asSlice(0, RED), RED_BYTE)
                    || !isAll(a.withRedZones.asSlice(RED + a.bytes, RED), RED_BYTE)) {
                throw new IllegalAddress("a store next to the " + a.bytes + " bytes at 0x" + Long.toHexString(a.address));
            }
        }
        for (Allocation a : freed) {
            if (!isAll(a.withRedZones, FREED_BYTE)) {
                throw new IllegalAddress("a store to the freed " + a.bytes + " bytes at 0x" + Long.toHexString(a.address));
            }
        }
    }

    /** Compared in blocks: byte by byte would take most of the time of the tests. */
    private static boolean isAll(MemorySegment memory, byte value) {
        byte[] block = new byte[RED];
        Arrays.fill(block, value);
        MemorySegment expected = MemorySegment.ofArray(block);
        for (long at = 0; at < memory.byteSize(); at += RED) {
            long n = Math.min(RED, memory.byteSize() - at);
            if (memory.asSlice(at, n).mismatch(expected.asSlice(0, n)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
