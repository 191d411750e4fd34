package org.wengert.gpu;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The compiler {@code nvcc}, from the PATH. It takes a second a kernel, and needs a C++ compiler beside it. */
final class Nvcc implements GpuCompiler.Tool {

    private final String version;
    private final List<Integer> architectures;
    private final String reason;

    private Nvcc(String version, List<Integer> architectures, String reason) {
        this.version = version;
        this.architectures = architectures;
        this.reason = reason;
    }

    static Nvcc find() {
        String name = File.separatorChar == '/' ? "nvcc" : "nvcc.exe";
        String path = System.getenv("PATH");
        boolean there = path != null && Stream.of(path.split(File.pathSeparator))
                .anyMatch(folder -> !folder.isEmpty() && new File(folder, name).canExecute());
        if (!there) {
            return new Nvcc("", List.of(), "there is no nvcc on the PATH");
        }
        try {
            Matcher release = Pattern.compile("V(\\d+\\.\\d+\\.\\d+)").matcher(run(List.of("nvcc", "--version")));
            List<Integer> architectures = Pattern.compile("sm_(\\d+)\\b").matcher(run(List.of("nvcc", "--list-gpu-code")))
                    .results().map(m -> Integer.parseInt(m.group(1))).sorted().toList();
            return release.find()
                    ? new Nvcc("nvcc-" + release.group(1), architectures, "")
                    : new Nvcc("", List.of(), "nvcc does not say its version");
        } catch (IOException e) {
            return new Nvcc("", List.of(), "nvcc does not run: " + e.getMessage());
        }
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String reason() {
        return reason;
    }

    @Override
    public List<Integer> architectures() {
        return architectures;
    }

    @Override
    public byte[] compile(String source, List<String> options, String target) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("wengert-nvcc-");
            Path text = Files.writeString(folder.resolve("kernel.cu"), source);
            Path image = folder.resolve("image");
            List<String> command = new ArrayList<>(List.of("nvcc", target.startsWith("sm_") ? "-cubin" : "-ptx"));
            command.add("-arch=" + target);
            command.addAll(options);
            command.addAll(List.of(text.toString(), "-o", image.toString()));
            String said = run(command);
            if (!Files.exists(image)) {
                throw new GpuException("nvcc failed: " + said.strip());
            }
            return Files.readAllBytes(image);
        } catch (IOException e) {
            throw new GpuException("nvcc failed: " + e.getMessage());
        } finally {
            delete(folder);
        }
    }

    private static void delete(@org.jspecify.annotations.Nullable Path folder) {
        File[] files = folder == null ? null : folder.toFile().listFiles();
        Stream.of(files == null ? new File[0] : files).forEach(File::delete);
        if (folder != null) {
            folder.toFile().delete();
        }
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), Charset.defaultCharset());
        } finally {
            process.destroy();
        }
    }
}
