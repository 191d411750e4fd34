package org.wengert.tests;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.CalculusFieldElement;
import org.wengert.core.elementary.Arithmetic;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.formula.Formula;
import org.wengert.testkit.DifferentiationBackend;

/** Hipparchus: gradients by its {@code Gradient}, higher derivatives by {@code DerivativeStructure}. */
final class HipparchusBackend implements DifferentiationBackend {

    @Override
    public String name() {
        return "Hipparchus";
    }

    @Override
    public Set<Operator> operators() {
        return EnumSet.of(Operator.VALUE, Operator.GRADIENT, Operator.JACOBIAN, Operator.HESSIAN, Operator.JVP, Operator.TAYLOR);
    }

    @Override
    public Prepared prepare(Formula f) {
        return (operator, x, seed) -> switch (operator) {
            case VALUE -> gradients(f, x).stream().mapToDouble(Gradient::getValue).toArray();
            case GRADIENT, JACOBIAN -> gradients(f, x).stream().flatMapToDouble(g -> Arrays.stream(g.getGradient())).toArray();
            case HESSIAN -> hessian(f, x);
            case JVP -> along(f, x, seed, 1).stream().mapToDouble(d -> d.getPartialDerivative(1)).toArray();
            case TAYLOR -> series(along(f, x, seed, TAYLOR_ORDER).getFirst());
            default -> throw new UnsupportedOperationException(operator.name());
        };
    }

    private static List<Gradient> gradients(Formula f, double[] x) {
        Gradient[] variables = new Gradient[x.length];
        for (int i = 0; i < x.length; i++) {
            variables[i] = Gradient.variable(x.length, i, x[i]);
        }
        return f.evaluate(new Numbers<>(Gradient.constant(x.length, 0)), List.of(variables));
    }

    private static double[] hessian(Formula f, double[] x) {
        var factory = new DSFactory(x.length, 2);
        DerivativeStructure[] variables = new DerivativeStructure[x.length];
        for (int i = 0; i < x.length; i++) {
            variables[i] = factory.variable(i, x[i]);
        }
        DerivativeStructure y = f.evaluate(new Numbers<>(factory.constant(0)), List.of(variables)).getFirst();
        double[] hessian = new double[x.length * x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                int[] orders = new int[x.length];
                orders[i]++;
                orders[j]++;
                hessian[i * x.length + j] = y.getPartialDerivative(orders);
            }
        }
        return hessian;
    }

    private static List<DerivativeStructure> along(Formula f, double[] x, double[] v, int order) {
        var factory = new DSFactory(1, order);
        DerivativeStructure t = factory.variable(0, 0);
        DerivativeStructure[] line = new DerivativeStructure[x.length];
        for (int i = 0; i < x.length; i++) {
            line[i] = t.multiply(v[i]).add(x[i]);
        }
        return f.evaluate(new Numbers<>(factory.constant(0)), List.of(line));
    }

    private static double[] series(DerivativeStructure y) {
        double[] coefficients = new double[TAYLOR_ORDER + 1];
        double factorial = 1;
        for (int k = 0; k <= TAYLOR_ORDER; k++) {
            factorial *= Math.max(1, k);
            coefficients[k] = y.getPartialDerivative(k) / factorial;
        }
        return coefficients;
    }

    /** The functions of formulas in the words of Hipparchus. */
    private record Numbers<T extends CalculusFieldElement<T>>(T zero) implements Arithmetic<T> {

        @Override
        public T constant(double c) {
            return zero.newInstance(c);
        }

        @Override
        public T apply(Unary f, T x) {
            return switch (f.name()) {
                case "negate" -> x.negate();
                case "square" -> x.multiply(x);
                case "reciprocal" -> x.reciprocal();
                case "sqrt" -> x.sqrt();
                case "cbrt" -> x.cbrt();
                case "exp" -> x.exp();
                case "expm1" -> x.expm1();
                case "log" -> x.log();
                case "log10" -> x.log10();
                case "log1p" -> x.log1p();
                case "sin" -> x.sin();
                case "cos" -> x.cos();
                case "tan" -> x.tan();
                case "asin" -> x.asin();
                case "acos" -> x.acos();
                case "atan" -> x.atan();
                case "sinh" -> x.sinh();
                case "cosh" -> x.cosh();
                case "tanh" -> x.tanh();
                case "asinh" -> x.asinh();
                case "acosh" -> x.acosh();
                case "atanh" -> x.atanh();
                case "abs" -> x.abs();
                default -> throw new UnsupportedOperationException(f.name());
            };
        }

        @Override
        public T apply(Binary f, T x, T y) {
            return switch (f.name()) {
                case "plus" -> x.add(y);
                case "minus" -> x.subtract(y);
                case "times" -> x.multiply(y);
                case "div" -> x.divide(y);
                case "pow" -> isConstant(y) ? x.pow(y.getReal()) : x.pow(y);
                case "atan2" -> x.atan2(y);
                case "hypot" -> x.hypot(y);
                case "max" -> x.getReal() >= y.getReal() ? x : y;
                case "min" -> x.getReal() <= y.getReal() ? x : y;
                default -> throw new UnsupportedOperationException(f.name());
            };
        }

        /** Hipparchus has a better power for constant exponents, and its users would call that. */
        private static boolean isConstant(CalculusFieldElement<?> y) {
            return switch (y) {
                case Gradient g -> Arrays.stream(g.getGradient()).allMatch(d -> d == 0);
                case DerivativeStructure d -> Arrays.stream(d.getAllDerivatives()).skip(1).allMatch(t -> t == 0);
                default -> false;
            };
        }

        @Override
        public T apply(Nary f, List<T> x) {
            return switch (f.name()) {
                case "sum" -> x.stream().reduce((a, b) -> a.add(b)).orElse(zero);
                case "product" -> x.stream().reduce((a, b) -> a.multiply(b)).orElse(constant(1));
                default -> throw new UnsupportedOperationException(f.name());
            };
        }
    }
}
