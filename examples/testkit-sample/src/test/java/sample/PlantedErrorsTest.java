package sample;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.testkit.DerivativeAssertions.assertGradient;
import static org.wengert.testkit.DerivativeAssertions.assertJacobian;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The mistakes are found, and called by their names. */
class PlantedErrorsTest {

    private static void assertFound(String name, Executable assertion) {
        String message = assertThrows(AssertionError.class, assertion).getMessage();
        System.out.println(message + "\n");
        assertTrue(message.contains(name), message);
    }

    @Test
    void theSignErrorIsFound() {
        assertFound("entry 1 is wrong: a sign error",
                () -> assertGradient(Arm::cost, BrokenArm::gradientWithSignError, 0.3, -1.1));
    }

    @Test
    void theMissingTwoIsFound() {
        assertFound("a factor of 2: it is half what it should be",
                () -> assertGradient(Arm::cost, BrokenArm::gradientWithoutTheTwo, 0.3, -1.1));
    }

    @Test
    void theTransposedJacobianIsFound() {
        assertFound("the matrix is transposed",
                () -> assertJacobian(Arm::hand, BrokenArm::transposedJacobian, 0.3, -1.1));
    }
}
