package org.wengert.core.simd;

import java.util.Arrays;

/** For each thread and each number of operands one array, so that calling a function of many arguments allocates nothing. */
public final class Operands {

    private static final ThreadLocal<Operands> OF_THREAD = ThreadLocal.withInitial(Operands::new);

    private double[][] arrays = new double[8][];

    private Operands() {}

    /** The calling thread's array of that length: for use until the next call. */
    public static double[] array(int length) {
        return OF_THREAD.get().get(length);
    }

    private double[] get(int length) {
        if (length >= arrays.length) {
            arrays = Arrays.copyOf(arrays, length + 1);
        }
        double[] array = arrays[length];
        if (array == null) {
            array = new double[length];
            arrays[length] = array;
        }
        return array;
    }
}
