package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WengertTest {

    @Test
    void helpNamesEveryCommandAndGoesToStdout() {
        Call call = Call.of("--help");
        assertEquals(0, call.status());
        assertEquals("", call.err());
        for (String command : new String[] {"derive", "fit", "nist", "doctor", "completion"}) {
            assertTrue(call.out().lines().anyMatch(line -> line.startsWith("  " + command)), call.out());
        }
        assertTrue(call.out().contains("Exit status: 0 success, 1 the numerical task failed, 2 bad usage"));
    }

    @Test
    void everyCommandHasHelp() {
        for (String command : new String[] {"derive", "fit", "nist", "doctor", "completion"}) {
            Call call = Call.of(command, "--help");
            assertEquals(0, call.status());
            assertTrue(call.out().contains("Usage: wengert " + command), call.out());
            assertFalse(call.out().contains("wengert doctor\n"), "the examples of the main command");
        }
    }

    @Test
    void versionNamesTheJava() {
        Call call = Call.of("--version");
        assertEquals(0, call.status());
        assertTrue(call.out().contains("Java " + System.getProperty("java.version")), call.out());
    }

    @Test
    void noCommandIsBadUsage() {
        Call call = Call.of();
        assertEquals(2, call.status());
        assertEquals("", call.out());
        assertTrue(call.err().startsWith("wengert: a command is missing"), call.err());
    }

    @Test
    void anUnknownCommandIsBadUsageWithASuggestion() {
        Call call = Call.of("doktor");
        assertEquals(2, call.status());
        assertTrue(call.err().contains("'doktor'"), call.err());
        assertTrue(call.err().contains("Did you mean: wengert doctor?"), call.err());
    }

    @Test
    void anUnknownOptionIsBadUsage() {
        Call call = Call.of("doctor", "--jsen");
        assertEquals(2, call.status());
        assertTrue(call.err().startsWith("wengert: unknown option: '--jsen'"), call.err());
    }

    @Test
    void completionIsABashScriptThatKnowsTheCommands() {
        Call call = Call.of("completion");
        assertEquals(0, call.status());
        assertTrue(call.out().startsWith("#!/usr/bin/env bash"), call.out());
        assertTrue(call.out().contains("doctor"), "the command doctor");
    }
}
