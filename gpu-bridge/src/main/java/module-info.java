/** The bridge to CUDA devices. */
module org.wengert.gpu {
    requires static transitive org.jspecify;
    requires org.wengert.core;
}
