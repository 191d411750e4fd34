package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DoctorCommandTest {

    @Test
    void saysWhatThereIsInWords() {
        Call call = Call.of("doctor");
        assertEquals(0, call.status());
        assertEquals("", call.err());
        for (String what : new String[] {"JDK", "vector width", "vector mathematics", "GPU", "heap", "cores"}) {
            assertTrue(call.out().contains(" " + what + " "), what);
        }
        assertTrue(call.out().contains(System.getProperty("java.version")), call.out());
    }

    @Test
    void everyPartThatAGpuNeedsIsThereOrComesWithAWayToGetIt() {
        Call call = Call.of("doctor");
        for (String part : new String[] {"flag", "driver", "device", "natives", "compiler", "kernels"}) {
            assertTrue(call.out().contains("  " + part + " "), part);
        }
        assertTrue(call.out().contains("ok   driver") || call.out().contains("to get it: install NVIDIA's driver"), call.out());
        assertTrue(Call.of("doctor", "--json").out().contains("\"gpuParts\": [{\"part\": \"flag\", \"found\": "));
    }

    @Test
    void jsonIsOneObjectOnOneLine() {
        Call call = Call.of("doctor", "--json");
        assertEquals(0, call.status());
        assertEquals(1, call.out().lines().count());
        assertTrue(call.out().startsWith("{\"jdk\": \"" + System.getProperty("java.version") + "\""), call.out());
        assertTrue(call.out().stripTrailing().endsWith("}"), call.out());
        assertTrue(call.out().contains("\"cores\": " + Runtime.getRuntime().availableProcessors()), call.out());
    }

    @Test
    void coloursAppearOnATerminalOnly() {
        assertFalse(Call.of("doctor").out().contains("\033["));
        assertTrue(Call.of(new Terminal(true, true), "doctor").out().contains("\033[32mok"));
    }
}
