/* igraph: its own vector of ends, its own graph, its own order. */
#include <igraph/igraph.h>

#include "peer.h"

static igraph_t graph;
static igraph_vector_int_t sequence;
static int has_graph;
static int has_order;

static void build(const struct peer_arcs *arcs)
{
	igraph_vector_int_t ends;

	peer_need(igraph_vector_int_init(&ends, 2 * (igraph_integer_t)arcs->count) == IGRAPH_SUCCESS, "no memory");
	for (int32_t arc = 0; arc < arcs->count; arc++) {
		VECTOR(ends)[2 * (igraph_integer_t)arc] = arcs->firsts[arc];
		VECTOR(ends)[2 * (igraph_integer_t)arc + 1] = arcs->thens[arc];
	}

	peer_need(igraph_create(&graph, &ends, arcs->vertices, IGRAPH_DIRECTED) == IGRAPH_SUCCESS, "no graph");
	igraph_vector_int_destroy(&ends);
	has_graph = 1;
}

static void order(void)
{
	peer_need(igraph_vector_int_init(&sequence, 0) == IGRAPH_SUCCESS, "no memory");
	has_order = 1;
	peer_need(igraph_topological_sorting(&graph, &sequence, IGRAPH_OUT) == IGRAPH_SUCCESS, "no order");
}

static int32_t tell(int32_t *told)
{
	igraph_integer_t length = igraph_vector_int_size(&sequence);

	for (igraph_integer_t i = 0; i < length; i++)
		told[i] = (int32_t)VECTOR(sequence)[i];
	return (int32_t)length;
}

static void clear_order(void)
{
	if (has_order)
		igraph_vector_int_destroy(&sequence);
	has_order = 0;
}

static void clear_graph(void)
{
	if (has_graph)
		igraph_destroy(&graph);
	has_graph = 0;
}

int main(int argc, char **argv)
{
	const struct peer self = {
		"igraph " IGRAPH_VERSION ", gcc " __VERSION__, build, order, tell, clear_order, clear_graph,
	};

	return peer_run(&self, argc, argv);
}
