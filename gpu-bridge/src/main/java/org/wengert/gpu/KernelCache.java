package org.wengert.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compiled kernels on disk, so that they are compiled once. A file is named by what it was made of: source and options
 * (as a hash), compiler and its version, architecture. It begins with a checksum of the rest, and appears under its name
 * only when it is complete; a damaged one is made anew. Where the folder cannot be written to, nothing is kept.
 *
 * <p>Folders that others prepared are only read: {@code -Dwengert.gpu.prebuilt=FOLDER} names one.
 */
final class KernelCache {

    /** The system property that names the folder. */
    static final String FOLDER = "wengert.gpu.cache";

    /** The system property that names a folder of kernels compiled elsewhere. */
    static final String PREBUILT = "wengert.gpu.prebuilt";

    private static final int CHECKSUM = 32;

    private final Path folder;
    private final List<Path> prebuilt;

    KernelCache(Path folder, List<Path> prebuilt) {
        this.folder = folder;
        this.prebuilt = List.copyOf(prebuilt);
    }

    static KernelCache ofThisUser() {
        String ready = System.getProperty(PREBUILT, "");
        return new KernelCache(defaultFolder(), ready.isEmpty() ? List.of() : List.of(Path.of(ready)));
    }

    private static Path defaultFolder() {
        String named = System.getProperty(FOLDER, "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        String home = System.getProperty("user.home", ".");
        boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        String base = System.getenv(windows ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
        return (base != null && !base.isEmpty() ? Path.of(base) : Path.of(home, ".cache")).resolve("wengert");
    }

    /** Where kernels are kept. */
    Path folder() {
        return folder;
    }

    /** The image of a source, from disk or made now. */
    byte[] get(String source, String compiler, String target, Supplier<byte[]> make) {
        String name = name(source, compiler, target);
        byte[] known = read(folder.resolve(name));
        if (known == null) {
            known = make.get();
            write(name, known);
        }
        return known;
    }

    /** What any compiler made of a source that a device can run: its own cubin, or PTX of its age or older. */
    byte @Nullable [] find(String source, int capability) {
        String prefix = hash(source) + "-";
        byte[] best = null;
        int bestPtx = 0;
        for (Path place : prebuilt.isEmpty() ? List.of(folder) : List.of(folder, prebuilt.getFirst())) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(place, prefix + "*")) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    int number = Integer.parseInt(name.replaceAll(".*_(\\d+)$", "$1"));
                    boolean cubin = name.contains("-sm_");
                    if (cubin ? number != capability : number > capability || number <= bestPtx) {
                        continue;
                    }
                    byte[] image = read(file);
                    if (image != null && cubin) {
                        return image;
                    }
                    if (image != null) {
                        best = image;
                        bestPtx = number;
                    }
                }
            } catch (IOException | NumberFormatException _) {
                // a folder that is not there, or a file that is none of ours: nothing is found in it
            }
        }
        return best;
    }

    static String name(String source, String compiler, String target) {
        return hash(source) + "-" + compiler + "-" + target;
    }

    static String hash(String source) {
        byte[] text = (source + CudaSource.OPTIONS).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256(text, 0), 0, 16);
    }

    private static byte[] sha256(byte[] bytes, int from) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, from, bytes.length - from);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** A file of the cache, or null if it is not there or not whole. */
    static byte @Nullable [] read(Path file) {
        try {
            byte[] all = Files.readAllBytes(file);
            return all.length > CHECKSUM && Arrays.equals(sha256(all, CHECKSUM), Arrays.copyOf(all, CHECKSUM))
                    ? Arrays.copyOfRange(all, CHECKSUM, all.length)
                    : null;
        } catch (IOException _) {
            return null;
        }
    }

    /** Keeps bytes under a name, if the folder can be written to. */
    void write(String name, byte[] bytes) {
        try {
            Files.createDirectories(folder);
            Path partial = Files.createTempFile(folder, "partial", "");
            byte[] all = Arrays.copyOf(sha256(bytes, 0), CHECKSUM + bytes.length);
            System.arraycopy(bytes, 0, all, CHECKSUM, bytes.length);
            Files.write(partial, all);
            Files.move(partial, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException _) {
            // it will be compiled again the next time
        }
    }
}
