package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OldClassesTest {

    @TempDir
    private Path folder;

    private Path copy() throws IOException, URISyntaxException {
        Path jar = Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return Files.copy(jar, folder.resolve("picocli.jar"));
    }

    @Test
    void aJarOfOldClassesIsWrittenAnewOnce() throws IOException, URISyntaxException {
        Path jar = copy();
        List<String> names = names(jar);
        assertTrue(OldClasses.renew(jar));
        assertEquals(names, names(jar));
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().endsWith(".class")) {
                    try (DataInputStream in = new DataInputStream(zip.getInputStream(entry))) {
                        assertEquals(0xCAFEBABE, in.readInt());
                        in.readUnsignedShort();
                        int version = in.readUnsignedShort();
                        assertTrue(version >= 50, entry + " has version " + version);
                    }
                }
            }
        }
        byte[] content = Files.readAllBytes(jar);
        assertFalse(OldClasses.renew(jar));
        assertArrayEquals(content, Files.readAllBytes(jar));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(jar), files.toList());
        }
    }

    private static List<String> names(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    /** Each class is loaded and verified by the JVM, its code as it now stands. */
    @Test
    void everyClassOfTheNewJarIsSound() throws IOException, URISyntaxException, ReflectiveOperationException {
        Path jar = copy();
        OldClasses.renew(jar);
        int loaded = 0;
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            for (String name : names(jar)) {
                if (name.startsWith("picocli/") && name.endsWith(".class")) {
                    Class<?> type = Class.forName(name.substring(0, name.length() - 6).replace('/', '.'), true, loader);
                    assertEquals(loader, type.getClassLoader());
                    loaded++;
                }
            }
            Class<?> spec = Class.forName("picocli.CommandLine$Model$CommandSpec", true, loader);
            Object command = spec.getMethod("create").invoke(null);
            Object line = Class.forName("picocli.CommandLine", true, loader).getConstructor(Object.class).newInstance(command);
            assertTrue(line.getClass().getMethod("getUsageMessage").invoke(line).toString().startsWith("Usage: <main class>"));
        }
        assertTrue(loaded > 150, "loaded " + loaded);
    }
}
