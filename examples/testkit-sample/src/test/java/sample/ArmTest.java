package sample;

import static org.wengert.testkit.DerivativeAssertions.assertGradient;
import static org.wengert.testkit.DerivativeAssertions.assertJacobian;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.wengert.testkit.DerivativeDomain;
import org.wengert.testkit.DerivativeDomain.Point;

/** The derivatives that are right. */
class ArmTest {

    @Test
    void theGradientIsRightAtAPoint() {
        assertGradient(Arm::cost, Arm::gradient, 0.3, -1.1);
    }

    @Property(tries = 100)
    @Domain(DerivativeDomain.class)
    void theJacobianIsRightEverywhere(@ForAll @Point(2) double[] angles) {
        assertJacobian(Arm::hand, Arm::jacobian, angles);
    }
}
