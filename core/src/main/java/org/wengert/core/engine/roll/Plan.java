package org.wengert.core.engine.roll;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.program.Program;

/**
 * What is computed where. A class of many members is either <em>stored</em> (its values go to memory, and whoever needs
 * them reads them there) or computed anew wherever it is consumed, which is cheaper as long as it takes few
 * operations. All classes that are stored, summed up or compared, that have as many elements, and that can be computed
 * at the same time form one {@link StagePlan stage}. Members of small classes and of scans are computed one by one, <em>alone</em>,
 * and so are the few members of large ones that these need.
 *
 * <p>Work proceeds in phases: the lone operations of a phase, then its stages. A stage reads what earlier phases have
 * stored, and lone operations of its own phase.
 */
final class Plan {

    /** A class of fewer members is computed member by member. */
    static final int FEWEST = 16;

    /** What storing a value and loading it again costs, in operations. */
    private static final int STORE_AND_LOAD = 5;

    /** The most operations that are computed anew for one value. */
    private static final int MOST_OPERATIONS = 150;

    /** Where fewer than one member in so many is needed alone, they are computed alone rather than all stored. */
    private static final int LONERS = 8;

    /**
     * A stage.
     *
     * @param phase    when it runs
     * @param elements how many elements it has
     * @param stored   the classes it stores
     * @param summed   the classes it sums up
     * @param guards   the classes of guards that it checks
     */
    record StagePlan(int phase, int elements, List<Integer> stored, List<Integer> summed, List<Integer> guards) {}

    final Classes classes;

    /** For each operand of a large class, which members it takes. */
    private final IndexMap[] @Nullable [] maps;
    private final boolean[] large;
    private final int[] groups;

    /** Whether the values of a class go to memory. */
    final boolean[] stored;

    /** Whether some sum of many terms adds up all members of a class. */
    final boolean[] summed;

    /** The phase in which the members of a class are computed: the large ones in a stage, the others alone. */
    final int[] phase;

    /** The first phase in which a member of a large class can be computed alone. */
    final int[] alonePhase;

    /** Whether an item is computed alone. */
    final boolean[] alone;

    /** Whether something that is computed alone, be it a member of a large class, reads a member of a class. */
    private final boolean[] isReadAlone;

    final List<StagePlan> stages;
    final int phases;

    private final Program p;
    private final int[] requests;

    /** How many outputs are members of a class. */
    final int[] outputs;
    private final int[] references;

    /** A plan, with {@link Classes} that look far or near. */
    Plan(Program program, boolean far) {
        this.p = program;
        this.classes = new Classes(program, far);
        int count = classes.count();
        this.large = new boolean[count];
        this.maps = new IndexMap[count][];
        this.groups = new int[count];
        this.stored = new boolean[count];
        this.summed = new boolean[count];
        this.phase = new int[count];
        this.alonePhase = new int[count];
        this.requests = new int[count];
        this.outputs = new int[count];
        this.references = new int[count];
        this.alone = new boolean[classes.of.length];
        this.isReadAlone = new boolean[count];
        findLargeClasses();
        countReferences();
        countRequests();
        decide();
        markAlone();
        this.stages = stages();
        int last = 0;
        for (int c = 0; c < count; c++) {
            last = Math.max(last, phase[c]);
        }
        this.phases = last + 1;
    }

    /** The programs of the stages, in their order. */
    List<StageProgram> programs() {
        return stages.stream().map(s -> new StageProgram(this, s)).toList();
    }

    boolean isLarge(int c) {
        return large[c];
    }

    /** Whether only stages and outputs read a class, no lone operation. */
    boolean isReadByStagesAlone(int c) {
        return requests[c] == outputs[c] && !isReadAlone[c];
    }

    /** Which members of the class of operand e the members of a large class take. */
    IndexMap map(int c, int e) {
        IndexMap[] known = maps[c];
        if (known == null) {
            throw new IllegalArgumentException("class " + c + " is small");
        }
        return known[e];
    }

    private boolean sameElements(int c, int d) {
        return group(c) == group(d);
    }

    // ---- classes -------------------------------------------------------------------------------------

    private void findLargeClasses() {
        for (int c = 2; c < large.length; c++) {
            groups[c] = c;
            large[c] = classes.size(c) >= FEWEST && !classes.isScan(c);
            if (!large[c]) {
                continue;
            }
            IndexMap[] of = new IndexMap[classes.operands(c)];
            for (int e = 0; e < of.length; e++) {
                of[e] = classes.operandMap(c, e);
                int operand = classes.operandClass(c, e);
                if (large[operand] && of[e].isIdentity(classes.size(operand))) {
                    groups[group(c)] = group(operand);
                }
            }
            maps[c] = of;
        }
    }

    /** The representative of all classes that have the same elements as class c: member k belongs to element k. */
    private int group(int c) {
        int root = c;
        while (groups[root] != root) {
            groups[root] = groups[groups[root]];
            root = groups[root];
        }
        return root;
    }

    private record Reference(int group, int operand, IndexMap map) {}

    /** How many stages, or how often shifted one stage, would compute a class if it were not stored. */
    private void countReferences() {
        Set<Reference> seen = new HashSet<>();
        for (int c = 2; c < large.length; c++) {
            for (int e = 0, n = large[c] ? classes.operands(c) : 0; e < n; e++) {
                int operand = classes.operandClass(c, e);
                if (large[operand] && seen.add(new Reference(group(c), operand, map(c, e)))) {
                    references[operand]++;
                }
            }
        }
    }

    /** How often members of large classes are needed alone. */
    private void countRequests() {
        int[] terms = new int[large.length];
        int[] stamp = new int[classes.of.length];
        for (int c = 2; c < large.length; c++) {
            for (int k = 0, n = large[c] ? 0 : classes.size(c); k < n; k++) {
                int v = classes.member(c, k);
                if (classes.isLong(v)) {
                    countTerms(v, terms, stamp);
                } else {
                    for (int i = 0; i < classes.itemOperands(v); i++) {
                        request(classes.itemOperand(v, i));
                    }
                }
            }
        }
        for (int i = 0; i < p.outputs(); i++) {
            request(p.output(i));
            outputs[classes.of[p.output(i)]]++;
        }
    }

    private void request(int v) {
        requests[classes.of[v]]++;
    }

    /** Finds the classes that a long operation adds up whole. */
    private void countTerms(int v, int[] terms, int[] stamp) {
        int n = p.operandCount(v);
        Set<Integer> met = new HashSet<>();
        boolean[] twice = {false};
        for (int i = 0; i < n; i++) {
            int u = p.operand(v, i);
            int c = classes.of[u];
            met.add(c);
            if (stamp[u] == v) {
                twice[0] = true;
                terms[c] = Integer.MIN_VALUE / 2;
            }
            stamp[u] = v;
            terms[c]++;
        }
        for (int c : met) {
            if (p.row(v) == Reductions.SUM && large[c] && terms[c] == classes.size(c)) {
                summed[c] = true;
            } else if (large[c]) {
                requests[c] += classes.size(c);
            }
            terms[c] = 0;
        }
    }

    // ---- decisions -----------------------------------------------------------------------------------

    /** From the inputs on: what is stored, and when each class is computed. */
    private void decide() {
        int[] met = new int[large.length];
        int[] pending = new int[large.length];
        for (int c = 2; c < large.length; c++) {
            if (!large[c]) {
                phase[c] = phaseAlone(c);
                continue;
            }
            if (!classes.isGuard(c)) {
                int cost = cost(c, met, pending);
                stored[c] = requests[c] > classes.size(c) / LONERS
                        || (long) cost * (references[c] - 1) > STORE_AND_LOAD
                        || references[c] > 0 && cost > MOST_OPERATIONS;
                alonePhase[c] = phaseAlone(c);
            }
            phase[c] = phaseInStage(c);
        }
    }

    /**
     * What it takes to compute a member of a class from what is in memory, each class on the way and each number read
     * counted once; at most a little more than {@link #MOST_OPERATIONS}.
     */
    private int cost(int c, int[] met, int[] pending) {
        int cost = 0;
        int waiting = 0;
        pending[waiting++] = c;
        met[c] = c;
        while (waiting > 0 && cost <= MOST_OPERATIONS) {
            int d = pending[--waiting];
            cost += weight(classes.row(d), classes.operands(d));
            for (int e = 0; e < classes.operands(d); e++) {
                int operand = classes.operandClass(d, e);
                if (met[operand] == c || operand == Classes.CONSTANTS) {
                    continue;
                }
                met[operand] = c;
                if (large[operand] && !stored[operand]) {
                    pending[waiting++] = operand;
                } else {
                    cost++;
                }
            }
        }
        return cost;
    }

    /**
     * The first phase whose stages can compute a class. What is stored by a stage of the same phase can be used there
     * by the same elements; shifted, it must have been stored before.
     */
    private int phaseInStage(int c) {
        int latest = 0;
        for (int e = 0; e < classes.operands(c); e++) {
            int operand = classes.operandClass(c, e);
            boolean sameStage = large[operand] && isOwn(c, e);
            latest = Math.max(latest, sameStage ? phase[operand] : readableFrom(operand));
        }
        return latest;
    }

    /** Whether each member of large class c takes, as operand e, the member of its own element. */
    boolean isOwn(int c, int e) {
        int operand = classes.operandClass(c, e);
        return sameElements(c, operand) && map(c, e).isIdentity(classes.size(operand));
    }

    private int phaseAlone(int c) {
        int latest = 0;
        int v = classes.member(c, 0);
        if (classes.isLong(v)) {
            for (int i = 0; i < p.operandCount(v); i++) {
                int operand = classes.of[p.operand(v, i)];
                latest = Math.max(latest, summed[operand] ? phase[operand] + 1 : readableFrom(operand));
            }
            return latest;
        }
        for (int k = 0, n = classes.isScan(c) ? classes.size(c) : 1; k < n; k++) {
            int w = classes.member(c, k);
            for (int i = 0; i < classes.itemOperands(w); i++) {
                int operand = classes.of[classes.itemOperand(w, i)];
                latest = operand == c ? latest : Math.max(latest, readableFrom(operand));
            }
        }
        return latest;
    }

    /** The first phase whose lone operations can read, or compute, a member of a class. */
    private int readableFrom(int c) {
        return !large[c] ? phase[c] : stored[c] ? phase[c] + 1 : alonePhase[c];
    }

    private static int weight(Elementary row, int operands) {
        return switch (row.notes().family()) {
            case ARITHMETIC -> row == Operations.DIV || row == Operations.RECIPROCAL ? 4 : 1;
            case PIECEWISE -> 2;
            case REDUCTION -> row == Reductions.SUM ? operands - 1 : 10;
            case POWER, EXPONENTIAL, TRIGONOMETRIC, HYPERBOLIC, SPECIAL, LEARNING, USER -> 10;
        };
    }

    // ---- loners --------------------------------------------------------------------------------------

    private void markAlone() {
        for (int i = 0; i < p.outputs(); i++) {
            demand(p.output(i));
        }
        for (int v = alone.length - 1; v >= p.firstOperation(); v--) {
            int c = classes.of[v];
            alone[v] |= !large[c];
            if (!alone[v]) {
                continue;
            }
            if (classes.isLong(v)) {
                boolean sums = p.row(v) == Reductions.SUM;
                for (int i = 0; i < p.operandCount(v); i++) {
                    int u = p.operand(v, i);
                    if (!(sums && summed[classes.of[u]])) {
                        readAlone(u);
                    }
                }
            } else {
                for (int i = 0; i < classes.itemOperands(v); i++) {
                    readAlone(classes.itemOperand(v, i));
                }
            }
        }
    }

    private void readAlone(int v) {
        isReadAlone[classes.of[v]] = true;
        demand(v);
    }

    private void demand(int v) {
        int c = classes.of[v];
        alone[v] |= large[c] && !stored[c];
    }

    // ---- stages --------------------------------------------------------------------------------------

    private List<StagePlan> stages() {
        record Key(int phase, int size) {}
        Map<Key, StagePlan> found = new LinkedHashMap<>();
        for (int c = 2; c < large.length; c++) {
            if (large[c] && (stored[c] || summed[c] || classes.isGuard(c))) {
                int size = classes.size(c);
                StagePlan stage = found.computeIfAbsent(new Key(phase[c], size), key ->
                        new StagePlan(key.phase, key.size, new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
                if (classes.isGuard(c)) {
                    stage.guards.add(c);
                } else {
                    if (stored[c]) {
                        stage.stored.add(c);
                    }
                    if (summed[c]) {
                        stage.summed.add(c);
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }
}
