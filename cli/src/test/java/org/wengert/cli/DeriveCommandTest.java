package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeriveCommandTest {

    private static String json(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "derive";
        all[1] = "--json";
        System.arraycopy(args, 0, all, 2, args.length);
        Call call = Call.of(all);
        assertEquals("", call.err());
        assertEquals(0, call.status());
        return call.out().stripTrailing();
    }

    @Test
    void jsonHasValueAndGradientAndNothingElse() {
        assertEquals("{\"value\": 6.0, \"gradient\": [3.0, 2.0]}", json("x*y", "--at", "x=2,y=3"));
    }

    @Test
    void severalOutputsHaveAListOfValuesAndAJacobian() {
        assertEquals("{\"value\": [6.0, 5.0], \"jacobian\": [[3.0, 2.0], [1.0, 1.0]]}",
                json("x*y; x + y", "--at", "x=2,y=3"));
    }

    @Test
    void aDirectionAddsTheJacobianVectorProduct() {
        assertEquals("{\"value\": 6.0, \"gradient\": [3.0, 2.0], \"jvp\": 7.0}",
                json("x*y", "--at", "x=2,y=3", "--along", "x=1,y=2"));
        assertEquals("{\"value\": [6.0, 5.0], \"jacobian\": [[3.0, 2.0], [1.0, 1.0]], \"jvp\": [6.0, 2.0]}",
                json("x*y; x + y", "--at", "x=2,y=3", "--along", "x=2"));
    }

    @Test
    void orderTwoAddsTheHessianAndWithADirectionItsProduct() {
        assertEquals("{\"value\": 12.0, \"gradient\": [12.0, 4.0], \"hessian\": [[6.0, 4.0], [4.0, 0.0]]}",
                json("x^2*y", "--at", "x=2,y=3", "--order", "2"));
        assertEquals("{\"value\": 12.0, \"gradient\": [12.0, 4.0], \"jvp\": 8.0, "
                        + "\"hessian\": [[6.0, 4.0], [4.0, 0.0]], \"hvp\": [2.0, 4.0]}",
                json("x^2*y", "--at", "x=2,y=3", "--order", "2", "--along", "x=1,y=-1"));
        assertEquals("{\"value\": [4.0, 8.0], \"jacobian\": [[4.0], [12.0]], \"hessian\": [[[2.0]], [[12.0]]]}",
                json("x^2; x*x*x", "--at", "x=2", "--order", "2"));
    }

    @Test
    void orderZeroIsTheValueAlone() {
        assertEquals("{\"value\": 6.0}", json("x*y", "--at", "x=2,y=3", "--order", "0"));
    }

    @Test
    void theGradientFollowsTheOrderOfThePointOrOfWrt() {
        assertEquals("{\"value\": 6.0, \"gradient\": [2.0, 3.0]}", json("x*y", "--at", "y=3,x=2"));
        assertEquals("{\"value\": 6.0, \"gradient\": [3.0, 2.0]}", json("x*y", "--at", "y=3,x=2", "--wrt", "x,y"));
        assertEquals("{\"value\": 6.0, \"gradient\": [2.0]}", json("x*y", "--at", "y=3", "--at", "x=2", "--wrt", "y"));
    }

    @Test
    void numbersThatJsonLacksAreStrings() {
        assertEquals("{\"value\": \"-Infinity\", \"gradient\": [\"Infinity\"]}", json("log(x)", "--at", "x=0"));
        assertEquals("{\"value\": \"NaN\", \"gradient\": [\"NaN\"]}", json("log(x)", "--at", "x=-1"));
    }

    @Test
    void aFormulaWithoutVariablesNeedsNoPoint() {
        assertEquals("{\"value\": 5.0, \"gradient\": []}", json("2 + 3"));
    }

    @Test
    void aFormulaMayBeginWithAMinusSign() {
        assertEquals("{\"value\": -4.0, \"gradient\": [-4.0]}", json("-x^2", "--at", "x=2"));
        Call call = Call.of("derive", "-x^2+y", "--at", "x=1");
        assertEquals("wengert: --at: y has no value; add y=...\n", call.err());
        assertTrue(Call.of("derive", "-sinn(x)", "--at", "x=1").err().contains("line 1, column 2: unknown function"));
    }

    @Test
    void theTextNamesEveryDerivative() {
        Call call = Call.of("derive", "x^2*y; x", "--at", "x=2,y=3", "--order", "2", "--along", "y=1");
        assertEquals(0, call.status());
        assertEquals("""
                f1 = x^2*y
                f2 = x

                         f1   f2
                value  12.0  2.0
                d/dx   12.0  1.0
                d/dy    4.0  0.0
                along   4.0  0.0

                second derivatives of f1
                      d/dx  d/dy  along
                d/dx   6.0   4.0    4.0
                d/dy   4.0   0.0    0.0

                second derivatives of f2
                      d/dx  d/dy  along
                d/dx   0.0   0.0    0.0
                d/dy   0.0   0.0    0.0
                """, call.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x*y        | x=1,y=         | --at: y has no number after its '='",
        "x*y        | x=1,y          | --at: 'y' should be NAME=NUMBER",
        "x*y        | x=1,y=2,       | --at: '' should be NAME=NUMBER",
        "x*y        | x=1,=2         | --at: '=2' lacks a name",
        "x*y        | x=1,y=1.2.3    | --at: y should be a number, but is '1.2.3'",
        "x*y        | x=1,y=2,x=3    | --at: x is given twice",
        "x*y        | x=1,y=2,z=3    | --at: there is no z in the formula; there is x, y",
        "x*y        | x=1            | --at: y has no value; add y=...",
        "x*y + sinn(x) | x=1,y=2     | formula: line 1, column 7: unknown function 'sinn'; did you mean 'sin'?",
    })
    void whatIsWrongIsNamed(String formula, String at, String message) {
        Call call = Call.of("derive", formula, "--at", at);
        assertEquals("wengert: " + message + "\n", call.err());
        assertEquals("", call.out());
        assertEquals(2, call.status());
    }

    @Test
    void wrongDirectionsAndOrdersAreNamed() {
        assertEquals("wengert: --along: there is no z in the formula; there is x\n",
                Call.of("derive", "x", "--at", "x=1", "--along", "z=1").err());
        assertEquals("wengert: --along: there is no y in --wrt; there is x\n",
                Call.of("derive", "x*y", "--at", "x=1,y=1", "--wrt", "x", "--along", "y=1").err());
        assertEquals("wengert: --along: x should be a number, but is NaN\n",
                Call.of("derive", "x", "--at", "x=1", "--along", "x=NaN").err());
        assertEquals("wengert: --wrt: there is no z in the formula; there is x\n",
                Call.of("derive", "x", "--at", "x=1", "--wrt", "z").err());
        assertEquals("wengert: --order: should be from 0 to 170, but is -1\n",
                Call.of("derive", "x", "--at", "x=1", "--order", "-1").err());
        assertEquals("wengert: --order: beyond 2 there must be a direction; add --along x=1\n",
                Call.of("derive", "x*y", "--at", "x=1,y=1", "--order", "3").err());
    }

    @Test
    void higherOrdersAreDerivativesAlongTheDirection() {
        assertEquals("{\"value\": 1.0, \"gradient\": [4.0], \"hessian\": [[12.0]], "
                        + "\"derivatives\": [1.0, 4.0, 12.0, 24.0, 24.0, 0.0]}",
                json("x*x*x*x", "--at", "x=1", "--order", "5"));
        String json = json("x*y^2; y", "--at", "x=2,y=3", "--order", "3", "--along", "x=1,y=2");
        assertTrue(json.endsWith("\"derivatives\": [[18.0, 33.0, 40.0, 24.0], [3.0, 2.0, 0.0, 0.0]]}"), json);
        // The k-th derivative of 1/(1-x) at 0 is k!.
        String many = json("1/(1-x)", "--at", "x=0", "--order", "30");
        assertTrue(many.endsWith("2.6525285981219103E32]}"), many);
        assertTrue(Call.of("derive", "sin(x)", "--at", "x=0", "--order", "4").out().endsWith("""
                derivatives in x
                order 0   0.0
                order 1   1.0
                order 2   0.0
                order 3  -1.0
                order 4   0.0
                """));
    }

    @Test
    void aCheckSetsIndependentEstimatesBesideEachDerivative() {
        Call call = Call.of("derive", "x*y + sin(x)", "--at", "x=1,y=2", "--check");
        assertEquals(0, call.status());
        List<String> lines = call.out().lines().map(line -> line.replaceAll(" +", " ")).toList();
        assertTrue(lines.contains("check d/dx digits d/dy digits"), call.out());
        assertTrue(lines.contains("exact 2.5403023058681398 1.0"), call.out());
        assertTrue(lines.stream().anyMatch(line -> line.matches("forward difference 2\\.5403022\\d+ [78]\\.\\d .*")), call.out());
        assertTrue(lines.stream().anyMatch(line -> line.matches("central difference 2\\.54030230\\d+ 1[012]\\.\\d .*")), call.out());
        assertTrue(lines.stream().anyMatch(line -> line.matches("Ridders' method 2\\.540302305868\\d+ 1[345]\\.\\d .*")), call.out());
        assertTrue(lines.stream().anyMatch(line -> line.matches("complex step 2\\.5403023058681\\d+ 1[567]\\.\\d .*")), call.out());
        // The trade-off: digits are gained, then lost, as the step shrinks.
        assertTrue(lines.stream().anyMatch(line -> line.matches("1e-02 2\\.\\d 5\\.\\d .*")), call.out());
        assertTrue(lines.stream().anyMatch(line -> line.matches("1e-13 [23]\\.\\d [2345]\\.\\d .*")), call.out());
    }

    @Test
    void aCheckLeavesTheComplexStepOutWhereAFunctionHasNone() {
        Call call = Call.of("derive", "abs(x)*y; y", "--at", "x=-1,y=2", "--along", "x=1", "--check");
        assertEquals(0, call.status());
        assertEquals(1, call.out().lines().filter(line -> line.matches("complex step +not analytic")).count(), call.out());
        assertTrue(call.out().lines().anyMatch(line -> line.matches("check +d/dx +digits +d/dy +digits +along +digits")), call.out());
        String json = json("abs(x)", "--at", "x=-2", "--check");
        assertEquals("{\"value\": 2.0, \"gradient\": [-1.0], \"check\": {\"d/dx\": {\"exact\": -1.0, "
                + "\"forward\": {\"value\": N, \"digits\": N}, \"central\": {\"value\": N, \"digits\": N}, "
                + "\"ridders\": {\"value\": N, \"digits\": N}}}}", json.replaceAll("(value|digits)\": [-.\\d]+", "$1\": N").replaceFirst("N", "2.0"));
    }

    @Test
    void theReportTellsWhatDerivativesCost() {
        Call call = Call.of("derive", "x*y; sin(x)", "--at", "x=1,y=2", "--wrt", "x,y", "--report");
        assertEquals(0, call.status());
        String text = call.out();
        assertTrue(text.contains("operations of the function               2\n"), text);
        assertTrue(text.contains("order of accumulation: "), text);
        assertTrue(text.contains("Jacobian: 2 x 2, 3 entries that are not zero by structure\n  xx\n  x.\nengine: tile interpreter, "), text);
        assertTrue(text.contains("; once hot fused kernels, "), text);
        String json = json("x*y; sin(x)", "--at", "x=1,y=2", "--report");
        assertTrue(json.contains("\"report\": {\"functionOperations\": 2, \"derivativeOperations\": "), json);
        assertTrue(json.contains("\"nonzeros\": 3, \"pattern\": [\"xx\", \"x.\"], \"wrt\": [\"x\", \"y\"], \"engine\": "), json);
    }
}
