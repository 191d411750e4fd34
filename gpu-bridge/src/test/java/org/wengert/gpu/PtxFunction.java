package org.wengert.gpu;

/**
 * A function or kernel, decoded. An instruction has a kind, a place to write to, up to three operands, and a guard: the
 * register of a predicate, negative for its opposite, 0 for none. Constants are in registers of their own.
 */
final class PtxFunction {

    static final byte COMPUTE = 0;
    static final byte BRANCH = 1;
    static final byte RETURN = 2;
    static final byte CALL = 3;
    static final byte BARRIER = 4;
    static final byte LOAD = 5;
    static final byte STORE = 6;
    static final byte ATOMIC_ADD = 7;
    static final byte LOCAL_ADDRESS = 8;

    static final int GLOBAL = 0;
    static final int SHARED = 1;
    static final int LOCAL = 2;

    /** A call: the arguments' and the results' registers, in the order of the callee's. */
    record Call(PtxFunction callee, int[] arguments, int[] results) {}

    final String name;
    final boolean kernel;

    byte[] kind = {};
    PtxOps.Op[] op = {};
    int[] d = {};
    int[] a = {};
    int[] b = {};
    int[] c = {}; // of loads and stores: bytes, alignment << 8, space << 16
    int[] guard = {};
    Call[] calls = {};

    /** What registers hold at first: constants, and in all others what happens to be there. */
    long[] registers = {};

    int[] parameters = {};
    int[] results = {};
    int localBytes;
    int sharedBytes;
    int mostThreads = 1024;

    PtxFunction(String name, boolean kernel) {
        this.name = name;
        this.kernel = kernel;
    }
}
