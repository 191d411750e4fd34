package org.wengert.core.batch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.PointCode;
import org.wengert.core.engine.PointEngine;
import org.wengert.core.program.Program;

/** A path of a function through its comparisons: its program, and the operators made ready for it so far. Thread safe. */
final class Path {

    private static final double[] NONE = {};

    private final Program program;
    private final boolean isOnly;
    private final PointCode condition;
    private final int[] wrt;
    private final Engine engine;
    private final Map<Operator, Plan> sharedPlans = new ConcurrentHashMap<>();
    private final Map<Operator, Plan> ownPlans = new ConcurrentHashMap<>();
    private final Map<Operator, PointPlan> points = new ConcurrentHashMap<>();

    Path(Program program, int[] wrt, Engine engine) {
        this.program = program;
        this.isOnly = program.guards().isEmpty();
        this.condition = PointEngine.plain().compile(program.select());
        this.wrt = wrt;
        this.engine = engine;
    }

    Program program() {
        return program;
    }

    /** Whether the function takes this path at every point. */
    boolean isOnly() {
        return isOnly;
    }

    /** Whether the function takes this path at a point. */
    boolean isRightAt(double[] x) {
        return isOnly || condition.run(x, NONE);
    }

    /** The operator on this path, for one point at a time. */
    PointPlan point(Operator operator) {
        PointPlan plan = points.get(operator);
        return plan != null ? plan : points.computeIfAbsent(operator, o -> PointPlan.of(o.transform(program, wrt)));
    }

    /** The operator on this path; shared if its additional inputs are the same for all points. */
    Plan plan(Operator operator, boolean shared) {
        Map<Operator, Plan> plans = shared ? sharedPlans : ownPlans;
        Plan plan = plans.get(operator);
        return plan != null ? plan : plans.computeIfAbsent(operator, o -> Plan.of(this, o, wrt, shared, engine));
    }
}
