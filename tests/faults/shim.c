/* Preloaded into doodled: disks that fail and clocks that jump, as the test says in a shared file while the program runs.
   DOODLED_SHIM names that file, DOODLED_SHIM_DATA the folder whose files count. Other programs, such as the reader, are left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* faults.py knows this layout. */
static struct Orders {
  _Atomic int64_t writes_left; /* below 0: all; 0: none */
  _Atomic int64_t refused;
  _Atomic int64_t clock_ahead_ns;
  _Atomic int64_t error; /* of what is refused */
} none = {-1, 0, 0, ENOSPC}, *orders = &none;

static char folder[4096];
static int (*real_clock)(clockid_t, struct timespec*);

__attribute__((constructor)) static void begin(void) {
  real_clock = (int (*)(clockid_t, struct timespec*))dlsym(RTLD_NEXT, "clock_gettime");
  const char *file = getenv("DOODLED_SHIM"), *data = getenv("DOODLED_SHIM_DATA");
  if (!file || !data || strcmp(program_invocation_short_name, "doodled") != 0) return;
  snprintf(folder, sizeof folder, "%s", data);
  const int shared = open(file, O_RDWR | O_CLOEXEC);
  void* mapped = shared < 0 ? MAP_FAILED : mmap(NULL, sizeof *orders, PROT_READ | PROT_WRITE, MAP_SHARED, shared, 0);
  if (mapped == MAP_FAILED) abort();
  orders = mapped;
}

static int counts(int descriptor) {
  char link[64], name[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const ssize_t size = readlink(link, name, sizeof name - 1);
  return size > 0 && strncmp(name, folder, strlen(folder)) == 0;
}

/* Whether the disk refuses this write. */
static int refused(int descriptor) {
  if (atomic_load(&orders->writes_left) < 0 || !counts(descriptor)) return 0;
  int64_t left = atomic_load(&orders->writes_left);
  while (left > 0)
    if (atomic_compare_exchange_weak(&orders->writes_left, &left, left - 1)) return 0;
  if (left < 0) return 0;
  atomic_fetch_add(&orders->refused, 1);
  errno = (int)atomic_load(&orders->error);
  return 1;
}

ssize_t write(int descriptor, const void* bytes, size_t size) {
  return refused(descriptor) ? -1 : syscall(SYS_write, descriptor, bytes, size);
}
ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t at) {
  return refused(descriptor) ? -1 : syscall(SYS_pwrite64, descriptor, bytes, size, at);
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t at) {
  return refused(descriptor) ? -1 : syscall(SYS_pwrite64, descriptor, bytes, size, at);
}

/* A full disk has no trouble with what it holds. */
int fsync(int descriptor) {
  return atomic_load(&orders->error) == EIO && refused(descriptor) ? -1 : (int)syscall(SYS_fsync, descriptor);
}
int fdatasync(int descriptor) {
  return atomic_load(&orders->error) == EIO && refused(descriptor) ? -1 : (int)syscall(SYS_fdatasync, descriptor);
}

int clock_gettime(clockid_t clock, struct timespec* now) {
  const int result = real_clock ? real_clock(clock, now) : (int)syscall(SYS_clock_gettime, clock, now);
  const int64_t ahead = clock == CLOCK_REALTIME ? atomic_load(&orders->clock_ahead_ns) : 0;
  if (result != 0 || ahead == 0) return result;
  const int64_t all = now->tv_sec * INT64_C(1000000000) + now->tv_nsec + ahead;
  now->tv_sec = all / INT64_C(1000000000);
  now->tv_nsec = all % INT64_C(1000000000);
  return result;
}
