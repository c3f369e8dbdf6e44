/* Every function with what it should not be given: a status each time, and nothing left at the end. */
#include "host.h"

static graphorder_engine engine;
static graphorder_answer answer;
static const char *text;
static size_t length;

static void before_anything(void) {
    char said[8] = "unread";
    EXPECT(graphorder_abi_version() == GRAPHORDER_ABI_VERSION);
    EXPECT(graphorder_live_handles() == 0);
    EXPECT(graphorder_last_error(said, sizeof said, &length) == GRAPHORDER_DONE && said[0] == 0 && length == 0);
    answer = 1;
    EXPECT(graphorder_plan(1, small_set, sizeof small_set - 1, &answer) == GRAPHORDER_HANDLE && answer == 0);
    EXPECT(graphorder_free(1) == GRAPHORDER_HANDLE);
    EXPECT(of_status("Threads") == 1);
}

static void open_and_close(void) {
    graphorder_engine other;
    EXPECT(graphorder_open(NULL, 0, NULL) == GRAPHORDER_ARGUMENT);
    EXPECT(graphorder_open("linux-9", 7, &engine) == GRAPHORDER_ARGUMENT && engine == 0);
    EXPECT(strstr(last_sentence(), "linux-9") && strstr(last_sentence(), "linux-7.3"));
    EXPECT(graphorder_open("linux-7.3 and more", 9, &engine) == GRAPHORDER_DONE && engine != 0);
    EXPECT(last_sentence()[0] == 0);
    EXPECT(graphorder_open("linux-7.3:linux-next", 20, &other) == GRAPHORDER_DONE && other != engine);
    EXPECT(graphorder_live_handles() == 2);
    EXPECT(graphorder_close(other) == GRAPHORDER_DONE);
    EXPECT(graphorder_close(other) == GRAPHORDER_HANDLE);
    EXPECT(graphorder_cancel(other) == GRAPHORDER_HANDLE);
    EXPECT(graphorder_cancel(engine) == GRAPHORDER_DONE);
    EXPECT(graphorder_live_handles() == 1);
}

static void plan(void) {
    graphorder_answer again;
    EXPECT(graphorder_plan(engine, NULL, 4, &answer) == GRAPHORDER_ARGUMENT && answer == 0);
    EXPECT(graphorder_plan(engine, small_set, sizeof small_set - 1, NULL) == GRAPHORDER_ARGUMENT);
    EXPECT(graphorder_plan(0, small_set, sizeof small_set - 1, &answer) == GRAPHORDER_HANDLE);
    EXPECT(graphorder_plan(engine, small_set, (size_t)-1, &answer) == GRAPHORDER_TOO_LARGE);
    EXPECT(graphorder_plan(engine, small_set, 0, &answer) == GRAPHORDER_MALFORMED && answer == 0);
    for (size_t cut = 1; cut < sizeof small_set - 1; cut++)
        EXPECT(graphorder_plan(engine, small_set, cut, &answer) == GRAPHORDER_MALFORMED && answer == 0);
    EXPECT(strstr(last_sentence(), "error GO"));
    EXPECT(graphorder_plan(engine, small_set, sizeof small_set - 1, &answer) == GRAPHORDER_DONE);
    EXPECT(graphorder_plan(engine, small_set, sizeof small_set - 1, &again) == GRAPHORDER_DONE);
    EXPECT(answer != again && graphorder_live_handles() == 3);

    EXPECT(graphorder_text(answer, NULL, &length) == GRAPHORDER_ARGUMENT);
    EXPECT(graphorder_text(answer, &text, NULL) == GRAPHORDER_ARGUMENT);
    EXPECT(graphorder_text(engine, &text, &length) == GRAPHORDER_HANDLE && text == NULL && length == 0);
    EXPECT(graphorder_text(answer, &text, &length) == GRAPHORDER_DONE && length > 100);
    EXPECT(memcmp(text, "{\n  \"schema\": \"graphorder/plan/1\"", 33) == 0 && text[length - 1] == '\n');

    const char *other;
    size_t other_length;
    EXPECT(graphorder_text(again, &other, &other_length) == GRAPHORDER_DONE);
    EXPECT(other != text && other_length == length && memcmp(text, other, length) == 0);

    EXPECT(graphorder_close(answer) == GRAPHORDER_HANDLE);
    EXPECT(graphorder_free(engine) == GRAPHORDER_HANDLE);
    EXPECT(graphorder_free(again) == GRAPHORDER_DONE);
    EXPECT(graphorder_free(again) == GRAPHORDER_HANDLE);
    EXPECT(graphorder_text(again, &text, &length) == GRAPHORDER_HANDLE);
}

/* A place in the table comes again, a number does not. */
static void numbers(void) {
    graphorder_answer first = 0, next;
    for (int i = 0; i < 1000; i++) {
        EXPECT(graphorder_plan(engine, small_set, sizeof small_set - 1, &next) == GRAPHORDER_DONE && next != first);
        EXPECT(graphorder_live_handles() == 3);
        EXPECT(graphorder_free(next) == GRAPHORDER_DONE && graphorder_free(next) == GRAPHORDER_HANDLE);
        EXPECT(graphorder_free(first) == GRAPHORDER_HANDLE);
        first = next;
    }
}

static void expect_answer(const char *request, int status, const char *piece) {
    graphorder_answer asked;
    EXPECT(graphorder_ask(engine, request, strlen(request), &asked) == status && asked != 0);
    EXPECT(graphorder_text(asked, &text, &length) == GRAPHORDER_DONE);
    if (!memmem(text, length, piece, strlen(piece))) fprintf(stderr, "%.*s\n", (int)length, text);
    EXPECT(memmem(text, length, piece, strlen(piece)));
    EXPECT(graphorder_free(asked) == GRAPHORDER_DONE);
}

/* The growing graph: declared, asked, refused, withdrawn. */
static void ask(void) {
    char request[2 * sizeof small_set];
    graphorder_answer asked = 5;
    expect_answer("{", GRAPHORDER_MALFORMED, "graphorder/error/1");
    expect_answer("{\"request\":\"paln\"}", GRAPHORDER_WRONG, "paln");
    expect_answer("{\"request\":\"plan\"}", GRAPHORDER_DONE, "\"preserve\": []");
    snprintf(request, sizeof request, "{\"request\":\"declare\",\"set\":%s}", small_set);
    expect_answer(request, GRAPHORDER_DONE, "graphorder/change/1");
    expect_answer("{\"request\":\"plan\"}", GRAPHORDER_DONE, "\"object\":\"b\"");
    expect_answer("{\"request\":\"declare\",\"set\":{\"dependencies\":[{\"dependent\":\"b\",\"on\":\"a\"}]}}",
        GRAPHORDER_REFUSED, "GO2");
    expect_answer("{\"request\":\"why\",\"first\":\"b\",\"then\":\"a\"}", GRAPHORDER_DONE, "graphorder/why/1");
    expect_answer("{\"request\":\"withdraw\",\"sessions\":[\"s\"]}", GRAPHORDER_DONE, "graphorder/change/1");
    expect_answer("{\"request\":\"plan\"}", GRAPHORDER_DONE, "\"preserve\": []");
    EXPECT(graphorder_ask(engine, NULL, 1, &asked) == GRAPHORDER_ARGUMENT && asked == 0);
    EXPECT(graphorder_ask(engine, "{}", 2, NULL) == GRAPHORDER_ARGUMENT);
    EXPECT(graphorder_ask(engine + 1, "{}", 2, &asked) == GRAPHORDER_HANDLE && asked == 0);
    EXPECT(graphorder_ask(engine, "{}", GRAPHORDER_REQUEST_BYTES_MAX + 1, &asked) == GRAPHORDER_TOO_LARGE);
    expect_answer("", GRAPHORDER_MALFORMED, "graphorder/error/1");
}

static void walk(void) {
    static uint64_t image[3 * 512];
    static const char format[] = "vtd-second-stage";
    graphorder_answer walked = 7;
    graphorder_table table = { .size = sizeof table, .format = format, .format_length = sizeof format - 1,
        .root = 0x1000, .top_level = 1, .memory = image, .bytes = sizeof image, .base = 0x1000 };
    struct { graphorder_table table; uint64_t more[2]; } newer;
    image[0] = 0x2000 | 3;
    image[512] = 0x7000 | 3;
    EXPECT(graphorder_walk(engine, &table, &walked) == GRAPHORDER_ARGUMENT && walked == 0); /* no such level */
    table.top_level = 2;
    image[1024] = 0x9000 | 3;
    image[512] = 0x3000 | 3;
    EXPECT(graphorder_walk(engine, &table, &walked) == GRAPHORDER_DONE && walked != 0);
    EXPECT(graphorder_text(walked, &text, &length) == GRAPHORDER_DONE);
    EXPECT(memmem(text, length, "\"4096\":1", 8) || memmem(text, length, "\"4096\": 1", 9));
    EXPECT(graphorder_free(walked) == GRAPHORDER_DONE);
    image[512] = 0x99000 | 3; /* outside the memory: a fault of the table */
    EXPECT(graphorder_walk(engine, &table, &walked) == GRAPHORDER_REFUSED && walked != 0);
    EXPECT(graphorder_text(walked, &text, &length) == GRAPHORDER_DONE);
    EXPECT(memmem(text, length, "TableOutsideImage", 17));
    EXPECT(graphorder_free(walked) == GRAPHORDER_DONE);

#define WRONG(change)                                                        \
    do {                                                                     \
        graphorder_table whole = table;                                      \
        change;                                                              \
        EXPECT(graphorder_walk(engine, &table, &walked) == GRAPHORDER_ARGUMENT); \
        EXPECT(walked == 0 && last_sentence()[0] != 0);                      \
        table = whole;                                                       \
    } while (0)
    WRONG(table.size = 0);
    WRONG(table.size = sizeof table - 1);
    WRONG(table.size = (size_t)-1);
    WRONG(table.format = NULL);
    WRONG(table.format_length = 3);
    WRONG(table.format_length = (size_t)-1);
    WRONG((table.granule = "5K", table.granule_length = 2));
    WRONG(table.top_level = -1);
    WRONG(table.top_level = 6);
    WRONG(table.flags = 2);
    WRONG(table.reserved = 1);
    WRONG(table.memory = NULL);
    WRONG(table.memory = (char *)image + 1);
    WRONG(table.base = 0x1001);
    WRONG(table.bytes = UINT64_MAX);
    WRONG(table.fault_max = UINT32_MAX);
    EXPECT(graphorder_walk(engine, NULL, &walked) == GRAPHORDER_ARGUMENT);
    EXPECT(graphorder_walk(engine, &table, NULL) == GRAPHORDER_ARGUMENT);
    EXPECT(graphorder_walk(answer, &table, &walked) == GRAPHORDER_HANDLE);
    table.bytes = 0;
    EXPECT(graphorder_walk(engine, &table, &walked) == GRAPHORDER_REFUSED);
    EXPECT(graphorder_free(walked) == GRAPHORDER_DONE);

    table.bytes = sizeof image;
    newer.table = table;
    newer.table.size = sizeof newer;
    newer.more[0] = newer.more[1] = 0;
    EXPECT(graphorder_walk(engine, &newer.table, &walked) == GRAPHORDER_REFUSED);
    EXPECT(graphorder_free(walked) == GRAPHORDER_DONE);
    newer.more[1] = 1;
    EXPECT(graphorder_walk(engine, &newer.table, &walked) == GRAPHORDER_ARGUMENT);
}

static void errors(void) {
    char said[512], small[20];
    memset(said, 'x', sizeof said);
    EXPECT(graphorder_free(0) == GRAPHORDER_HANDLE);
    EXPECT(graphorder_last_error(said, sizeof said, &length) == GRAPHORDER_HANDLE);
    EXPECT(strlen(said) == length && length > sizeof small);
    EXPECT(graphorder_last_error(small, sizeof small, &length) == GRAPHORDER_HANDLE);
    EXPECT(strlen(small) == sizeof small - 1 && strncmp(small, said, sizeof small - 1) == 0);
    EXPECT(graphorder_last_error(NULL, 0, NULL) == GRAPHORDER_HANDLE);
    EXPECT(graphorder_last_error(small, 0, NULL) == GRAPHORDER_HANDLE);
    EXPECT(graphorder_last_error(small, 1, NULL) == GRAPHORDER_HANDLE && small[0] == 0);

    /* A letter is not cut: 30 times 'ä'. */
    char name[61] = "";
    for (int i = 0; i < 30; i++) strcat(name, "\xc3\xa4");
    EXPECT(graphorder_open(name, 60, &(graphorder_engine){ 0 }) == GRAPHORDER_ARGUMENT);
    for (size_t size = 1; size < 100; size++) {
        graphorder_last_error(said, size, NULL);
        size_t last = strlen(said);
        EXPECT(last == 0 || (unsigned char)said[last - 1] != 0xc3);
    }
}

int main(void) {
    before_anything();
    open_and_close();
    plan();
    numbers();
    ask();
    walk();
    errors();
    EXPECT(graphorder_close(engine) == GRAPHORDER_DONE);
    EXPECT(graphorder_text(answer, &text, &length) == GRAPHORDER_DONE); /* answers outlive their engine */
    EXPECT(graphorder_free(answer) == GRAPHORDER_DONE);
    EXPECT(graphorder_live_handles() == 0);
    printf("0 live\n");
    return 0;
}
