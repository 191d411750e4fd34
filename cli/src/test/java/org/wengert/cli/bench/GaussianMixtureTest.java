package org.wengert.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.core.Differentiable;
import org.wengert.core.Gradient;
import org.wengert.core.engine.Engine;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Adjoint;

class GaussianMixtureTest {

    private static final double TOLERANCE = 1e-12;

    @ParameterizedTest
    @ValueSource(strings = {
        "test.txt", "1k/gmm_d2_K5.txt", "1k/gmm_d2_K10.txt", "1k/gmm_d10_K5.txt", "1k/gmm_d10_K10.txt",
        "1k/gmm_d10_K25.txt", "10k/gmm_d2_K10.txt", "10k/gmm_d10_K25.txt"
    })
    void programsAndHandGiveTheGoldenGradient(String file) {
        AdBench.need();
        AdBench.Mixture in = AdBench.mixture(file);
        AdBench.Golden golden = golden(file);
        GaussianMixture mixture = in.mixture();
        var byHand = new GaussianMixtureByHand(mixture);
        double[] gradient = new double[mixture.parameters()];
        AdBench.close(golden.number("F"), byHand.objective(in.parameters()), TOLERANCE, "F");
        AdBench.close(golden.number("F"), byHand.gradient(in.parameters(), gradient), TOLERANCE, "F");
        golden.check("gradient", gradient, TOLERANCE);
        double[] byPrograms = new double[mixture.parameters()];
        AdBench.close(golden.number("F"), byPrograms(mixture, in.parameters(), byPrograms), TOLERANCE, "F");
        golden.check("gradient", byPrograms, TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"test.txt", "1k/gmm_d2_K5.txt", "1k/gmm_d10_K5.txt", "10k/gmm_d2_K10.txt"})
    void theEnginesGiveTheGoldenGradient(String file) {
        AdBench.need();
        AdBench.Mixture in = AdBench.mixture(file);
        AdBench.Golden golden = golden(file);
        for (Engine engine : Engines.ALL) {
            MixtureSweep sweep = new MixtureSweep(engine, new Workers(2), in.mixture(), in.parameters());
            sweep.runValue();
            AdBench.close(golden.number("F"), sweep.value()[0], TOLERANCE, "F");
            sweep.runGradient();
            AdBench.close(golden.number("F"), sweep.value()[0], TOLERANCE, "F");
            golden.check("gradient", sweep.gradient(), TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"test.txt", "1k/gmm_d2_K5.txt", "1k/gmm_d2_K10.txt"})
    void dualNumbersGiveTheGoldenGradient(String file) {
        AdBench.need();
        AdBench.Mixture in = AdBench.mixture(file);
        AdBench.Golden golden = golden(file);
        Gradient gradient = Differentiable.of(in.mixture().parameters(), in.mixture()::objective)
                .gradient(in.parameters());
        AdBench.close(golden.number("F"), gradient.value(), TOLERANCE, "F");
        golden.check("gradient", gradient.gradient(), TOLERANCE);
    }

    @Test
    void theWholeObjectiveAsOneProgramHasTheSameGradient() {
        GaussianMixture mixture = GaussianMixture.generate(3, 4, 50, 5);
        double[] p = mixture.someParameters(6);
        Program program = Adjoint.gradient(Tracer.trace(p, x -> new Scalar[] {mixture.objective(x)}));
        double[] out = program.value(p);
        double[] expected = new double[mixture.parameters()];
        AdBench.close(new GaussianMixtureByHand(mixture).gradient(p, expected), out[0], TOLERANCE, "F");
        for (int i = 0; i < expected.length; i++) {
            AdBench.close(expected[i], out[1 + i], TOLERANCE, "entry " + i);
        }
    }

    private static AdBench.Golden golden(String file) {
        return AdBench.golden("gmm_" + file.replace('/', '_'));
    }

    /** F by the programs of its parts, the points one after another. */
    private static double byPrograms(GaussianMixture mixture, double[] p, double[] gradient) {
        int n = mixture.parameters();
        Program transformed = Tracer.trace(p, mixture::transformed);
        double[] z = transformed.value(p);
        double[] in = Arrays.copyOf(z, n + mixture.d());
        System.arraycopy(mixture.points(), 0, in, n, mixture.d());
        Program point = Adjoint.gradient(
                Tracer.trace(in, x -> new Scalar[] {
                    mixture.logLikelihood(Arrays.copyOf(x, n), Arrays.copyOfRange(x, n, x.length))
                }),
                IntStream.range(0, n).toArray());
        Workspace workspace = point.newWorkspace();
        double[] out = new double[1 + n];
        double[] sums = new double[1 + n];
        for (int i = 0; i < mixture.count(); i++) {
            System.arraycopy(mixture.points(), i * mixture.d(), in, n, mixture.d());
            assertEquals(true, point.run(in, out, workspace));
            for (int j = 0; j <= n; j++) {
                sums[j] += out[j];
            }
        }
        double[] prior = Adjoint.gradient(Tracer.trace(p, x -> new Scalar[] {mixture.prior(x)})).value(p);
        double[] weighted = Arrays.copyOf(p, 2 * n);
        System.arraycopy(sums, 1, weighted, n, n);
        double[] back = Adjoint.of(transformed).value(weighted);
        for (int j = 0; j < n; j++) {
            gradient[j] = back[n + j] + prior[1 + j];
        }
        return sums[0] + prior[0];
    }
}
