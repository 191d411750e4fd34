package org.wengert.cli.bench;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.engine.TileInterpreter;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Adjoint;

class LstmTest {

    private static final double TOLERANCE = 1e-12;
    private static final String FILE = "lstm_l2_c1024.txt";

    @Test
    void theWholeLossAsOneProgramHasTheGoldenGradient() {
        AdBench.need();
        AdBench.Network in = AdBench.network(FILE);
        AdBench.Golden golden = AdBench.golden("lstm_" + FILE);
        Program loss = Tracer.trace(in.parameters(), p -> new Scalar[] {in.lstm().loss(p)});
        double[] out = Adjoint.gradient(loss).value(in.parameters());
        AdBench.close(golden.number("F"), out[0], TOLERANCE, "F");
        golden.check("gradient", Arrays.copyOfRange(out, 1, out.length), TOLERANCE);
    }

    @Test
    void dualNumbersGiveTheGoldenGradient() {
        AdBench.need();
        AdBench.Network in = AdBench.network(FILE);
        AdBench.Golden golden = AdBench.golden("lstm_" + FILE);
        var gradient = Differentiable.of(in.parameters().length, in.lstm()::loss).gradient(in.parameters());
        AdBench.close(golden.number("F"), gradient.value(), TOLERANCE, "F");
        golden.check("gradient", gradient.gradient(), TOLERANCE);
    }

    @Test
    void theEnginesAndHandGiveTheGoldenGradient() {
        AdBench.need();
        AdBench.Network in = AdBench.network(FILE);
        AdBench.Golden golden = AdBench.golden("lstm_" + FILE);
        ChainedLstm chain = new ChainedLstm(new TileInterpreter(), in.lstm(), in.parameters());
        chain.runGradient();
        AdBench.close(golden.number("F"), chain.loss()[0], TOLERANCE, "F");
        golden.check("gradient", chain.gradient(), TOLERANCE);
        double[] byHand = new double[in.parameters().length];
        AdBench.close(golden.number("F"), new LstmByHand(in.lstm()).gradient(in.parameters(), byHand), TOLERANCE, "F");
        golden.check("gradient", byHand, TOLERANCE);
    }
}
