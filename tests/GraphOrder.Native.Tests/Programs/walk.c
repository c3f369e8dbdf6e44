/* Walks a table in a raw image: walk FORMAT GRANULE LEVEL ROOT FILE [runs]. Prints the document. */
#include "host.h"

int main(int count, char **words) {
    EXPECT(count >= 6);
    size_t bytes;
    const char *text;
    graphorder_engine engine;
    graphorder_answer answer;
    char *image = slurp(words[5], &bytes);
    bool has_granule = strcmp(words[2], "-") != 0;
    graphorder_table table = { .size = sizeof table, .format = words[1], .format_length = strlen(words[1]),
        .granule = has_granule ? words[2] : NULL, .granule_length = has_granule ? strlen(words[2]) : 0,
        .top_level = atoi(words[3]), .root = strtoull(words[4], NULL, 0), .memory = image, .bytes = bytes,
        .flags = count > 6 ? GRAPHORDER_WALK_RUNS : 0 };
    EXPECT(graphorder_open(NULL, 0, &engine) == GRAPHORDER_DONE);
    int status = graphorder_walk(engine, &table, &answer);
    EXPECT(status == GRAPHORDER_DONE || status == GRAPHORDER_REFUSED);
    EXPECT(graphorder_text(answer, &text, &bytes) == GRAPHORDER_DONE);
    fwrite(text, 1, bytes, stdout);
    EXPECT(graphorder_free(answer) == GRAPHORDER_DONE && graphorder_close(engine) == GRAPHORDER_DONE);
    EXPECT(graphorder_live_handles() == 0);
    free(image);
    return status;
}
