package org.wengert.tests.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.wengert.core.elementary.Arithmetic;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Program;

/**
 * A value with, for each input, the sum over all paths to it of the absolute products of partial derivatives. A derivative is the
 * same sum with signs: whatever order its terms are added in, it loses units in the last place of this.
 *
 * @param value the value
 * @param paths the sums
 */
record PathSizes(double value, double[] paths) {

    /** The sums for each output and input of a program at a point. */
    static double[][] of(Program p, double[] x) {
        List<PathSizes> in = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            double[] paths = new double[x.length];
            paths[i] = 1;
            in.add(new PathSizes(x[i], paths));
        }
        return p.evaluate(new Sizes(x.length), in).stream().map(PathSizes::paths).toArray(double[][]::new);
    }

    private record Sizes(int inputs) implements Arithmetic<PathSizes> {

        @Override
        public PathSizes constant(double c) {
            return new PathSizes(c, new double[inputs]);
        }

        @Override
        public PathSizes apply(Unary f, PathSizes x) {
            double y = f.value(x.value);
            return sum(y, List.of(x), new double[] {f.first(x.value, y)});
        }

        @Override
        public PathSizes apply(Binary f, PathSizes x, PathSizes y) {
            double z = f.value(x.value, y.value);
            return sum(z, List.of(x, y), new double[] {f.fx(x.value, y.value, z), f.fy(x.value, y.value, z)});
        }

        @Override
        public PathSizes apply(Nary f, List<PathSizes> x) {
            double[] at = x.stream().mapToDouble(PathSizes::value).toArray();
            double z = f.value(at);
            return sum(z, x, f.gradient(at, z));
        }

        private PathSizes sum(double value, List<PathSizes> operands, double[] partials) {
            double[] paths = new double[inputs];
            for (int k = 0; k < partials.length; k++) {
                for (int i = 0; i < inputs; i++) {
                    double along = operands.get(k).paths[i];
                    paths[i] += along == 0 || partials[k] == 0 ? 0 : Math.abs(partials[k]) * along;
                }
            }
            return new PathSizes(value, paths);
        }
    }
}
