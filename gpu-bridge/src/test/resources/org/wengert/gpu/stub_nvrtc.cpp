// An NVRTC that lets g++ compile, for stub_driver.cpp: behind the prelude of host.h, with the C library's functions.
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <algorithm>
#include <iterator>
#include <regex>
#include <string>
#include <unistd.h>

struct Program { std::string source, log, image; };

static int compiled;

static std::string variable(const char* name) {
    const char* value = getenv(name);
    return value ? value : "";
}

/** For each kernel how many parameters it has: the driver's interface does not say. */
static std::string parameters(const std::string& source) {
    std::string text;
    std::regex kernel("__global__ void[^\\n]*?(wengert_\\w+)\\s*\\(([^)]*)\\)");
    for (std::sregex_iterator k(source.begin(), source.end(), kernel), end; k != end; ++k) {
        std::string list = (*k)[2];
        text += "extern \"C\" { int " + std::string((*k)[1]) + "_parameters = "
                + std::to_string(1 + std::count(list.begin(), list.end(), ',')) + "; }\n";
    }
    return text;
}

/** Builtins, since the header of the C library cannot be read behind the macros of the prelude. */
static std::string functions() {
    std::string text = "\n";
    std::string fill;
    for (const char* f : {"cbrt", "exp", "exp2", "exp10", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "asin",
            "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc", "tgamma", "lgamma"})
        fill += std::string(" java_") + f + " = [](double x) { return __builtin_" + f + "(x); };";
    for (const char* f : {"pow", "hypot", "atan2"})
        fill += std::string(" java_") + f + " = [](double x, double y) { return __builtin_" + f + "(x, y); };";
    return text + "__attribute__((constructor)) static void fill_functions() {" + fill + " }\n";
}

extern "C" {

int nvrtcVersion(int* major, int* minor) { *major = 12; *minor = 0; return 0; }
int nvrtcGetNumSupportedArchs(int* count) { *count = 1; return 0; }
int nvrtcGetSupportedArchs(int* architectures) { *architectures = 75; return 0; }

int nvrtcCreateProgram(Program** program, const char* source, const char*, int, const char**, const char**) {
    *program = new Program {source, "", ""};
    return 0;
}

int nvrtcCompileProgram(Program* program, int, const char**) {
    std::string folder = variable("WENGERT_STUB_FOLDER");
    std::string file = folder + "/kernel" + std::to_string(getpid()) + "_" + std::to_string(compiled++);
    std::ifstream prelude(folder + "/host.h");
    std::ofstream(file + ".cpp") << std::string(std::istreambuf_iterator<char>(prelude), {}) << program->source
            << parameters(program->source) << functions();
    std::string command = "g++ -std=c++20 -shared -fPIC -pthread -O1 -w -ffp-contract=off " + file + ".cpp -o " + file
            + ".so 2> " + file + ".log";
    if (system(command.c_str()) != 0) {
        std::ifstream log(file + ".log");
        program->log = std::string(std::istreambuf_iterator<char>(log), {});
        return 6;
    }
    program->image = "wengert stub " + file + ".so";
    return 0;
}

int nvrtcDestroyProgram(Program** program) { delete *program; return 0; }
int nvrtcGetProgramLogSize(Program* program, size_t* size) { *size = program->log.size() + 1; return 0; }
int nvrtcGetProgramLog(Program* program, char* log) { strcpy(log, program->log.c_str()); return 0; }
int nvrtcGetCUBINSize(Program* program, size_t* size) { *size = program->image.size(); return 0; }
int nvrtcGetCUBIN(Program* program, char* image) { memcpy(image, program->image.data(), program->image.size()); return 0; }

}
