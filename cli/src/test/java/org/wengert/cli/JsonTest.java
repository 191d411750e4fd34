package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void objectsKeepTheirOrder() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("z", 1);
        object.put("a", List.of(true, "x"));
        object.put("m", new double[][] {{1, 2}, {3, 4}});
        assertEquals("{\"z\": 1, \"a\": [true, \"x\"], \"m\": [[1.0, 2.0], [3.0, 4.0]]}", Json.of(object));
    }

    @Test
    void emptyThingsAndNullAreWritten() {
        assertEquals("{}", Json.of(Map.of()));
        assertEquals("[]", Json.of(List.of()));
        assertEquals("[null]", Json.of(Arrays.asList(new Object[1])));
    }

    @Test
    void whatJsonHasNoNumberForBecomesAString() {
        assertEquals("[\"NaN\", \"Infinity\", \"-Infinity\", -0.0]",
                Json.of(new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0}));
    }

    @Test
    void stringsAreEscaped() {
        assertEquals("\"a\\\"b\\\\c\\n\\t\\r\\u0001\u00e9\\ud83d\\ude00\"", Json.of("a\"b\\c\n\t\r\u0001\u00e9\ud83d\ude00"));
    }

    @Test
    void anythingElseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Json.of(new Object()));
    }

    @Property
    void numbersReadBackAsTheSameDouble(@ForAll long bits) {
        double d = Double.longBitsToDouble(bits);
        if (Double.isFinite(d)) {
            assertEquals(d, Double.parseDouble(Json.of(d)));
        }
    }
}
