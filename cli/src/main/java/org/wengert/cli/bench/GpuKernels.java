package org.wengert.cli.bench;

import java.nio.file.Path;
import org.wengert.gpu.GpuException;
import org.wengert.gpu.Prebuilt;

/** Compiles the kernels of {@code wengert bench --device gpu} into a folder, for machines without a compiler. */
final class GpuKernels {

    private GpuKernels() {}

    /** The argument is the folder. */
    public static void main(String[] args) {
        try {
            Prebuilt.write(Path.of(args[0]), GpuCase.all().stream().map(GpuCase::source).toList());
        } catch (GpuException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
