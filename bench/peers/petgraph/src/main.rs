//! petgraph: `Graph` with 32-bit indices, and `toposort`. The lines it answers are those of `peer.h`.

use petgraph::algo::toposort;
use petgraph::graph::{DiGraph, NodeIndex};
use std::io::{BufRead, Write};
use std::time::Instant;

struct Arcs {
    vertices: usize,
    firsts: Vec<u32>,
    thens: Vec<u32>,
}

fn read(path: &str) -> Arcs {
    let bytes = std::fs::read(path).expect("the file of arcs can be read");
    let word = |i: usize| u32::from_ne_bytes([bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2], bytes[4 * i + 3]]);
    let count = word(1) as usize;
    Arcs {
        vertices: word(0) as usize,
        firsts: (0..count).map(|arc| word(2 + arc)).collect(),
        thens: (0..count).map(|arc| word(2 + count + arc)).collect(),
    }
}

fn build(arcs: &Arcs) -> DiGraph<(), (), u32> {
    let mut graph = DiGraph::with_capacity(arcs.vertices, arcs.firsts.len());
    for _ in 0..arcs.vertices {
        graph.add_node(());
    }
    for (&first, &then) in arcs.firsts.iter().zip(&arcs.thens) {
        graph.add_edge(NodeIndex::from(first), NodeIndex::from(then), ());
    }
    graph
}

/// How many vertices were ordered, each once, and how many arcs the order keeps.
fn kept(arcs: &Arcs, sequence: &[NodeIndex<u32>]) -> (usize, usize) {
    let mut places = vec![0u32; arcs.vertices];
    let mut vertices = 0;
    for (i, vertex) in sequence.iter().enumerate() {
        vertices += (places[vertex.index()] == 0) as usize;
        places[vertex.index()] = i as u32 + 1;
    }
    let ends = arcs.firsts.iter().zip(&arcs.thens);
    let is_kept = |first: u32, then: u32| first > 0 && first < then;
    (vertices, ends.filter(|(&first, &then)| is_kept(places[first as usize], places[then as usize])).count())
}

fn main() {
    let path = std::env::args().nth(1).expect("give the file of arcs");
    let arcs = read(&path);
    let mut graph = DiGraph::with_capacity(0, 0);
    println!("ready petgraph {}, rustc {}", env!("PEER_PETGRAPH"), env!("PEER_RUSTC"));
    for line in std::io::stdin().lock().lines() {
        match line.expect("lines are text").as_str() {
            "build" => {
                graph = DiGraph::with_capacity(0, 0);
                let start = Instant::now();
                graph = build(&arcs);
                println!("{}", start.elapsed().as_nanos());
            }
            "order" => {
                let start = Instant::now();
                let sequence = toposort(&graph, None).expect("the graph has an order");
                let nanoseconds = start.elapsed().as_nanos();
                let (vertices, arcs) = kept(&arcs, &sequence);
                println!("{} {} {}", nanoseconds, vertices, arcs);
            }
            other => panic!("there is no '{}'", other),
        }
        std::io::stdout().flush().expect("standard output is open");
    }
}
