package org.wengert.cli.bench;

import java.util.function.Function;
import org.hipparchus.CalculusFieldElement;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.util.FastMath;
import org.hipparchus.util.MathArrays;

/** The cases in the idiom of Hipparchus, for its {@link Gradient}. */
final class HipparchusFunctions {

    private HipparchusFunctions() {}

    static <T extends CalculusFieldElement<T>> T[] error(T[] x, double m0, double m1) {
        T v0 = x[11].subtract(x[3]);
        T v1 = x[12].subtract(x[4]);
        T v2 = x[13].subtract(x[5]);
        T square = x[0].multiply(x[0]).add(x[1].multiply(x[1])).add(x[2].multiply(x[2]));
        T p0;
        T p1;
        T p2;
        if (square.getReal() > 0) {
            T t = square.sqrt();
            T c = t.cos();
            T s = t.sin();
            T n0 = x[0].divide(t);
            T n1 = x[1].divide(t);
            T n2 = x[2].divide(t);
            T along = n0.multiply(v0).add(n1.multiply(v1)).add(n2.multiply(v2)).multiply(c.negate().add(1));
            p0 = v0.multiply(c).add(n1.multiply(v2).subtract(n2.multiply(v1)).multiply(s)).add(n0.multiply(along));
            p1 = v1.multiply(c).add(n2.multiply(v0).subtract(n0.multiply(v2)).multiply(s)).add(n1.multiply(along));
            p2 = v2.multiply(c).add(n0.multiply(v1).subtract(n1.multiply(v0)).multiply(s)).add(n2.multiply(along));
        } else {
            p0 = v0.add(x[1].multiply(v2).subtract(x[2].multiply(v1)));
            p1 = v1.add(x[2].multiply(v0).subtract(x[0].multiply(v2)));
            p2 = v2.add(x[0].multiply(v1).subtract(x[1].multiply(v0)));
        }
        T u0 = p0.divide(p2);
        T u1 = p1.divide(p2);
        T q = u0.multiply(u0).add(u1.multiply(u1));
        T d = q.multiply(x[9].add(q.multiply(x[10]))).add(1);
        T[] e = MathArrays.buildArray(x[0].getField(), 2);
        e[0] = x[14].multiply(u0.multiply(d).multiply(x[6]).add(x[7]).subtract(m0));
        e[1] = x[14].multiply(u1.multiply(d).multiply(x[6]).add(x[8]).subtract(m1));
        return e;
    }

    /** Error and Jacobian of an observation, as {@link BundleAdjustmentByHand#jacobian} writes them. */
    static void jacobian(double[] x, int at, double[] out, int to) {
        int n = BundleAdjustment.PARAMETERS;
        Gradient[] p = new Gradient[n];
        for (int j = 0; j < n; j++) {
            p[j] = Gradient.variable(n, j, x[at + j]);
        }
        Gradient[] e = error(p, x[at + n], x[at + n + 1]);
        for (int i = 0; i < 2; i++) {
            out[to + i] = e[i].getValue();
            System.arraycopy(e[i].getGradient(), 0, out, to + 2 + n * i, n);
        }
    }

    static <T extends CalculusFieldElement<T>> T rosenbrock(T[] x) {
        T sum = x[0].getField().getZero();
        for (int i = 0; i + 1 < x.length; i++) {
            T a = x[i + 1].subtract(x[i].multiply(x[i]));
            T b = x[i].negate().add(1);
            sum = sum.add(a.multiply(a).multiply(100).add(b.multiply(b)));
        }
        return sum;
    }

    static <T extends CalculusFieldElement<T>> T ackley(T[] x) {
        int n = x.length;
        T squares = x[0].getField().getZero();
        T cosines = squares;
        for (T xi : x) {
            squares = squares.add(xi.multiply(xi));
            cosines = cosines.add(FastMath.cos(xi.multiply(2 * Math.PI)));
        }
        return squares.divide(n).sqrt().multiply(-0.2).exp().multiply(-20).add(20 + Math.E)
                .subtract(cosines.divide(n).exp());
    }

    /** The gradient of a function of one output. */
    static double[] gradient(Function<Gradient[], Gradient> f, double[] x) {
        Gradient[] p = new Gradient[x.length];
        for (int j = 0; j < x.length; j++) {
            p[j] = Gradient.variable(x.length, j, x[j]);
        }
        return f.apply(p).getGradient();
    }

    /** {@link LargePoints#broyden}. */
    static Gradient broyden(Gradient[] x) {
        Gradient sum = x[0].getField().getZero();
        for (int i = 0; i < x.length; i++) {
            Gradient r = x[i].multiply(-2).add(3).multiply(x[i]).add(1);
            r = i > 0 ? r.subtract(x[i - 1]) : r;
            r = i + 1 < x.length ? r.subtract(x[i + 1].multiply(2)) : r;
            sum = sum.add(r.multiply(r));
        }
        return sum;
    }

    /** {@link LargePoints#brown}. */
    static Gradient brown(Gradient[] x) {
        int n = x.length;
        Gradient all = x[0].getField().getZero();
        Gradient product = x[0].getField().getOne();
        for (Gradient v : x) {
            all = all.add(v);
            product = product.multiply(v);
        }
        Gradient last = product.subtract(1);
        Gradient sum = last.multiply(last);
        for (int i = 0; i + 1 < n; i++) {
            Gradient r = x[i].add(all).subtract(n + 1.0);
            sum = sum.add(r.multiply(r));
        }
        return sum;
    }

    /** {@link LargePoints#surface}. */
    static Gradient surface(Gradient[] x) {
        int n = (int) Math.sqrt(x.length);
        Gradient area = x[0].getField().getZero();
        for (int i = 0; i + 1 < n; i++) {
            for (int j = 0; j + 1 < n; j++) {
                Gradient a = x[i * n + j].subtract(x[(i + 1) * n + j + 1]);
                Gradient b = x[(i + 1) * n + j].subtract(x[i * n + j + 1]);
                Gradient square = a.multiply(a).add(b.multiply(b));
                area = area.add(square.multiply(0.5 * (n - 1) * (n - 1)).add(1).sqrt());
            }
        }
        return area.divide((n - 1.0) * (n - 1));
    }

    /** {@link LargePoints#arrow}. */
    static Gradient arrow(Gradient[] x) {
        Gradient sum = x[0].multiply(x[0]);
        for (int i = 1; i < x.length; i++) {
            Gradient r = x[i].multiply(x[0]).subtract(x[i].sin());
            sum = sum.add(r.multiply(r));
        }
        return sum;
    }
}
