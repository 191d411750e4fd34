package org.wengert.gpu;

/** A call of the CUDA driver that failed, or a device that cannot be used. */
public final class GpuException extends RuntimeException {

    private static final long serialVersionUID = 1;

    static final int INVALID_VALUE = 1;
    static final int OUT_OF_MEMORY = 2;
    static final int NO_BINARY_FOR_GPU = 209;
    static final int INVALID_PTX = 218;
    static final int UNSUPPORTED_PTX_VERSION = 222;
    static final int INVALID_IMAGE = 200;
    static final int NOT_FOUND = 500;
    static final int LAUNCH_OUT_OF_RESOURCES = 701;

    /** Which call failed; empty if it was none of the driver's. */
    private final String call;

    private final int code;

    /**
     * A failed call.
     *
     * @param call the driver's function
     * @param code what it returned
     * @param name the name of that code, such as {@code CUDA_ERROR_OUT_OF_MEMORY}
     */
    GpuException(String call, int code, String name) {
        super(call + " failed: " + name + " (" + code + ")");
        this.call = call;
        this.code = code;
    }

    /** A device that cannot be used, and why. */
    GpuException(String message) {
        super(message);
        this.call = "";
        this.code = 0;
    }

    /** What the driver returned; 0 if it was not the driver that failed. */
    public int code() {
        return code;
    }

    /** Whether the device's memory, or memory that could be pinned, was too small. */
    public boolean isOutOfMemory() {
        return code == OUT_OF_MEMORY;
    }

    /**
     * Whether the device's context is lost with all that is in it: every error but those that leave it as it was. Errors
     * of kernels are reported by whatever call comes next, so the call that failed need not be at fault.
     */
    boolean isSticky() {
        return !call.isEmpty() && switch (code) {
            case INVALID_VALUE, OUT_OF_MEMORY, NO_BINARY_FOR_GPU, INVALID_PTX, UNSUPPORTED_PTX_VERSION, INVALID_IMAGE,
                    NOT_FOUND, LAUNCH_OUT_OF_RESOURCES -> false;
            default -> true;
        };
    }
}
