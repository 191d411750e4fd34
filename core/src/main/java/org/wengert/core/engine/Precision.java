package org.wengert.core.engine;

/** A floating-point format to store numbers and to compute in. */
public enum Precision {

    /** 64 bits: 53 digits, a relative error of 1.1e-16 an operation; magnitudes from 2.2e-308 to 1.8e308. */
    DOUBLE(8),

    /** 32 bits: 24 digits, a relative error of 6e-8 an operation; magnitudes from 1.2e-38 to 3.4e38. */
    SINGLE(4);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** The size of a number. */
    public int bytes() {
        return bytes;
    }
}
