package org.wengert.core.engine.roll;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wengert.core.program.Program;

/**
 * Where values live. Memory holds the constants, the members of small classes (inputs that are used very often among
 * them), the inputs and lone members of large classes that lone operations need, the stored classes, and one sum for each class that is summed up. A stored
 * class whose members are outputs in a row is stored among the outputs right away; one that nothing but outputs reads is put there tile by
 * tile. What a stage stores whose elements are in rows with gaps has these gaps in memory too.
 */
final class Layout {

    /** No place. */
    static final int NONE = -1;

    /** Members that stand at more outputs than this are copied there from memory. */
    private static final int MOST_SCATTERS = 4;

    private final Plan plan;
    private final Program p;

    /** Where in memory an item is; {@link #NONE} if it is not there. */
    final int[] slot;

    /** Where in memory a class begins; {@link #NONE} if it is not there as a whole. */
    final int[] start;

    /** Where among the outputs a class begins; {@link #NONE} if it is not stored there. */
    final int[] outputStart;

    /** Where the members of a class are put among the outputs that is nowhere else; empty for other classes. */
    private final List<List<Scatter>> scatters;

    /** The constants that a stage writes beside what it computes. */
    private final IdentityHashMap<Plan.StagePlan, List<Fill>> fills = new IdentityHashMap<>();

    /** Which outputs are written by these. */
    private final BitSet filled = new BitSet();

    /** How the members of a stored class are spread in memory; null where they lie side by side. */
    final @Nullable Spread[] spread;

    private final IdentityHashMap<Plan.StagePlan, Spread> spreadOfStage = new IdentityHashMap<>();

    /** Where in memory the sum of a class is; {@link #NONE} if it is not summed up. */
    final int[] sumSlot;

    /** The inputs that memory has a copy of, and where. */
    final int[] copiedInputs;

    /** The number of values in memory. */
    final int size;

    /**
     * Places for everything.
     *
     * @param programs those of the stages of the plan, in their order
     */
    Layout(Plan plan, List<StageProgram> programs) {
        this.plan = plan;
        Classes classes = plan.classes;
        this.p = classes.program;
        this.slot = nowhere(classes.of.length);
        this.start = nowhere(classes.count());
        this.outputStart = nowhere(classes.count());
        this.sumSlot = nowhere(classes.count());
        this.spread = new Spread[classes.count()];
        findOutputsInARow();
        programs.stream().sorted(Comparator.comparingInt(of -> of.stage().phase())).forEach(this::findSpread);
        var outputPlaces = new OutputPlaces(p, classes);
        this.scatters = scatters(programs, outputPlaces);
        findFills(programs, outputPlaces);
        int next = 0;
        for (int c = Classes.CONSTANTS; c < classes.count(); c++) {
            if (plan.summed[c]) {
                sumSlot[c] = next++;
            }
            boolean here = c == Classes.CONSTANTS || !plan.isLarge(c) && !classes.isGuard(c)
                    || plan.stored[c] && outputStart[c] == NONE && scatters.get(c).isEmpty();
            if (here) {
                start[c] = next;
                Spread s = spread[c];
                for (int k = 0; k < classes.size(c); k++) {
                    slot[classes.member(c, k)] = next + (s == null ? k : s.places.at(k));
                }
                next += s == null ? classes.size(c) : s.size;
            }
        }
        for (int v = p.firstOperation(); v < p.nodes(); v++) {
            if (plan.alone[v] && slot[v] == NONE) {
                slot[v] = next++;
            }
        }
        int[] copied = new int[16];
        int count = 0;
        for (int v = 0; v < p.inputs(); v++) {
            if (slot[v] != NONE) {
                copied = count < copied.length ? copied : Arrays.copyOf(copied, 2 * count);
                copied[count++] = v;
            }
        }
        for (int v = p.firstOperation(); v < plan.alone.length; v++) {
            for (int i = 0, n = plan.alone[v] ? classes.itemOperands(v) : 0; i < n; i++) {
                int u = classes.itemOperand(v, i);
                if (u < p.inputs() && slot[u] == NONE) {
                    slot[u] = next++;
                    copied = count < copied.length ? copied : Arrays.copyOf(copied, 2 * count);
                    copied[count++] = u;
                }
            }
        }
        this.copiedInputs = Arrays.copyOf(copied, count);
        this.size = next;
    }

    /** Where a stage puts the members of a class that it computes, if that is not a column; else empty. */
    List<Scatter> scatters(int c) {
        return scatters.get(c);
    }

    /** The constants that a stage writes, too. */
    List<Fill> fills(Plan.StagePlan stage) {
        return fills.getOrDefault(stage, List.of());
    }

    /** Whether a constant output is written by a stage. */
    boolean isFilled(int output) {
        return filled.get(output);
    }

    /** The places of a stage's elements; null where they are side by side. */
    @Nullable Spread spreadOf(Plan.StagePlan stage) {
        return spreadOfStage.get(stage);
    }

    /** Where the members of a class lie that elements take, from where the class begins. */
    IndexMap places(int c, IndexMap map) {
        Spread s = spread[c];
        return s == null ? map : s.places.after(map);
    }

    /** A stage is spread as its operands are, if most of those that are in rows are so in the same way. */
    private void findSpread(StageProgram of) {
        Map<IndexMap, Integer> votes = new LinkedHashMap<>();
        Map<IndexMap, Spread> candidates = new HashMap<>();
        int inRows = 0;
        for (int i = 0; i < of.leaves(); i++) {
            Spread s = of.program().isUniform(i) ? null : Spread.of(places(of.leafClass(i), of.leafMap(i)));
            if (s != null) {
                candidates.putIfAbsent(s.places, s);
                votes.merge(s.places, 1, Integer::sum);
                inRows++;
            }
        }
        for (Map.Entry<IndexMap, Integer> vote : votes.entrySet()) {
            Spread s = candidates.get(vote.getKey());
            if (s != null && 2 * vote.getValue() > inRows) {
                spreadOfStage.put(of.stage(), s);
                for (int c : of.stage().stored()) {
                    spread[c] = s;
                    outputStart[c] = NONE;
                }
            }
        }
    }

    private List<List<Scatter>> scatters(List<StageProgram> programs, OutputPlaces outputPlaces) {
        boolean[] isWanted = new boolean[start.length];
        for (StageProgram of : programs) {
            for (int c : of.stage().stored()) {
                isWanted[c] = spreadOf(of.stage()) == null && outputStart[c] == NONE && plan.outputs[c] > 0 && plan.isReadByStagesAlone(c);
            }
        }
        for (StageProgram of : programs) {
            for (int i = 0; i < of.leaves(); i++) {
                isWanted[of.leafClass(i)] = false;
            }
        }
        int[] rounds = outputPlaces.rounds();
        int[][][] places = new int[start.length][][];
        for (int c = 0; c < start.length; c++) {
            if (isWanted[c] && rounds[c] <= MOST_SCATTERS) {
                int size = plan.classes.size(c);
                places[c] = Stream.generate(() -> nowhere(size)).limit(rounds[c]).toArray(int[][]::new);
            }
        }
        outputPlaces.forEach((c, k, round, place) -> {
            if (places[c] != null) {
                places[c][round][k] = place;
            }
        });
        return Arrays.stream(places).map(of -> of == null ? List.<Scatter>of() : Arrays.stream(of).map(Scatter::new).toList()).toList();
    }

    /** Finds constants that stand as far apart as what a stage scatters. */
    private void findFills(List<StageProgram> programs, OutputPlaces outputPlaces) {
        Map<Integer, Plan.StagePlan> byStride = new HashMap<>();
        for (StageProgram of : programs) {
            for (int c : of.stage().stored()) {
                for (Scatter s : scatters(c)) {
                    byStride.merge(s.stride(), of.stage(), (a, b) -> a.elements() >= b.elements() ? a : b);
                }
            }
        }
        byStride.remove(0);
        if (byStride.isEmpty()) {
            return;
        }
        for (int k = 0; k < plan.classes.size(Classes.CONSTANTS); k++) {
            int[] places = outputPlaces.of(plan.classes.member(Classes.CONSTANTS, k));
            for (int first = 0, end; first + 1 < places.length; first = end) {
                int stride = places[first + 1] - places[first];
                end = first + 2;
                while (end < places.length && places[end] - places[end - 1] == stride) {
                    end++;
                }
                Plan.StagePlan stage = byStride.get(stride);
                if (stage != null && end - first >= Fill.SHORTEST) {
                    double value = p.constant(plan.classes.member(Classes.CONSTANTS, k));
                    fills.computeIfAbsent(stage, _ -> new ArrayList<>()).add(new Fill(value, places[first], stride, end - first));
                    Arrays.stream(places, first, end).forEach(filled::set);
                }
            }
        }
    }

    private static int[] nowhere(int n) {
        int[] none = new int[n];
        Arrays.fill(none, NONE);
        return none;
    }

    private void findOutputsInARow() {
        Classes classes = plan.classes;
        for (int i = 0; i < p.outputs(); i++) {
            int v = p.output(i);
            int c = classes.of[v];
            if (classes.index[v] == 0 && plan.isLarge(c) && plan.stored[c] && plan.isReadByStagesAlone(c)
                    && plan.outputs[c] == classes.size(c) && areOutputsFrom(c, i)) {
                outputStart[c] = i;
            }
        }
    }

    private boolean areOutputsFrom(int c, int from) {
        int n = plan.classes.size(c);
        if (from + n > p.outputs()) {
            return false;
        }
        for (int k = 0; k < n; k++) {
            if (p.output(from + k) != plan.classes.member(c, k)) {
                return false;
            }
        }
        return true;
    }
}
