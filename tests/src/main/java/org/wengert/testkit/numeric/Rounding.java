package org.wengert.testkit.numeric;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Arithmetic;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Program;

/**
 * How far rounding errors carry the outputs of a program: measured, not bounded, by running it several times with every
 * result moved at random by as much as rounding may have moved it (Monte Carlo arithmetic: D. S. Parker, 1997; S. Graillat,
 * J.-L. Lamotte and F. Jézéquel's CADNA works alike).
 */
public final class Rounding {

    private static final int RUNS = 6;

    private Rounding() {}

    /**
     * The largest distances between the outputs of perturbed runs and of the plain run.
     *
     * @param p  the program; its guards are not looked at
     * @param in its inputs; not changed, and not perturbed
     * @return one entry an output; infinite where runs differ by an infinity or a NaN
     */
    public static double[] spread(Program p, double... in) {
        List<Double> arguments = new ArrayList<>(in.length);
        for (double x : in) {
            arguments.add(x);
        }
        List<Double> plain = p.evaluate(new Perturbed(null), arguments);
        double[] spread = new double[p.outputs()];
        var random = new SplittableRandom(20250101);
        for (int run = 0; run < RUNS; run++) {
            List<Double> moved = p.evaluate(new Perturbed(random), arguments);
            for (int i = 0; i < spread.length; i++) {
                double distance = Math.abs(moved.get(i) - plain.get(i));
                boolean same = Double.compare(moved.get(i), plain.get(i)) == 0;
                spread[i] = Math.max(spread[i], same ? 0 : distance <= Double.MAX_VALUE ? distance : Double.POSITIVE_INFINITY);
            }
        }
        return spread;
    }

    /** Doubles whose results are moved by as many units in the last place as the notes of their rows admit. */
    private record Perturbed(@Nullable SplittableRandom random) implements Arithmetic<Double> {

        private Double moved(Elementary f, double y) {
            double ulps = f.notes().valueUlps();
            // A row that states no accuracy is trusted to a few units; one that claims none to lose is moved too where it rounds.
            double units = Double.isNaN(ulps) ? 4 : ulps == 0 ? 0 : Math.max(1, ulps);
            return random == null || units == 0 ? y : y + Math.ulp(y) * Math.rint(units * 1.5 * (2 * random.nextDouble() - 1));
        }

        @Override
        public Double constant(double c) {
            return c;
        }

        @Override
        public Double apply(Unary f, Double x) {
            return moved(f, f.value(x));
        }

        @Override
        public Double apply(Binary f, Double x, Double y) {
            return moved(f, f.value(x, y));
        }

        @Override
        public Double apply(Nary f, List<Double> x) {
            double[] arguments = x.stream().mapToDouble(Double::doubleValue).toArray();
            double y = f.value(arguments);
            if (f.name().equals("sum")) {
                // Errors of a sum are relative to its largest partial sum, not to its result.
                double size = 0;
                for (double t : arguments) {
                    size += Math.abs(t);
                }
                return random == null ? y : y + Math.ulp(size) * Math.rint(1.5 * (2 * random.nextDouble() - 1));
            }
            return moved(f, y);
        }
    }
}
