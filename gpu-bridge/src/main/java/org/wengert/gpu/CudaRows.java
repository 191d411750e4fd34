package org.wengert.gpu;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.engine.Precision;

/**
 * Rows of the table as CUDA expressions: an operator, a function of CUDA itself, or a function {@code w_NAME} of the
 * file {@code functions.cuh}, which goes in front of every kernel.
 */
final class CudaRows {

    /** The text of {@code functions.cuh}. */
    static final String FUNCTIONS = read();

    /** Rows that are a function of CUDA itself, by the name that it has there. */
    private static final Map<String, String> BUILT_IN = Map.ofEntries(
            Map.entry("sqrt", "sqrt"), Map.entry("cbrt", "cbrt"), Map.entry("hypot", "hypot"),
            Map.entry("exp", "exp"), Map.entry("exp2", "exp2"), Map.entry("exp10", "exp10"),
            Map.entry("expm1", "expm1"), Map.entry("log", "log"), Map.entry("log2", "log2"),
            Map.entry("log10", "log10"), Map.entry("log1p", "log1p"),
            Map.entry("sin", "sin"), Map.entry("cos", "cos"), Map.entry("tan", "tan"),
            Map.entry("asin", "asin"), Map.entry("acos", "acos"), Map.entry("atan", "atan"),
            Map.entry("atan2", "atan2"), Map.entry("sinPi", "sinpi"), Map.entry("cosPi", "cospi"),
            Map.entry("sinh", "sinh"), Map.entry("cosh", "cosh"), Map.entry("tanh", "tanh"),
            Map.entry("asinh", "asinh"), Map.entry("acosh", "acosh"), Map.entry("atanh", "atanh"),
            Map.entry("erf", "erf"), Map.entry("erfc", "erfc"), Map.entry("erfcx", "erfcx"),
            Map.entry("erfInv", "erfinv"), Map.entry("gamma", "tgamma"),
            Map.entry("abs", "fabs"), Map.entry("floor", "floor"), Map.entry("ceil", "ceil"),
            Map.entry("rint", "rint"), Map.entry("copySign", "copysign"), Map.entry("rem", "fmod"),
            Map.entry("IEEEremainder", "remainder"), Map.entry("fma", "fma"));

    /** Functions of {@code functions.cuh} with a form of their own for single precision; others go through double. */
    private static final Set<String> GENERIC = Set.of(
            "min", "max", "clamp", "select", "signum", "step", "relu", "leakyRelu", "absorb", "absorbEither",
            "whereNumber");

    /** Functions of any number of arguments, which they take as an array. */
    private static final Set<String> ARRAY = Set.of("product", "sumOfSquares", "norm", "logSumExp");

    private static final Set<String> OPERATORS =
            Set.of("plus", "minus", "times", "div", "negate", "reciprocal", "square", "sum");

    private static final Set<String> OWN = own();

    private CudaRows() {}

    /**
     * Whether a row has a CUDA form. Those that users add have none, and neither has the incomplete gamma function with
     * its density and derivatives: loops of unknown length over series, which no kernel should run.
     */
    static boolean has(Elementary row) {
        String name = row.name();
        return ElementaryTable.row(name).filter(r -> r == row).isPresent()
                && (OPERATORS.contains(name) || BUILT_IN.containsKey(name) || OWN.contains(name));
    }

    /** Whether the operands of the row must stand in an array of doubles, whose name is then its only argument. */
    static boolean takesArray(Elementary row) {
        return ARRAY.contains(row.name());
    }

    /** The type of numbers in CUDA C. */
    static String type(Precision precision) {
        return precision == Precision.DOUBLE ? "double" : "float";
    }

    /** The value of a row as an expression. */
    static String expression(Elementary row, List<String> x, Precision precision) {
        String real = type(precision);
        String name = row.name();
        return switch (name) {
            case "plus", "sum" -> String.join(" + ", x);
            case "minus" -> x.get(0) + " - " + x.get(1);
            case "times" -> x.get(0) + " * " + x.get(1);
            case "div" -> x.get(0) + " / " + x.get(1);
            case "negate" -> "-" + x.get(0);
            case "reciprocal" -> "(" + real + ") 1 / " + x.get(0);
            case "square" -> x.get(0) + " * " + x.get(0);
            default -> {
                String arguments = "(" + String.join(", ", x) + ")";
                String builtIn = BUILT_IN.get(name);
                yield builtIn != null ? builtIn + arguments
                        : GENERIC.contains(name) || precision == Precision.DOUBLE ? "w_" + name + arguments
                        : "(" + real + ") w_" + name + arguments;
            }
        };
    }

    private static Set<String> own() {
        Set<String> names = new HashSet<>();
        var definition = Pattern.compile("(?:W_FUNCTION|static __device__) \\w+ w_(\\w+)\\(").matcher(FUNCTIONS);
        while (definition.find()) {
            names.add(definition.group(1));
        }
        return Set.copyOf(names);
    }

    private static String read() {
        try (InputStream in = CudaRows.class.getResourceAsStream("functions.cuh")) {
            if (in == null) {
                throw new IllegalStateException("functions.cuh is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
