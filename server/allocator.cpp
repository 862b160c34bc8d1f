// How jemalloc, which the daemon allocates with, is set. It runs for years with some thirty threads: glibc
// keeps an arena and a cache for each, and what they hold goes on growing.

// One arena, whose free pages go back to the system within ten seconds; each thread caches small pieces only.
// Named by jemalloc(3), which reads it before main().
extern "C" __attribute__((visibility("default"))) const char* malloc_conf;
const char* malloc_conf = "narenas:1,tcache_max:1024,dirty_decay_ms:10000,muzzy_decay_ms:0";
