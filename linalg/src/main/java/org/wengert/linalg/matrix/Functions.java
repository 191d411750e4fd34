package org.wengert.linalg.matrix;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Rules of functions of square matrices and of Sylvester's equation.
 *
 * <p>Sources: N. Higham, "Functions of Matrices" (SIAM 2008); A. Al-Mohy and N. Higham, "Computing the Fréchet derivative of
 * the matrix exponential", SIAM J. Matrix Anal. Appl. 30 (2009); A. Al-Mohy, N. Higham and S. Relton, "Computing the
 * Fréchet derivative of the matrix logarithm", SIAM J. Sci. Comput. 35 (2013). As there, an approximant
 * is differentiated step by step, so that value and derivatives share their factors.
 */
final class Functions {

    /** Padé coefficients of exp by degree. */
    private static final double[][] PADE = {
        {30240, 15120, 3360, 420, 30, 1},
        {17297280, 8648640, 1995840, 277200, 25200, 1512, 56, 1},
        {17643225600.0, 8821612800.0, 2075673600, 302702400, 30270240, 2162160, 110880, 3960, 90, 1},
        {64764752532480000.0, 32382376266240000.0, 7771770303897600.0, 1187353796428800.0, 129060195264000.0,
            10559470521600.0, 670442572800.0, 33522128640.0, 1323241920, 40840800, 960960, 16380, 182, 1}
    };

    /**
     * Up to this norm a degree is right to working precision: a little below the bounds for the first
     * derivative (0.20, 0.783, 1.78, 4.74: Al-Mohy and Higham, table 6.1), in view of the second.
     */
    private static final double[] THETA = {0.15, 0.6, 1.4, 4.0};

    /** Nodes and weights of the Gauss-Legendre rule on [0, 1] with 12 nodes. */
    private static final double[][] GAUSS = gaussLegendre(12);

    /** Up to this distance of the root from I the rule gives log to working precision (0.58 for values: Higham, table 11.1). */
    private static final double LOG_RADIUS = 0.4;

    private Functions() {}

    /** exp A by scaling and squaring: q(A/2ˢ)⁻¹p(A/2ˢ) squared s times. */
    static Variable exponential(Variable a) {
        Shapes.square(a, "a");
        Shapes.finite(a, "a");
        double norm = Dense.norm1(a.m().v());
        int degree = 0;
        while (degree < THETA.length - 1 && norm > THETA[degree]) {
            degree++;
        }
        int squarings = Math.max(0, Math.getExponent(norm / THETA[degree]) + 1);
        if (norm <= THETA[degree]) {
            squarings = 0;
        }
        Variable x = pade(PADE[degree], a.scale(Math.scalb(1.0, -squarings)));
        for (int k = 0; k < squarings; k++) {
            x = x.times(x);
        }
        return x;
    }

    private static Variable pade(double[] c, Variable a) {
        Variable a2 = a.times(a);
        Variable odd = Variable.identity(a.rows()).scale(c[1]);
        Variable even = Variable.identity(a.rows()).scale(c[0]);
        if (c.length == 14) {
            // Six products instead of eight.
            Variable a4 = a2.times(a2);
            Variable a6 = a4.times(a2);
            odd = odd.plus(a2.scale(c[3])).plus(a4.scale(c[5])).plus(a6.scale(c[7]))
                    .plus(a6.times(a2.scale(c[9]).plus(a4.scale(c[11])).plus(a6.scale(c[13]))));
            even = even.plus(a2.scale(c[2])).plus(a4.scale(c[4])).plus(a6.scale(c[6]))
                    .plus(a6.times(a2.scale(c[8]).plus(a4.scale(c[10])).plus(a6.scale(c[12]))));
        } else {
            Variable power = a2;
            for (int k = 2; k < c.length; k += 2) {
                power = k == 2 ? a2 : power.times(a2);
                even = even.plus(power.scale(c[k]));
                odd = odd.plus(power.scale(c[k + 1]));
            }
        }
        odd = a.times(odd);
        return Systems.solve(even.minus(odd), even.plus(odd));
    }

    /** X = A^½, the principal root: X·dX + dX·X = dA. */
    static Variable squareRoot(Variable a) {
        Shapes.square(a, "a");
        Shapes.finite(a, "a");
        return new Primitive() {
            @Override
            DMatrixRMaj[] values(DMatrixRMaj[] x) {
                return new DMatrixRMaj[] {ComplexSchur.of(x[0]).squareRoot()};
            }

            @Override
            Differential[] differentials(Mat[] x, Mat[] y, Differential[] dx) {
                return new Differential[] {
                    dx[0].isZero() ? dx[0] : dx[0].apply(y[0].rows(), y[0].rows(), SylvesterSolver.of(y[0], y[0]).map())
                };
            }
        }.at(a)[0];
    }

    /** The principal logarithm by inverse scaling and squaring: log A = 2ˢ·∫₀¹ (R - I)(I + t(R - I))⁻¹ dt, R = A^(1/2ˢ). */
    static Variable logarithm(Variable a) {
        Shapes.square(a, "a");
        Shapes.finite(a, "a");
        int n = a.rows();
        Variable identity = Variable.identity(n);
        Variable root = a;
        int roots = 0;
        // The first root also says whether there is a logarithm.
        while (roots == 0 || Dense.norm1(root.minus(identity).m().v()) > LOG_RADIUS) {
            root = squareRoot(root);
            if (++roots > 100) {
                throw new ArithmeticException("the logarithm of a did not converge: its norm is " + Dense.norm1(a.m().v()));
            }
        }
        Variable x = root.minus(identity);
        Variable sum = Variable.constant(Mat.of(Dense.matrix(n, n)));
        for (int k = 0; k < GAUSS[0].length; k++) {
            sum = sum.plus(Systems.solve(identity.plus(x.scale(GAUSS[0][k])), x.scale(GAUSS[1][k])));
        }
        return sum.scale(Math.scalb(1.0, roots));
    }

    /** Aᵖ for a whole p by repeated squaring; a negative p takes the inverse first. */
    static Variable power(Variable a, int p) {
        Shapes.square(a, "a");
        Variable base = p < 0 ? Systems.inverse(a) : a;
        Variable result = Variable.identity(a.rows());
        boolean first = true;
        for (long e = Math.abs((long) p); e > 0; e >>= 1) {
            if ((e & 1) == 1) {
                result = first ? base : result.times(base);
                first = false;
            }
            if (e > 1) {
                base = base.times(base);
            }
        }
        return result;
    }

    /** Aᵖ = exp(p·log A), the principal power; whole powers by {@link #power(Variable, int)}. */
    static Variable power(Variable a, double p) {
        if (p == Math.rint(p) && Math.abs(p) <= Integer.MAX_VALUE) {
            return power(a, (int) p);
        }
        if (!Double.isFinite(p)) {
            throw new IllegalArgumentException("p must be finite, but was " + p);
        }
        // The whole part by products, so that only a power between -1/2 and 1/2 passes through the logarithm.
        double whole = Math.rint(p);
        Variable rest = exponential(logarithm(a).scale(p - whole));
        return whole == 0 ? rest : power(a, (int) whole).times(rest);
    }

    /** A·X + X·B = C: A·dX + dX·B = dC - dA·X - X·dB. */
    static Variable sylvester(Variable a, Variable b, Variable c) {
        Shapes.square(a, "a");
        Shapes.square(b, "b");
        Shapes.finite(a, "a");
        Shapes.finite(b, "b");
        if (c.rows() != a.rows() || c.columns() != b.rows()) {
            throw new IllegalArgumentException("c must be " + a.rows() + " x " + b.rows() + " for a (" + Shapes.of(a)
                    + ") and b (" + Shapes.of(b) + "), but is " + Shapes.of(c));
        }
        SylvesterSolver s = SylvesterSolver.of(a.m(), b.m());
        Mat x = s.solve(c.m(), 1);
        Differential right = c.d().minus(a.d().right(x)).minus(b.d().left(x));
        return new Variable(x, right.apply(c.rows(), c.columns(), s.map()));
    }

    /** A·X + X·Aᵀ = C. */
    static Variable lyapunov(Variable a, Variable c) {
        return sylvester(a, a.transpose(), c);
    }

    /** Nodes and weights on [0, 1], by Newton's method on the Legendre polynomial. */
    private static double[][] gaussLegendre(int m) {
        double[] nodes = new double[m];
        double[] weights = new double[m];
        Arrays.setAll(nodes, k -> Math.cos(Math.PI * (k + 0.75) / (m + 0.5)));
        for (int k = 0; k < m; k++) {
            double slope = 0;
            for (int step = 0; step < 10; step++) {
                double before = 1;
                double p = nodes[k];
                for (int d = 2; d <= m; d++) {
                    double next = ((2 * d - 1) * nodes[k] * p - (d - 1) * before) / d;
                    before = p;
                    p = next;
                }
                slope = m * (before - nodes[k] * p) / (1 - nodes[k] * nodes[k]);
                nodes[k] -= p / slope;
            }
            weights[k] = 1 / ((1 - nodes[k] * nodes[k]) * slope * slope);
            nodes[k] = (1 + nodes[k]) / 2;
        }
        return new double[][] {nodes, weights};
    }
}
