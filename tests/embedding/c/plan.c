/* A host in C: plans the session set in a file, and prints the plan. */
#include <graphorder.h>
#include <stdio.h>
#include <stdlib.h>

static int complain(const char *what) {
    char sentence[512];
    int status = graphorder_last_error(sentence, sizeof sentence, NULL);
    fprintf(stderr, "%s: %s\n", what, sentence);
    return status;
}

static char *read_file(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    char *bytes = NULL;
    if (fseek(file, 0, SEEK_END) == 0) {
        long end = ftell(file);
        rewind(file);
        if (end >= 0 && (bytes = malloc((size_t)end + 1))) *length = fread(bytes, 1, (size_t)end, file);
    }
    fclose(file);
    return bytes;
}

int main(int count, char **words) {
    size_t length = 0;
    if (count != 2) {
        fprintf(stderr, "usage: plan SET\n");
        return 2;
    }
    char *set = read_file(words[1], &length);
    if (!set) {
        perror(words[1]);
        return 3;
    }

    graphorder_engine engine;
    int status = graphorder_open(NULL, 0, &engine);
    if (status != GRAPHORDER_DONE) {
        status = complain("The planner cannot be used here");
    } else {
        graphorder_answer answer;
        status = graphorder_plan(engine, set, length, &answer);
        if (answer) { /* a plan, or the refusal: both are documents */
            const char *text;
            if (graphorder_text(answer, &text, &length) == GRAPHORDER_DONE) fwrite(text, 1, length, stdout);
            graphorder_free(answer);
        } else {
            complain(words[1]);
        }
        graphorder_close(engine);
    }
    free(set);
    return status;
}
