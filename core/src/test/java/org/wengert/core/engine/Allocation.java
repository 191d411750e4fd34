package org.wengert.core.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** How many bytes this thread has allocated. Reached by name: the module of this library does not require java.management. */
public final class Allocation {

    private static final MethodHandle BYTES = bytes();

    private Allocation() {}

    private static MethodHandle bytes() {
        try {
            Object bean = Class.forName("java.lang.management.ManagementFactory").getMethod("getThreadMXBean").invoke(null);
            Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
            return MethodHandles.publicLookup()
                    .unreflect(type.getMethod("getCurrentThreadAllocatedBytes"))
                    .bindTo(bean);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no bean that counts allocated bytes", e);
        }
    }

    /** The bytes so far. */
    public static long now() {
        try {
            return (long) BYTES.invokeExact();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
