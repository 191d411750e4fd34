package org.wengert.gallery;

import static org.wengert.core.scalar.ScalarMath.log;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.square;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.mult.MatrixVectorMult_DDRM;
import org.wengert.core.Differentiable;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Report;
import org.wengert.hessian.HessianVectorProduct;
import org.wengert.hessian.HvpMethod;
import org.wengert.hessian.TwiceDifferentiable;

/** Chapter 3: the Hessian times a vector without the Hessian, and a step that uses what is cheap to know of it. */
final class HessianTimesVector implements Chapter {

    static final long SEED = 30;

    /** The ways, and what the lecture calls them. */
    static final Map<HvpMethod, String> NAMES = new EnumMap<>(Map.of(
            HvpMethod.FORWARD_OVER_REVERSE, "J of ∇f, times v",
            HvpMethod.REVERSE_OVER_REVERSE, "gradient of vᵀ∇f",
            HvpMethod.HYPER_DUAL, "hyper-dual numbers",
            HvpMethod.DIFFERENCES, "differences of ∇f"));

    private static final int[] MANY = {2, 4, 8, 16, 32, 64, 128, 256, 512};
    private static final int[] FEW = {2, 8, 32, 128};

    @Override
    public String name() {
        return "hessian-times-vector";
    }

    @Override
    public String title() {
        return "Hessian times vector";
    }

    @Override
    public String claim() {
        return "A product H·v costs a small multiple of the function, whatever the number of variables n, and H is never formed: it is the gradient "
                + "of vᵀ∇f, or the Jacobian of ∇f times v. Both agree to the last bits. Where even that is too much, Kronecker factors stand for the matrix.";
    }

    /** f(x) = ln(1 + Σ xᵢ²) + Σ sin(xᵢ xᵢ₊₁): linear cost, and a Hessian without zeros. */
    static Scalar f(Scalar[] x) {
        Scalar squares = Scalar.of(1);
        Scalar waves = Scalar.of(0);
        for (int i = 0; i < x.length; i++) {
            squares = squares.plus(square(x[i]));
            if (i > 0) {
                waves = waves.plus(sin(x[i - 1].times(x[i])));
            }
        }
        return log(squares).plus(waves);
    }

    /** H·v as one derives it on paper. */
    static double[] onPaper(double[] x, double[] v) {
        double s = 1 + dot(x, x);
        double along = dot(x, v);
        double[] hv = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            hv[i] += 2 * v[i] / s - 4 * x[i] * along / (s * s);
            if (i > 0) {
                double t = x[i - 1] * x[i];
                double mixed = Math.cos(t) - t * Math.sin(t);
                hv[i] += mixed * v[i - 1] - Math.sin(t) * x[i - 1] * x[i - 1] * v[i];
                hv[i - 1] += mixed * v[i] - Math.sin(t) * x[i] * x[i] * v[i - 1];
            }
        }
        return hv;
    }

    static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    static double[] gaussian(Random random, int n) {
        return random.doubles(n).map(_ -> random.nextGaussian()).toArray();
    }

    /** Digits that a product has in common with the one on paper: of the largest difference, measured by the largest entry. At most 16. */
    static double digits(double[] product, double[] paper) {
        double difference = IntStream.range(0, paper.length).mapToDouble(i -> Math.abs(product[i] - paper[i])).max().orElse(0);
        return -Math.log10(Math.max(difference / Arrays.stream(paper).map(Math::abs).max().orElse(1), 1e-16));
    }

    static double[] product(int n, HvpMethod method, double[] x, double[] v) {
        return TwiceDifferentiable.of(Differentiable.of(n, HessianTimesVector::f)).by(method).at(x).apply(v);
    }

    /** Operations: of f, then of one product in the ways that are programs. */
    static double[] operations(int n) {
        double[] x = gaussian(new Random(SEED), n);
        TwiceDifferentiable f = TwiceDifferentiable.of(Differentiable.of(n, HessianTimesVector::f));
        return new double[] {
            Report.operations(Tracer.trace(x, t -> new Scalar[] {f(t)})),
            f.by(HvpMethod.FORWARD_OVER_REVERSE).at(x).operations(),
            f.by(HvpMethod.REVERSE_OVER_REVERSE).at(x).operations(),
        };
    }

    @Override
    public void write(Page page, boolean quick) {
        int[] sizes = quick ? FEW : MANY;
        writeOperations(page, sizes);
        writeTimes(page, sizes, quick);
        writeDigits(page);
        KroneckerSteps.write(page);
    }

    private static void writeOperations(Page page, int[] sizes) {
        double[] n = Arrays.stream(sizes).asDoubleStream().toArray();
        double[][] counts = Arrays.stream(sizes).mapToObj(HessianTimesVector::operations).toArray(double[][]::new);
        page.figure("hvp-operations", new Plot("Operations of a product H·v", "variables n", "operations").logX().logY()
                .line("J of ∇f, times v", n, column(counts, 1)).line("gradient of vᵀ∇f", n, column(counts, 2))
                .line("f alone", n, column(counts, 0))
                .line("the n² entries of H", n, Arrays.stream(n).map(t -> t * t).toArray()).svg(),
                "f(x) = ln(1 + Σ xᵢ²) + Σ sin(xᵢ xᵢ₊₁), whose Hessian has no zeros. What depends on the point alone is computed once for a point and not "
                        + "counted; the rest is paid for each v, and grows like f. Merely to write H down takes n² numbers.");
        page.code("""
                TwiceDifferentiable f = TwiceDifferentiable.of(Differentiable.of(n, x -> f(x)));
                HessianVectorProduct h = f.at(x);   // the way with the fewest operations
                double[] hv = h.apply(v);           // h.operations() of them
                double[] a = f.by(HvpMethod.FORWARD_OVER_REVERSE).at(x).apply(v);
                double[] b = f.by(HvpMethod.REVERSE_OVER_REVERSE).at(x).apply(v);
                double[] c = f.by(HvpMethod.HYPER_DUAL).at(x).apply(v);
                """);
        page.text("What f.report(x) says for n = 64:");
        page.code(TwiceDifferentiable.of(Differentiable.of(64, HessianTimesVector::f)).report(gaussian(new Random(SEED), 64)));
    }

    private static double[] column(double[][] rows, int j) {
        return Arrays.stream(rows).mapToDouble(row -> row[j]).toArray();
    }

    private static void writeTimes(Page page, int[] sizes, boolean quick) {
        double[] n = Arrays.stream(sizes).asDoubleStream().toArray();
        Plot plot = new Plot("Measured time of a product H·v", "variables n", "microseconds").logX().logY();
        for (HvpMethod method : List.of(HvpMethod.FORWARD_OVER_REVERSE, HvpMethod.REVERSE_OVER_REVERSE, HvpMethod.HYPER_DUAL)) {
            plot.line(NAMES.getOrDefault(method, ""), n, Arrays.stream(sizes).mapToDouble(size -> time(size, method, quick)).toArray());
        }
        plot.line("whole H, then H·v", n, Arrays.stream(sizes).mapToDouble(size -> timeOfWhole(size, quick)).toArray());
        page.figure("hvp-times", plot.svg(),
                "Value, gradient and one product at a new point, one thread, medians of seven rounds after warming up. Hyper-dual numbers carry 8 entries of the "
                        + "product in a pass: n/8 passes, each of the cost of f, and so does the whole Hessian take n products.");
    }

    private static double time(int n, HvpMethod method, boolean quick) {
        TwiceDifferentiable f = TwiceDifferentiable.of(Differentiable.of(n, HessianTimesVector::f)).by(method);
        Random random = new Random(SEED);
        double[] x = gaussian(random, n);
        double[] v = gaussian(random, n);
        double[] hv = new double[n];
        return 1e-3 * Stopwatch.nanoseconds(() -> {
            f.at(x).apply(v, hv);
            return hv[n - 1];
        }, quick);
    }

    private static double timeOfWhole(int n, boolean quick) {
        TwiceDifferentiable f = TwiceDifferentiable.of(Differentiable.of(n, HessianTimesVector::f));
        Random random = new Random(SEED);
        double[] x = gaussian(random, n);
        DMatrixRMaj v = new DMatrixRMaj(gaussian(random, n));
        DMatrixRMaj hv = new DMatrixRMaj(n, 1);
        return 1e-3 * Stopwatch.nanoseconds(() -> {
            MatrixVectorMult_DDRM.mult(f.at(x).toDense(), v, hv);
            return hv.get(n - 1);
        }, quick);
    }

    private static void writeDigits(Page page) {
        int n = 64;
        Random random = new Random(SEED);
        double[] x = gaussian(random, n);
        double[] v = gaussian(random, n);
        double[] paper = onPaper(x, v);
        List<HvpMethod> methods = List.copyOf(NAMES.keySet());
        page.figure("hvp-digits", Plot.bars("Digits of H·v", methods.stream().map(m -> NAMES.getOrDefault(m, "")).toArray(String[]::new),
                methods.stream().mapToDouble(m -> digits(product(n, m, x, v), paper)).toArray(), "%.1f"),
                "Digits that the largest difference leaves in common with H·v derived on paper, n = 64. 16 is all that a double holds.");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("first entry of H·v", ""));
        methods.forEach(m -> rows.add(List.of(NAMES.getOrDefault(m, ""), String.format(Locale.ROOT, "%.17f", product(n, m, x, v)[0]))));
        rows.add(List.of("on paper", String.format(Locale.ROOT, "%.17f", paper[0])));
        page.table(rows);
        HessianVectorProduct h = HessianVectorProduct.of(Differentiable.of(n, HessianTimesVector::f), x);
        page.remark(String.format(Locale.ROOT, "x and v are Gaussian numbers of java.util.Random with seed %d. The curvature along v, vᵀHv, is %.12f.",
                SEED, h.curvature(v)));
    }
}
