package org.wengert.gpu;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuProbeTest {

    @Test
    void neverThrowsAndSaysWhyThereIsNoDevice() {
        GpuProbe.Result result = assertDoesNotThrow(() -> GpuProbe.probe());
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
    void deviceFilesThatStartingTheDriverWouldMakeAreNamed(@TempDir Path dev) throws IOException {
        assumeTrue(System.getProperty("os.name").startsWith("Linux"));
        assertEquals(dev.resolve("nvidiactl") + " and " + dev.resolve("nvidia-uvm"), GpuProbe.missingDeviceFiles(dev));
        Files.createFile(dev.resolve("nvidiactl"));
        assertEquals(dev.resolve("nvidia-uvm").toString(), GpuProbe.missingDeviceFiles(dev));
        Files.createFile(dev.resolve("nvidia-uvm"));
        assertEquals("", GpuProbe.missingDeviceFiles(dev));
    }

    @Test
    void aDriverThatIsNotThereIsNamed(@TempDir Path dev) {
        assertEquals("no NVIDIA driver (libnosuchdriver.so.1 was not found)",
                GpuProbe.probe("libnosuchdriver.so.1", dev).reason());
        assertTrue(GpuProbe.probe("", dev).reason().startsWith("CUDA does not exist on this operating system"));
    }

    @Test
    void everyPartThatIsMissingComesWithAWayToGetIt() {
        var nothing = new GpuCompiler(new KernelCache(Path.of("nowhere"), List.of()), List.of());
        var none = new GpuProbe.Result(List.of(), "", "no driver here", false);
        List<GpuCheck.Finding> parts = GpuCheck.findings(none, nothing);
        assertEquals(List.of("flag", "driver", "device", "natives", "compiler", "kernels"),
                parts.stream().map(GpuCheck.Finding::part).toList());
        parts.forEach(part -> assertTrue(
                part.good() ? part.remedy().isEmpty() : !part.remedy().isEmpty() || part.part().equals("device"), part::toString));
        assertEquals("no driver here", parts.get(1).found());
        assertFalse(parts.get(4).good());
    }

    @Test
    void whatADriverSaysOfItsDevicesIsFound() {
        var nothing = new GpuCompiler(new KernelCache(Path.of("nowhere"), List.of()), List.of());
        var there = new GpuProbe.Result(List.of(new GpuProbe.Device("One", "9.0", 3L << 20)), "12.6", "", false);
        assertEquals(List.of("CUDA 12.6", "One, compute capability 9.0, 3 MiB"), GpuCheck.findings(there, nothing).stream()
                .filter(part -> List.of("driver", "device").contains(part.part())).map(GpuCheck.Finding::found).toList());
        var unasked = new GpuProbe.Result(List.of(), "", "not asked", true);
        assertEquals(List.of("found, not started yet", "not asked"), GpuCheck.findings(unasked, nothing).stream()
                .filter(part -> List.of("driver", "device").contains(part.part())).map(GpuCheck.Finding::found).toList());
    }

    @Test
    void answersTheSameWhenAskedAgain() {
        assertEquals(GpuProbe.probe(), GpuProbe.probe());
    }
}
