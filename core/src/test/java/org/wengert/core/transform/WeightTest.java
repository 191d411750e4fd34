package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WeightTest {

    private static final int LAST = (1 << 29) - 1;

    @Test
    void aNodeAndWhatIsKnownOfItComeBackAsTheyWerePackedIn() {
        for (int node : new int[] {0, 1, 5, 123_456_789, LAST}) {
            assertEquals(Weight.of(node, 0), Weight.of(node));
            for (boolean singular : new boolean[] {false, true}) {
                for (boolean zeroWins : new boolean[] {false, true}) {
                    int flags = (singular ? Weight.SINGULAR : 0) | (zeroWins ? Weight.ZERO_WINS : 0);
                    int weight = Weight.of(node, flags);
                    assertEquals(node, Weight.node(weight));
                    assertEquals(flags, Weight.flags(weight));
                    assertEquals(singular, Weight.isSingular(weight));
                    assertEquals(zeroWins, Weight.zeroWins(weight));
                    assertNotEquals(Weight.ZERO, weight);
                }
            }
        }
    }

    @Test
    void nodesThatHaveNoRoomBesideTheFlagsAreRefused() {
        String message = assertThrows(IllegalStateException.class, () -> Weight.of(LAST + 1, 0)).toString();
        assertTrue(message.contains("2^29"), message);
    }
}
