// What a walk of page tables is measured against: a sequential read of the same bytes, and a walk of 4 KiB
// leaves in C++ that does what PageTableWalker must do at least. Build: bench/limits/build.sh
#include <cstddef>
#include <cstdint>
#include <ctime>

#include <immintrin.h>
#include <sys/mman.h>

namespace {

using Words8 = uint64_t __attribute__((vector_size(64), aligned(64)));
using Loose8 = uint64_t __attribute__((vector_size(64), aligned(8)));

constexpr size_t kItems = 512;

struct Walk {
  const uint8_t* image;
  uint64_t base;     // physical address of the image's first byte
  uint64_t bytes;    // of the image
  uint64_t address;  // the address field of a word
  uint64_t ignored;  // bits that hardware changes
  uint64_t sound;    // a sound leaf without its address
  uint32_t shift;    // from a word's address field to an address
  // What is found.
  uint64_t pages;
  uint64_t runs;
  uint64_t faults;
  uint64_t mix;  // of the output address of every run
  // The run at hand.
  uint64_t next_iova;
  uint64_t next_physical;

  const uint64_t* table(uint64_t physical) const {
    uint64_t offset = physical - base;
    bool is_there = physical >= base && bytes >= 4096 && offset <= bytes - 4096;
    return is_there ? reinterpret_cast<const uint64_t*>(image + offset) : nullptr;
  }

  uint64_t physical(uint64_t word) const { return (word & address) << shift; }

  void row(uint64_t iova, uint64_t at, uint64_t count) {
    pages += count;
    if (iova != next_iova || at != next_physical) {
      runs++;
      mix ^= at + runs;
    }
    next_iova = iova + count * 4096;
    next_physical = at + count * 4096;
  }

  bool is_one_run(const uint64_t* words, const uint64_t* later, uint64_t step) const {
    Words8 expected = Words8{0, 1, 2, 3, 4, 5, 6, 7} * step + (words[0] & ~ignored);
    Words8 others = {};
    for (size_t i = 0; i < kItems; i += 8) {
      __builtin_prefetch(later + i);
      others |= (*reinterpret_cast<const Loose8*>(words + i) & ~ignored) ^ expected;
      expected += step * 8;
    }
    uint64_t all = 0;
    for (int i = 0; i < 8; i++) all |= others[i];
    return all == 0;
  }

  // One bit for each word that is not the one before plus a step.
  uint32_t breaks_of_8(const uint64_t* words, size_t i, uint64_t step) const {
#ifdef __AVX512F__
    if (i > 0) {
      __m512i before = _mm512_loadu_si512(words + i - 1);
      __m512i now = _mm512_loadu_si512(words + i);
      __m512i follows = _mm512_add_epi64(before, _mm512_set1_epi64(static_cast<long long>(step)));
      __m512i kept = _mm512_set1_epi64(static_cast<long long>(~ignored));
      return _mm512_test_epi64_mask(_mm512_xor_si512(now, follows), kept);
    }
#endif
    uint32_t bits = 0;
    for (size_t k = 0; k < 8; k++) {
      uint64_t before = i + k == 0 ? 0 : words[i + k - 1];
      bits |= uint32_t{((words[i + k] ^ (before + step)) & ~ignored) != 0} << k;
    }
    return bits;
  }

  void leaves(const uint64_t* words, const uint64_t* later, uint64_t iova) {
    uint64_t step = uint64_t{4096} >> shift;
    uint64_t others = ~(address | ignored);
    bool may_be_one = words[kItems - 1] - words[0] == step * (kItems - 1);
    if (may_be_one && ((words[0] ^ sound) & others) == 0 && is_one_run(words, later, step)) {
      row(iova, physical(words[0]), kItems);
      return;
    }

    uint64_t breaks[kItems / 64];
    for (size_t group = 0; group < kItems / 64; group++) {
      uint64_t bits = 0;
      for (size_t bit = 0; bit < 64; bit += 8) {
        size_t i = group * 64 + bit;
        __builtin_prefetch(later + i);
        bits |= uint64_t{breaks_of_8(words, i, step)} << bit;
      }
      breaks[group] = bits;
    }
    breaks[0] |= 1;
    size_t start = 0;
    for (size_t group = 0; group < kItems / 64; group++) {
      for (uint64_t bits = breaks[group]; bits != 0; bits &= bits - 1) {
        size_t i = group * 64 + __builtin_ctzll(bits);
        if (i > 0) leaf_row(words, start, i, iova);
        start = i;
      }
    }
    leaf_row(words, start, kItems, iova);
  }

  void leaf_row(const uint64_t* words, size_t from, size_t to, uint64_t iova) {
    uint64_t word = words[from];
    if (((word ^ sound) & ~(address | ignored)) != 0) {
      faults += word != 0;
      return;
    }
    row(iova + from * 4096, physical(word), to - from);
  }

  void walk(uint64_t at, int level, uint64_t iova) {
    const uint64_t* words = table(at);
    if (words == nullptr) {
      faults++;
      return;
    }
    for (size_t i = 0; i < kItems; i++) {
      if (words[i] == 0) continue;
      uint64_t below = iova + (uint64_t{i} << (12 + 9 * level));
      if (level > 1) {
        walk(physical(words[i]), level - 1, below);
        continue;
      }
      const uint64_t* leaf_words = table(physical(words[i]));
      if (leaf_words == nullptr) {
        faults++;
        continue;
      }
      const uint64_t* later = i + 1 < kItems ? table(physical(words[i + 1])) : nullptr;
      leaves(leaf_words, later == nullptr ? leaf_words : later, below);
    }
  }
};

}  // namespace

extern "C" {

/// Reads every word; the sum, so that none can be left out.
uint64_t limits_read(const uint8_t* image, uint64_t bytes) {
  const Words8* words = reinterpret_cast<const Words8*>(image);
  Words8 sums[4] = {};
  for (uint64_t i = 0; i + 4 <= bytes / 64; i += 4) {
    for (int k = 0; k < 4; k++) sums[k] += words[i + k];
  }
  Words8 sum = sums[0] + sums[1] + sums[2] + sums[3];
  uint64_t all = 0;
  for (int i = 0; i < 8; i++) all += sum[i];
  return all;
}

/// Walks 4 KiB leaves below tables of 512 words. The output address of every run goes into the answer.
uint64_t limits_walk(const uint8_t* image, uint64_t bytes, uint64_t base, uint64_t root, int32_t level,
                     uint64_t address, uint64_t ignored, uint64_t sound, int32_t shift, uint64_t* pages,
                     uint64_t* runs) {
  Walk walk = {};
  walk.image = image;
  walk.base = base;
  walk.bytes = bytes;
  walk.address = address;
  walk.ignored = ignored;
  walk.sound = sound;
  walk.shift = static_cast<uint32_t>(shift);
  walk.next_iova = ~uint64_t{0};
  walk.walk(root, level, 0);
  *pages = walk.pages;
  *runs = walk.runs;
  return walk.mix + walk.faults;
}

/// Seconds that this thread has run: what others on the machine take is left out.
double limits_seconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/// Asks for huge pages.
int32_t limits_huge(uint8_t* image, uint64_t bytes) { return madvise(image, bytes, MADV_HUGEPAGE); }
}
