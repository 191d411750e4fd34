package org.wengert.core;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.wengert.core.elementary.Nary;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.core.scalar.Traced;

/**
 * Functions x(p) that are defined by an equation: roots of F(x, p) = 0 and fixed points x = G(x, p). Any solver
 * in plain {@code double}s finds the value, and the implicit function theorem gives the derivatives, of every order
 * that the parameters carry:
 *
 * <pre>
 * F(x(p), p) = 0   implies   ∂F/∂x · dx = -∂F/∂p · dp.
 * </pre>
 *
 * <pre>{@code
 * // the real y with y³ + y = p
 * Differentiable y = Differentiable.of(1, p -> Implicit.root(
 *         (x, q) -> x.times(x).times(x).plus(x).minus(q[0]), q -> bisection(q[0]), p));
 * }</pre>
 *
 * <p>The solver's steps are not differentiated: its stopping rule, tables and branches do not matter, and
 * derivatives are right also when it is started at the root and returns at once. Instead, with A = ∂F/∂x at the root, the
 * simplified Newton step x ← x - A⁻¹ F(x, p) is taken in {@link Scalar} arithmetic, from the root as a constant; each
 * step makes one more order of derivatives right, so as many are taken as the parameters carry orders.
 *
 * <p><b>Accuracy.</b> The value is the solver's, bit for bit. The derivatives are those at that value, so what the
 * solver leaves of the error in x is in them too. <b>Cost:</b> the solver, one Jacobian by x in doubles, and one evaluation
 * of F per order.
 *
 * <p><b>Errors.</b> {@link ArithmeticException} if the solver's result is not finite, if it is no root (a Newton
 * step would move it by more than 10⁻⁶·max(1, |x|)), or if A is singular: there is no differentiable x(p) then. F must depend on numbers that
 * carry tangents through p alone; anything else is refused.
 *
 * <p><b>In a recording</b> each unknown becomes one operation on the parameters, whose value the solver finds and whose
 * first and second derivatives come as above wherever the program is run. The solver is called anew for each
 * unknown and each of its derivatives there; third derivatives are refused.
 *
 * <p>Sources: U. Dini's theorem in any text on analysis; for derivatives of iterations A. Griewank and A. Walther,
 * "Evaluating Derivatives" (SIAM 2008), chapter 15. Stateless and thread safe.
 */
public final class Implicit {

    /** How far a Newton step may move the solver's result, relative to max(1, |x|). */
    private static final double TOLERANCE = 1e-6;

    private Implicit() {}

    /** The left side of F(x, p) = 0 for one unknown, or the right side of x = G(x, p). */
    @FunctionalInterface
    public interface Equation {
        /** F(x, p). The array is fresh. */
        Scalar apply(Scalar x, Scalar[] p);
    }

    /** The left sides of F(x, p) = 0 for m unknowns, or the right sides of x = G(x, p). */
    @FunctionalInterface
    public interface Equations {
        /** The m entries of F(x, p). The arrays are fresh. */
        Scalar[] apply(Scalar[] x, Scalar[] p);
    }

    /**
     * The root x of F(x, p) = 0 that a solver finds, with its derivatives by p.
     *
     * @param equation F
     * @param solver   returns the root for the values of p; called once
     * @param p        the parameters; not changed
     * @return x(p), carrying what the parameters carry
     * @throws ArithmeticException as the class says
     */
    public static Scalar root(Equation equation, ToDoubleFunction<double[]> solver, Scalar... p) {
        Objects.requireNonNull(equation, "equation");
        Objects.requireNonNull(solver, "solver");
        return roots(
                (x, q) -> new Scalar[] {equation.apply(x[0], q)},
                q -> new double[] {solver.applyAsDouble(q)}, p)[0];
    }

    /**
     * The root x of the m equations F(x, p) = 0 in m unknowns that a solver finds, with its derivatives by p.
     *
     * @param equations F
     * @param solver    returns the root, m entries, for the values of p; called once
     * @param p         the parameters; not changed
     * @return x(p), m entries, carrying what the parameters carry; the caller's own
     * @throws ArithmeticException as the class says
     */
    public static Scalar[] roots(Equations equations, UnaryOperator<double[]> solver, Scalar... p) {
        Objects.requireNonNull(equations, "equations");
        Objects.requireNonNull(solver, "solver");
        AtScalars.require(p, Objects.requireNonNull(p, "p").length, "p");
        if (Arrays.stream(p).anyMatch(Traced.class::isInstance)) {
            return recorded(equations, solver, p);
        }
        int order = Arrays.stream(p).mapToInt(Scalar::order).max().orElse(0);
        double[] parameters = Arrays.stream(p).mapToDouble(Scalar::value).toArray();

        double[] root = Objects.requireNonNull(solver.apply(parameters.clone()), "result of the solver");
        for (double entry : root) {
            if (!Double.isFinite(entry)) {
                throw new ArithmeticException(
                        "the solver's result must be finite, but was " + Arrays.toString(root) + at(parameters));
            }
        }
        int m = Require.atLeast(root.length, 1, "unknowns");
        var residuals = Differentiable.vector(m, m, x -> equations.apply(x, Seeds.constants(parameters)));
        Jacobian jacobian = residuals.jacobian(root);
        LinearSystem system = LinearSystem.of(jacobian.entries(), m);
        if (system == null) {
            throw new ArithmeticException("the Jacobian of the equations by the unknowns is singular at x = "
                    + Arrays.toString(root) + at(parameters) + ": there is no differentiable x(p)");
        }
        requireRoot(root, jacobian.value(), system, parameters);

        Scalar[] x = Seeds.constants(root);
        for (int k = 0; k < order; k++) {
            Scalar[] residual = equations.apply(x.clone(), p.clone());
            for (int i = 0; i < m; i++) {
                // The value stays the solver's: only derivatives are corrected.
                residual[i] = residual[i].minus(residual[i].value());
            }
            Scalar[] step = system.solve(residual);
            for (int i = 0; i < m; i++) {
                x[i] = x[i].minus(step[i]);
            }
        }
        return x;
    }

    /** The roots as operations on the parameters, each with the derivatives that {@link #roots} gives numbers. */
    private static Scalar[] recorded(Equations equations, UnaryOperator<double[]> solver, Scalar[] p) {
        // How many unknowns there are, only a call of the solver tells.
        double[] here = Arrays.stream(p).mapToDouble(q -> q instanceof Traced t ? t.valueHere() : q.value()).toArray();
        int m = Objects.requireNonNull(solver.apply(here), "result of the solver").length;
        Scalar[] x = new Scalar[m];
        for (int i = 0; i < m; i++) {
            int unknown = i;
            var root = Differentiable.of(p.length, q -> roots(equations, solver, q)[unknown]);
            Nary row = Nary.of(
                    "root", p.length, root::value, q -> root.gradient(q).gradient(), q -> square(root.hessian(q)));
            x[i] = ScalarMath.apply(row, p);
        }
        return x;
    }

    private static double[][] square(Hessian hessian) {
        int n = hessian.size();
        double[][] rows = new double[n][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(hessian.entries(), i * n, (i + 1) * n));
        return rows;
    }

    /**
     * The fixed point x = G(x, p) that a solver finds, with its derivatives by p.
     *
     * @param map    G
     * @param solver returns the fixed point for the values of p; called once
     * @param p      the parameters; not changed
     * @return x(p), carrying what the parameters carry
     * @throws ArithmeticException as the class says, with F = x - G
     */
    public static Scalar fixedPoint(Equation map, ToDoubleFunction<double[]> solver, Scalar... p) {
        Objects.requireNonNull(map, "map");
        return root((x, q) -> x.minus(map.apply(x, q)), solver, p);
    }

    /**
     * The fixed point x = G(x, p) of m unknowns that a solver finds, with its derivatives by p.
     *
     * @param map    G, m entries
     * @param solver returns the fixed point, m entries, for the values of p; called once
     * @param p      the parameters; not changed
     * @return x(p), m entries, carrying what the parameters carry; the caller's own
     * @throws ArithmeticException as the class says, with F = x - G
     */
    public static Scalar[] fixedPoints(Equations map, UnaryOperator<double[]> solver, Scalar... p) {
        Objects.requireNonNull(map, "map");
        return roots((x, q) -> {
            Scalar[] y = map.apply(x.clone(), q);
            Scalar[] difference = new Scalar[y.length];
            for (int i = 0; i < y.length; i++) {
                difference[i] = x[i].minus(y[i]);
            }
            return difference;
        }, solver, p);
    }

    private static void requireRoot(double[] root, double[] residual, LinearSystem system, double[] parameters) {
        Scalar[] step = system.solve(Seeds.constants(residual));
        double size = 1;
        double moves = 0;
        for (int i = 0; i < root.length; i++) {
            size = Math.max(size, Math.abs(root[i]));
            moves = Math.max(moves, Math.abs(step[i].value()));
        }
        // Written so that NaN fails.
        if (!(moves <= TOLERANCE * size)) {
            throw new ArithmeticException("the solver's result is no root: at x = " + Arrays.toString(root)
                    + at(parameters) + " the residual is " + Arrays.toString(residual)
                    + ", and a Newton step would move x by " + moves);
        }
    }

    private static String at(double[] parameters) {
        return ", p = " + Arrays.toString(parameters);
    }
}
