// What keeping a topological order is measured against: Pearce and Kelly's algorithm (A Dynamic Topological
// Sort Algorithm for Directed Acyclic Graphs, ACM JEA 11, 2007), with integer ids, vectors that are as large
// as they will be, and lists from which an arc could leave in O(1). Build: bench/limits/build.sh
#include <algorithm>
#include <cstdint>
#include <ctime>
#include <vector>

#include <malloc.h>

namespace {

constexpr int32_t kNone = -1;

struct Arc {
  int32_t first;
  int32_t then;
  int32_t next_out;
  int32_t next_in;
  int32_t previous_out;
  int32_t previous_in;
};

struct Vertex {
  int32_t place;
  int32_t first_out;
  int32_t first_in;
  bool is_seen;
};

class PearceKelly {
 public:
  PearceKelly(int32_t vertices, int32_t arcs) : vertices_(vertices) {
    for (int32_t i = 0; i < vertices; i++) vertices_[i] = {i, kNone, kNone, false};
    arcs_.reserve(arcs);
    after_.reserve(vertices);
    before_.reserve(vertices);
    places_.reserve(vertices);
    stack_.reserve(vertices);
  }

  bool add(int32_t first, int32_t then) {
    if (vertices_[first].place >= vertices_[then].place && !reorder(first, then)) return false;
    int32_t arc = static_cast<int32_t>(arcs_.size());
    int32_t& first_out = vertices_[first].first_out;
    int32_t& first_in = vertices_[then].first_in;
    arcs_.push_back({first, then, first_out, first_in, kNone, kNone});
    if (first_out != kNone) arcs_[first_out].previous_out = arc;
    if (first_in != kNone) arcs_[first_in].previous_in = arc;
    first_out = arc;
    first_in = arc;
    return true;
  }

  bool is_before(int32_t first, int32_t then) const {
    return vertices_[first].place < vertices_[then].place;
  }

 private:
  bool reorder(int32_t first, int32_t then) {
    bool is_cycle = !forward(then, vertices_[first].place);
    if (!is_cycle) backward(first, vertices_[then].place);
    for (int32_t v : after_) vertices_[v].is_seen = false;
    for (int32_t v : before_) vertices_[v].is_seen = false;
    if (!is_cycle) place();
    after_.clear();
    before_.clear();
    return !is_cycle;
  }

  bool forward(int32_t start, int32_t last) {
    push(start, after_);
    while (!stack_.empty()) {
      int32_t v = stack_.back();
      stack_.pop_back();
      for (int32_t a = vertices_[v].first_out; a != kNone; a = arcs_[a].next_out) {
        int32_t w = arcs_[a].then;
        if (vertices_[w].place == last) {
          stack_.clear();
          return false;
        }
        if (!vertices_[w].is_seen && vertices_[w].place < last) push(w, after_);
      }
    }
    return vertices_[start].place != last;
  }

  void backward(int32_t start, int32_t first) {
    push(start, before_);
    while (!stack_.empty()) {
      int32_t v = stack_.back();
      stack_.pop_back();
      for (int32_t a = vertices_[v].first_in; a != kNone; a = arcs_[a].next_in) {
        int32_t w = arcs_[a].first;
        if (!vertices_[w].is_seen && vertices_[w].place > first) push(w, before_);
      }
    }
  }

  void push(int32_t v, std::vector<int32_t>& seen) {
    vertices_[v].is_seen = true;
    seen.push_back(v);
    stack_.push_back(v);
  }

  void place() {
    auto by_place = [this](int32_t x, int32_t y) { return vertices_[x].place < vertices_[y].place; };
    std::sort(before_.begin(), before_.end(), by_place);
    std::sort(after_.begin(), after_.end(), by_place);
    before_.insert(before_.end(), after_.begin(), after_.end());
    places_.clear();
    for (int32_t v : before_) places_.push_back(vertices_[v].place);
    std::sort(places_.begin(), places_.end());
    for (size_t i = 0; i < before_.size(); i++) vertices_[before_[i]].place = places_[i];
  }

  std::vector<Vertex> vertices_;
  std::vector<Arc> arcs_;
  std::vector<int32_t> after_;
  std::vector<int32_t> before_;
  std::vector<int32_t> places_;
  std::vector<int32_t> stack_;
};

uint64_t now(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return static_cast<uint64_t>(time.tv_sec) * 1000000000u + static_cast<uint64_t>(time.tv_nsec);
}

}  // namespace

// Adds arcs one by one until all are in or so many nanoseconds have gone by. Returns how many it came to;
// the time of the adding alone, that of the slowest one, and how many were refused.
extern "C" int32_t limits_pearce_kelly(const int32_t* firsts, const int32_t* thens, int32_t arcs,
                                       int32_t vertices, uint64_t nanoseconds_max, uint64_t* nanoseconds,
                                       uint64_t* slowest, int32_t* refused) {
  // Memory that nobody has touched, as the other side gets it: else every other call finds that of the last.
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  PearceKelly order(vertices, arcs);
  uint64_t start = now(CLOCK_MONOTONIC);
  uint64_t last = start;
  *slowest = 0;
  *refused = 0;
  int32_t added = 0;
  while (added < arcs && last - start < nanoseconds_max) {
    *refused += order.add(firsts[added], thens[added]) ? 0 : 1;
    added++;
    if (nanoseconds_max != UINT64_MAX) {
      uint64_t time = now(CLOCK_MONOTONIC);
      *slowest = std::max(*slowest, time - last);
      last = time;
    }
  }
  *nanoseconds = now(CLOCK_MONOTONIC) - start;
  return added;
}
