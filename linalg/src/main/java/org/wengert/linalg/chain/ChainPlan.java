package org.wengert.linalg.chain;

import java.util.Locale;
import org.wengert.linalg.Arguments;

/**
 * The cheapest way to multiply a chain J = Jₖ₋₁ · … · J₁ · J₀, found by dynamic programming over all bracketings.
 *
 * <p>For factors i to j, cost(i, j) is the least of
 *
 * <pre>
 * cost(i, s) + cost(s+1, j) + multiplications of the two products      for all s: both sides are formed and multiplied
 * cost(i, s) + Σ edges(s+1 … j) · columns(i)                           forward: the left stages are applied to the columns
 * cost(s+1, j) + Σ edges(i … s) · rows(j)                              reverse: the right stages are applied to the rows
 * </pre>
 *
 * the last two where those factors are stages; a stage alone costs its edges times the lesser of its rows and columns.
 * Multiplications of sparse matrices are counted from their patterns, exactly if nothing cancels; the pattern of a product does
 * not depend on the order of multiplication. Takes O(k³) steps, and the patterns of k² products.
 */
public final class ChainPlan {

    /** How a part of the chain is computed. */
    private enum How { GIVEN, STAGE_FORWARD, STAGE_REVERSE, MULTIPLY, FORWARD, REVERSE }

    /** The best for a part. */
    private record Choice(long cost, int split, How how) {}

    private final Factor[] factors;
    private final Structure[][] structure;
    private final Choice[][] best;
    private final long forward;
    private final long reverse;

    private ChainPlan(Factor[] factors) {
        this.factors = factors;
        int k = factors.length;
        this.structure = structures(factors);
        this.best = new Choice[k][k];
        for (int length = 1; length <= k; length++) {
            for (int i = 0; i + length <= k; i++) {
                best[i][i + length - 1] = choose(i, i + length - 1);
            }
        }
        this.forward = oneWay(true);
        this.reverse = oneWay(false);
    }

    /**
     * The plan for a chain.
     *
     * @param factors J₀, J₁, …: in the order in which they are applied, the rightmost factor of the product first
     * @throws IllegalArgumentException if two neighbours cannot be multiplied; the message names them
     */
    public static ChainPlan of(Factor... factors) {
        Factor.requireChain(factors);
        return new ChainPlan(factors.clone());
    }

    // ---- patterns and costs --------------------------------------------------------------------------

    private static Structure[][] structures(Factor[] factors) {
        int k = factors.length;
        Structure[][] all = new Structure[k][k];
        for (int i = 0; i < k; i++) {
            all[i][i] = factors[i] instanceof Factor.Sparse s ? Structure.of(s.pattern())
                    : Structure.full(factors[i].rows(), factors[i].columns());
        }
        for (int length = 2; length <= k; length++) {
            for (int i = 0; i + length <= k; i++) {
                int j = i + length - 1;
                all[i][j] = Structure.product(all[j][j], all[i][j - 1]);
            }
        }
        return all;
    }

    /** Multiplications of (product of s+1 … j) · (product of i … s). */
    private long multiplications(int i, int s, int j) {
        return Structure.multiplications(structure[s + 1][j], structure[i][s]);
    }

    private boolean areStages(int i, int j) {
        for (int f = i; f <= j; f++) {
            if (!(factors[f] instanceof Factor.Stage)) {
                return false;
            }
        }
        return true;
    }

    private long edges(int i, int j) {
        long sum = 0;
        for (int f = i; f <= j; f++) {
            sum += factors[f] instanceof Factor.Stage s ? s.edges() : 0;
        }
        return sum;
    }

    private Choice choose(int i, int j) {
        if (i == j) {
            Factor f = factors[i];
            return !(f instanceof Factor.Stage s) ? new Choice(0, i, How.GIVEN)
                    : s.columns() <= s.rows() ? new Choice(s.edges() * s.columns(), i, How.STAGE_FORWARD)
                    : new Choice(s.edges() * s.rows(), i, How.STAGE_REVERSE);
        }
        Choice least = null;
        for (int s = i; s < j; s++) {
            Choice multiply = new Choice(
                    best[i][s].cost + best[s + 1][j].cost + multiplications(i, s, j), s, How.MULTIPLY);
            least = least == null || multiply.cost < least.cost ? multiply : least;
            if (areStages(s + 1, j)) {
                Choice on = new Choice(best[i][s].cost + edges(s + 1, j) * factors[i].columns(), s, How.FORWARD);
                least = on.cost < least.cost ? on : least;
            }
            if (areStages(i, s)) {
                Choice back = new Choice(best[s + 1][j].cost + edges(i, s) * factors[j].rows(), s, How.REVERSE);
                least = back.cost < least.cost ? back : least;
            }
        }
        if (least == null) {
            throw new AssertionError("a chain of two factors has a split");
        }
        return least;
    }

    /** From right to left, or from left to right, stages applied as they come. */
    private long oneWay(boolean rightToLeft) {
        int k = factors.length;
        int first = rightToLeft ? 0 : k - 1;
        long cost = 0;
        for (int step = 0; step < k; step++) {
            int f = rightToLeft ? step : k - 1 - step;
            long across = rightToLeft ? factors[0].columns() : factors[k - 1].rows();
            if (factors[f] instanceof Factor.Stage s) {
                cost += s.edges() * across;
            } else if (f != first) {
                cost += rightToLeft ? multiplications(0, f - 1, f) : multiplications(f, f, k - 1);
            }
        }
        return cost;
    }

    // ---- asking --------------------------------------------------------------------------------------

    /** The factors, in the order in which they are applied. */
    public int factors() {
        return factors.length;
    }

    /** Multiplications of the best order. */
    public long multiplications() {
        return best[0][factors.length - 1].cost;
    }

    /** Multiplications from right to left: forward mode. */
    public long forwardMultiplications() {
        return forward;
    }

    /** Multiplications from left to right: reverse mode. */
    public long reverseMultiplications() {
        return reverse;
    }

    /**
     * The best order as a formula: factors by number as they stand in the product, {@code *} for a product of matrices,
     * {@code >} for stages applied to the columns of what stands right, {@code <} for stages applied to the rows of what stands left.
     */
    public String order() {
        return order(0, factors.length - 1);
    }

    private String order(int i, int j) {
        Choice c = best[i][j];
        if (i == j) {
            return "J" + i;
        }
        return switch (c.how) {
            case FORWARD -> "(" + stages(c.split + 1, j) + " > " + order(i, c.split) + ")";
            case REVERSE -> "(" + order(c.split + 1, j) + " < " + stages(i, c.split) + ")";
            default -> "(" + order(c.split + 1, j) + " * " + order(i, c.split) + ")";
        };
    }

    private static String stages(int i, int j) {
        var text = new StringBuilder();
        for (int f = j; f >= i; f--) {
            text.append(f == j ? "J" : " J").append(f);
        }
        return text.toString();
    }

    /** The order, and the multiplications it saves: for people, a few lines. */
    @Override
    public String toString() {
        long least = Math.min(forward, reverse);
        return String.format(Locale.ROOT,
                "%s%n%d multiplications; right to left (forward) %d, left to right (reverse) %d: %s",
                order(), multiplications(), forward, reverse,
                multiplications() == least ? "nothing saved"
                        : String.format(Locale.ROOT, "%d saved, %.1f %%", least - multiplications(),
                                100.0 * (least - multiplications()) / least));
    }

    // ---- walking the plan ----------------------------------------------------------------------------

    /** What walks the plan: computes parts of the product. */
    interface Work<M> {

        /** A factor that is given. */
        M given(int factor);

        /** The Jacobian of a stage. */
        M stage(int factor, boolean forward);

        /** left · right. */
        M multiply(M left, M right);

        /** The stages i to j applied to the columns of what stands right of them. */
        M forward(int i, int j, M right);

        /** The stages i to j applied to the rows of what stands left of them. */
        M reverse(int i, int j, M left);
    }

    <M> M run(Work<M> work) {
        return run(0, factors.length - 1, work);
    }

    private <M> M run(int i, int j, Work<M> work) {
        Choice c = best[i][j];
        return switch (c.how) {
            case GIVEN -> work.given(i);
            case STAGE_FORWARD -> work.stage(i, true);
            case STAGE_REVERSE -> work.stage(i, false);
            case MULTIPLY -> work.multiply(run(c.split + 1, j, work), run(i, c.split, work));
            case FORWARD -> work.forward(c.split + 1, j, run(i, c.split, work));
            case REVERSE -> work.reverse(i, c.split, run(c.split + 1, j, work));
        };
    }

    /** Factor i. */
    Factor factor(int i) {
        Arguments.atLeast(i, 0, "i");
        return factors[i];
    }
}
