// Boost.Graph: compressed sparse rows with 32-bit vertices and edges, made of unsorted arcs in two passes.
#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/version.hpp>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "peer.h"

namespace {

using Graph = boost::compressed_sparse_row_graph<
    boost::directedS, boost::no_property, boost::no_property, boost::no_property, std::uint32_t, std::uint32_t>;

// The arc of a number, as the pair that Boost wants.
struct ArcOf {
    using result_type = std::pair<std::uint32_t, std::uint32_t>;

    const peer_arcs *arcs;

    result_type operator()(std::int32_t arc) const
    {
        return {static_cast<std::uint32_t>(arcs->firsts[arc]), static_cast<std::uint32_t>(arcs->thens[arc])};
    }
};

std::unique_ptr<Graph> graph;
std::vector<std::uint32_t> backwards;

void build(const peer_arcs *arcs)
{
    auto at = [arcs](std::int32_t arc) {
        return boost::make_transform_iterator(boost::counting_iterator<std::int32_t>(arc), ArcOf{arcs});
    };
    graph = std::make_unique<Graph>(
        boost::edges_are_unsorted_multi_pass, at(0), at(arcs->count),
        static_cast<std::uint32_t>(arcs->vertices));
}

// Boost finds what goes last first.
void order()
{
    backwards.reserve(num_vertices(*graph));
    boost::topological_sort(*graph, std::back_inserter(backwards));
}

std::int32_t tell(std::int32_t *sequence)
{
    std::copy(backwards.rbegin(), backwards.rend(), sequence);
    return static_cast<std::int32_t>(backwards.size());
}

void clear_order()
{
    std::vector<std::uint32_t>().swap(backwards);
}

void clear_graph()
{
    graph.reset();
}

}  // namespace

int main(int argc, char **argv)
{
    const std::string name = "Boost.Graph " + std::to_string(BOOST_VERSION / 100000) + "."
        + std::to_string(BOOST_VERSION / 100 % 1000) + ", g++ " + __VERSION__;
    const peer self = {name.c_str(), build, order, tell, clear_order, clear_graph};
    return peer_run(&self, argc, argv);
}
