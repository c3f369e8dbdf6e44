/* Asks a new engine the request in a file, and prints the document that it answers with. */
#include "host.h"

int main(int count, char **words) {
    size_t length = 0;
    const char *text;
    graphorder_engine engine;
    graphorder_answer answer;
    if (count != 2) return 99;
    char *request = slurp(words[1], &length);
    EXPECT(graphorder_open(NULL, 0, &engine) == GRAPHORDER_DONE);
    int status = graphorder_ask(engine, request, length, &answer);
    EXPECT(answer != 0 && graphorder_text(answer, &text, &length) == GRAPHORDER_DONE);
    fwrite(text, 1, length, stdout);
    EXPECT(graphorder_free(answer) == GRAPHORDER_DONE && graphorder_close(engine) == GRAPHORDER_DONE);
    EXPECT(graphorder_live_handles() == 0);
    free(request);
    return status;
}
