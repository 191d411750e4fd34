package org.wengert.tests.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Jacobian;
import org.wengert.core.ScalarJacobian;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.Points;
import org.wengert.core.engine.FusedEngine;
import org.wengert.core.engine.PlainEngine;
import org.wengert.core.engine.PointEngine;
import org.wengert.core.engine.TileInterpreter;
import org.wengert.core.engine.roll.RolledCode;
import org.wengert.core.program.Program;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.simd.Kernels;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.HessianProgram;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.Order;
import org.wengert.core.transform.SecondOrder;
import org.wengert.core.transform.Tangent;
import org.wengert.core.transform.Zeros;
import org.wengert.linalg.Linearization;
import org.wengert.testkit.RandomProgram;

/** All ways to derivatives that are compared with one another. */
final class Paths {

    /**
     * A way of running programs.
     *
     * @param name   what a report calls it
     * @param exact  whether it promises the bits of plain doubles
     * @param share  one of so many programs is run by it
     * @param runner runs a program at a point
     */
    record Machine(String name, boolean exact, int share, Runner runner) {}

    /** Engines. A new one joins by one line. */
    static final List<Machine> MACHINES = List.of(
            new Machine("plain engine", true, 1, new Tile(new PlainEngine())),
            new Machine("tile interpreter", false, 1, new Tile(new TileInterpreter())),
            new Machine("tile interpreter, reproducible", true, 1, new Tile(TileInterpreter.reproducible())),
            new Machine("tile interpreter, scalar twins", false, 1, new Tile(TileInterpreter.with(Kernels.scalar()))),
            new Machine("fused kernels", false, 20, new Tile(FusedEngine.fast())),
            new Machine("fused kernels, reproducible", true, 20, new Tile(FusedEngine.reproducible())),
            new Machine("compiled single points", true, 20, Paths::singlePoint),
            new Machine("rolled programs", false, 4, Paths::rolled));

    private Paths() {}

    static List<FirstOrderPath> first() {
        List<FirstOrderPath> paths = new ArrayList<>();
        for (int lanes : new int[] {1, 4, 8}) {
            paths.add(new FirstOrderPath("dual numbers, " + lanes + " lanes", true, 1, (p, r, x) -> eager(p.vector().withLanes(lanes), x)));
        }
        paths.add(new FirstOrderPath("dual numbers, window", true, 1, (p, r, x) -> windowed(p, x)));
        paths.add(new FirstOrderPath("nested numbers", true, 1, (p, r, x) -> nested(p.vector(), x)));
        paths.add(new FirstOrderPath("rows by vjp", true, 1, (p, r, x) -> rows(p.vector(), x)));
        paths.add(new FirstOrderPath("series", true, 1, (p, r, x) -> series(p.vector(), x)));
        paths.add(new FirstOrderPath("hyper-dual numbers", true, 1, (p, r, x) -> along(p.vector(), x)));
        paths.add(new FirstOrderPath("tangent columns", true, 1, (p, r, x) -> tangentColumns(r, x, Zeros.ABSORBED)));
        paths.add(new FirstOrderPath("tangent along given directions", true, 1, (p, r, x) -> tangents(r, x)));
        paths.add(new FirstOrderPath("adjoint gradients", true, 1, (p, r, x) -> gradients(r, x)));
        paths.add(new FirstOrderPath("adjoint with given weights", true, 1, (p, r, x) -> adjoints(r, x)));
        for (Order order : Order.values()) {
            paths.add(new FirstOrderPath("elimination, " + order, true, 1,
                    (p, r, x) -> of(Elimination.jacobian(r, order, Zeros.ABSORBED, inputs(r)), x)));
        }
        paths.add(new FirstOrderPath("the cheapest elimination", true, 1, (p, r, x) -> of(Elimination.jacobian(r), x)));
        paths.add(new FirstOrderPath("the program written and read", true, 1, (p, r, x) -> of(Elimination.jacobian(again(r)), x)));
        paths.add(new FirstOrderPath("the guarded program", true, 1, Paths::guarded));
        MACHINES.forEach(machine -> paths.add(new FirstOrderPath(machine.name, machine.exact, machine.share,
                (p, r, x) -> of(Elimination.jacobian(r), machine.runner, x))));
        paths.add(new FirstOrderPath("batches", true, 4, (p, r, x) -> batch(p.vector(), x)));
        paths.add(new FirstOrderPath("linearization", true, 1, (p, r, x) -> linearized(p.vector(), x)));
        return paths;
    }

    static List<SecondOrderPath> second() {
        List<SecondOrderPath> paths = new ArrayList<>();
        for (int lanes : new int[] {1, 4, 8}) {
            paths.add(new SecondOrderPath("hyper-dual numbers, " + lanes + " lanes",
                    (p, r, x) -> p.differentiable().withLanes(lanes).hessian(x).entries()));
        }
        paths.add(new SecondOrderPath("Hessian-vector products", (p, r, x) -> products(p.differentiable(), x)));
        paths.add(new SecondOrderPath("second derivatives along lines", (p, r, x) -> diagonal(p.differentiable(), x, false)));
        paths.add(new SecondOrderPath("series", (p, r, x) -> diagonal(p.differentiable(), x, true)));
        paths.add(new SecondOrderPath("nested numbers, forward over forward", (p, r, x) -> nestedHessian(p.differentiable(), x)));
        paths.add(new SecondOrderPath("edge pushing", (p, r, x) -> of(SecondOrder.hessian(r.select(0)), x)));
        for (Order order : Order.values()) {
            paths.add(new SecondOrderPath("elimination of the gradient, " + order,
                    (p, r, x) -> of(SecondOrder.hessianByElimination(r.select(0), order), x)));
        }
        paths.add(new SecondOrderPath("forward over reverse", (p, r, x) -> products(SecondOrder.hvp(r.select(0)), x)));
        paths.add(new SecondOrderPath("reverse over forward",
                (p, r, x) -> products(SecondOrder.hvpReverseOverForward(r.select(0)), x)));
        paths.add(new SecondOrderPath("forward over forward", (p, r, x) -> mixed(SecondOrder.mixed(r.select(0)), x)));
        MACHINES.forEach(machine -> paths.add(new SecondOrderPath(machine.name, machine.exact, machine.share,
                (p, r, x) -> of(SecondOrder.hessian(r.select(0)), machine.runner, x))));
        paths.add(new SecondOrderPath("batches", true, 4, (p, r, x) -> batch(p.differentiable(), x)));
        return paths;
    }

    /** Runs a program at a point. */
    interface Runner {
        double[] run(Program p, double[] in);
    }

    private static double[] singlePoint(Program p, double[] x) {
        double[] out = new double[p.outputs()];
        if (!PointEngine.compiled().compile(p).run(x, out)) {
            throw new AssertionError("compiled single points say that a guard fails which holds: " + p.listing());
        }
        return out;
    }

    private static double[] rolled(Program p, double[] x) {
        double[] out = new double[p.outputs()];
        if (!RolledCode.of(p, TileInterpreter.reproducible()).run(x, out)) {
            throw new AssertionError("rolled code says that a guard fails which holds: " + p.listing());
        }
        return out;
    }

    /** The point among others, most of which take other paths. */
    private static Points around(double[] x) {
        double[][] rows = new double[11][];
        var random = new SplittableRandom(5);
        Arrays.setAll(rows, k -> k % 5 == 0 ? x.clone() : random.doubles(x.length, -3, 3).toArray());
        return Points.ofRows(rows);
    }

    private static FirstOrderPath.Result batch(DifferentiableVector f, double[] x) {
        var all = Batch.of(f).reproducible().withThreads(1).jacobian(around(x));
        int m = f.outputs();
        double[] value = new double[m];
        double[] jacobian = new double[m * x.length];
        for (int i = 0; i < m; i++) {
            value[i] = all.value(5, i);
            for (int j = 0; j < x.length; j++) {
                jacobian[i * x.length + j] = all.get(5, i, j);
            }
        }
        return new FirstOrderPath.Result(value, jacobian);
    }

    private static double[] batch(Differentiable f, double[] x) {
        var all = Batch.of(f).reproducible().withThreads(1).hessian(around(x));
        double[] hessian = new double[x.length * x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                hessian[i * x.length + j] = all.get(10, i, j);
            }
        }
        return hessian;
    }

    private static FirstOrderPath.Result linearized(DifferentiableVector f, double[] x) {
        Linearization at = Linearization.of(f, x);
        double[] jacobian = new double[f.outputs() * x.length];
        for (int i = 0; i < f.outputs(); i++) {
            System.arraycopy(at.applyTranspose(unit(f.outputs(), i)), 0, jacobian, i * x.length, x.length);
        }
        return new FirstOrderPath.Result(f.value(x), jacobian);
    }

    private static double[] plain(Program p, double[] in) {
        double[] out = new double[p.outputs()];
        if (!p.run(in, out, p.newWorkspace())) {
            throw new AssertionError("a program made from another must have its guards and no more: " + p.listing());
        }
        return out;
    }

    static int[] inputs(Program p) {
        return IntStream.range(0, p.inputs()).toArray();
    }

    private static double[] unit(int n, int j) {
        double[] unit = new double[n];
        unit[j] = 1;
        return unit;
    }

    static double[] concatenate(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    // ---- numbers -------------------------------------------------------------------------------------

    private static FirstOrderPath.Result eager(DifferentiableVector f, double[] x) {
        Jacobian j = f.jacobian(x);
        return new FirstOrderPath.Result(j.value(), j.entries());
    }

    /** More than 16 inputs travel in a window: the others are not used. */
    private static FirstOrderPath.Result windowed(RandomProgram p, double[] x) {
        int more = 17;
        DifferentiableVector wide = Differentiable.vector(
                x.length + more, p.outputs(), z -> p.apply(Arrays.copyOf(z, x.length)));
        Jacobian j = wide.jacobian(Arrays.copyOf(x, x.length + more));
        double[] jacobian = new double[p.outputs() * x.length];
        for (int i = 0; i < p.outputs(); i++) {
            for (int k = 0; k < x.length; k++) {
                jacobian[i * x.length + k] = j.get(i, k);
            }
        }
        return new FirstOrderPath.Result(j.value(), jacobian);
    }

    private static Scalar[] constants(double[] x) {
        return Arrays.stream(x).mapToObj(Scalar::of).toArray(Scalar[]::new);
    }

    private static FirstOrderPath.Result nested(DifferentiableVector f, double[] x) {
        ScalarJacobian j = f.jacobian(constants(x));
        return new FirstOrderPath.Result(
                Arrays.stream(j.value()).mapToDouble(Scalar::value).toArray(),
                Arrays.stream(j.rows()).flatMap(Arrays::stream).mapToDouble(Scalar::value).toArray());
    }

    private static FirstOrderPath.Result rows(DifferentiableVector f, double[] x) {
        double[] jacobian = new double[f.outputs() * x.length];
        for (int i = 0; i < f.outputs(); i++) {
            System.arraycopy(f.vjp(x, unit(f.outputs(), i)).adjoint(), 0, jacobian, i * x.length, x.length);
        }
        return new FirstOrderPath.Result(f.value(x), jacobian);
    }

    private static FirstOrderPath.Result series(DifferentiableVector f, double[] x) {
        double[] jacobian = new double[f.outputs() * x.length];
        double[] value = new double[f.outputs()];
        for (int j = 0; j < x.length; j++) {
            var series = f.derivatives(x, unit(x.length, j), 1);
            for (int i = 0; i < value.length; i++) {
                value[i] = series[i].value();
                jacobian[i * x.length + j] = series[i].derivative(1);
            }
        }
        return new FirstOrderPath.Result(value, jacobian);
    }

    private static FirstOrderPath.Result along(DifferentiableVector f, double[] x) {
        double[] jacobian = new double[f.outputs() * x.length];
        double[] value = new double[f.outputs()];
        for (int j = 0; j < x.length; j++) {
            var along = f.along(x, unit(x.length, j));
            for (int i = 0; i < value.length; i++) {
                value[i] = along.value()[i];
                jacobian[i * x.length + j] = along.first()[i];
            }
        }
        return new FirstOrderPath.Result(value, jacobian);
    }

    private static double[] products(Differentiable f, double[] x) {
        int n = x.length;
        double[] hessian = new double[n * n];
        for (int j = 0; j < n; j++) {
            System.arraycopy(f.hvp(x, unit(n, j)).product(), 0, hessian, j * n, n);
        }
        return hessian;
    }

    private static double[] diagonal(Differentiable f, double[] x, boolean series) {
        int n = x.length;
        double[] hessian = new double[n * n];
        Arrays.fill(hessian, Double.NaN);
        for (int j = 0; j < n; j++) {
            double[] e = unit(n, j);
            hessian[j * n + j] = series ? f.derivatives(x, e, 2).derivative(2) : f.along(x, e).second();
        }
        return hessian;
    }

    private static double[] nestedHessian(Differentiable f, double[] x) {
        int n = x.length;
        DifferentiableVector gradient = Differentiable.vector(n, n, z -> f.gradient(z).gradient());
        return gradient.jacobian(x).entries();
    }

    // ---- programs ------------------------------------------------------------------------------------

    private static FirstOrderPath.Result tangentColumns(Program r, double[] x, Zeros zeros) {
        double[] out = plain(Tangent.columns(r, zeros, inputs(r)), x);
        int m = r.outputs();
        double[] jacobian = new double[m * x.length];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < x.length; j++) {
                jacobian[i * x.length + j] = out[m + j * m + i];
            }
        }
        return new FirstOrderPath.Result(Arrays.copyOf(out, m), jacobian);
    }

    private static FirstOrderPath.Result tangents(Program r, double[] x) {
        int m = r.outputs();
        int n = x.length;
        double[] in = new double[n + n * n];
        System.arraycopy(x, 0, in, 0, n);
        for (int k = 0; k < n; k++) {
            in[n + k * n + k] = 1;
        }
        double[] out = plain(Tangent.of(r, n), in);
        double[] jacobian = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                jacobian[i * n + j] = out[m + j * m + i];
            }
        }
        return new FirstOrderPath.Result(Arrays.copyOf(out, m), jacobian);
    }

    private static FirstOrderPath.Result gradients(Program r, double[] x) {
        double[] jacobian = new double[r.outputs() * x.length];
        double[] value = new double[r.outputs()];
        for (int i = 0; i < value.length; i++) {
            double[] out = plain(Adjoint.gradient(r.select(i)), x);
            value[i] = out[0];
            System.arraycopy(out, 1, jacobian, i * x.length, x.length);
        }
        return new FirstOrderPath.Result(value, jacobian);
    }

    private static FirstOrderPath.Result adjoints(Program r, double[] x) {
        double[] jacobian = new double[r.outputs() * x.length];
        double[] value = new double[r.outputs()];
        for (int i = 0; i < value.length; i++) {
            // Weights of zero do not hide an infinite partial derivative, so each output is alone.
            double[] out = plain(Adjoint.of(r.select(i)), concatenate(x, new double[] {1}));
            value[i] = out[0];
            System.arraycopy(out, 1, jacobian, i * x.length, x.length);
        }
        return new FirstOrderPath.Result(value, jacobian);
    }

    private static FirstOrderPath.Result of(JacobianProgram j, double[] x) {
        return of(j, Paths::plain, x);
    }

    private static FirstOrderPath.Result of(JacobianProgram j, Runner runner, double[] x) {
        double[] out = runner.run(j.program(), x);
        double[] jacobian = new double[j.values() * x.length];
        for (int i = 0; i < j.values(); i++) {
            for (int k = 0; k < x.length; k++) {
                int at = j.output(i, k);
                jacobian[i * x.length + k] = at < 0 ? 0 : out[at];
            }
        }
        return new FirstOrderPath.Result(Arrays.copyOf(out, j.values()), jacobian);
    }

    /** Where the guards against NaN fail, the careful program stands in: that is how it is meant to be used. */
    private static FirstOrderPath.Result guarded(RandomProgram p, Program r, double[] x) {
        JacobianProgram j = Elimination.jacobian(r, Zeros.GUARDED, inputs(r));
        double[] out = new double[j.program().outputs()];
        boolean right = j.program().run(x, out, j.program().newWorkspace());
        return right ? of(j, (_, _) -> out, x) : of(Elimination.jacobian(r), x);
    }

    private static Program again(Program r) {
        try {
            var bytes = new ByteArrayOutputStream();
            r.write(bytes);
            return Program.read(new ByteArrayInputStream(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] of(HessianProgram h, double[] x) {
        return of(h, Paths::plain, x);
    }

    private static double[] of(HessianProgram h, Runner runner, double[] x) {
        double[] out = runner.run(h.program(), x);
        int n = x.length;
        double[] hessian = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int at = h.output(i, j);
                hessian[i * n + j] = at < 0 ? 0 : out[at];
            }
        }
        return hessian;
    }

    private static double[] products(Program hvp, double[] x) {
        int n = x.length;
        double[] hessian = new double[n * n];
        for (int j = 0; j < n; j++) {
            System.arraycopy(plain(hvp, concatenate(x, unit(n, j))), 1 + n, hessian, j * n, n);
        }
        return hessian;
    }

    private static double[] mixed(Program mixed, double[] x) {
        int n = x.length;
        double[] hessian = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                hessian[i * n + j] = plain(mixed, concatenate(x, unit(n, i), unit(n, j)))[3];
            }
        }
        return hessian;
    }
}
