package org.wengert.gpu;

/** The floating-point format that a kernel computes in. */
public enum Precision {

    /** 64 bits, the precision of the CPU's engines. */
    DOUBLE("double", 8),

    /**
     * 32 bits: a relative error of 6e-8 an operation. Columns are float on the device; sums over points are still
     * double. Special functions that CUDA lacks in single precision are computed in double and rounded.
     */
    SINGLE("float", 4);

    private final String type;
    private final int bytes;

    Precision(String type, int bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /** The type in CUDA C. */
    String type() {
        return type;
    }

    /** The size of a number. */
    public int bytes() {
        return bytes;
    }
}
