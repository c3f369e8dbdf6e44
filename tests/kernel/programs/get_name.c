/* Microseconds of one LIVEUPDATE_SESSION_GET_NAME, in a plain loop: get-name CALLS. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>

struct name_argument {
    uint32_t size;
    int32_t fd;
    char name[64];
};

static double microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

int main(int count, char **arguments)
{
    long calls = count > 1 ? atol(arguments[1]) : 1000;
    struct name_argument session = {.size = sizeof session, .name = "loop"};
    int device = open("/dev/liveupdate", O_RDWR | O_CLOEXEC);
    if (device < 0 || ioctl(device, 0xBA00, &session) < 0) {
        perror("session");
        return 1;
    }

    struct name_argument name = {.size = sizeof name};
    double started = microseconds();
    for (long i = 0; i < calls; i++) {
        if (ioctl(session.fd, 0xBA43, &name) < 0) {
            perror("name");
            return 1;
        }
    }

    printf("%.3f\n", (microseconds() - started) / (double)calls);
    return strcmp(name.name, "loop") != 0;
}
