package org.wengert.gpu;

import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.log;
import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.normalCdf;
import static org.wengert.core.scalar.ScalarMath.plus;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Relation;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.Zeros;

/** The functions that the kernels of these tests compute. */
final class Functions {

    private Functions() {}

    // ---- bundle adjustment -------------------------------------------------------------------------------

    /** The 2 x 15 Jacobian of a reprojection error: camera (11), point (3), weight; the feature is inputs 15 and 16. */
    static JacobianProgram bundleAdjustment(Zeros zeros) {
        Program p = Tracer.trace(bundlePoint(new SplittableRandom(1)), Functions::reprojection);
        return Elimination.jacobian(p, zeros, IntStream.range(0, 15).toArray());
    }

    static double[] bundlePoint(SplittableRandom random) {
        double[] x = random.doubles(17, -1, 1).toArray();
        x[13] += 4;
        return x;
    }

    /** The two residuals. */
    static Scalar[] reprojection(Scalar[] x) {
        Scalar[] v = {x[11].minus(x[3]), x[12].minus(x[4]), x[13].minus(x[5])};
        Scalar square = dot(x, x);
        Scalar angle = sqrt(square);
        Scalar c = cos(angle);
        Scalar s = sin(angle);
        Scalar[] axis = {x[0].div(angle), x[1].div(angle), x[2].div(angle)};
        Scalar along = dot(axis, v).times(minus(1, c));
        Scalar[] across = {
            axis[1].times(v[2]).minus(axis[2].times(v[1])),
            axis[2].times(v[0]).minus(axis[0].times(v[2])),
            axis[0].times(v[1]).minus(axis[1].times(v[0]))
        };
        Scalar[] p = new Scalar[3];
        Arrays.setAll(p, i -> v[i].times(c).plus(across[i].times(s)).plus(axis[i].times(along)));
        Scalar u0 = p[0].div(p[2]);
        Scalar u1 = p[1].div(p[2]);
        Scalar r = u0.times(u0).plus(u1.times(u1));
        Scalar distortion = plus(1, r.times(x[9].plus(r.times(x[10]))));
        return new Scalar[] {
            x[14].times(u0.times(distortion).times(x[6]).plus(x[7]).minus(x[15])),
            x[14].times(u1.times(distortion).times(x[6]).plus(x[8]).minus(x[16]))
        };
    }

    private static Scalar dot(Scalar[] a, Scalar[] b) {
        return a[0].times(b[0]).plus(a[1].times(b[1])).plus(a[2].times(b[2]));
    }

    // ---- a Gaussian mixture ------------------------------------------------------------------------------

    /** Components of the mixture; each has a weight, a mean and a logarithm of its scale in two dimensions. */
    static final int COMPONENTS = 5;

    static final int PARAMETERS = 4 * COMPONENTS;

    /** -ln of the density of one point (2 varying inputs) and its gradient by the parameters (uniform inputs). */
    static Program gaussianMixture(Zeros zeros) {
        double[] at = new SplittableRandom(2).doubles(PARAMETERS + 2).toArray();
        Program p = Tracer.trace(at, x -> new Scalar[] {mixture(x)})
                .withUniform(IntStream.range(0, PARAMETERS).toArray());
        return Adjoint.gradient(p, zeros, 0, IntStream.range(0, PARAMETERS).toArray());
    }

    /** -ln of the density of the point that is the last two inputs. */
    static Scalar mixture(Scalar[] x) {
        Scalar[] terms = new Scalar[COMPONENTS];
        Scalar[] weights = new Scalar[COMPONENTS];
        for (int k = 0; k < COMPONENTS; k++) {
            Scalar scale = exp(x[4 * k + 3].unaryMinus());
            Scalar dx = x[PARAMETERS].minus(x[4 * k + 1]).times(scale);
            Scalar dy = x[PARAMETERS + 1].minus(x[4 * k + 2]).times(scale);
            weights[k] = exp(x[4 * k]);
            terms[k] = weights[k].times(scale).times(scale).times(exp(dx.times(dx).plus(dy.times(dy)).times(-0.5)));
        }
        return log(total(weights)).minus(log(total(terms)));
    }

    private static Scalar total(Scalar[] x) {
        Scalar sum = x[0];
        for (int i = 1; i < x.length; i++) {
            sum = sum.plus(x[i]);
        }
        return sum;
    }

    // ---- options ---------------------------------------------------------------------------------------

    /** S, K, T, r, σ. */
    static final int OPTION_INPUTS = 5;

    private static final double[] LEAST = {60, 60, 0.1, 0, 0.1};
    private static final double[] MOST = {140, 140, 2, 0.08, 0.6};

    /** The price of a European call by Black and Scholes: S Φ(d₁) - K exp(-r T) Φ(d₂). */
    static Scalar call(Scalar[] x) {
        Scalar spread = x[4].times(sqrt(x[2]));
        Scalar d1 = log(x[0].div(x[1])).plus(x[3].plus(x[4].times(x[4]).times(0.5)).times(x[2])).div(spread);
        Scalar discounted = x[1].times(exp(x[3].times(x[2]).unaryMinus()));
        return x[0].times(normalCdf(d1)).minus(discounted.times(normalCdf(d1.minus(spread))));
    }

    static double[] option(SplittableRandom random) {
        double[] x = new double[OPTION_INPUTS];
        Arrays.setAll(x, i -> random.nextDouble(LEAST[i], MOST[i]));
        return x;
    }

    // ---- rows and random programs ------------------------------------------------------------------------

    /** Rows whose first argument is an order: a small whole number, or there is nothing to see. */
    static final Set<String> TAKES_ORDER = Set.of("erfcxDerivative", "polygamma", "besselJ", "sphericalBesselJ");

    /** All rows that can run on a device. */
    static List<Elementary> rows() {
        return ElementaryTable.rows().stream().filter(CudaRows::has).toList();
    }

    /** The program of one row alone; n-ary rows of any arity take four. */
    static Program row(Elementary row) {
        var builder = new ProgramBuilder();
        int[] x = new int[arity(row, 4)];
        Arrays.setAll(x, _ -> builder.input());
        return builder.build(builder.apply(row, x));
    }

    static int arity(Elementary row, int any) {
        return switch (row) {
            case Unary _ -> 1;
            case Binary _ -> 2;
            case Nary f -> f.arity() == Nary.ANY ? any : f.arity();
        };
    }

    /**
     * A random program of 4 varying and 2 uniform inputs over all rows but those of an order, which may take long.
     */
    static Program random(long seed, int operations) {
        return random(seed, operations, rows().stream().filter(row -> !TAKES_ORDER.contains(row.name())).toList());
    }

    static Program random(long seed, int operations, List<Elementary> rows) {
        var random = new SplittableRandom(seed);
        var builder = new ProgramBuilder();
        List<Integer> nodes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            nodes.add(builder.input(i % 3 == 2));
        }
        for (int k = 0; k < operations; k++) {
            Elementary row = rows.get(random.nextInt(rows.size()));
            int[] x = new int[arity(row, random.nextInt(1, 6))];
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextInt(6) == 0
                        ? builder.constant(random.nextInt(-4, 9) / 4.0)
                        : nodes.get(random.nextInt(Math.max(0, nodes.size() - 12), nodes.size()));
            }
            int node = builder.apply(row, x);
            nodes.add(node);
            if (random.nextInt(12) == 0 && !builder.isConstant(node)) {
                Relation relation = List.of(Relation.values()).get(random.nextInt(4));
                boolean outcome = relation == Relation.LESS || relation == Relation.AT_MOST || random.nextInt(4) > 0;
                builder.guard(node, relation, builder.constant(random.nextInt(-1, 3)), outcome);
            }
        }
        int last = nodes.size() - 1;
        return builder.build(nodes.get(last), nodes.get(last - 2), nodes.get(random.nextInt(last)));
    }

    /** Ordinary numbers, and now and then a special one. */
    static double number(SplittableRandom random) {
        double[] special = {0, -0.0, 1, -1, 0.5, 2, 1e-200, 1e200, -1e300, Double.MIN_VALUE, Double.MAX_VALUE,
            Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN};
        return random.nextInt(8) == 0 ? special[random.nextInt(special.length)]
                : random.nextDouble(-3, 3) * (random.nextInt(4) == 0 ? 10 : 1);
    }
}
