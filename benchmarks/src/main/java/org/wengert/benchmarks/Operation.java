package org.wengert.benchmarks;

/** What is computed. */
enum Operation {
    /** Value and gradient. */
    GRADIENT(GradientBenchmark.class, "Value and gradient", "Hipparchus `Gradient`"),
    /** Value, gradient and Hessian. */
    HESSIAN(HessianBenchmark.class, "Value, gradient and Hessian", "Hipparchus `DerivativeStructure`");

    private final Class<?> benchmark;
    private final String title;
    private final String peer;

    Operation(Class<?> benchmark, String title, String peer) {
        this.benchmark = benchmark;
        this.title = title;
        this.peer = peer;
    }

    /** The class with one method per library. */
    Class<?> benchmark() {
        return benchmark;
    }

    /** The heading of the table. */
    String title() {
        return title;
    }

    /** The type that Wengert is compared with. */
    String peer() {
        return peer;
    }
}
