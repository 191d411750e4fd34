package org.wengert.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgreementTest {

    @ParameterizedTest
    @EnumSource
    void allLibrariesComputeTheSameDerivatives(Function function) {
        for (int n : new int[] {2, 8, 32, 128}) {
            Agreement.check(function, n);
        }
    }

    @Test
    void pollutingAJvmComputesNumbers() {
        Profile.POLLUTED.prepare();
        assertTrue(Double.isFinite(Profile.sink()), () -> "sink " + Profile.sink());
    }
}
