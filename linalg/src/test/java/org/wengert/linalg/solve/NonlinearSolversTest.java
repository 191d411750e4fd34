package org.wengert.linalg.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.log;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.scalar.Scalar;

class NonlinearSolversTest {

    private final DifferentiableVector rosenbrock = Differentiable.vector(2, 2, x -> new Scalar[] {
        x[1].minus(x[0].times(x[0])).times(10), x[0].minusFrom(1)});

    /** Bratu's problem Δu + λ·eᵘ = 0 on a square grid. */
    private static DifferentiableVector bratu(int side, double lambda) {
        double h2 = 1.0 / ((side + 1) * (side + 1));
        return Differentiable.vector(side * side, side * side, u -> {
            Scalar[] f = new Scalar[side * side];
            for (int r = 0; r < side; r++) {
                for (int c = 0; c < side; c++) {
                    int i = r * side + c;
                    Scalar sum = u[i].times(4).minus(exp(u[i]).times(lambda * h2));
                    sum = c > 0 ? sum.minus(u[i - 1]) : sum;
                    sum = c + 1 < side ? sum.minus(u[i + 1]) : sum;
                    sum = r > 0 ? sum.minus(u[i - side]) : sum;
                    f[i] = r + 1 < side ? sum.minus(u[i + side]) : sum;
                }
            }
            return f;
        });
    }

    private static DifferentiableVector broyden(int n) {
        return Differentiable.vector(n, n, x -> {
            Scalar[] y = new Scalar[n];
            for (int i = 0; i < n; i++) {
                Scalar t = x[i].times(2).minusFrom(3).times(x[i]).plus(1);
                t = i > 0 ? t.minus(x[i - 1]) : t;
                y[i] = i + 1 < n ? t.minus(x[i + 1].times(2)) : t;
            }
            return y;
        });
    }

    private static double[] filled(int n, double value) {
        double[] x = new double[n];
        Arrays.fill(x, value);
        return x;
    }

    @Test
    void allSolversFindTheSameRoot() {
        double[] start = {-1.2, 1};
        for (NonlinearSolution s : List.of(Newton.solve(rosenbrock, start), NewtonKrylov.DEFAULT.solve(rosenbrock, start),
                NewtonKrylov.DEFAULT.by(BiCgStab.DEFAULT).solve(rosenbrock, start),
                GaussNewton.DEFAULT.solve(rosenbrock, start))) {
            assertEquals(Stop.RESIDUAL_SMALL, s.reason(), s::message);
            assertArrayEquals(new double[] {1, 1}, s.orThrow(), 1e-9);
        }
    }

    @Test
    void newtonsMethodDoublesTheRightDigitsWithEachStep() {
        DifferentiableVector f = Differentiable.vector(1, 1, x -> new Scalar[] {exp(x[0]).minus(2)});
        double last = Math.abs(0.8 - Math.log(2));
        for (int steps = 1; steps <= 3; steps++) {
            double error = Math.abs(Newton.solve(f, new double[] {0.8}, Limits.DEFAULT.withMaxIterations(steps)).x()[0] - Math.log(2));
            assertTrue(error <= 0.6 * last * last, error + " after " + last);
            last = error;
        }
    }

    @Test
    void aGridOfUnknownsIsSolvedWithoutFormingTheJacobian() {
        DifferentiableVector f = bratu(16, 5);
        double[] start = new double[256];
        NonlinearSolution direct = Newton.solve(f, start);
        assertTrue(direct.converged(), direct::message);
        for (NewtonKrylov method : List.of(NewtonKrylov.DEFAULT, NewtonKrylov.DEFAULT.by(BiCgStab.DEFAULT),
                NewtonKrylov.DEFAULT.preconditioned(Preconditioners::ilu0),
                NewtonKrylov.DEFAULT.preconditioned(Preconditioners::jacobi),
                NewtonKrylov.DEFAULT.preconditioned(a -> Preconditioners.block(a, 16)))) {
            NonlinearSolution s = method.solve(f, start);
            assertTrue(s.converged(), s::message);
            assertArrayEquals(direct.x(), s.x(), 1e-8);
        }
        NonlinearSolution plain = NewtonKrylov.DEFAULT.solve(f, start);
        NonlinearSolution better = NewtonKrylov.DEFAULT.preconditioned(Preconditioners::ilu0).solve(f, start);
        assertTrue(better.products() < plain.products() / 2, better.products() + " and " + plain.products());
    }

    @Test
    void aTridiagonalSystemOfTwentyThousandUnknownsIsSolvedDirectly() {
        int n = 20_000;
        NonlinearSolution s = Newton.solve(broyden(n), filled(n, -1));
        assertTrue(s.converged(), s::message);
        assertTrue(s.iterations() <= 8, s::message);
        assertTrue(Vectors.maxNorm(broyden(n).value(s.x())) <= 1e-10);
    }

    @Test
    void leastSquaresProblemsWithoutARootEndAtTheMinimum() {
        // Kowalik and Osborne: minimum of the sum of squares 3.07505e-4.
        double[] y = {0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246};
        double[] u = {4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625};
        DifferentiableVector f = Differentiable.vector(4, 11, x -> {
            Scalar[] r = new Scalar[11];
            for (int i = 0; i < 11; i++) {
                Scalar above = x[0].times(x[1].times(u[i]).plus(u[i] * u[i]));
                Scalar below = x[2].times(u[i]).plus(u[i] * u[i]).plus(x[3]);
                r[i] = above.div(below).minusFrom(y[i]);
            }
            return r;
        });
        NonlinearSolution s = GaussNewton.DEFAULT.within(Limits.DEFAULT.withGradient(1e-9)).solve(f, 0.25, 0.39, 0.415, 0.39);
        assertEquals(Stop.GRADIENT_SMALL, s.reason(), s::message);
        assertEquals(3.07505e-4, s.residualNorm() * s.residualNorm(), 1e-9);
    }

    @Test
    void aSingularJacobianIsNamed() {
        DifferentiableVector f = Differentiable.vector(2, 2, x -> new Scalar[] {
            x[0].plus(x[1]).minus(1), x[0].plus(x[1]).times(2).minus(5)});
        NonlinearSolution s = Newton.solve(f, 0, 0);
        assertEquals(Stop.SINGULAR, s.reason());
        assertTrue(String.valueOf(assertThrows(ArithmeticException.class, s::orThrow).getMessage())
                .contains("the Jacobian is singular"));
        assertFalse(NewtonKrylov.DEFAULT.solve(f, 0, 0).converged());
        assertEquals(Stop.SINGULAR, NewtonKrylov.DEFAULT.preconditioned(Preconditioners::ilu0).solve(f, 0, 0).reason());
        assertEquals(Stop.GRADIENT_SMALL, GaussNewton.DEFAULT.solve(f, 0, 0).reason());
    }

    @Test
    void equationsWithoutARootEndInAStopThatSaysSo() {
        DifferentiableVector f = Differentiable.vector(1, 1, x -> new Scalar[] {x[0].times(x[0]).plus(1)});
        for (NonlinearSolution s : List.of(Newton.solve(f, 0.7), NewtonKrylov.DEFAULT.solve(f, 0.7))) {
            assertFalse(s.converged(), s::message);
            assertTrue(s.message().startsWith("stopped after"), s::message);
        }
        DifferentiableVector log = Differentiable.vector(1, 1, x -> new Scalar[] {log(x[0])});
        assertEquals(Stop.NOT_FINITE, Newton.solve(log, -1).reason());
        assertEquals(Stop.TOO_MANY_ITERATIONS,
                Newton.solve(rosenbrock, new double[] {-1.2, 1}, Limits.DEFAULT.withMaxIterations(1)).reason());
        assertArrayEquals(new double[] {1}, Newton.solve(log, 2.5).orThrow(), 1e-10);
    }

    @Test
    void functionsThatAreNotSquareAreRefused() {
        DifferentiableVector f = Differentiable.vector(2, 1, x -> new Scalar[] {x[0]});
        assertEquals("f must have as many results as inputs, but has 2 inputs and 1 results; for least squares use GaussNewton",
                assertThrows(IllegalArgumentException.class, () -> Newton.solve(f, 1, 2)).getMessage());
        assertEquals("start must have 2 entries, but has 1",
                assertThrows(IllegalArgumentException.class, () -> Newton.solve(rosenbrock, 1)).getMessage());
        assertEquals("start must be finite, but entry 0 is NaN",
                assertThrows(IllegalArgumentException.class, () -> Newton.solve(rosenbrock, Double.NaN, 1)).getMessage());
    }
}
