package org.wengert.gpu;

import java.util.Arrays;

/**
 * Who read and who wrote which word of shared memory since the last barrier. A word that one thread writes, no other may
 * read or write before the next barrier: on a device, the outcome is a matter of luck.
 */
final class SharedAccesses {

    private static final int NOBODY = -1;
    private static final int SEVERAL = -2;

    private final int[] writer;
    private final int[] reader;

    SharedAccesses(int bytes) {
        writer = new int[(bytes + 3) / 4];
        reader = new int[writer.length];
        barrier();
    }

    void barrier() {
        Arrays.fill(writer, NOBODY);
        Arrays.fill(reader, NOBODY);
    }

    void read(int from, int bytes, int thread) {
        for (int word = from / 4; word < (from + bytes + 3) / 4; word++) {
            if (writer[word] != NOBODY && writer[word] != thread) {
                throw race("reads what thread " + writer[word] + " wrote", word, thread);
            }
            reader[word] = reader[word] == NOBODY || reader[word] == thread ? thread : SEVERAL;
        }
    }

    void write(int from, int bytes, int thread) {
        for (int word = from / 4; word < (from + bytes + 3) / 4; word++) {
            if (writer[word] != NOBODY && writer[word] != thread) {
                throw race("writes what thread " + writer[word] + " wrote", word, thread);
            }
            if (reader[word] != NOBODY && reader[word] != thread) {
                throw race("writes what another thread read", word, thread);
            }
            writer[word] = thread;
        }
    }

    private static AssertionError race(String what, int word, int thread) {
        return new AssertionError("no barrier between: thread " + thread + " " + what + ", at byte " + 4 * word
                + " of shared memory");
    }
}
