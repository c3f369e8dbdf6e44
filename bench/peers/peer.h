/*
 * What every peer in C and C++ shares. A peer is a process: `PEER FILE` reads the arcs of the file (vertex
 * count, arc count, all firsts, all thens, each an int32; a first goes before its then), says
 * `ready NAME`, and answers lines of standard input until it ends:
 *   build   from the arcs in memory to the library's own graph: nanoseconds
 *   order   orders that graph: nanoseconds, vertices ordered, arcs that the order keeps
 */
#ifndef PEER_H
#define PEER_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct peer_arcs {
	int32_t vertices;
	int32_t count;
	const int32_t *firsts;
	const int32_t *thens;
};

/* What a library does. Only build and order are timed. */
struct peer {
	const char *name;
	void (*build)(const struct peer_arcs *arcs);
	void (*order)(void);
	/* The order found last, what goes first at the beginning; returns how many vertices it has. */
	int32_t (*tell)(int32_t *sequence);
	/* Forgets the order found last, so that it is not freed in timed code. */
	void (*clear_order)(void);
	void (*clear_graph)(void);
};

static void peer_need(int is_so, const char *what)
{
	if (!is_so) {
		fprintf(stderr, "peer: %s\n", what);
		exit(1);
	}
}

static int64_t peer_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static struct peer_arcs peer_read(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct peer_arcs arcs;
	int32_t counts[2];
	int32_t *ends;
	size_t wanted;

	peer_need(file != NULL, "cannot open the arcs");
	peer_need(fread(counts, sizeof(int32_t), 2, file) == 2, "the file of arcs is too short");
	wanted = 2 * (size_t)counts[1];
	ends = (int32_t *)malloc(wanted * sizeof(int32_t) + 1);
	peer_need(ends != NULL, "no memory for the arcs");
	peer_need(fread(ends, sizeof(int32_t), wanted, file) == wanted, "the file of arcs is too short");
	fclose(file);
	arcs.vertices = counts[0];
	arcs.count = counts[1];
	arcs.firsts = ends;
	arcs.thens = ends + counts[1];
	return arcs;
}

/* Says how many vertices were ordered, each once, and how many arcs are kept. */
static void peer_say_kept(const struct peer_arcs *arcs, const int32_t *sequence, int32_t length)
{
	int32_t *places = (int32_t *)calloc((size_t)arcs->vertices + 1, sizeof(int32_t));
	int32_t vertices = 0;
	int32_t kept = 0;

	peer_need(places != NULL, "no memory for the check");
	for (int32_t i = 0; i < length; i++) {
		vertices += places[sequence[i]] == 0;
		places[sequence[i]] = i + 1;
	}

	for (int32_t arc = 0; arc < arcs->count; arc++) {
		int32_t first = places[arcs->firsts[arc]];

		kept += first > 0 && first < places[arcs->thens[arc]];
	}

	printf(" %d %d\n", vertices, kept);
	free(places);
}

static int peer_run(const struct peer *peer, int argc, char **argv)
{
	struct peer_arcs arcs;
	int32_t *sequence;
	char line[64];

	peer_need(argc == 2, "give the file of arcs");
	arcs = peer_read(argv[1]);
	sequence = (int32_t *)malloc(((size_t)arcs.vertices + 1) * sizeof(int32_t));
	peer_need(sequence != NULL, "no memory for the order");
	printf("ready %s\n", peer->name);
	fflush(stdout);
	while (fgets(line, sizeof(line), stdin) != NULL) {
		int is_build = strcmp(line, "build\n") == 0;
		int64_t start;

		peer_need(is_build || strcmp(line, "order\n") == 0, "write build or order");
		peer->clear_order();
		if (is_build)
			peer->clear_graph();
		start = peer_now();
		if (is_build)
			peer->build(&arcs);
		else
			peer->order();
		printf("%lld", (long long)(peer_now() - start));
		if (is_build)
			printf("\n");
		else
			peer_say_kept(&arcs, sequence, peer->tell(sequence));
		fflush(stdout);
	}

	return 0;
}

#endif
