package org.wengert.gpu;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Results of the device of this machine: in the profile {@code gpu}, where it is a failure that there is none. The name keeps it out
 * of other runs.
 */
class DeviceResults extends GpuResults {

    private Gpu gpu;

    @BeforeAll
    void open() {
        GpuProbe.Result probe = GpuProbe.probe();
        if (!probe.available() && !probe.unasked()) {
            fail("the profile gpu tests a device, and there is none: " + probe.reason());
        }
        gpu = Gpu.start(watched(JCudaGpuDriver.open()), GpuCompiler.ofThisMachine(), 0);
        System.out.println(gpu.description());
    }

    @AfterAll
    void close() {
        if (gpu != null) {
            gpu.close();
        }
    }

    @Override
    Gpu gpu() {
        return gpu;
    }

    @Override
    int points() {
        return 500_000;
    }

    @Override
    long shortMemory() {
        return 60L << 20;
    }
}
