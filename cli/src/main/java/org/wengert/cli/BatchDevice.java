package org.wengert.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Program;
import org.wengert.gpu.AutoDevice;
import org.wengert.gpu.CudaSource;
import org.wengert.gpu.Gpu;
import org.wengert.gpu.GpuException;
import org.wengert.gpu.GpuKernel;
import org.wengert.gpu.Streamed;

/** Where the pieces of a batch are computed: settled at the first of them, and the same for all. */
final class BatchDevice {

    /** What the user asks for. */
    enum Wanted {
        /** The cores of this machine. */
        CPU,
        /** A GPU. */
        GPU,
        /** Where it is quicker. */
        AUTO
    }

    private final Wanted wanted;
    private final BatchColumns columns;
    private boolean settled;
    private @Nullable GpuKernel kernel;
    private String reason = "";
    private long elsewhere;

    BatchDevice(Wanted wanted, BatchColumns columns) {
        this.wanted = wanted;
        this.columns = columns;
    }

    /** Complains now if a GPU is wanted and there is none. */
    void check() {
        if (wanted == Wanted.GPU) {
            try {
                Gpu.ofThisProcess();
            } catch (GpuException e) {
                throw none(e);
            }
        }
    }

    private static Problem none(GpuException e) {
        String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return Problem.input("--device: there is no GPU to run on: " + first
                + "; 'wengert doctor' says more, --device cpu runs on the CPU");
    }

    /**
     * The results at the rows of a piece.
     *
     * @param more how many rows there are in all, as well as it is known
     */
    double[][] of(CsvTable piece, long more) {
        double[][] in = columns.inputs().stream().map(piece::column).toArray(double[][]::new);
        if (!settled) {
            settle(in, piece.rows(), more);
            settled = true;
        }
        GpuKernel on = kernel;
        return on == null ? columns.of(in, piece.rows()) : onGpu(on, in, piece.rows());
    }

    private void settle(double[][] in, int rows, long more) {
        double[] first = new double[in.length];
        for (int j = 0; j < first.length; j++) {
            first[j] = in[j][0];
        }
        Program program = columns.program(first);
        switch (wanted) {
            case CPU -> reason = "it was asked for";
            case GPU -> {
                String against = CudaSource.reasonAgainst(program);
                if (!against.isEmpty()) {
                    throw Problem.input("--device: no kernel can be made of this formula: " + against);
                }
                try {
                    kernel = Gpu.ofThisProcess().kernel(CudaSource.of(program, Precision.DOUBLE));
                } catch (GpuException e) {
                    throw none(e);
                }
                reason = "it was asked for";
            }
            case AUTO -> {
                var work = new AutoDevice.Work(program, new double[program.inputs()], in, Math.max(1, more / rows), rows);
                AutoDevice.Decision decision = AutoDevice.decide(work, "batch on all cores", columns::into);
                kernel = decision.kernel();
                reason = decision.reason();
            }
        }
    }

    /** The kernel is that of the path of the first row: what takes another path is computed here. */
    private double[][] onGpu(GpuKernel on, double[][] in, int rows) {
        double[][] out = new double[columns.names().size()][rows];
        int[] failed = Streamed.run(on, new double[in.length], in, out, rows).failed();
        if (failed.length > 0) {
            double[][] few = new double[in.length][failed.length];
            for (int j = 0; j < in.length; j++) {
                for (int i = 0; i < failed.length; i++) {
                    few[j][i] = in[j][failed[i]];
                }
            }
            double[][] right = columns.of(few, failed.length);
            for (int k = 0; k < out.length; k++) {
                for (int i = 0; i < failed.length; i++) {
                    out[k][failed[i]] = right[k][i];
                }
            }
            elsewhere += failed.length;
        }
        return out;
    }

    /** Whether a GPU that failed may be replaced by the CPU, if nothing has been handed out yet; it is replaced then. */
    boolean replaced(GpuException failure) {
        if (wanted != Wanted.AUTO || kernel == null) {
            return false;
        }
        kernel = null;
        reason = "the GPU failed, and all was computed again: " + failure.getMessage();
        return true;
    }

    /** What it is called in JSON. */
    String name() {
        return kernel == null ? "cpu" : "gpu";
    }

    /** What was decided and why, in a sentence. */
    String report() {
        GpuKernel on = kernel;
        String all = (on == null ? "on the CPU: " : "on the GPU (" + on.gpu().name() + "): ")
                + (settled ? reason : "there was nothing to compute");
        return elsewhere == 0 ? all
                : all + String.format(Locale.ROOT, "; %,d points that take another path were computed on the CPU", elsewhere);
    }
}
