package org.wengert.gpu;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GpuProbeTest {

    @Test
    void neverThrowsAndSaysWhyThereIsNoDevice() {
        GpuProbe.Result result = assertDoesNotThrow(GpuProbe::probe);
        assertEquals(result.available(), result.reason().isEmpty(), result::toString);
    }

    @Test
    void everyDeviceHasANameACapabilityAndMemory() {
        for (GpuProbe.Device device : GpuProbe.probe().devices()) {
            assertFalse(device.name().isEmpty());
            assertTrue(device.capability().matches("[1-9]\\d*\\.\\d"), device.capability());
            assertTrue(device.bytes() > 0, device::toString);
        }
    }

    @Test
    void answersTheSameWhenAskedAgain() {
        assertEquals(GpuProbe.probe(), GpuProbe.probe());
    }
}
