package org.wengert.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.linalg.MoreGarbowHillstrom.Problem;

/** The classic test problems, against values and gradients computed elsewhere to 20 digits. */
class MoreGarbowHillstromTest {

    private static final Path DATA = Path.of("..", "..", "shared", "data", "mgh", "problems.json");

    private static final Map<Integer, String> REFERENCE = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        if (!Files.exists(DATA)) {
            System.out.println("skipped: the reference values of the MGH problems are absent (" + DATA + ")");
            return;
        }
        // A flat list of objects: each begins with its number.
        String[] parts = Files.readString(DATA).split("\"no\":", -1);
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            REFERENCE.put(Integer.parseInt(part.substring(0, part.indexOf(',')).strip()), part);
        }
    }

    static List<Problem> problems() {
        return MoreGarbowHillstrom.ALL;
    }

    private static String reference(Problem p) {
        String part = REFERENCE.get(p.number());
        assumeTrue(part != null, "reference values are absent");
        return String.valueOf(part);
    }

    private static double[] numbers(String part, String key) {
        Matcher m = Pattern.compile("\"" + key + "\":\\s*\\[([^\\]]*)\\]").matcher(part);
        assertEquals(true, m.find(), key);
        return Arrays.stream(m.group(1).split(",", -1)).mapToDouble(s -> Double.parseDouble(s.strip().replace("\"", ""))).toArray();
    }

    private static double number(String part, String key) {
        Matcher m = Pattern.compile("\"" + key + "\":\\s*\"([^\"]*)\"").matcher(part);
        assertEquals(true, m.find(), key);
        return Double.parseDouble(m.group(1));
    }

    private static double largest(double[] a) {
        return Arrays.stream(a).map(Math::abs).max().orElse(0);
    }

    @Test
    void everyProblemOfTheReferenceIsThere() {
        assertEquals(24, MoreGarbowHillstrom.ALL.size());
        assumeTrue(!REFERENCE.isEmpty(), "reference values are absent");
        assertEquals(REFERENCE.keySet(), new HashSet<>(MoreGarbowHillstrom.ALL.stream().map(Problem::number).toList()));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void valueAndGradientAreTheGivenOnes(Problem p) {
        String part = reference(p);
        double[] x = numbers(part, "probe_x");
        double f = number(part, "probe_f");
        double[] gradient = numbers(part, "probe_grad");
        double[] r = p.residuals().value(x);
        double value = Arrays.stream(r).map(t -> t * t).sum();
        assertEquals(f, value, 1e-13 * Math.abs(f));
        double[] weights = Arrays.stream(r).map(t -> 2 * t).toArray();
        double tolerance = 1e-13 * largest(gradient);
        Linearization recorded = Linearization.of(p.residuals(), x);
        Linearization eager = Linearizer.eager(p.residuals()).at(x);
        for (Linearization j : List.of(recorded, eager)) {
            assertArrayEquals(gradient, j.vjp(weights), tolerance);
            // The same gradient from the matrices: each of their entries takes part.
            assertArrayEquals(gradient, LinearOperator.of(j.toDense()).applyTranspose(weights), tolerance);
            assertArrayEquals(gradient, LinearOperator.of(j.toSparse()).applyTranspose(weights), tolerance);
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theJacobianIsTheSameByEveryWay(Problem p) {
        double[] x = REFERENCE.containsKey(p.number()) ? numbers(reference(p), "probe_x") : filled(p.residuals().inputs());
        double[] expected = p.residuals().jacobian(x).entries();
        DMatrixRMaj dense = DMatrixRMaj.wrap(p.residuals().outputs(), p.residuals().inputs(), expected);
        double tolerance = 1e-13 * CommonOps_DDRM.elementMaxAbs(dense);
        for (DenseJacobian.Method method : DenseJacobian.Method.values()) {
            assertArrayEquals(expected, DenseJacobian.of(p.residuals()).by(method).matrix(x).data, tolerance, method.name());
        }
        SparseJacobian prepared = SparseJacobian.of(p.residuals(), x);
        for (SparseJacobian.Method method : SparseJacobian.Method.values()) {
            assertArrayEquals(expected, SparseJacobianTest.dense(prepared.by(method).matrix(x)), tolerance, method.name());
        }
        prepared.check(x);
    }

    private static double[] filled(int n) {
        double[] x = new double[n];
        Arrays.setAll(x, i -> 0.5 + 0.25 * i);
        return x;
    }
}
