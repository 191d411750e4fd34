package org.wengert.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes files that are either whole or not there: into a temporary file in the same folder, which then takes the
 * target's place in one step. If the program is stopped in between, the temporary file is removed.
 */
final class Output {

    private Output() {}

    /** Writes the contents of a file. */
    @FunctionalInterface
    interface Contents {
        /** Writes everything to the stream; need not close it. */
        void to(OutputStream out) throws IOException;
    }

    /**
     * Complains now of what would make {@link #write} fail later: a missing folder, or one in its place.
     *
     * @param option the option that named the file, for the message
     */
    static void check(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw Problem.input(option + ": there is no folder " + folder);
        }
        if (Files.isDirectory(file)) {
            throw Problem.input(option + ": " + file + " is a folder, a file is needed");
        }
        if (folder != null && !Files.isWritable(folder)) {
            throw Problem.input(option + ": the folder " + folder + " is not writable");
        }
    }

    /** Writes a file, or leaves what was there. */
    static void write(Path file, Contents contents) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe or a device has no half-written state
            try (OutputStream out = Files.newOutputStream(file)) {
                contents.to(out);
            }
            return;
        }
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path temporary = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        Thread remove = new Thread(() -> delete(temporary));
        Runtime.getRuntime().addShutdownHook(remove);
        try {
            try (OutputStream out = Files.newOutputStream(temporary)) {
                contents.to(out);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (ClosedByInterruptException e) {
            throw Problem.failed("interrupted while " + file + " was being written");
        } finally {
            delete(temporary);
            forget(remove);
        }
    }

    private static void delete(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException _) {
            // nothing more can be done about it
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the program is being stopped: the hook runs
        }
    }
}
