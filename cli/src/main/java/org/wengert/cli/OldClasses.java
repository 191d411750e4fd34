package org.wengert.cli;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * What the launcher runs once before it makes the JVM's cache of classes, which takes in no classes of Java 5: it writes jars that
 * have such classes (picocli's are) anew, the same code in the format of Java 17. Other jars stay as they are.
 */
public final class OldClasses {

    /** Of Java 6, from which on the JVM's cache takes them. */
    private static final int OLDEST = ClassFile.JAVA_6_VERSION;

    private static final int NEW = ClassFile.JAVA_17_VERSION;

    private OldClasses() {}

    /** Writes the jars that are named and need it anew. */
    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            renew(Path.of(jar));
        }
    }

    /** Writes a jar anew if it has old classes, and says whether it had. */
    static boolean renew(Path jar) throws IOException {
        try (ZipFile in = new ZipFile(jar.toFile())) {
            boolean isOld = false;
            for (ZipEntry entry : Collections.list(in.entries())) {
                isOld |= isOld(entry, content(in, entry));
            }
            if (!isOld) {
                return false;
            }
            Path renewed = Files.createTempFile(jar.toAbsolutePath().getParent(), "renewed", ".tmp");
            try {
                write(in, renewed);
                renewed.toFile().setReadable(true, false);
                Files.move(renewed, jar, ATOMIC_MOVE, REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(renewed);
            }
            return true;
        }
    }

    private static void write(ZipFile in, Path renewed) throws IOException {
        // Frames have to be computed, which takes looking at superclasses: those of the JDK, or else in the same jar.
        ClassFile format = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.defaultResolver().orElse(
                        ClassHierarchyResolver.ofResourceParsing(type -> {
                            String name = type.descriptorString();
                            ZipEntry entry = in.getEntry(name.substring(1, name.length() - 1) + ".class");
                            try {
                                return entry == null ? null : in.getInputStream(entry);
                            } catch (IOException e) {
                                return null;
                            }
                        }))));
        ClassTransform renew = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL).andThen((builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(NEW, 0);
            } else {
                builder.with(element);
            }
        });
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(renewed))) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                byte[] content = content(in, entry);
                if (isOld(entry, content)) {
                    ClassModel parsed = format.parse(content);
                    content = format.transformClass(parsed, renew);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
                out.closeEntry();
            }
        }
    }

    private static byte[] content(ZipFile in, ZipEntry entry) throws IOException {
        try (var stream = in.getInputStream(entry)) {
            return stream.readAllBytes();
        }
    }

    /** Whether an entry is a class older than {@link #OLDEST}: the version stands in its seventh and eighth byte. */
    private static boolean isOld(ZipEntry entry, byte[] content) {
        return entry.getName().endsWith(".class") && content.length > 8 && ((content[6] & 0xFF) << 8 | content[7] & 0xFF) < OLDEST;
    }
}
