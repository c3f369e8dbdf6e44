/* What the runtime does to a process, one question a run: manners QUESTION. Each prints `name: value` lines. */
#include "host.h"

#include <dirent.h>
#include <dlfcn.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

enum { SIGNALS = 64, NOBODY = 65534 };

static struct sigaction before[SIGNALS + 1];

static void limit(int resource, rlim_t bytes) {
    struct rlimit both = { bytes, bytes };
    EXPECT(setrlimit(resource, &both) == 0);
}

/* Root is above RLIMIT_MEMLOCK and RLIMIT_NPROC. */
static void become_nobody(void) {
    if (geteuid() == 0) EXPECT(setgid(NOBODY) == 0 && setuid(NOBODY) == 0);
}

static void print_changed_signals(void) {
    struct sigaction now;
    printf("signals:");
    for (int i = 1; i <= SIGNALS; i++)
        if (sigaction(i, NULL, &now) == 0 && now.sa_handler != before[i].sa_handler)
            printf(" %d%s", i, now.sa_flags & SA_ONSTACK ? "" : " (not on the alternate stack)");
    printf("\n");
}

/* Threads that the host did not start must not take its signals. */
static void print_other_threads(void) {
    char line[256], path[300];
    struct dirent *entry;
    DIR *tasks = opendir("/proc/self/task");
    while ((entry = readdir(tasks))) {
        long thread = atol(entry->d_name);
        if (thread == 0 || thread == syscall(SYS_gettid)) continue;
        snprintf(path, sizeof path, "/proc/self/task/%ld/status", thread);
        unsigned long long blocked = 0;
        char name[64] = "";

        /* A thread that has just begun still has its host's name; on a busy machine that takes a moment. */
        for (int tries = 0; tries < 200; tries++) {
            FILE *file = fopen(path, "r");
            while (file && fgets(line, sizeof line, file)) {
                sscanf(line, "SigBlk: %llx", &blocked);
                sscanf(line, "Name: %63[^\n]", name);
            }
            if (file) fclose(file);
            if (strncmp(name, "manners", 7) != 0) break;
            usleep(10000);
        }
        printf("thread: %s takes", name);
        for (int i = 1; i <= SIGNALS; i++)
            if (!(blocked >> (i - 1) & 1) && i != SIGKILL && i != SIGSTOP && i != 32 && i != 33) printf(" %d", i);
        printf("\n");
    }
    closedir(tasks);
}

/* Signal by signal: the C library fills only the bytes that the kernel has, and what is behind them is chance. */
static void expect_same_mask(const sigset_t *first, const sigset_t *second) {
    for (int i = 1; i <= SIGNALS; i++)
        if (sigismember(first, i) != sigismember(second, i)) {
            fprintf(stderr, "signal %d: blocked before or after the call, not both\n", i);
            exit(1);
        }
}

static int footprint(void) {
    sigset_t mask, after;
    stack_t stack, stack_after;
    long size = of_status("VmSize"), rss = of_status("VmRSS");
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    sigaltstack(NULL, &stack);
    errno = 4711;
    EXPECT(plan_once() == GRAPHORDER_DONE);
    EXPECT(errno == 4711);
    printf("VmSize: %ld MiB more\n", (of_status("VmSize") - size) >> 10);
    printf("VmRSS: %ld KiB more\n", of_status("VmRSS") - rss);
    print_changed_signals();
    print_other_threads();
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    sigaltstack(NULL, &stack_after);
    expect_same_mask(&mask, &after);
    EXPECT(stack.ss_sp == stack_after.ss_sp && stack.ss_flags == stack_after.ss_flags);
    return 0;
}

static int answer_of_start(void) {
    int status = plan_once();
    printf("answer: %d\n", status);
    if (status != GRAPHORDER_DONE) printf("because: %s\n", last_sentence());
    print_changed_signals();
    return 0;
}

/* RLIMIT_AS so many MiB above what the process has: refused or served, never ended. */
static int address_space(const char *mebibytes) {
    limit(RLIMIT_AS, ((rlim_t)of_status("VmSize") << 10) + ((rlim_t)atol(mebibytes) << 20));
    return answer_of_start();
}

static int data_segment(const char *mebibytes) {
    limit(RLIMIT_DATA, ((rlim_t)of_status("VmData") << 10) + ((rlim_t)atol(mebibytes) << 20));
    return answer_of_start();
}

/* The host locks all that it will map, and may lock so many MiB. */
static int locked(const char *mebibytes) {
    limit(RLIMIT_MEMLOCK, (rlim_t)atol(mebibytes) << 20);
    become_nobody();
    EXPECT(mlockall(MCL_FUTURE) == 0);
    return answer_of_start();
}

/* The same without a limit: by root, or where there is none. */
static int locked_freely(void) {
    if (mlockall(MCL_CURRENT | MCL_FUTURE) != 0) {
        printf("answer: cannot be asked: %s\n", strerror(errno));
        return 0;
    }
    int result = answer_of_start();
    printf("VmRSS: %ld MiB\n", of_status("VmRSS") >> 10);
    return result;
}

static int no_threads(void) {
    become_nobody();
    limit(RLIMIT_NPROC, 0);
    return answer_of_start();
}


static void own_handler(int number) { (void)number; }

static int signal_taken(void) {
    EXPECT(signal(SIGRTMIN, own_handler) != SIG_ERR);
    return answer_of_start();
}

static sigjmp_buf away;
static void jump_away(int number) { siglongjmp(away, number); }

/* A fault of the host's is still the host's. */
static int own_faults(void) {
    struct sigaction action = { .sa_handler = jump_away };
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGFPE, &action, NULL);
    EXPECT(plan_once() == GRAPHORDER_DONE);
    if (sigsetjmp(away, 1) == 0) {
        *(volatile int *)16 = 1;
        EXPECT(!"reached");
    }
    if (sigsetjmp(away, 1) == 0) {
        raise(SIGFPE);
        EXPECT(!"reached");
    }
    EXPECT(plan_once() == GRAPHORDER_DONE);
    printf("answer: 0\n");
    return 0;
}

static void in_child(int (*work)(void)) {
    pid_t child = fork();
    if (child == 0) {
        alarm(20);
        exit(work());
    }
    int status;
    EXPECT(child > 0 && waitpid(child, &status, 0) == child);
    if (!WIFEXITED(status)) printf("the child died of signal %d\n", WTERMSIG(status));
    else printf("child: %d\n", WEXITSTATUS(status));
}

static graphorder_engine forked_engine;

static int ask_forked(void) {
    graphorder_answer answer;
    int status = graphorder_plan(forked_engine, small_set, sizeof small_set - 1, &answer);
    if (status == GRAPHORDER_FORKED && graphorder_open(NULL, 0, &forked_engine) == GRAPHORDER_FORKED
        && graphorder_live_handles() == 0) {
        printf("because: %s\n", last_sentence());
        fflush(stdout);
    }
    return status;
}

/* The system call itself, past all handlers of the C library. */
static int ask_cloned(void) { return ask_forked(); }

static int forks(void) {
    in_child(plan_once); /* before the first call of the host: the child has a runtime of its own */
    EXPECT(graphorder_open(NULL, 0, &forked_engine) == GRAPHORDER_DONE);
    fflush(stdout);
    in_child(ask_forked);
    pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, 0);
    if (child == 0) _exit(ask_cloned());
    int status;
    EXPECT(waitpid(child, &status, 0) == child && WIFEXITED(status));
    printf("clone: %d\n", WEXITSTATUS(status));
    EXPECT(graphorder_close(forked_engine) == GRAPHORDER_DONE && plan_once() == GRAPHORDER_DONE);
    EXPECT(graphorder_live_handles() == 0);
    return 0;
}

static int stack_answer;
static void *plan_on_thread(void *unused) {
    (void)unused;
    stack_answer = plan_once();
    return NULL;
}

static int on_stack_of(size_t bytes) {
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, bytes);
    EXPECT(pthread_create(&thread, &attributes, plan_on_thread, NULL) == 0);
    pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
    return stack_answer;
}

static int stacks(const char *kibibytes) {
    printf("answer: %d\n", on_stack_of((size_t)atol(kibibytes) << 10));
    if (stack_answer == GRAPHORDER_DONE) return 0;
    EXPECT(plan_once() == GRAPHORDER_DONE); /* the main thread has enough */
    return 0;
}

#include <ucontext.h>
static ucontext_t host_context, coroutine;
static void plan_in_coroutine(void) { stack_answer = plan_once(); }

static int coroutines(void) {
    static char stack[1 << 20];
    EXPECT(plan_once() == GRAPHORDER_DONE);
    getcontext(&coroutine);
    coroutine.uc_stack.ss_sp = stack;
    coroutine.uc_stack.ss_size = sizeof stack;
    coroutine.uc_link = &host_context;
    makecontext(&coroutine, plan_in_coroutine, 0);
    swapcontext(&host_context, &coroutine);
    printf("answer: %d\n", stack_answer);
    return 0;
}

/* Threads come and go without leaving anything. */
static int many_threads(void) {
    enum { WARM = 200, MORE = 5000 };
    for (int i = 0; i < WARM; i++) EXPECT(on_stack_of(1 << 20) == GRAPHORDER_DONE);
    long rss = of_status("VmRSS"), size = of_status("VmSize");
    for (int i = 0; i < MORE; i++) EXPECT(on_stack_of(1 << 20) == GRAPHORDER_DONE);
    printf("VmRSS: %ld KiB more after %d threads\n", of_status("VmRSS") - rss, MORE);
    printf("VmSize: %ld KiB more\n", of_status("VmSize") - size);
    printf("Threads: %ld\n", of_status("Threads"));
    return 0;
}

/* Loaded by name, used, and let go of: it stays. */
static int unload(const char *path) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    EXPECT(library);
    int (*open)(const char *, size_t, graphorder_engine *) =
        (int (*)(const char *, size_t, graphorder_engine *))dlsym(library, "graphorder_open");
    graphorder_engine engine;
    EXPECT(open(NULL, 0, &engine) == GRAPHORDER_DONE);
    EXPECT(dlclose(library) == 0);
    EXPECT(open(NULL, 0, &engine) == GRAPHORDER_DONE);
    EXPECT(dlopen(path, RTLD_NOW | RTLD_NOLOAD) == library);
    printf("answer: 0\n");
    return 0;
}

/* No file can be opened, /proc neither: what the main thread's stack is, nobody can tell. */
static int no_files(void) {
    limit(RLIMIT_NOFILE, 3);
    int status = plan_once();
    printf("main thread: %d\n", status);
    printf("answer: %d\n", on_stack_of(1 << 20));
    return 0;
}

static void *plan_for_ever(void *unused) {
    for (;;) plan_once();
    return unused;
}

/* The host ends while calls run. */
static int end_while_running(void) {
    pthread_t thread;
    EXPECT(plan_once() == GRAPHORDER_DONE);
    for (int i = 0; i < 2; i++) EXPECT(pthread_create(&thread, NULL, plan_for_ever, NULL) == 0);
    usleep(20000);
    exit(0);
}

int main(int count, char **words) {
    const char *question = count > 1 ? words[1] : "", *value = count > 2 ? words[2] : "0";
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 1; i <= SIGNALS; i++) sigaction(i, NULL, &before[i]);
    if (!strcmp(question, "idle")) return printf("answer: 0\n") < 0;
    if (!strcmp(question, "footprint")) return footprint();
    if (!strcmp(question, "address-space")) return address_space(value);
    if (!strcmp(question, "data")) return data_segment(value);
    if (!strcmp(question, "locked")) return locked(value);
    if (!strcmp(question, "locked-freely")) return locked_freely();
    if (!strcmp(question, "no-threads")) return no_threads();
    if (!strcmp(question, "no-files")) return no_files();
    if (!strcmp(question, "signal-taken")) return signal_taken();
    if (!strcmp(question, "own-faults")) return own_faults();
    if (!strcmp(question, "forks")) return forks();
    if (!strcmp(question, "stack")) return stacks(value);
    if (!strcmp(question, "coroutines")) return coroutines();
    if (!strcmp(question, "many-threads")) return many_threads();
    if (!strcmp(question, "unload")) return unload(value);
    if (!strcmp(question, "end-while-running")) return end_while_running();
    fprintf(stderr, "manners: no such question: %s\n", question);
    return 2;
}
