package org.wengert.gpu;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * JCuda's native library, for as long as it takes to load it. JCuda itself unpacks to a fixed name in the folder for
 * temporary files: there a half-written file breaks every later start, and anybody may have put another one; and on the
 * module path it does not find its jar. So the library is unpacked to a new folder that its owner alone can write to.
 */
final class JCudaNatives {

    private static final String VERSION = "12.6.0";

    private JCudaNatives() {}

    /**
     * Unpacks the library, if a jar has it, and removes it after use: on Linux at once, elsewhere when the process ends.
     *
     * @param use is given the folder; the library is loaded in it
     */
    static void unpacked(Consumer<Path> use) throws IOException {
        Path folder = Files.createTempDirectory("wengert-jcuda-");
        Path file = folder.resolve(fileName());
        try {
            unpack(file);
            use.accept(folder);
        } finally {
            boolean fileIsGone = file.toFile().delete() || !Files.exists(file);
            if (!fileIsGone || !folder.toFile().delete()) {
                folder.toFile().deleteOnExit();
                file.toFile().deleteOnExit();
            }
        }
    }

    /** Whether there is a library to load: in a jar, or on the path of the JVM's libraries. */
    static boolean isThere() {
        return ClassLoader.getSystemResource("lib/" + fileName()) != null || jar() != null
                || Stream.of(System.getProperty("java.library.path", "").split(File.pathSeparator))
                        .anyMatch(folder -> !folder.isEmpty() && new File(folder, fileName()).exists());
    }

    /** The artifact that has the library. */
    static String artifact() {
        return "org.jcuda:jcuda-natives:" + VERSION + ":" + platform();
    }

    private static void unpack(Path file) throws IOException {
        String name = "lib/" + file.getFileName();
        try (InputStream in = ClassLoader.getSystemResourceAsStream(name)) {
            if (in != null) {
                Files.copy(in, file);
                return;
            }
        }
        String jar = jar();
        if (jar != null) {
            try (ZipFile zip = new ZipFile(jar); InputStream in = zip.getInputStream(zip.getEntry(name))) {
                Files.copy(in, file);
            }
        }
    }

    /** The jar on the module path, which cannot be read as a module: it has no package. */
    private static @Nullable String jar() {
        return Stream.of(System.getProperty("jdk.module.path", "").split(File.pathSeparator))
                .flatMap(entry -> {
                    File[] inside = new File(entry).listFiles();
                    return inside == null ? Stream.of(entry) : Stream.of(inside).map(File::getPath);
                })
                .filter(entry -> entry.endsWith("jcuda-natives-" + VERSION + "-" + platform() + ".jar"))
                .findFirst()
                .orElse(null);
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    private static String platform() {
        return isWindows() ? "windows-x86_64" : "linux-x86_64";
    }

    private static String fileName() {
        return System.mapLibraryName("JCudaDriver-" + VERSION + "-" + platform());
    }
}
