package org.wengert.gallery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wengert.core.Differentiable;
import org.wengert.hessian.HvpMethod;

class HessianTimesVectorTest {

    @ParameterizedTest
    @EnumSource
    void everyWayGivesTheProductOnPaper(HvpMethod method) {
        for (int n : new int[] {2, 17, 64, 300}) {
            Random random = new Random(n);
            double[] x = HessianTimesVector.gaussian(random, n);
            double[] v = HessianTimesVector.gaussian(random, n);
            double digits = HessianTimesVector.digits(HessianTimesVector.product(n, method, x, v), HessianTimesVector.onPaper(x, v));
            if (method == HvpMethod.DIFFERENCES) {
                assertTrue(digits > 6 && digits < 13, n + ": " + digits);
            } else {
                assertTrue(digits > 14, n + ": " + digits);
            }
        }
    }

    @Test
    void theProductOnPaperIsThatOfTheHessianByHyperDualNumbers() {
        int n = 6;
        Random random = new Random(7);
        double[] x = HessianTimesVector.gaussian(random, n);
        double[] v = HessianTimesVector.gaussian(random, n);
        double[] h = Differentiable.of(n, HessianTimesVector::f).hessian(x).entries();
        double[] hv = new double[n];
        for (int i = 0; i < n; i++) {
            hv[i] = HessianTimesVector.dot(Arrays.copyOfRange(h, i * n, (i + 1) * n), v);
        }
        assertArrayEquals(hv, HessianTimesVector.onPaper(x, v), 1e-13);
    }

    @Test
    void aProductCostsTheSameMultipleOfTheFunctionWhateverTheNumberOfVariables() {
        double[] some = HessianTimesVector.operations(32);
        double[] many = HessianTimesVector.operations(256);
        for (int way = 1; way <= 2; way++) {
            assertEquals(some[way] / some[0], many[way] / many[0], 0.1);
            assertTrue(many[way] < 5 * many[0], Arrays.toString(many));
        }
    }
}
