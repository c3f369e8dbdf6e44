// What a walk of page tables is measured against: a sequential read of the same bytes, and a walk of 4 KiB
// leaves in C++ that does what must be done at least to know whose memory is mapped. Build: bench/limits/build.sh
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <vector>

#include <immintrin.h>
#include <sys/mman.h>

namespace {

using Words8 = uint64_t __attribute__((vector_size(64), aligned(64)));
using Loose8 = uint64_t __attribute__((vector_size(64), aligned(8)));

constexpr size_t kItems = 512;
constexpr uint64_t kFrameMask = (uint64_t{1} << 52) - 1;

// Whose each page frame is: one number for a block of 512 frames, or one for each frame of a mixed block.
struct Owners {
  uint64_t first_block = 0;
  std::vector<int32_t> blocks;      // an owner, or the complement of a page of frames
  std::vector<int32_t> last_alike;  // the last block of the stretch with one owner
  std::vector<uint16_t> frames;

  void claim(uint64_t first, uint64_t last, uint16_t owner) {
    for (uint64_t at = first; at <= last;) {
      int32_t& block = blocks[(at >> 9) - first_block];
      uint64_t end = at | 511;
      if (end > last) end = last;
      if (block == 0 && end - at == 511) {
        block = owner;
      } else {
        if (block == 0) {
          block = ~static_cast<int32_t>(frames.size() / kItems);
          frames.resize(frames.size() + kItems);
        }
        for (uint64_t i = at & 511; i <= (end & 511); i++) frames[~block * kItems + i] = owner;
      }
      at = end + 1;
    }
  }

  void seal() {
    for (int32_t& block : blocks) {
      if (block >= 0) continue;
      const uint16_t* page = &frames[~block * kItems];
      bool is_one = true;
      for (size_t i = 1; i < kItems; i++) is_one &= page[i] == page[0];
      if (is_one) block = page[0];
    }
    last_alike.resize(blocks.size());
    for (size_t i = blocks.size(); i-- > 0;) {
      bool goes_on = i + 1 < blocks.size() && blocks[i] >= 0 && blocks[i] == blocks[i + 1];
      last_alike[i] = goes_on ? last_alike[i + 1] : static_cast<int32_t>(i);
    }
  }

  int32_t at(uint64_t frame) const {
    uint64_t index = (frame >> 9) - first_block;
    if (index >= blocks.size()) return 0;
    int32_t block = blocks[index];
    return block >= 0 ? block : frames[~block * kItems + (frame & 511)];
  }

  bool is_one(uint64_t first, uint64_t last, int32_t* owner) const {
    uint64_t index = (first >> 9) - first_block;
    if (index >= blocks.size()) return false;
    *owner = blocks[index];
    return *owner >= 0 && (last >> 9) <= first_block + static_cast<uint64_t>(last_alike[index]);
  }
};

struct Walk {
  const uint8_t* image;
  uint64_t base;     // physical address of the image's first byte
  uint64_t bytes;    // of the image
  uint64_t address;  // the address field of a word
  uint64_t ignored;  // bits that hardware changes
  uint64_t sound;    // a sound leaf without its address
  uint32_t shift;    // from a word's address field to an address
  const Owners* owners;
  const uint64_t* records;  // of the pages that should be mapped, from input address 0 on; null where unknown
  // What is found.
  uint64_t faults;
  uint64_t* mapped;  // pages of each owner

  const uint64_t* table(uint64_t physical) const {
    uint64_t offset = physical - base;
    bool is_there = physical >= base && bytes >= 4096 && offset <= bytes - 4096;
    return is_there ? reinterpret_cast<const uint64_t*>(image + offset) : nullptr;
  }

  uint64_t physical(uint64_t word) const { return (word & address) << shift; }

  // Frames side by side.
  void row(uint64_t frame, uint64_t count) {
    int32_t owner;
    if (owners->is_one(frame, frame + count - 1, &owner)) {
      mapped[owner] += count;
      return;
    }
    for (uint64_t i = 0; i < count; i++) mapped[owners->at(frame + i)]++;
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

  // The bits in which some word differs from the first.
  uint64_t differing(const uint64_t* words, const uint64_t* later) const {
    Words8 model = Words8{} + words[0];
    Words8 others = {};
    for (size_t i = 0; i < kItems; i += 8) {
      __builtin_prefetch(later + i);
      others |= *reinterpret_cast<const Loose8*>(words + i) ^ model;
    }
    uint64_t all = 0;
    for (int i = 0; i < 8; i++) all |= others[i];
    return all;
  }

  // Whether every word has the frame of its record, and the records are of pages side by side.
  bool is_as_recorded(const uint64_t* words, const uint64_t* later, uint64_t page) const {
#ifdef __AVX512F__
    const uint64_t* record = records + 2 * page;
    __m512i others = _mm512_setzero_si512();
    __m512i index = _mm512_add_epi64(_mm512_set1_epi64(static_cast<long long>(page)),
                                     _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0));
    const __m512i even = _mm512_set_epi64(14, 12, 10, 8, 6, 4, 2, 0);
    const __m512i odd = _mm512_set_epi64(15, 13, 11, 9, 7, 5, 3, 1);
    const __m512i kept = _mm512_set1_epi64(static_cast<long long>(~ignored));
    const __m512i fixed = _mm512_set1_epi64(static_cast<long long>(sound));
    const __m512i mask = _mm512_set1_epi64(static_cast<long long>(kFrameMask));
    for (size_t i = 0; i < kItems; i += 8) {
      __builtin_prefetch(later + i);
      __m512i low = _mm512_loadu_si512(record + 2 * i);
      __m512i high = _mm512_loadu_si512(record + 2 * i + 8);
      __m512i frame = _mm512_and_si512(_mm512_permutex2var_epi64(low, even, high), mask);
      __m512i pages = _mm512_permutex2var_epi64(low, odd, high);
      __m512i word = _mm512_and_si512(_mm512_loadu_si512(words + i), kept);
      __m512i moved = reinterpret_cast<__m512i>(reinterpret_cast<Words8>(frame) << (12 - shift));
      __m512i expected = _mm512_or_si512(moved, fixed);
      others = _mm512_or_si512(others, _mm512_xor_si512(word, expected));
      others = _mm512_or_si512(others, _mm512_xor_si512(pages, index));
      index = _mm512_add_epi64(index, _mm512_set1_epi64(8));
    }
    return _mm512_test_epi64_mask(others, others) == 0;
#else
    for (size_t i = 0; i < kItems; i++) {
      uint64_t expected = (records[2 * (page + i)] & kFrameMask) << (12 - shift) | sound;
      if ((words[i] & ~ignored) != expected || records[2 * (page + i) + 1] != page + i) return false;
    }
    return later != nullptr;
#endif
  }

  void leaves(const uint64_t* words, const uint64_t* later, uint64_t iova) {
    uint64_t step = uint64_t{4096} >> shift;
    uint64_t others = ~(address | ignored);
    uint64_t line = (words[8] & ~ignored) - (words[0] & ~ignored);
    bool is_sound = ((words[0] ^ sound) & others) == 0;
    if (is_sound && line == step * 8 && is_one_run(words, later, step)) {
      row(physical(words[0]) >> 12, kItems);
      return;
    }
    if (is_sound && records != nullptr && is_as_recorded(words, later, iova >> 12)) {
      mapped[1] += kItems;
      return;
    }
    uint64_t varying = differing(words, later);
    if (!is_sound || (varying & others) != 0) {
      for (size_t i = 0; i < kItems; i++) {
        bool is_leaf = ((words[i] ^ sound) & others) == 0;
        if (is_leaf) row(physical(words[i]) >> 12, 1);
        faults += !is_leaf && words[i] != 0;
      }
      return;
    }
    varying = (varying & address) << shift;
    uint64_t any = physical(words[0]);
    int32_t owner;
    if (owners->is_one((any & ~varying) >> 12, (any | varying) >> 12, &owner)) {
      mapped[owner] += kItems;
      return;
    }
    for (size_t i = 0; i < kItems;) {
      int32_t number = owners->at(physical(words[i]) >> 12);
      size_t end = i + 1;
      while (end < kItems && owners->at(physical(words[end]) >> 12) == number) end++;
      mapped[number] += end - i;
      i = end;
    }
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

/// An owner map of blocks of 2 MiB from one on; ended by limits_owners_seal.
void* limits_owners(uint64_t first_block, uint64_t blocks) {
  Owners* owners = new Owners;
  owners->first_block = first_block;
  owners->blocks.resize(blocks);
  return owners;
}

/// Says whose the frames from first to last are; owners count from 1.
void limits_owners_claim(void* owners, uint64_t first, uint64_t last, uint16_t owner) {
  static_cast<Owners*>(owners)->claim(first, last, owner);
}

/// Makes the map ready.
void limits_owners_seal(void* owners) { static_cast<Owners*>(owners)->seal(); }

/// Frees the map.
void limits_owners_free(void* owners) { delete static_cast<Owners*>(owners); }

/// Walks 4 KiB leaves below tables of 512 words and counts the mapped pages of each owner; the faults.
uint64_t limits_walk(const uint8_t* image, uint64_t bytes, uint64_t base, uint64_t root, int32_t level,
                     uint64_t address, uint64_t ignored, uint64_t sound, int32_t shift, const void* owners,
                     const uint64_t* records, uint64_t* mapped) {
  Walk walk = {};
  walk.image = image;
  walk.base = base;
  walk.bytes = bytes;
  walk.address = address;
  walk.ignored = ignored;
  walk.sound = sound;
  walk.shift = static_cast<uint32_t>(shift);
  walk.owners = static_cast<const Owners*>(owners);
  walk.records = records;
  walk.mapped = mapped;
  walk.walk(root, level, 0);
  return walk.faults;
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
