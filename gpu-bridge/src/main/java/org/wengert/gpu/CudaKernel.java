package org.wengert.gpu;

import java.util.Arrays;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Program;

/** Writes a kernel: the code for one point, and around it the loop over points and what is done with the results. */
final class CudaKernel {

    /** Stands for the name of the kernel, which is made of the text. */
    static final String NAME = "@NAME@";

    /** Adds up the partial sums of chunks. */
    static final String FOLD_KERNEL = """

            extern "C" __global__ void wengert_fold(const double* __restrict__ partial, double* __restrict__ total,
                    int entries, long long chunks) {
                int e = blockIdx.x * blockDim.x + threadIdx.x;
                if (e >= entries) return;
                double sum = 0;
                for (long long first = 0; first < chunks; first += %1$d) {
                    double group = 0;
                    for (long long c = first; c < chunks && c < first + %1$d; c++) group += partial[c * entries + e];
                    sum += group;
                }
                total[e] = sum;
            }
            """.formatted(CudaSource.FOLD);

    private static final int SHARED_BYTES = 48 * 1024;

    private final Program p;
    private final Precision precision;
    private final StringBuilder out = new StringBuilder();
    private final CudaPoint point;
    private int threads = 128;

    CudaKernel(Program p, Precision precision) {
        this.p = p;
        this.precision = precision;
        this.point = new CudaPoint(p, precision, out);
    }

    /** The threads of a block; known once the kernel is written. */
    int threads() {
        return threads;
    }

    /** The nodes whose values the kernel takes as uniform numbers; known once it is written. */
    int[] uniforms() {
        return point.uniforms();
    }

    /** The kernel that writes all outputs. */
    String columns() {
        signature("%s* __restrict__ out, long long outStride".formatted(CudaRows.type(precision)));
        out.append("""
                    for (long long i = (long long) blockIdx.x * blockDim.x + threadIdx.x; i < points;
                            i += (long long) gridDim.x * blockDim.x) {
                """);
        int[] all = new int[p.outputs()];
        Arrays.setAll(all, k -> k);
        point.write(all, k -> "out[" + k + " * outStride + i]");
        if (!p.guards().isEmpty()) {
            out.append("        failed[i] = bad;\n        if (bad) atomicAdd(failures, 1u);\n");
        }
        return out.append("    }\n}\n").toString();
    }

    /** Registers by the most values that are live at a time, and what they leave room for: an occupancy table. */
    private int blocksPerProcessor() {
        int registers = 4 * precision.bytes() + point.live() * precision.bytes() / 4;
        return registers <= 64 ? 8 : registers <= 144 ? 4 : registers <= 168 ? 3 : 2;
    }

    private void signature(String result) {
        out.append("""

                extern "C" __global__ void __launch_bounds__(%d, %d) %s(
                        const %s* __restrict__ uniform, const %4$s* __restrict__ in, long long inStride,
                        %s, unsigned char* __restrict__ failed, unsigned int* __restrict__ failures, long long points) {
                """.formatted(threads, Math.max(1, blocksPerProcessor() * 128 / threads), NAME, CudaRows.type(precision), result));
    }

    /**
     * The kernel that sums. Each thread computes one point and lays the outputs that are summed into shared memory; then each thread
     * sums its entries over the points of the block. That keeps the sums out of the registers of the straight-line
     * code, and their order fixed.
     */
    String reduced(Reduction reduction) {
        SumRows rows = SumRows.of(reduction, p.outputs());
        while (rows.count() * (threads + 1) * precision.bytes() > SHARED_BYTES && threads > 32) {
            threads /= 2;
        }
        if (rows.count() * (threads + 1) * precision.bytes() > SHARED_BYTES) {
            throw new IllegalArgumentException("reduction sums products of " + rows.outputs().length
                    + " outputs, and a block's shared memory holds " + SHARED_BYTES / precision.bytes() / 33);
        }
        int entries = reduction.entries().size();
        int each = (entries + threads - 1) / threads;
        int pairs = rows.pairs();

        out.append("\nstatic __device__ const unsigned short %s_rows[] = {%s};\n"
                .formatted(NAME, rows.table(reduction)));
        signature("double* __restrict__ partial");
        out.append("""
                    __shared__ %1$s value[%2$d][%3$d + 1];
                    const int lane = threadIdx.x;
                    int a[%4$d], b[%4$d];
                    for (int q = 0; q < %5$d; q++) {
                        int e = lane + q * %3$d;
                        for (int k = 0; k < %6$d; k++) {
                            a[q * %6$d + k] = e < %7$d ? %8$s_rows[(e * %6$d + k) * 2] : 0;
                            b[q * %6$d + k] = e < %7$d ? %8$s_rows[(e * %6$d + k) * 2 + 1] : 0;
                        }
                    }
                """.formatted(CudaRows.type(precision), rows.count(), threads, each * pairs, each, pairs, entries, NAME));
        if (rows.one() >= 0) {
            out.append("    value[%d][lane] = 1;\n".formatted(rows.one()));
        }
        if (rows.zero() >= 0) {
            out.append("    value[%d][lane] = 0;\n".formatted(rows.zero()));
        }
        out.append("""
                    for (long long chunk = blockIdx.x; chunk * %1$d < points; chunk += gridDim.x) {
                        double sum[%2$d];
                        for (int q = 0; q < %2$d; q++) sum[q] = 0;
                        for (long long first = chunk * %1$d; first < (chunk + 1) * %1$d && first < points; first += %3$d) {
                            const long long i = first + lane;
                            bool drop = i >= points;
                            if (!drop) {
                """.formatted(CudaSource.CHUNK, each, threads));
        point.write(rows.outputs(), k -> "value[" + rows.row(k) + "][lane]");
        if (!p.guards().isEmpty()) {
            out.append("        failed[i] = bad;\n        if (bad) atomicAdd(failures, 1u);\n        drop = bad;\n");
        }
        out.append("""
                            }
                            if (drop) for (int k = 0; k < %1$d; k++) value[k][lane] = 0;
                            __syncthreads();
                            for (int q = 0; q < %2$d; q++) {
                                double s = 0;
                                for (int t = 0; t < %3$d; t++)
                                    for (int k = 0; k < %4$d; k++)
                                        s = fma((double) value[a[q * %4$d + k]][t], (double) value[b[q * %4$d + k]][t], s);
                                sum[q] += s;
                            }
                            __syncthreads();
                        }
                        for (int q = 0; q < %2$d; q++) {
                            int e = lane + q * %3$d;
                            if (e < %5$d) partial[chunk * %5$d + e] = sum[q];
                        }
                    }
                }
                """.formatted(rows.outputs().length, each, threads, pairs, entries));
        return out.toString();
    }
}
