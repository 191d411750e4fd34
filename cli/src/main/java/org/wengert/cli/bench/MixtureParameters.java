package org.wengert.cli.bench;

import org.wengert.core.engine.Engines;
import org.wengert.core.engine.PointCode;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Adjoint;

/**
 * What is done once for all points of a {@link GaussianMixture}: its parameters are transformed, and what the points contribute is pulled
 * back and added to the prior. Not for use by several threads.
 */
final class MixtureParameters {

    private final double[] parameters;
    private final Once transformed;
    private final Once back;
    private final Once prior;
    private final double[] forBack;

    MixtureParameters(GaussianMixture mixture, double[] parameters) {
        this.parameters = parameters;
        Program transformation = Tracer.trace(parameters, mixture::transformed);
        transformed = new Once(transformation);
        back = new Once(Adjoint.of(transformation));
        prior = new Once(Adjoint.gradient(Tracer.trace(parameters, p -> new Scalar[] {mixture.prior(p)})));
        forBack = new double[2 * parameters.length];
        System.arraycopy(parameters, 0, forBack, 0, parameters.length);
    }

    /** The parameters as points need them; the same array each time. */
    double[] transformed() {
        return transformed.run(parameters);
    }

    /** F, given the sum over points. */
    double value(double likelihood) {
        return prior.run(parameters)[0] + likelihood;
    }

    /** Writes the gradient of F, given that of the sum over points by the transformed parameters; returns F. */
    double gradient(double likelihood, double[] adjoint, double[] gradient) {
        int n = parameters.length;
        System.arraycopy(adjoint, 0, forBack, n, n);
        double[] pulled = back.run(forBack);
        double[] own = prior.run(parameters);
        for (int i = 0; i < n; i++) {
            gradient[i] = pulled[n + i] + own[1 + i];
        }
        return own[0] + likelihood;
    }

    /** A program for one point, with room for its outputs. */
    private static final class Once {

        private final PointCode code;
        private final double[] out;

        Once(Program program) {
            code = Engines.point().compile(program);
            out = new double[program.outputs()];
        }

        double[] run(double[] x) {
            if (!code.run(x, out)) {
                throw new IllegalStateException("a derivative is not a number");
            }
            return out;
        }
    }
}
