package org.wengert.core.engine;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.constant.ClassDesc;

/** The numbers in the columns and vectors of generated code. */
final class FusedFormat {

    /** The package of the vectors. */
    static final String API = "jdk.incubator.vector.";

    /** 64 bits. */
    static final FusedFormat DOUBLE = new FusedFormat(64, CD_double, "Double", CD_long, "Long", 0x1p52, Double.MAX_VALUE);

    /** 32 bits. */
    static final FusedFormat SINGLE = new FusedFormat(32, CD_float, "Float", CD_int, "Int", 0x1p23, Float.MAX_VALUE);

    /** How many bits a number has. */
    final int bits;

    /** The type of a number. */
    final ClassDesc number;

    /** The type of a column. */
    final ClassDesc array;

    /** The type of a vector. */
    final ClassDesc vector;

    /** The type of whole numbers of the same size. */
    final ClassDesc whole;

    /** The type of a vector of these. */
    final ClassDesc wholeVector;

    /** The methods of either vector that take it for the other. */
    final String toWhole;
    final String fromWhole;

    /** From here on every number is a whole number. */
    final double firstWhole;

    /** The greatest number. */
    final double greatest;

    private FusedFormat(
            int bits, ClassDesc number, String name, ClassDesc whole, String wholeName, double firstWhole, double greatest) {
        this.bits = bits;
        this.number = number;
        this.array = number.arrayType();
        this.vector = ClassDesc.of(API + name + "Vector");
        this.whole = whole;
        this.wholeVector = ClassDesc.of(API + wholeName + "Vector");
        this.toWhole = "reinterpretAs" + wholeName + "s";
        this.fromWhole = "reinterpretAs" + name + "s";
        this.firstWhole = firstWhole;
        this.greatest = greatest;
    }

    /** Whether a number has no digits that this format has not. */
    boolean holds(double c) {
        return this == DOUBLE || Double.compare((float) c, c) == 0;
    }
}
