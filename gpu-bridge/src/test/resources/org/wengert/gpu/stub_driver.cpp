// A libcuda.so.1 without a device, for the unmodified JCuda: as unkind as FakeGpu.java, whose comments say why.
// Modules are shared libraries that stub_nvrtc.cpp compiled; their images name the file.
#include <cstdint>
#include <cstring>
#include <cstdlib>
#include <deque>
#include <dlfcn.h>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

enum {
    SUCCESS = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NOT_INITIALIZED = 3, NO_DEVICE = 100, INVALID_DEVICE = 101,
    INVALID_IMAGE = 200, INVALID_CONTEXT = 201, INVALID_HANDLE = 400, NOT_FOUND = 500, ILLEGAL_ADDRESS = 700,
    NOT_REGISTERED = 713, LAUNCH_FAILED = 719
};

static const size_t RED = 4096;
static const char* const PREFIX = "wengert stub ";

struct Allocation { size_t bytes; unsigned char* all; };
struct Stream { std::deque<std::function<void()>> queue; };
struct Function { void* code; void* host_launch; int parameters; };

static std::recursive_mutex lock;
static std::map<uintptr_t, Allocation> live;
static std::vector<Allocation> freed;
static std::map<uintptr_t, size_t> pinned;
static size_t used;
static int error, launches;
static bool initialized;
static thread_local bool current;

// What a test may set: devices, memory, the launch (counted from 1) at which the device is lost, whether waiting is
// forgotten; 4 begins anew, with no error and no launches.
static long settings[4] = {1, 1L << 32, 0, 0};
extern "C" void stub_set(int what, long value) {
    std::lock_guard guard(lock);
    if (what < 4) settings[what] = value;
    else { error = 0; launches = 0; used = 0; live.clear(); freed.clear(); pinned.clear(); }
}
extern "C" long stub_used() { return (long) used; }
extern "C" long stub_pinned() { return (long) pinned.size(); }

static bool is_all(const unsigned char* at, size_t n, unsigned char value) {
    for (size_t i = 0; i < n; i++) if (at[i] != value) return false;
    return true;
}

static void watch() {
    for (auto& [address, a] : live)
        if (!is_all(a.all, RED, 0xAB) || !is_all(a.all + RED + a.bytes, RED, 0xAB)) error = ILLEGAL_ADDRESS;
    for (auto& a : freed) if (!is_all(a.all, a.bytes + 2 * RED, 0xDD)) error = ILLEGAL_ADDRESS;
}

static bool covers(uintptr_t address, size_t bytes) {
    auto above = live.upper_bound(address);
    if (above == live.begin()) return false;
    auto& [first, a] = *std::prev(above);
    return address + bytes <= first + a.bytes;
}

static bool is_pinned(const void* p, size_t bytes) {
    auto above = pinned.upper_bound((uintptr_t) p);
    return above != pinned.begin() && (uintptr_t) p + bytes <= std::prev(above)->first + std::prev(above)->second;
}

static void flush(Stream* s) {
    while (!s->queue.empty() && !error) {
        s->queue.front()();
        s->queue.pop_front();
    }
}

#define ENTER std::lock_guard guard(lock); if (!initialized) return NOT_INITIALIZED;
#define ENTER_CONTEXT ENTER if (error) return error; if (!current) return INVALID_CONTEXT;

extern "C" {

int cuInit(unsigned) {
    std::lock_guard guard(lock);
    const char* none = getenv("WENGERT_STUB_NO_DEVICE");
    if (settings[0] == 0 || (none && *none)) return NO_DEVICE;
    initialized = true;
    return SUCCESS;
}

int cuDriverGetVersion(int* version) { *version = 12060; return SUCCESS; }

int cuGetErrorName(int code, const char** name) {
    switch (code) {
        case INVALID_VALUE: *name = "CUDA_ERROR_INVALID_VALUE"; break;
        case OUT_OF_MEMORY: *name = "CUDA_ERROR_OUT_OF_MEMORY"; break;
        case NO_DEVICE: *name = "CUDA_ERROR_NO_DEVICE"; break;
        case INVALID_IMAGE: *name = "CUDA_ERROR_INVALID_IMAGE"; break;
        case INVALID_CONTEXT: *name = "CUDA_ERROR_INVALID_CONTEXT"; break;
        case NOT_FOUND: *name = "CUDA_ERROR_NOT_FOUND"; break;
        case ILLEGAL_ADDRESS: *name = "CUDA_ERROR_ILLEGAL_ADDRESS"; break;
        case LAUNCH_FAILED: *name = "CUDA_ERROR_LAUNCH_FAILED"; break;
        default: *name = "CUDA_ERROR_UNKNOWN";
    }
    return SUCCESS;
}

int cuDeviceGetCount(int* count) { ENTER *count = (int) settings[0]; return SUCCESS; }
int cuDeviceGet(int* device, int ordinal) { ENTER *device = ordinal; return ordinal < settings[0] ? SUCCESS : INVALID_DEVICE; }
int cuDeviceGetName(char* name, int length, int) { ENTER strncpy(name, "Stub device", length); return SUCCESS; }
int cuDeviceTotalMem_v2(size_t* bytes, int) { ENTER *bytes = settings[1]; return SUCCESS; }
int cuDeviceGetAttribute(int* value, int attribute, int) {
    ENTER
    *value = attribute == 16 ? 2 : attribute == 75 ? 7 : attribute == 76 ? 5 : attribute == 36 ? 1000000 : 256;
    return SUCCESS;
}
int cuDevicePrimaryCtxRetain(void** context, int) { ENTER *context = (void*) 1; return SUCCESS; }
int cuDevicePrimaryCtxRelease_v2(int) { ENTER return SUCCESS; }
int cuCtxSetCurrent(void* context) { ENTER current = context != nullptr; return SUCCESS; }

int cuModuleLoadData(void** module, const void* image) {
    ENTER_CONTEXT
    if (strncmp((const char*) image, PREFIX, strlen(PREFIX)) != 0) return INVALID_IMAGE;
    *module = dlopen((const char*) image + strlen(PREFIX), RTLD_NOW | RTLD_LOCAL);
    return *module ? SUCCESS : INVALID_IMAGE;
}
int cuModuleUnload(void*) { ENTER_CONTEXT return SUCCESS; }
int cuModuleGetFunction(void** function, void* module, const char* name) {
    ENTER_CONTEXT
    void* code = dlsym(module, name);
    int* parameters = (int*) dlsym(module, (std::string(name) + "_parameters").c_str());
    if (!code || !parameters) return NOT_FOUND;
    *function = new Function {code, dlsym(module, "host_launch"), *parameters};
    return SUCCESS;
}
int cuFuncGetAttribute(int* value, int, void*) { ENTER_CONTEXT *value = 100; return SUCCESS; }
int cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, void*, int, size_t) { ENTER_CONTEXT *blocks = 1; return SUCCESS; }

int cuMemGetInfo_v2(size_t* free, size_t* total) {
    ENTER_CONTEXT
    *total = settings[1];
    *free = settings[1] - used;
    return SUCCESS;
}
int cuMemAlloc_v2(uintptr_t* address, size_t bytes) {
    ENTER_CONTEXT
    if (bytes == 0) return INVALID_VALUE;
    if (used + bytes > (size_t) settings[1]) return OUT_OF_MEMORY;
    auto all = (unsigned char*) malloc(bytes + 2 * RED);
    memset(all, 0xAB, bytes + 2 * RED);
    memset(all + RED, 0xFF, bytes);
    *address = (uintptr_t) all + RED;
    live[*address] = {bytes, all};
    used += bytes;
    return SUCCESS;
}
int cuMemFree_v2(uintptr_t address) {
    ENTER_CONTEXT
    auto found = live.find(address);
    if (found == live.end()) return INVALID_VALUE;
    used -= found->second.bytes;
    memset(found->second.all, 0xDD, found->second.bytes + 2 * RED);
    freed.push_back(found->second); // never used again: a store to it will be seen
    live.erase(found);
    if (freed.size() > 64) { free(freed.front().all); freed.erase(freed.begin()); }
    return SUCCESS;
}
int cuMemHostRegister_v2(void* p, size_t bytes, unsigned) { ENTER_CONTEXT pinned[(uintptr_t) p] = bytes; return SUCCESS; }
int cuMemHostUnregister(void* p) { ENTER_CONTEXT return pinned.erase((uintptr_t) p) ? SUCCESS : NOT_REGISTERED; }

int cuMemcpyHtoDAsync_v2(uintptr_t to, const void* from, size_t bytes, Stream* stream) {
    ENTER_CONTEXT
    if (!is_pinned(from, bytes)) return INVALID_VALUE;
    stream->queue.push_back([=] { if (covers(to, bytes)) memcpy((void*) to, from, bytes); else error = ILLEGAL_ADDRESS; });
    return SUCCESS;
}
int cuMemcpyDtoHAsync_v2(void* to, uintptr_t from, size_t bytes, Stream* stream) {
    ENTER_CONTEXT
    if (!is_pinned(to, bytes)) return INVALID_VALUE;
    memset(to, 0xFF, bytes);
    stream->queue.push_back([=] { if (covers(from, bytes)) memcpy(to, (void*) from, bytes); else error = ILLEGAL_ADDRESS; });
    return SUCCESS;
}
int cuMemsetD8Async(uintptr_t at, unsigned char value, size_t bytes, Stream* stream) {
    ENTER_CONTEXT
    stream->queue.push_back([=] { if (covers(at, bytes)) memset((void*) at, value, bytes); else error = ILLEGAL_ADDRESS; });
    return SUCCESS;
}

int cuStreamCreate(Stream** stream, unsigned) { ENTER_CONTEXT *stream = new Stream; return SUCCESS; }
int cuStreamDestroy_v2(Stream* stream) { ENTER_CONTEXT flush(stream); delete stream; return SUCCESS; }
int cuStreamSynchronize(Stream* stream) {
    ENTER_CONTEXT
    if (!settings[3]) flush(stream);
    return error;
}

int cuLaunchKernel(Function* f, unsigned x, unsigned y, unsigned z, unsigned threads, unsigned, unsigned, unsigned,
        Stream* stream, void** parameters, void**) {
    ENTER_CONTEXT
    if (x < 1 || y != 1 || z != 1 || threads < 1 || threads > 1024) return INVALID_VALUE;
    bool lost = ++launches == settings[2];
    std::vector<long long> values(8);
    for (int i = 0; i < f->parameters; i++) values[i] = *(long long*) parameters[i];
    stream->queue.push_back([=] {
        if (lost) { error = LAUNCH_FAILED; return; }
        ((void (*)(void*, int, int, const long long*)) f->host_launch)(f->code, (int) x, (int) threads, values.data());
        watch();
    });
    return SUCCESS;
}

}
