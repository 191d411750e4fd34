package org.wengert.testkit.numeric;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.numbers.core.DD;
import org.jspecify.annotations.Nullable;
import org.wengert.core.program.Guard;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Relation;

/** Lines through functions of doubles and through recorded programs. */
public final class Lines {

    private Lines() {}

    /**
     * The line through a function of doubles.
     *
     * @param f n numbers to m numbers; gets fresh arrays
     * @param x the point; copied
     * @param v the direction; copied
     */
    public static Line doubles(UnaryOperator<double[]> f, double[] x, double[] v) {
        return new Doubles(f, x, v);
    }

    /**
     * The line through a function of numbers of ours, in double-double arithmetic. Where comparisons come out otherwise than
     * at x, the function is recorded anew. From 2⁵² on, where all doubles are whole numbers, sin πx and its like have no values.
     *
     * @param paths the programs of the function
     * @param x     the point; copied
     * @param v     the direction; copied
     * @throws IllegalArgumentException if the program has a row without a double-double form
     */
    public static Line doubleDoubles(PathCache<Program> paths, double[] x, double[] v) {
        return new DoubleDoubles(paths, x, v);
    }

    /** What both kinds share: values are kept, since all outputs are wanted at the same points. */
    private abstract static class Kept implements Line {

        /** The values at which rounding is measured lie this times the first step apart. */
        private static final double CLOSE = 0x1p-30;

        /** And this, so that even a near pole looks smooth; errors may depend on one another then. */
        private static final double CLOSER = 0x1p-45;
        private static final int POINTS = 11;
        private static final int SIXTH = 6;

        final double[] x;
        final double[] v;
        private final Map<Double, DD[]> values = new HashMap<>();
        private double @Nullable [] noise;
        private double @Nullable [] fineNoise;

        Kept(double[] x, double[] v) {
            this.x = x.clone();
            this.v = v.clone();
        }

        abstract DD[] value(double t);

        /** The relative error that values have in any case. */
        abstract double unit();

        /**
         * The scatter of values at close points, from their sixth differences, to which a smooth function contributes
         * nothing (R. W. Hamming; J. J. Moré and S. M. Wild, "Estimating computational noise", SISC 33 (2011)). The lesser of
         * both sides, since a kink looks like noise.
         */
        private double[] measureNoise(double close) {
            double[] left = scatter(-close);
            double[] right = scatter(close);
            DD[] here = at(0);
            double[] least = new double[here.length];
            Arrays.setAll(least, i -> {
                double size = Math.abs(here[i].hi());
                double unit = size <= Double.MAX_VALUE ? unit() * size : 0;
                double scatter = Double.isNaN(left[i]) ? right[i] : Double.isNaN(right[i]) ? left[i] : Math.min(left[i], right[i]);
                return Math.max(unit, Double.isNaN(scatter) ? 0 : 2 * scatter);
            });
            return least;
        }

        private double[] scatter(double close) {
            double step = close * steps()[steps().length - 1];
            DD[][] rows = new DD[POINTS][];
            Arrays.setAll(rows, k -> value((k + 1) * step));
            double[] scatter = new double[rows[0].length];
            for (int i = 0; i < scatter.length; i++) {
                DD[] differences = new DD[POINTS];
                for (int k = 0; k < POINTS; k++) {
                    differences[k] = rows[k][i];
                }
                for (int j = 1; j <= SIXTH; j++) {
                    for (int k = 0; k < POINTS - j; k++) {
                        differences[k] = differences[k + 1].subtract(differences[k]);
                    }
                }
                double squares = 0;
                for (int k = 0; k < POINTS - SIXTH; k++) {
                    squares += differences[k].hi() * differences[k].hi();
                }
                // Independent errors of variance σ² give sixth differences of variance σ² · 12!/6!².
                scatter[i] = Math.sqrt(squares / (POINTS - SIXTH) / 924);
            }
            return scatter;
        }

        @Override
        public final DD[] at(double t) {
            DD[] known = values.get(t);
            if (known == null) {
                known = value(t);
                values.put(t, known);
            }
            return known;
        }

        @Override
        public final int outputs() {
            return at(0).length;
        }

        @Override
        public final double noise(int i) {
            if (noise == null) {
                noise = measureNoise(CLOSE);
            }
            return noise[i];
        }

        @Override
        public final double leastNoise(int i) {
            if (fineNoise == null) {
                fineNoise = measureNoise(CLOSER);
            }
            return Math.min(noise(i), fineNoise[i]);
        }

        /** About a quarter of the distance over which the point changes by max(|x|, 1), and over which by |x|. */
        @Override
        public final double[] steps() {
            double wide = 0;
            double narrow = 0;
            for (int i = 0; i < x.length; i++) {
                wide = Math.max(wide, Math.abs(v[i]) / Math.max(Math.abs(x[i]), 1));
                narrow = x[i] == 0 ? narrow : Math.max(narrow, Math.abs(v[i]) / Math.abs(x[i]));
            }
            double first = representable(0.25 / (wide == 0 ? 1 : wide));
            double second = representable(0.25 / Math.max(narrow, wide));
            return narrow > 4 * wide && second > 0 ? new double[] {first, second} : new double[] {first};
        }

        /** Of few binary digits, so that x + h is exact; no power of two, on which the period of sin πx might fall. */
        private static double representable(double step) {
            return Math.scalb(0.71875, Math.clamp(Math.getExponent(step), -1000, 1000));
        }
    }

    private static final class Doubles extends Kept {

        private final UnaryOperator<double[]> f;

        Doubles(UnaryOperator<double[]> f, double[] x, double[] v) {
            super(x, v);
            this.f = f;
        }

        private double[] plain(double t) {
            double[] y = new double[x.length];
            Arrays.setAll(y, i -> v[i] == 0 ? x[i] : x[i] + t * v[i]);
            return f.apply(y);
        }

        @Override
        DD[] value(double t) {
            return Arrays.stream(plain(t)).mapToObj(DD::of).toArray(DD[]::new);
        }

        @Override
        double unit() {
            return 0x1p-53;
        }

        @Override
        public double smallest() {
            return 0x1p-34;
        }

        @Override
        public String description() {
            return "differences of doubles";
        }
    }

    private static final class DoubleDoubles extends Kept {

        /** From here on all doubles are whole numbers. */
        private static final double ALL_WHOLE = 0x1p52;

        private static final Set<String> OF_MULTIPLES_OF_PI = Set.of("sinPi", "cosPi", "sincPi");

        private final PathCache<Program> paths;
        private final Conditional here;
        private final boolean seesPeriodsAlone;

        DoubleDoubles(PathCache<Program> paths, double[] x, double[] v) {
            super(x, v);
            this.paths = paths;
            Program program = paths.at(x);
            this.here = new Conditional(program);
            this.seesPeriodsAlone = seesPeriodsAlone(program, x);
            at(0);
        }

        /** Steps are shares of x: far away they fall on periods of a function alone, which then looks like a constant. */
        private static boolean seesPeriodsAlone(Program p, double[] x) {
            Workspace at = p.newWorkspace();
            p.run(x, new double[p.outputs()], at);
            return IntStream.range(p.firstOperation(), p.nodes()).anyMatch(v ->
                    OF_MULTIPLES_OF_PI.contains(p.row(v).name()) && Math.abs(at.value(p.left(v))) >= ALL_WHOLE);
        }

        @Override
        DD[] value(double t) {
            if (seesPeriodsAlone) {
                return nothing();
            }
            DD[] y = new DD[x.length];
            Arrays.setAll(y, i -> v[i] == 0 ? DD.of(x[i]) : DD.ofProduct(t, v[i]).add(x[i]));
            DD[] value = here.at(y);
            if (value.length == 0) {
                value = elsewhere(y);
            }
            return value;
        }

        /** The values on another path; NaN if that has a row without a double-double form, or is not the path of y itself. */
        private DD[] elsewhere(DD[] y) {
            DD[] value = {};
            try {
                value = new Conditional(paths.at(Arrays.stream(y).mapToDouble(DD::hi).toArray())).at(y);
            } catch (IllegalArgumentException e) {
                // Said by the NaN below: steps as large as this are left out.
            }
            return value.length > 0 ? value : nothing();
        }

        private DD[] nothing() {
            return IntStream.range(0, here.outputs).mapToObj(_ -> DD.of(Double.NaN)).toArray(DD[]::new);
        }

        @Override
        double unit() {
            return DoubleDoubleArithmetic.NOISE;
        }

        @Override
        public double smallest() {
            return 0x1p-64;
        }

        @Override
        public String description() {
            return "differences in double-double arithmetic";
        }
    }

    /** A program whose guards are looked at in double-double arithmetic too. */
    private static final class Conditional {

        final int outputs;
        private final Program extended;
        private final List<Guard> guards;

        Conditional(Program p) {
            this.outputs = p.outputs();
            this.guards = p.guards();
            var builder = new ProgramBuilder();
            int[] in = new int[p.inputs()];
            Arrays.setAll(in, _ -> builder.input());
            int[] node = builder.splice(p, in);
            int[] out = new int[outputs + 2 * guards.size()];
            for (int i = 0; i < outputs; i++) {
                out[i] = node[p.output(i)];
            }
            for (int k = 0; k < guards.size(); k++) {
                out[outputs + 2 * k] = node[guards.get(k).left()];
                out[outputs + 2 * k + 1] = node[guards.get(k).right()];
            }
            this.extended = builder.build(out);
        }

        /** The outputs, or an empty array if a guard fails. */
        DD[] at(DD[] x) {
            List<DD> all = extended.evaluate(DoubleDoubleArithmetic.INSTANCE, List.of(x));
            for (int k = 0; k < guards.size(); k++) {
                DD left = all.get(outputs + 2 * k);
                DD right = all.get(outputs + 2 * k + 1);
                if (holds(guards.get(k).relation(), left, right) != guards.get(k).outcome()) {
                    return new DD[0];
                }
            }
            return all.subList(0, outputs).toArray(DD[]::new);
        }

        private static boolean holds(Relation relation, DD a, DD b) {
            if (relation == Relation.SAME || !DoubleDouble.isFinite(a) || !DoubleDouble.isFinite(b)) {
                return relation.holds(a.hi(), b.hi()) && (relation != Relation.SAME || a.lo() == b.lo());
            }
            int order = DoubleDouble.compare(a, b);
            return relation.holds(order, 0);
        }
    }
}
