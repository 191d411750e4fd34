/** Number types, elementary functions and derivatives of plain Java functions. */
module org.wengert.core {
    requires static transitive org.jspecify;
    requires static jdk.incubator.vector; // without it at run time, the scalar twins serve
    requires org.apache.commons.numbers.gamma;

    exports org.wengert.core;
    exports org.wengert.core.batch;
    exports org.wengert.core.elementary;
    exports org.wengert.core.engine;
    exports org.wengert.core.engine.roll;
    exports org.wengert.core.formula;
    exports org.wengert.core.numeric;
    exports org.wengert.core.program;
    exports org.wengert.core.scalar;
    exports org.wengert.core.simd;
    exports org.wengert.core.transform;
}
