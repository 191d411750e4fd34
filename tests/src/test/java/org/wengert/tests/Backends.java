package org.wengert.tests;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Formulas;
import org.wengert.core.formula.Formula;
import org.wengert.core.numeric.ComplexStep;
import org.wengert.core.numeric.Estimate;
import org.wengert.core.numeric.FiniteDifferences;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.HessianProgram;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.Order;
import org.wengert.core.transform.SecondOrder;
import org.wengert.core.transform.Tangent;
import org.wengert.core.transform.Zeros;
import org.wengert.testkit.DifferentiationBackend;

/** Our own ways to derivatives as backends of the scenario suite. */
final class Backends {

    private Backends() {}

    static List<DifferentiationBackend> ours() {
        return List.of(
                new Eager("numbers", 0), new Eager("numbers, 1 lane", 1), new Eager("numbers, 4 lanes", 4),
                new Eager("numbers, 8 lanes", 8), new ForwardPrograms(), new ReversePrograms(),
                new EliminationPrograms(Order.FORWARD), new EliminationPrograms(Order.REVERSE),
                new EliminationPrograms(Order.MARKOWITZ), new EliminationPrograms(Order.MARKOWITZ_FROM_OUTPUTS));
    }

    /** Numbers that carry derivatives along. */
    private record Eager(String name, int lanes) implements DifferentiationBackend {

        @Override
        public Set<Operator> operators() {
            return EnumSet.allOf(Operator.class);
        }

        @Override
        public Prepared prepare(Formula formula) {
            DifferentiableVector all = Formulas.vector(formula);
            DifferentiableVector vector = lanes == 0 ? all : all.withLanes(lanes);
            return new Prepared() {

                private Differentiable one() {
                    Differentiable f = Formulas.differentiable(formula);
                    return lanes == 0 ? f : f.withLanes(lanes);
                }

                @Override
                public double[] apply(Operator operator, double[] x, double[] seed) {
                    return switch (operator) {
                        case VALUE -> vector.value(x);
                        case JVP -> vector.jvp(x, seed).tangent();
                        case VJP -> vector.vjp(x, seed).adjoint();
                        case GRADIENT -> one().gradient(x).gradient();
                        case JACOBIAN -> vector.jacobian(x).entries();
                        case HESSIAN -> one().hessian(x).entries();
                        case HVP -> one().hvp(x, seed).product();
                        case TAYLOR -> one().derivatives(x, seed, TAYLOR_ORDER).coefficients();
                    };
                }

                @Override
                public void applyInto(Operator operator, double[] x, double[] seed, double[] result) {
                    double[] value = new double[formula.outputs()];
                    switch (operator) {
                        case JVP -> vector.jvpInto(x, seed, value, result);
                        case VJP -> vector.vjpInto(x, seed, value, result);
                        case GRADIENT -> one().gradientInto(x, result);
                        case JACOBIAN -> vector.jacobianInto(x, value, result);
                        case HESSIAN -> one().hessianInto(x, new double[x.length], result);
                        case HVP -> one().hvpInto(x, seed, new double[x.length], result);
                        default -> Prepared.super.applyInto(operator, x, seed, result);
                    }
                }
            };
        }
    }

    private static Program trace(Formula formula, double[] x) {
        DifferentiableVector f = Formulas.vector(formula);
        return PathCache.of(x.length, f::value, 4).at(x);
    }

    private static double[] concatenate(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] slice(double[] all, int from, int count) {
        return Arrays.copyOfRange(all, from, from + count);
    }

    /** Forward mode on programs. */
    private static final class ForwardPrograms implements DifferentiationBackend {

        @Override
        public String name() {
            return "tangent programs";
        }

        @Override
        public Set<Operator> operators() {
            return EnumSet.of(Operator.VALUE, Operator.JVP, Operator.GRADIENT, Operator.JACOBIAN, Operator.HESSIAN);
        }

        @Override
        public Prepared prepare(Formula f) {
            return (operator, x, seed) -> {
                Program p = trace(f, x);
                int n = x.length;
                int m = f.outputs();
                return switch (operator) {
                    case VALUE -> p.value(x);
                    case JVP -> slice(Tangent.of(p).value(concatenate(x, seed)), m, m);
                    case GRADIENT, JACOBIAN -> {
                        double[] columns = Tangent.columns(p, java.util.stream.IntStream.range(0, n).toArray()).value(x);
                        double[] rows = new double[m * n];
                        for (int i = 0; i < m; i++) {
                            for (int j = 0; j < n; j++) {
                                rows[i * n + j] = columns[m + j * m + i];
                            }
                        }
                        yield rows;
                    }
                    default -> {
                        double[] hessian = new double[n * n];
                        Program mixed = SecondOrder.mixed(p);
                        for (int i = 0; i < n; i++) {
                            for (int j = 0; j < n; j++) {
                                double[] u = new double[n];
                                double[] v = new double[n];
                                u[i] = 1;
                                v[j] = 1;
                                hessian[i * n + j] = mixed.value(concatenate(x, u, v))[3];
                            }
                        }
                        yield hessian;
                    }
                };
            };
        }
    }

    /** Reverse mode on programs. */
    private static final class ReversePrograms implements DifferentiationBackend {

        @Override
        public String name() {
            return "adjoint programs";
        }

        @Override
        public Set<Operator> operators() {
            return EnumSet.of(Operator.VALUE, Operator.VJP, Operator.GRADIENT, Operator.HVP, Operator.HESSIAN);
        }

        @Override
        public Prepared prepare(Formula f) {
            return (operator, x, seed) -> {
                Program p = trace(f, x);
                int n = x.length;
                return switch (operator) {
                    case VALUE -> p.value(x);
                    case VJP -> slice(Adjoint.of(p).value(concatenate(x, seed)), f.outputs(), n);
                    case GRADIENT -> slice(Adjoint.gradient(p).value(x), 1, n);
                    case HVP -> slice(SecondOrder.hvp(p).value(concatenate(x, seed)), 1 + n, n);
                    default -> dense(SecondOrder.hessian(p), x);
                };
            };
        }
    }

    private static double[] dense(HessianProgram h, double[] x) {
        double[] out = h.program().value(x);
        int n = x.length;
        double[] dense = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int at = h.output(i, j);
                dense[i * n + j] = at < 0 ? 0 : out[at];
            }
        }
        return dense;
    }

    /** Vertex elimination. */
    private record EliminationPrograms(Order order) implements DifferentiationBackend {

        @Override
        public String name() {
            return "elimination, " + order.name();
        }

        @Override
        public Set<Operator> operators() {
            return EnumSet.of(Operator.VALUE, Operator.GRADIENT, Operator.JACOBIAN, Operator.HESSIAN, Operator.HVP);
        }

        @Override
        public Prepared prepare(Formula f) {
            return (operator, x, seed) -> {
                Program p = trace(f, x);
                int n = x.length;
                return switch (operator) {
                    case VALUE -> p.value(x);
                    case GRADIENT, JACOBIAN -> {
                        JacobianProgram j = Elimination.jacobian(
                                p, order, Zeros.ABSORBED, java.util.stream.IntStream.range(0, n).toArray());
                        double[] out = j.program().value(x);
                        double[] dense = new double[f.outputs() * n];
                        for (int i = 0; i < f.outputs(); i++) {
                            for (int k = 0; k < n; k++) {
                                int at = j.output(i, k);
                                dense[i * n + k] = at < 0 ? 0 : out[at];
                            }
                        }
                        yield dense;
                    }
                    case HVP -> slice(SecondOrder.hvpReverseOverForward(p).value(concatenate(x, seed)), 1 + n, n);
                    default -> dense(SecondOrder.hessianByElimination(p, order), x);
                };
            };
        }
    }

    /** Ridders' finite differences: to show what the suite says of them. */
    static final class Differences implements DifferentiationBackend {

        @Override
        public String name() {
            return "finite differences";
        }

        @Override
        public Set<Operator> operators() {
            return EnumSet.of(Operator.VALUE, Operator.GRADIENT);
        }

        @Override
        public Prepared prepare(Formula f) {
            return (operator, x, seed) -> operator == Operator.VALUE ? f.values(x)
                    : Arrays.stream(FiniteDifferences.riddersGradient(f::value, x)).mapToDouble(Estimate::value).toArray();
        }
    }

    /** Complex steps, where functions are analytic. */
    static final class ComplexSteps implements DifferentiationBackend {

        @Override
        public String name() {
            return "complex steps";
        }

        @Override
        public Set<Operator> operators() {
            return EnumSet.of(Operator.VALUE, Operator.JVP, Operator.GRADIENT, Operator.JACOBIAN);
        }

        @Override
        public Prepared prepare(Formula f) {
            return (operator, x, seed) -> {
                try {
                    return switch (operator) {
                        case VALUE -> f.values(x);
                        case JVP -> ComplexStep.jvp(f, x, seed);
                        default -> Arrays.stream(ComplexStep.jacobian(f, x)).flatMapToDouble(Arrays::stream).toArray();
                    };
                } catch (IllegalArgumentException e) {
                    throw new UnsupportedOperationException(e);
                }
            };
        }
    }
}
