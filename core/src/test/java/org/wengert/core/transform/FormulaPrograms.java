package org.wengert.core.transform;

import java.util.ArrayList;
import java.util.List;
import org.wengert.core.formula.Formula;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

/** Programs written as formulas, for tests. */
final class FormulaPrograms {

    private FormulaPrograms() {}

    /**
     * The program of some formulas.
     *
     * @param names    the inputs in their order, separated by blanks
     * @param formulas one for each output
     */
    static Program program(String names, String... formulas) {
        List<String> inputs = List.of(names.split(" "));
        var g = new ProgramBuilder();
        List<Integer> in = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            in.add(g.input());
        }
        int[] outputs = new int[formulas.length];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = Formula.parse(formulas[i]).withNames(inputs).evaluate(g.arithmetic(), in).getFirst();
        }
        return g.build(outputs);
    }

    /** How often a program applies a row of this name. */
    static long count(Program p, String row) {
        long count = 0;
        for (int v = p.firstOperation(); v < p.nodes(); v++) {
            count += p.row(v).name().equals(row) ? 1 : 0;
        }
        return count;
    }
}
