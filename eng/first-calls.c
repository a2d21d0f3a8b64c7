/* first-calls OUT ADDRESSES PROGRAM ARGUMENTS...: runs the program and writes to OUT which of the functions at ADDRESSES (offsets in the file of
   a position-independent program, in hexadecimal, ascending) it calls, in the order of their first calls. Linux on x64: a breakpoint on each,
   taken away by the first call. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { most = 1 << 20, window = 1 << 16, breakpoint = 0xCC };
static unsigned long at[most];
static unsigned char original[most], called[most], bytes[window];
static size_t count;

static int compare(const void *a, const void *b) {
    unsigned long x = *(const unsigned long *)a, y = *(const unsigned long *)b;
    return x < y ? -1 : x > y;
}

static void stop(const char *what) {
    perror(what);
    exit(1);
}

static unsigned long load_address(pid_t child) {
    char path[64];
    unsigned long first = 0;
    snprintf(path, sizeof path, "/proc/%d/maps", child);
    FILE *maps = fopen(path, "r");
    if (!maps || fscanf(maps, "%lx", &first) != 1) stop(path);
    fclose(maps);
    return first;
}

static void set_breakpoints(int memory, unsigned long base) {
    for (size_t i = 0; i < count;) {
        unsigned long start = at[i];
        ssize_t length = pread(memory, bytes, window, base + start);
        if (length <= 0) stop("reading the program");
        for (; i < count && at[i] < start + length; i++) {
            original[i] = bytes[at[i] - start];
            bytes[at[i] - start] = breakpoint;
        }
        if (pwrite(memory, bytes, length, base + start) != length) stop("setting breakpoints");
    }
}

/* Whether the thread had come to one of ours; it then goes on where it was. */
static int pass(pid_t thread, int memory, unsigned long base, FILE *out) {
    struct user_regs_struct registers;
    ptrace(PTRACE_GETREGS, thread, 0, &registers);
    unsigned long offset = registers.rip - 1 - base;
    unsigned long *found = bsearch(&offset, at, count, sizeof *at, compare);
    if (!found) return 0;
    size_t i = found - at;
    if (!called[i]) {
        called[i] = 1;
        if (pwrite(memory, &original[i], 1, base + offset) != 1) stop("taking a breakpoint away");
        fprintf(out, "%lx\n", offset);
    }
    registers.rip--;
    ptrace(PTRACE_SETREGS, thread, 0, &registers);
    return 1;
}

int main(int arguments, char **argument) {
    if (arguments < 4) return 64;
    FILE *out = fopen(argument[1], "w"), *addresses = fopen(argument[2], "r");
    if (!out || !addresses) stop("first-calls");
    while (count < most && fscanf(addresses, "%lx", &at[count]) == 1) count++;

    pid_t child = fork();
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        execv(argument[3], argument + 3);
        _exit(127);
    }

    int status;
    waitpid(child, &status, 0);
    ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
    unsigned long base = load_address(child);
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", child);
    int memory = open(path, O_RDWR);
    if (memory < 0) stop(path);
    set_breakpoints(memory, base);
    /* Who started us may stop the program by its number. */
    printf("%d\n", child);
    fflush(stdout);
    ptrace(PTRACE_CONT, child, 0, 0);

    pid_t thread;
    while ((thread = waitpid(-1, &status, __WALL)) > 0) {
        if (!WIFSTOPPED(status)) {
            if (thread == child) break;
            continue;
        }
        int signal = WSTOPSIG(status), event = status >> 16;
        if (signal == SIGTRAP && (event || pass(thread, memory, base, out))) signal = 0;
        if (signal == SIGSTOP) signal = 0; /* what a new thread begins with */
        ptrace(PTRACE_CONT, thread, 0, signal);
    }
    return fclose(out);
}
