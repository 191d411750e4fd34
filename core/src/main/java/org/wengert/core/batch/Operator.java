package org.wengert.core.batch;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Hessian;
import org.wengert.core.Hvp;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.HessianProgram;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.SecondOrder;
import org.wengert.core.transform.Tangent;
import org.wengert.core.transform.Zeros;

/**
 * What is computed at every point: how many columns it has, the program that computes it, and the slow way for single points.
 * The additional inputs of an operator, a direction v or a row of weights w, come behind the inputs of the function.
 */
enum Operator {

    /** f. */
    VALUES {
        @Override
        int columns(int m, int k) {
            return m;
        }

        @Override
        Transformed transform(Program p, int[] wrt) {
            return Transformed.of(p);
        }

        @Override
        void eager(Target f, double[] x, double[] more, double[] row) {
            copy(f.vector().value(x), row, 0);
        }
    },

    /** f, ∇f; one output. */
    GRADIENT {
        @Override
        int columns(int m, int k) {
            return 1 + k;
        }

        @Override
        Transformed transform(Program p, int[] wrt) {
            return Transformed.of(Adjoint.gradient(p, Zeros.GUARDED, 0, wrt));
        }

        @Override
        void eager(Target f, double[] x, double[] more, double[] row) {
            double[] gradient = new double[x.length];
            row[0] = f.scalar().gradientInto(x, gradient);
            pick(gradient, 0, f.wrt(), row, 1);
        }
    },

    /** f, J. */
    JACOBIAN {
        @Override
        int columns(int m, int k) {
            return m + m * k;
        }

        @Override
        Transformed transform(Program p, int[] wrt) {
            JacobianProgram jacobian = Elimination.jacobian(p, Zeros.GUARDED, wrt);
            int m = p.outputs();
            int k = wrt.length;
            return new Transformed(jacobian.program(), IntStream.range(0, m + m * k)
                    .map(c -> c < m ? c : jacobian.output((c - m) / k, (c - m) % k)).toArray());
        }

        @Override
        void eager(Target f, double[] x, double[] more, double[] row) {
            int m = f.vector().outputs();
            double[] value = new double[m];
            double[] entries = new double[m * x.length];
            f.vector().jacobianInto(x, value, entries);
            copy(value, row, 0);
            for (int i = 0; i < m; i++) {
                pick(entries, i * x.length, f.wrt(), row, m + i * f.wrt().length);
            }
        }
    },

    /** f, ∇f, the lower triangle of H; one output. */
    HESSIAN {
        @Override
        int columns(int m, int k) {
            return 1 + k + k * (k + 1) / 2;
        }

        @Override
        Transformed transform(Program p, int[] wrt) {
            HessianProgram hessian = SecondOrder.hessian(p, Zeros.GUARDED, wrt);
            int k = wrt.length;
            int[] stored = new int[columns(1, k)];
            int c = 1;
            for (int i = 0; i < k; i++) {
                stored[c++] = hessian.gradient(i);
            }
            for (int i = 0; i < k; i++) {
                for (int j = 0; j <= i; j++) {
                    stored[c++] = hessian.output(i, j);
                }
            }
            return new Transformed(hessian.program(), stored);
        }

        @Override
        void eager(Target f, double[] x, double[] more, double[] row) {
            int[] wrt = f.wrt();
            Hessian h = f.scalar().hessian(x);
            row[0] = h.value();
            pick(h.gradient(), 0, wrt, row, 1);
            int c = 1 + wrt.length;
            for (int i = 0; i < wrt.length; i++) {
                for (int j = 0; j <= i; j++) {
                    row[c++] = h.get(wrt[i], wrt[j]);
                }
            }
        }
    },

    /** f, J·v. */
    TANGENT {
        @Override
        int columns(int m, int k) {
            return 2 * m;
        }

        @Override
        int moreInputs(int m, int k) {
            return k;
        }

        @Override
        Transformed transform(Program p, int[] wrt) {
            return Transformed.of(Tangent.of(p, Zeros.GUARDED, 1, wrt));
        }

        @Override
        void eager(Target f, double[] x, double[] more, double[] row) {
            int m = f.vector().outputs();
            double[] value = new double[m];
            double[] tangent = new double[m];
            if (isNumbers(more)) {
                f.vector().jvpInto(x, f.direction(more), value, tangent);
            } else {
                copy(f.vector().value(x), value, 0);
                Arrays.fill(tangent, Double.NaN);
            }
            copy(value, row, 0);
            copy(tangent, row, m);
        }
    },

    /** f, wᵀ·J. */
    ADJOINT {
        @Override
        int columns(int m, int k) {
            return m + k;
        }

        @Override
        int moreInputs(int m, int k) {
            return m;
        }

        @Override
        Transformed transform(Program p, int[] wrt) {
            int m = p.outputs();
            return Transformed.of(Adjoint.of(p, Zeros.GUARDED)
                    .select(IntStream.concat(IntStream.range(0, m), Arrays.stream(wrt).map(j -> m + j)).toArray()));
        }

        @Override
        void eager(Target f, double[] x, double[] more, double[] row) {
            int m = f.vector().outputs();
            double[] value = new double[m];
            double[] adjoint = new double[x.length];
            if (isNumbers(more)) {
                f.vector().vjpInto(x, more, value, adjoint);
            } else {
                copy(f.vector().value(x), value, 0);
                Arrays.fill(adjoint, Double.NaN);
            }
            copy(value, row, 0);
            pick(adjoint, 0, f.wrt(), row, m);
        }
    },

    /** f, ∇f, H·v; one output. */
    HESSIAN_PRODUCT {
        @Override
        int columns(int m, int k) {
            return 1 + 2 * k;
        }

        @Override
        int moreInputs(int m, int k) {
            return k;
        }

        @Override
        Transformed transform(Program p, int[] wrt) {
            int k = wrt.length;
            Program gradient = Adjoint.gradient(p, Zeros.GUARDED, 0, wrt);
            // f, ∇f, then the tangents of f and of ∇f; that of f is left out.
            return Transformed.of(Tangent.of(gradient, Zeros.GUARDED, 1, wrt)
                    .select(IntStream.concat(IntStream.rangeClosed(0, k), IntStream.rangeClosed(k + 2, 2 * k + 1)).toArray()));
        }

        @Override
        void eager(Target f, double[] x, double[] more, double[] row) {
            int k = f.wrt().length;
            if (isNumbers(more)) {
                Hvp hvp = f.scalar().hvp(x, f.direction(more));
                row[0] = hvp.value();
                pick(hvp.gradient(), 0, f.wrt(), row, 1);
                pick(hvp.product(), 0, f.wrt(), row, 1 + k);
            } else {
                GRADIENT.eager(f, x, more, row);
                Arrays.fill(row, 1 + k, row.length, Double.NaN);
            }
        }
    },

    /** f, J·v, vᵀ·∇²f·v. */
    LINE {
        @Override
        int columns(int m, int k) {
            return 3 * m;
        }

        @Override
        int moreInputs(int m, int k) {
            return k;
        }

        @Override
        Transformed transform(Program p, int[] wrt) {
            int n = p.inputs();
            int k = wrt.length;
            Program first = Tangent.of(p, Zeros.GUARDED, 1, wrt);
            Program second = Tangent.of(first, Zeros.GUARDED, 1, wrt); // x, v, the second direction
            var builder = new ProgramBuilder();
            int[] in = new int[n + 2 * k];
            for (int i = 0; i < n + k; i++) {
                in[i] = builder.input(second.isUniform(i));
            }
            System.arraycopy(in, n, in, n + k, k); // the same direction twice: what is computed twice becomes one
            int[] node = builder.splice(second, in);
            builder.guards(second, node);
            int m = p.outputs();
            int[] outputs = new int[3 * m];
            for (int i = 0; i < m; i++) {
                outputs[i] = node[second.output(i)];
                outputs[m + i] = node[second.output(m + i)];
                outputs[2 * m + i] = node[second.output(3 * m + i)];
            }
            return Transformed.of(builder.build(outputs));
        }

        @Override
        void eager(Target f, double[] x, double[] more, double[] row) {
            int m = f.vector().outputs();
            double[] value = new double[m];
            double[] first = new double[m];
            double[] second = new double[m];
            if (isNumbers(more)) {
                f.vector().alongInto(x, f.direction(more), value, first, second);
            } else {
                copy(f.vector().value(x), value, 0);
                Arrays.fill(first, Double.NaN);
                Arrays.fill(second, Double.NaN);
            }
            copy(value, row, 0);
            copy(first, row, m);
            copy(second, row, 2 * m);
        }
    };

    /** A function, and the inputs by which it is differentiated. The scalar form is there if it has one output. */
    record Target(DifferentiableVector vector, Differentiable scalar, int[] wrt) {

        /** A direction in these inputs as one in all of them. */
        double[] direction(double[] v) {
            double[] all = new double[vector.inputs()];
            for (int j = 0; j < wrt.length; j++) {
                all[wrt[j]] = v[j];
            }
            return all;
        }
    }

    /** A program, and which of its outputs each column is; -1 where it is zero by structure. */
    record Transformed(Program program, int[] stored) {

        static Transformed of(Program program) {
            return new Transformed(program, IntStream.range(0, program.outputs()).toArray());
        }
    }

    /** How many columns there are for m outputs and k inputs by which they are differentiated. */
    abstract int columns(int m, int k);

    /** How many inputs there are beside those of the function. */
    int moreInputs(int m, int k) {
        return 0;
    }

    /** The program that computes all columns where its guards hold. */
    abstract Transformed transform(Program p, int[] wrt);

    /** All columns at one point by the eager numbers. */
    abstract void eager(Target f, double[] x, double[] more, double[] row);

    private static void copy(double[] from, double[] row, int at) {
        System.arraycopy(from, 0, row, at, from.length);
    }

    private static void pick(double[] from, int first, int[] which, double[] row, int at) {
        for (int j = 0; j < which.length; j++) {
            row[at + j] = from[first + which[j]];
        }
    }

    private static boolean isNumbers(double[] v) {
        for (double t : v) {
            if (Double.isNaN(t)) {
                return false;
            }
        }
        return true;
    }
}
