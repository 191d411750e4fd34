package org.wengert.core.engine.roll;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

/**
 * The program of one element of a stage: from the classes that it stores, sums up and checks back to what is in memory.
 * The same class with two different shifts is two different nodes.
 */
final class StageProgram {

    private record Use(int c, IndexMap map) {}

    /** What gathering a number takes, in operations. */
    private static final int GATHERED = 4;

    /** What an operation takes that is done alone. */
    private static final long LONE = 20;

    private final Plan plan;
    private final Plan.StagePlan stage;
    private final ProgramBuilder g = new ProgramBuilder();
    private final Map<Use, Integer> nodes = new HashMap<>();

    /** The classes, and the members of them, that the inputs of the program are. */
    private final List<Use> leaves = new ArrayList<>();

    private final Program program;

    StageProgram(Plan plan, Plan.StagePlan stage) {
        this.plan = plan;
        this.stage = stage;
        IndexMap own = IndexMap.identity(stage.elements());
        int[] outputs = new int[stage.stored().size() + stage.summed().size()];
        int next = 0;
        for (int c : stage.stored()) {
            outputs[next++] = node(c, own);
        }
        for (int c : stage.summed()) {
            outputs[next++] = node(c, own);
        }
        for (int c : stage.guards()) {
            Guard guard = plan.classes.guard(plan.classes.member(c, 0));
            g.guard(operand(c, 0, own), guard.relation(), operand(c, 1, own), guard.outcome());
        }
        this.program = g.build(outputs);
    }

    Plan.StagePlan stage() {
        return stage;
    }

    /** How many numbers all stages together gather one by one. */
    static long gathered(List<StageProgram> programs) {
        return programs.stream().mapToLong(of -> of.gathered() * (long) of.stage.elements()).sum();
    }

    /** What all stages and the lone operations of a plan take, in operations of a vector: what is done or read one by one takes several. */
    static long cost(Plan plan, List<StageProgram> programs) {
        long alone = 0;
        for (boolean isAlone : plan.alone) {
            alone += isAlone ? 1 : 0;
        }
        return LONE * alone + programs.stream().mapToLong(of ->
                (of.program.operations() + of.leaves() + (GATHERED - 1L) * of.gathered()) * of.stage.elements()).sum();
    }

    private int gathered() {
        int count = 0;
        for (int i = 0; i < leaves.size(); i++) {
            count += leafMap(i) instanceof IndexMap.Listed listed && IndexMap.stretches(listed.members, Source.SHORTEST_STRETCH) == null ? 1 : 0;
        }
        return count;
    }

    /** Outputs: the stored classes, then the summed ones. */
    Program program() {
        return program;
    }

    int leaves() {
        return leaves.size();
    }

    int leafClass(int i) {
        return leaves.get(i).c;
    }

    IndexMap leafMap(int i) {
        return leaves.get(i).map;
    }

    // The depth of the recursion is bounded: what takes many operations is stored.
    private int node(int c, IndexMap map) {
        var use = new Use(c, map);
        Integer known = nodes.get(use);
        if (known != null) {
            return known;
        }
        int node = isComputedHere(c, map) ? operation(c, map) : leaf(use);
        nodes.put(use, node);
        return node;
    }

    /** What is stored is read, unless this stage is about to store it for this very element. */
    private boolean isComputedHere(int c, IndexMap map) {
        return plan.isLarge(c)
                && (!plan.stored[c] || plan.phase[c] == stage.phase() && map.isIdentity(plan.classes.size(c))
                        && stage.stored().contains(c));
    }

    private int operation(int c, IndexMap map) {
        int[] operands = new int[plan.classes.operands(c)];
        for (int e = 0; e < operands.length; e++) {
            operands[e] = operand(c, e, map);
        }
        return g.apply(plan.classes.row(c), operands);
    }

    private int operand(int c, int e, IndexMap map) {
        return node(plan.classes.operandClass(c, e), plan.map(c, e).after(map));
    }

    private int leaf(Use use) {
        if (use.c == Classes.CONSTANTS && use.map.isConstant()) {
            Program p = plan.classes.program;
            return g.constant(p.constant(p.inputs() + use.map.at(0)));
        }
        leaves.add(use);
        return g.input(use.map.isConstant());
    }
}
