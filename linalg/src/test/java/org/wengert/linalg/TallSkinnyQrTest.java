package org.wengert.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;

class TallSkinnyQrTest {

    @Property(tries = 60, seed = "42")
    void theFactorIsThatOfTheWholeMatrixUpToSigns(
            @ForAll @IntRange(min = 1, max = 2000) int rows,
            @ForAll @IntRange(min = 1, max = 12) int columns,
            @ForAll long seed) {
        DMatrixRMaj a = matrix(rows, columns, seed);
        var whole = DecompositionFactory_DDRM.qr(rows, columns);
        DMatrixRMaj copy = a.copy();
        whole.decompose(copy);
        DMatrixRMaj expected = whole.getR(null, true);
        DMatrixRMaj r = factor(a, 0, rows).r();
        double size = Math.sqrt(rows);
        for (int i = 0; i < columns; i++) {
            double sign = i < rows && Math.signum(expected.get(i, i)) != Math.signum(r.get(i, i)) ? -1 : 1;
            for (int j = 0; j < columns; j++) {
                double entry = i < expected.numRows ? expected.get(i, j) : 0;
                assertEquals(entry, sign * r.get(i, j), 1e-11 * size, "entry " + i + ", " + j);
            }
        }
    }

    @Property(tries = 40, seed = "42")
    void joiningTheFactorsOfTwoPartsGivesTheGramMatrixOfTheWhole(
            @ForAll @IntRange(min = 2, max = 700) int rows,
            @ForAll @IntRange(min = 1, max = 8) int columns,
            @ForAll long seed) {
        DMatrixRMaj a = matrix(rows, columns, seed);
        TallSkinnyQr top = factor(a, 0, rows / 2);
        top.add(factor(a, rows / 2, rows));
        assertEquals(rows, top.rows());
        DMatrixRMaj expected = new DMatrixRMaj(columns, columns);
        CommonOps_DDRM.multTransA(a, a, expected);
        DMatrixRMaj r = top.r();
        DMatrixRMaj actual = new DMatrixRMaj(columns, columns);
        CommonOps_DDRM.multTransA(r, r, actual);
        assertArrayEquals(expected.data, actual.data, 1e-12 * rows);
    }

    @Test
    void theLastEntryOfAnAppendedRightSideIsTheNormOfTheResidual() {
        // The mean of 1, 2, 6 is 3, and the residual (2, 1, -3).
        TallSkinnyQr qr = new TallSkinnyQr(2);
        qr.add(new double[] {1, 1}, 0);
        qr.add(new double[] {1, 2}, 0);
        qr.add(new double[] {1, 6}, 0);
        DMatrixRMaj r = qr.r();
        assertEquals(3, r.get(0, 1) / r.get(0, 0), 1e-15);
        assertEquals(Math.sqrt(14), Math.abs(r.get(1, 1)), 1e-14);
    }

    @Property(tries = 40, seed = "42")
    void scalingAColumnByAPowerOfTwoScalesThatColumnOfTheFactor(
            @ForAll @IntRange(min = -900, max = 900) int exponent, @ForAll long seed) {
        DMatrixRMaj a = matrix(400, 3, seed);
        DMatrixRMaj expected = factor(a, 0, 400).r();
        double unit = Math.scalb(1.0, exponent);
        for (int i = 0; i < 400; i++) {
            a.set(i, 1, a.get(i, 1) * unit);
        }
        DMatrixRMaj r = factor(a, 0, 400).r();
        for (int i = 0; i < 3; i++) {
            for (int j = i; j < 3; j++) {
                double e = expected.get(i, j) * (j == 1 ? unit : 1);
                assertEquals(e, r.get(i, j), 1e-13 * 20 * (j == 1 ? unit : 1));
            }
        }
    }

    @Test
    void aColumnOfZerosGivesAColumnOfZeros() {
        TallSkinnyQr qr = new TallSkinnyQr(3);
        for (int i = 0; i < 10; i++) {
            qr.add(new double[] {i, 0, 1}, 0);
        }
        DMatrixRMaj r = qr.r();
        assertEquals(0, r.get(0, 1));
        assertEquals(0, r.get(1, 1));
        assertEquals(Math.sqrt(285), Math.abs(r.get(0, 0)), 1e-13);
    }

    @Test
    void partsOfDifferentWidthsAreRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> new TallSkinnyQr(2).add(new TallSkinnyQr(3)));
        assertEquals("below must have 2 columns, but has 3", e.getMessage());
    }

    private static TallSkinnyQr factor(DMatrixRMaj a, int from, int to) {
        TallSkinnyQr qr = new TallSkinnyQr(a.numCols);
        for (int i = from; i < to; i++) {
            qr.add(a.data, i * a.numCols);
        }
        return qr;
    }

    private static DMatrixRMaj matrix(int rows, int columns, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj a = new DMatrixRMaj(rows, columns);
        for (int k = 0; k < a.data.length; k++) {
            a.data[k] = random.nextGaussian();
        }
        return a;
    }
}
