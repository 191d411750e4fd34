/** The bridge to CUDA devices. */
module org.wengert.gpu {
    requires static transitive org.jspecify;
    requires transitive org.wengert.core;
    requires jcuda;

    exports org.wengert.gpu;
}
