package org.wengert.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Asks the CUDA driver what GPUs there are, through the foreign-function API and by return codes alone. It needs
 * no binding library, changes nothing, creates no context, prints nothing, and never throws.
 *
 * <p>On Linux the driver makes its device files when it is first started; so it is started here only where they are there
 * already, and otherwise found but not asked ({@link Result#unasked}). Where the JVM would print a warning on the first
 * native call, none is made: that native access is not enabled is the reason then.
 *
 * <p>Source: CUDA Driver API, {@code cuInit}, {@code cuDriverGetVersion}, {@code cuDeviceGetCount},
 * {@code cuDeviceGetName}, {@code cuDeviceGetAttribute}, {@code cuDeviceTotalMem}.
 */
public final class GpuProbe {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout POINTER = ValueLayout.ADDRESS;

    // From cuda.h.
    private static final int COMPUTE_CAPABILITY_MAJOR = 75;
    private static final int COMPUTE_CAPABILITY_MINOR = 76;
    private static final int NO_DEVICE = 100;
    private static final int SYSTEM_DRIVER_MISMATCH = 803;

    private GpuProbe() {}

    /**
     * What the probe found.
     *
     * @param devices the devices, empty if there are none
     * @param driver  the CUDA version that the driver supports, such as {@code 12.6}; empty if there is no driver
     * @param reason  why there is no device, in words; empty if there is one
     * @param unasked whether there is a driver that was not asked, because its device files are not there yet
     */
    public record Result(List<Device> devices, String driver, String reason, boolean unasked) {
        /** Keeps the list unmodifiable. */
        public Result {
            devices = List.copyOf(devices);
        }

        /** Whether there is a device. */
        public boolean available() {
            return !devices.isEmpty();
        }
    }

    /**
     * A CUDA device.
     *
     * @param name       the name that the driver gives it
     * @param capability the compute capability, such as {@code 9.0}
     * @param bytes      the device's memory in bytes
     */
    public record Device(String name, String capability, long bytes) {}

    /** Asks the driver; takes about a millisecond without a driver and up to a second with one. Thread safe. */
    public static Result probe() {
        return probe(driverLibrary(), Path.of("/dev"));
    }

    /** Why there can be no GPU, found without starting the driver, in a millisecond; empty if there may be one. */
    static String quickReason() {
        String library = driverLibrary();
        String reason = reasonAgainst(library);
        if (!reason.isEmpty()) {
            return reason;
        }
        try (Arena arena = Arena.ofConfined()) {
            Driver.open(arena, library);
            return "";
        } catch (IllegalArgumentException _) {
            return noDriver(library);
        } catch (Throwable problem) { // as below
            return "asking the NVIDIA driver failed: " + problem;
        }
    }

    private static String noDriver(String library) {
        return "no NVIDIA driver (" + library + " was not found)";
    }

    private static String reasonAgainst(String library) {
        if (library.isEmpty()) {
            return "CUDA does not exist on this operating system (" + System.getProperty("os.name") + ")";
        }
        return nativeAccess() ? ""
                : "this JVM was not allowed to call native libraries (" + nativeAccessOption() + ")";
    }

    /** Whether native calls are allowed, so that the JVM prints no warning about them. */
    static boolean nativeAccess() {
        return GpuProbe.class.getModule().isNativeAccessEnabled();
    }

    /** The option of the JVM that allows native calls. */
    static String nativeAccessOption() {
        Module module = GpuProbe.class.getModule();
        return "--enable-native-access=" + (module.isNamed() ? module.getName() + ",jcuda" : "ALL-UNNAMED");
    }

    /** The device files that starting the driver would make, in a folder like /dev; empty if it would make none. */
    static String missingDeviceFiles(Path dev) {
        if (driverLibrary().endsWith(".dll") || Files.exists(dev.resolve("dxg")) // the Linux that runs in Windows
                || Files.exists(dev.resolve("nvhost-gpu")) || Files.exists(dev.resolve("nvmap"))) { // small boards
            return "";
        }
        return List.of("nvidiactl", "nvidia-uvm").stream().filter(file -> !Files.exists(dev.resolve(file)))
                .map(file -> dev.resolve(file).toString()).collect(Collectors.joining(" and "));
    }

    static Result probe(String library, Path dev) {
        String against = reasonAgainst(library);
        if (!against.isEmpty()) {
            return none("", against);
        }
        try (Arena arena = Arena.ofConfined()) {
            return probe(arena, library, missingDeviceFiles(dev));
        } catch (IllegalArgumentException _) {
            return none("", noDriver(library));
        } catch (Throwable problem) { // a broken driver library must not take the program down with it
            return none("", "asking the NVIDIA driver failed: " + problem);
        }
    }

    private static String driverLibrary() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return system.startsWith("linux") ? "libcuda.so.1" : system.startsWith("windows") ? "nvcuda.dll" : "";
    }

    private static Result probe(Arena arena, String library, String missingFiles) throws Throwable {
        Driver driver = Driver.open(arena, library);
        if (!missingFiles.isEmpty()) {
            return new Result(List.of(), "", "there is an NVIDIA driver, but it was not asked for devices: that would make "
                    + missingFiles + ", which the first use of a GPU does", true);
        }
        int code = (int) driver.init.invokeExact(0);
        if (code != 0) {
            return none("", switch (code) {
                case NO_DEVICE -> "there is an NVIDIA driver, but no device";
                case SYSTEM_DRIVER_MISMATCH -> "the NVIDIA driver and its kernel module have different versions";
                default -> "the NVIDIA driver does not start (cuInit returned " + code + ")";
            });
        }
        MemorySegment number = arena.allocate(ValueLayout.JAVA_LONG);
        String version = "";
        if ((int) driver.driverVersion.invokeExact(number) == 0) {
            int v = number.get(INT, 0);
            version = v / 1000 + "." + v % 1000 / 10;
        }
        code = (int) driver.deviceCount.invokeExact(number);
        int count = number.get(INT, 0);
        if (code != 0 || count == 0) {
            return none(version, code == 0
                    ? "there is an NVIDIA driver, but no device"
                    : "the NVIDIA driver cannot count its devices (cuDeviceGetCount returned " + code + ")");
        }
        List<Device> devices = new ArrayList<>();
        for (int ordinal = 0; ordinal < count; ordinal++) {
            devices.add(driver.device(arena, ordinal));
        }
        return new Result(devices, version, "", false);
    }

    private static Result none(String driver, String reason) {
        return new Result(List.of(), driver, reason, false);
    }

    /** The few driver functions that the probe calls; each returns a CUresult, 0 for success. */
    private record Driver(
            MethodHandle init,
            MethodHandle driverVersion,
            MethodHandle deviceCount,
            MethodHandle deviceGet,
            MethodHandle deviceName,
            MethodHandle deviceAttribute,
            MethodHandle deviceMemory) {

        @SuppressWarnings("restricted")
        static Driver open(Arena arena, String library) {
            SymbolLookup symbols = SymbolLookup.libraryLookup(library, arena);
            return new Driver(
                    function(symbols, "cuInit", INT),
                    function(symbols, "cuDriverGetVersion", POINTER),
                    function(symbols, "cuDeviceGetCount", POINTER),
                    function(symbols, "cuDeviceGet", POINTER, INT),
                    function(symbols, "cuDeviceGetName", POINTER, INT, INT),
                    function(symbols, "cuDeviceGetAttribute", POINTER, INT, INT),
                    function(symbols, "cuDeviceTotalMem_v2", POINTER, INT));
        }

        @SuppressWarnings("restricted")
        private static MethodHandle function(SymbolLookup symbols, String name, ValueLayout... parameters) {
            MemorySegment address = symbols.find(name)
                    .orElseThrow(() -> new IllegalStateException("the driver library lacks " + name));
            return Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(INT, parameters));
        }

        Device device(Arena arena, int ordinal) throws Throwable {
            int length = 256;
            MemorySegment text = arena.allocate(length);
            MemorySegment number = arena.allocate(ValueLayout.JAVA_LONG);
            if ((int) deviceGet.invokeExact(number, ordinal) != 0) {
                return new Device("device " + ordinal + " (does not answer)", "", 0);
            }
            int device = number.get(INT, 0);
            String name = (int) deviceName.invokeExact(text, length, device) == 0
                    ? text.getString(0)
                    : "device " + ordinal;
            String capability = attribute(number, COMPUTE_CAPABILITY_MAJOR, device)
                    + "." + attribute(number, COMPUTE_CAPABILITY_MINOR, device);
            long bytes = (int) deviceMemory.invokeExact(number, device) == 0
                    ? number.get(ValueLayout.JAVA_LONG, 0)
                    : 0;
            return new Device(name, capability, bytes);
        }

        private int attribute(MemorySegment number, int attribute, int device) throws Throwable {
            return (int) deviceAttribute.invokeExact(number, attribute, device) == 0 ? number.get(INT, 0) : 0;
        }
    }
}
