package org.wengert.core.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.TimeUnit;

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

    /**
     * The least that one call allocates, over calls that go on until one of them allocates no more than {@code enough} bytes, or two minutes
     * are over: vectors are objects until the JIT compiler has come to the code that holds them, and on a busy machine it comes late.
     */
    public static long least(long enough, Runnable call) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        long least = Long.MAX_VALUE;
        while (least > enough && System.nanoTime() < end) {
            long before = now();
            call.run();
            least = Math.min(least, now() - before);
        }
        return least;
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
