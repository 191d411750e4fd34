package org.wengert.benchmarks;

import static org.wengert.core.scalar.ScalarMath.square;
import static org.wengert.core.scalar.ScalarMath.sum;

import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.wengert.core.scalar.Scalar;

/** Σ 100 (xᵢ₊₁ - xᵢ²)² + (1 - xᵢ)², by our numbers, by hand, and by numbers of Hipparchus. */
final class ChainedRosenbrock {

    private ChainedRosenbrock() {}

    static Scalar wengert(Scalar[] x) {
        int n = x.length;
        Scalar[] terms = new Scalar[2 * (n - 1)];
        for (int i = 0; i + 1 < n; i++) {
            terms[2 * i] = square(x[i + 1].minus(square(x[i]))).times(100);
            terms[2 * i + 1] = square(x[i].minusFrom(1));
        }
        return sum(terms);
    }

    static double value(double[] x) {
        double sum = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            double a = x[i + 1] - x[i] * x[i];
            double b = 1 - x[i];
            sum += 100 * a * a + b * b;
        }
        return sum;
    }

    static double gradient(double[] x, double[] g) {
        double sum = 0;
        double carried = 0;
        int last = x.length - 1;
        for (int i = 0; i < last; i++) {
            double a = x[i + 1] - x[i] * x[i];
            double b = 1 - x[i];
            sum += 100 * a * a + b * b;
            g[i] = carried - 400 * a * x[i] - 2 * b;
            carried = 200 * a;
        }
        g[last] = carried;
        return sum;
    }

    /** H·v by hand: the Hessian is tridiagonal. */
    static void product(double[] x, double[] v, double[] hv) {
        double carried = 0;
        int last = x.length - 1;
        for (int i = 0; i < last; i++) {
            double off = -400 * x[i];
            hv[i] = carried + (1200 * x[i] * x[i] - 400 * x[i + 1] + 2) * v[i] + off * v[i + 1];
            carried = off * v[i] + 200 * v[i + 1];
        }
        hv[last] = carried;
    }

    /** H·v by numbers of two parameters and order 2: entry i is the mixed derivative of f(x + s·eᵢ + t·v), a pass each. */
    static void hyperDual(DSFactory twoParameters, double[] x, double[] v, double[] hv) {
        int n = x.length;
        DerivativeStructure[] z = new DerivativeStructure[n];
        for (int i = 0; i < n; i++) {
            z[i] = twoParameters.build(x[i], 0.0, 0.0, v[i], 0.0, 0.0);
        }
        for (int i = 0; i < n; i++) {
            DerivativeStructure before = z[i];
            z[i] = twoParameters.build(x[i], 1.0, 0.0, v[i], 0.0, 0.0);
            hv[i] = structure(z).getPartialDerivative(1, 1);
            z[i] = before;
        }
    }

    /** H·v from the whole Hessian, by numbers of n parameters and order 2. */
    static void fromHessian(DSFactory allParameters, double[] x, double[] v, double[] hv) {
        int n = x.length;
        DerivativeStructure[] z = new DerivativeStructure[n];
        for (int i = 0; i < n; i++) {
            z[i] = allParameters.variable(i, x[i]);
        }
        DerivativeStructure f = structure(z);
        int[] orders = new int[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                orders[i]++;
                orders[j]++;
                sum += f.getPartialDerivative(orders) * v[j];
                orders[i]--;
                orders[j]--;
            }
            hv[i] = sum;
        }
    }

    private static DerivativeStructure structure(DerivativeStructure[] x) {
        DerivativeStructure sum = x[0].getField().getZero();
        for (int i = 0; i + 1 < x.length; i++) {
            DerivativeStructure a = x[i + 1].subtract(x[i].square());
            DerivativeStructure b = x[i].subtract(1).square();
            sum = sum.add(a.square().multiply(100)).add(b);
        }
        return sum;
    }
}
