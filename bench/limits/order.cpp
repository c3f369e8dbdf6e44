// What ordering is measured against: Kahn's algorithm with waves over compressed sparse rows of 32-bit numbers,
// and inside a wave by number. It does the least that must be done; it tells of a cycle only that there is one.
// Build: bench/limits/build.sh
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

namespace {

struct Rows {
  int32_t vertices;
  std::vector<int32_t> begins;
  std::vector<int32_t> thens;
  std::vector<int32_t> before;
  std::vector<int32_t> cells;
  std::vector<int32_t> queue;
  std::vector<int32_t> firsts_of_waves;
};

constexpr int32_t kAhead = 4;

// Fetches what the vertices that come soon will touch, or not: it wins where arcs lead far.
template <bool kFetches>
int32_t order(Rows& rows, int32_t* sorted) {
  const int32_t* begins = rows.begins.data();
  const int32_t* thens = rows.thens.data();
  int32_t* cells = rows.cells.data();
  int32_t* queue = rows.queue.data();
  std::memcpy(cells, rows.before.data(), sizeof(int32_t) * rows.vertices);
  rows.firsts_of_waves.clear();
  int32_t queued = 0;
  for (int32_t v = 0; v < rows.vertices; v++) {
    if (cells[v] != 0) continue;
    cells[v] = ~0;
    queue[queued++] = v;
  }

  for (int32_t taken = 0; taken < queued;) {
    rows.firsts_of_waves.push_back(taken);
    int32_t cell = ~static_cast<int32_t>(rows.firsts_of_waves.size());
    for (int32_t end = queued; taken < end; taken++) {
      if (kFetches && taken + 4 * kAhead < queued) {
        __builtin_prefetch(begins + queue[taken + 4 * kAhead]);
        __builtin_prefetch(thens + begins[queue[taken + 2 * kAhead]]);
        int32_t soon = queue[taken + kAhead];
        int32_t last = std::min(begins[soon + 1], begins[soon] + 8);
        for (int32_t i = begins[soon]; i < last; i++) __builtin_prefetch(cells + thens[i], 1);
      }

      int32_t v = queue[taken];
      for (int32_t i = begins[v]; i < begins[v + 1]; i++) {
        int32_t then = thens[i];
        if (--cells[then] != 0) continue;
        cells[then] = cell;
        queue[queued++] = then;
      }
    }
  }

  for (int32_t v = 0; queued == rows.vertices && v < rows.vertices; v++) {
    sorted[rows.firsts_of_waves[~cells[v]]++] = v;
  }
  return queued;
}

}  // namespace

extern "C" Rows* limits_rows(int32_t vertices, int32_t arcs, const int32_t* firsts, const int32_t* thens) {
  Rows* rows = new Rows{vertices, {}, {}, {}, {}, {}, {}};
  rows->begins.resize(vertices + 1);
  rows->thens.resize(arcs);
  rows->before.resize(vertices);
  rows->cells.resize(vertices);
  rows->queue.resize(vertices);
  for (int32_t i = 0; i < arcs; i++) {
    rows->begins[firsts[i]]++;
    rows->before[thens[i]]++;
  }
  int32_t behind = 0;
  for (int32_t& begin : rows->begins) begin = behind += begin;
  for (int32_t i = arcs - 1; i >= 0; i--) rows->thens[--rows->begins[firsts[i]]] = thens[i];
  return rows;
}

// The vertices by wave and number. Returns how many have an order.
extern "C" int32_t limits_order(Rows* rows, int32_t fetches, int32_t* sorted) {
  return fetches ? order<true>(*rows, sorted) : order<false>(*rows, sorted);
}

extern "C" void limits_rows_free(Rows* rows) { delete rows; }
