#include "syntax/network.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <ctime>
#include <numeric>

#include "core/hash.h"

namespace readout::syntax {
namespace {

constexpr size_t kGroupSentences = 64, kGroupRows = 2048;  // a group's buffers stay near the processor
constexpr size_t kChunkWords = 6144;                       // share one table of distinct forms
constexpr size_t kBlockRows = 64;                          // input products are made for this many rows at least

size_t round_up(size_t n, size_t to) { return (n + to - 1) / to * to; }

Result<model::Matrix> matrix(const model::ModelFile& file, const std::string& name, size_t outputs, size_t inputs) {
  model::Matrix m;
  m.n = round_up(outputs, 16);
  m.k = round_up(inputs, 4);
  const auto n = static_cast<uint32_t>(m.n);
  auto packed = file.array<int8_t>(name + ".w", n / 16, static_cast<uint32_t>(16 * m.k));
  if (!packed) return packed.error();
  auto scale = file.array<float>(name + ".scale", n, 1);
  if (!scale) return scale.error();
  auto offset = file.array<int32_t>(name + ".offset", n, 1);
  if (!offset) return offset.error();
  auto bias = file.array<float>(name + ".bias", n, 1);
  if (!bias) return bias.error();
  m.packed = packed->data();
  m.scale = scale->data();
  m.offset = offset->data();
  m.bias = bias->data();
  return m;
}

/// Processor time of this thread, so that a busy machine does not show in the shares.
class Clock {
 public:
  explicit Clock(bool on) : last_(on ? now() : 0), on_(on) {}
  void lap(uint64_t& sum) {
    if (!on_) return;
    const uint64_t time = now();
    sum += time - last_;
    last_ = time;
  }

 private:
  static uint64_t now() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<uint64_t>(t.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(t.tv_nsec);
  }
  uint64_t last_;
  bool on_;
};

template <class T>
void grow(std::vector<T>& v, size_t n) {
  if (v.size() < n) v.resize(n);
}

}  // namespace

Result<Network> Network::create(const model::ModelFile& file, const model::Kernels& kernels) {
  Network net;
  net.kernels_ = &kernels;
  if (const auto kind = file.meta("kind"); !kind || *kind != "syntax/1") {
    return Error{Code::BadModel, file.name() + ": a model of kind \"" + std::string(kind.value_or("")) +
                                     "\"; wanted \"syntax/1\""};
  }
  Sizes& s = net.sizes_;
  const struct {
    const char* key;
    uint32_t* value;
    uint32_t high, multiple;
  } wanted[] = {{"size.word", &s.word, 512, 4},     {"size.affix", &s.affix, 512, 4},   {"size.shape", &s.shape, 512, 4},
                {"size.gram", &s.gram, 512, 4},     {"size.hidden", &s.hidden, 1024, 16}, {"size.arc", &s.arc, 1024, 16},
                {"size.label", &s.label, 1024, 16}, {"size.tag", &s.tag, 1024, 16},     {"size.entity", &s.entity, 1024, 16},
                {"size.deprels", &s.deprels, 255, 1}, {"size.feats", &s.feats, 4096, 1}, {"size.scripts", &s.scripts, 4096, 1}};
  for (const auto& w : wanted) {
    auto n = file.number(w.key, 1, w.high);
    if (!n) return n.error();
    if (*n % w.multiple != 0) return Error{Code::BadModel, file.name() + ": " + w.key + " must be a multiple of " + std::to_string(w.multiple)};
    *w.value = *n;
  }
  net.word_size_ = s.word + s.affix + s.shape + s.gram;
  auto lexicon = Lexicon::create(file);
  if (!lexicon) return lexicon.error();
  net.lexicon_ = *lexicon;
  const struct {
    const char* name;
    Table* table;
    uint32_t rows, width;
  } tables[] = {{"words", &net.word_, net.lexicon_.size() + 1, s.word},
                {"affix", &net.affix_, kAffixBuckets, s.affix},
                {"shape", &net.shape_, kShapeBuckets, s.shape},
                {"gram", &net.gram_, kGramBuckets, s.gram}};
  for (const auto& t : tables) {
    auto rows = file.array<int8_t>(std::string(t.name) + ".vector", t.rows, t.width);
    if (!rows) return rows.error();
    auto scale = file.array<float>(std::string(t.name) + ".scale", t.rows, 1);
    if (!scale) return scale.error();
    *t.table = {rows->data(), scale->data()};
  }
  for (size_t i = 0; i <= kGramSlots; ++i) net.gram_norm_[i] = 1.0F / std::sqrt(static_cast<float>(std::max<size_t>(i, 1)));
  const size_t h = s.hidden;
  const struct {
    const char* name;
    model::Matrix* m;
    size_t outputs, inputs;
  } matrices[] = {{"lstm1.in", &net.first_in_, 8 * h, net.word_size_},
                  {"lstm1.forward", &net.first_rec_[0], 4 * h, h},
                  {"lstm1.backward", &net.first_rec_[1], 4 * h, h},
                  {"lstm2.forward.in", &net.second_in_[0], 4 * h, 2 * h},
                  {"lstm2.backward.in", &net.second_in_[1], 4 * h, 2 * h},
                  {"lstm2.forward", &net.second_rec_[0], 4 * h, h},
                  {"lstm2.backward", &net.second_rec_[1], 4 * h, h},
                  {"heads", &net.heads_, 2 * s.arc + 2 * s.label + s.tag + s.entity, 2 * h},
                  {"arc", &net.arc_, s.arc, s.arc},
                  {"label.product", &net.label_product_, s.deprels, s.label},
                  {"label.words", &net.label_words_, s.deprels, 2 * s.label},
                  {"tags", &net.tags_, 17 + s.feats + s.scripts, s.tag},
                  {"entities", &net.entities_, 2 * kEntityTags, s.entity}};
  for (const auto& w : matrices) {
    auto m = matrix(file, w.name, w.outputs, w.inputs);
    if (!m) return m.error();
    *w.m = *m;
  }
  auto arc_root = file.array<float>("arc.root", s.arc, 1);
  if (!arc_root) return arc_root.error();
  net.arc_root_ = arc_root->data();
  auto label_root = file.array<float>("label.root", s.label, 1);
  if (!label_root) return label_root.error();
  net.label_root_ = label_root->data();
  auto deprels = file.lines("deprels");
  if (!deprels) return deprels.error();
  const auto root = std::find(deprels->begin(), deprels->end(), "root");
  if (deprels->size() != s.deprels || root == deprels->end()) return Error{Code::BadModel, file.name() + ": the list of relations is wrong"};
  net.root_label_ = static_cast<uint32_t>(root - deprels->begin());
  const auto part = std::find(deprels->begin(), deprels->end(), "parataxis");
  net.part_label_ = part == deprels->end() ? net.root_label_ : static_cast<uint32_t>(part - deprels->begin());
  auto mix = file.number("entity.mix_percent", 0, 1000);
  if (!mix) return mix.error();
  net.entity_mix_ = static_cast<float>(*mix) / 100.0F;
  return net;
}

uint64_t Network::macs_per_word() const {
  const auto size = [](const model::Matrix& m) { return uint64_t{m.n} * m.k; };
  uint64_t sum = size(heads_) + size(arc_) + size(label_product_) + size(label_words_) + size(tags_) + size(entities_);
  for (size_t d = 0; d < 2; ++d) sum += size(first_rec_[d]) + size(second_in_[d]) + size(second_rec_[d]);
  return sum;
}

void Network::multiply(Workspace& ws, const uint8_t* a, size_t lda, const float* row_scale, size_t rows,
                       const model::Matrix& m, float* out, size_t ldo) const {
  if (rows == 0) return;
  Clock clock(ws.times != nullptr);
  kernels_->multiply(a, lda, row_scale, rows, m, out, ldo);
  if (ws.times != nullptr) {
    clock.lap(ws.times->multiply_ns);
    ws.times->multiply_macs += uint64_t{rows} * m.n * m.k;
  }
}

void Network::compute_types(Workspace& ws) const {
  constexpr size_t kBlock = 96;
  const size_t total = ws.forms.size(), k = first_in_.k, width = 8 * size_t{sizes_.hidden};
  grow(ws.type_in, total * width);
  grow(ws.bytes, kBlock * k);
  grow(ws.x, word_size_);
  grow(ws.scale, kBlock);
  for (size_t begin = 0; begin < total; begin += kBlock) {
    const size_t n = std::min(kBlock, total - begin);
    for (size_t i = 0; i < n; ++i) {
      pieces(ws.forms[begin + i], ws.spelling, ws.word_pieces);
      const Pieces& p = ws.word_pieces;
      uint32_t word = lexicon_.find(ws.spelling.key);
      if (word == 0) word = lexicon_.find(plain_form(ws.spelling));
      float* x = ws.x.data();
      std::fill(x, x + word_size_, 0.0F);
      kernels_->add_row(x, word_.row(word, sizes_.word), word_.scale[word], sizes_.word);
      x += sizes_.word;
      for (const uint32_t b : p.affix) {
        if (b != 0) kernels_->add_row(x, affix_.row(b, sizes_.affix), affix_.scale[b], sizes_.affix);
      }
      x += sizes_.affix;
      for (const uint32_t b : p.shape) kernels_->add_row(x, shape_.row(b, sizes_.shape), shape_.scale[b], sizes_.shape);
      x += sizes_.shape;
      const float norm = gram_norm_[p.grams];
      for (uint32_t g = 0; g < p.grams; ++g) {
        kernels_->add_row(x, gram_.row(p.gram[g], sizes_.gram), gram_.scale[p.gram[g]] * norm, sizes_.gram);
      }
      ws.scale[i] = kernels_->quantise(ws.x.data(), word_size_, k, ws.bytes.data() + i * k);
    }
    multiply(ws, ws.bytes.data(), k, ws.scale.data(), n, first_in_, ws.type_in.data() + begin * width, width);
  }
}

void Network::run(std::span<const std::string_view> words, std::span<const uint32_t> ends, Workspace& ws) const {
  const size_t n = words.size();
  for (auto* v : {&ws.dep, &ws.upos, &ws.tag}) v->assign(n, 0);
  for (auto* v : {&ws.feats, &ws.script}) v->assign(n, 0);
  for (auto* v : {&ws.arc_score, &ws.tag_score}) v->assign(n, 0.0F);
  ws.head.assign(n, 0);
  ws.type_of.resize(n);
  uint32_t sentence_begin = 0;
  for (size_t next = 0; next < ends.size();) {
    // A chunk: sentences until there are enough words; its distinct forms are found by hashing.
    const uint32_t chunk_begin = sentence_begin;
    ws.pieces.clear();
    for (; next < ends.size() && sentence_begin - chunk_begin < kChunkWords; sentence_begin = ends[next++]) {
      const size_t size = ends[next] - sentence_begin, parts = (size + kMaxSentence - 1) / kMaxSentence;
      for (size_t p = 0; p < parts; ++p) {
        const auto from = static_cast<uint32_t>(size * p / parts), to = static_cast<uint32_t>(size * (p + 1) / parts);
        ws.pieces.push_back({sentence_begin + from, to - from});
      }
    }
    Clock clock(ws.times != nullptr);
    const size_t mask = std::bit_ceil(2 * size_t{sentence_begin - chunk_begin} + 1) - 1;
    ws.slots.assign(mask + 1, UINT32_MAX);
    ws.forms.clear();
    ws.hashes.clear();
    for (uint32_t w = chunk_begin; w < sentence_begin; ++w) {
      const uint64_t hash = fnv1a(words[w]);
      size_t at = hash & mask;
      while (ws.slots[at] != UINT32_MAX && (ws.hashes[ws.slots[at]] != hash || ws.forms[ws.slots[at]] != words[w])) {
        at = (at + 1) & mask;
      }
      if (ws.slots[at] == UINT32_MAX) {
        ws.slots[at] = static_cast<uint32_t>(ws.forms.size());
        ws.forms.push_back(words[w]);
        ws.hashes.push_back(hash);
      }
      ws.type_of[w] = ws.slots[at];
    }
    compute_types(ws);
    if (ws.times != nullptr) clock.lap(ws.times->types);

    ws.order.resize(ws.pieces.size());
    std::iota(ws.order.begin(), ws.order.end(), 0U);
    std::sort(ws.order.begin(), ws.order.end(), [&](uint32_t a, uint32_t b) {
      return ws.pieces[a].size != ws.pieces[b].size ? ws.pieces[a].size > ws.pieces[b].size : a < b;
    });
    for (size_t i = 0; i < ws.order.size();) {
      size_t j = i, rows = 0;
      while (j < ws.order.size() && j - i < kGroupSentences && (j == i || rows + ws.pieces[ws.order[j]].size <= kGroupRows)) {
        rows += ws.pieces[ws.order[j++]].size;
      }
      run_group(ws, std::span<const uint32_t>(ws.order).subspan(i, j - i));
      i = j;
    }
  }

  // Parts of a long sentence: later roots hang on the first.
  uint32_t begin = 0;
  for (const uint32_t end : ends) {
    const uint32_t size = end - begin;
    if (size > kMaxSentence) {
      const size_t parts = (size + kMaxSentence - 1) / kMaxSentence;
      uint32_t root = UINT32_MAX;
      for (size_t p = 0; p < parts; ++p) {
        const auto from = static_cast<uint32_t>(size * p / parts), to = static_cast<uint32_t>(size * (p + 1) / parts);
        for (uint32_t w = from; w < to; ++w) {
          uint32_t& head = ws.head[begin + w];
          if (head != 0) {
            head += from;
          } else if (root == UINT32_MAX) {
            root = w + 1;
          } else {
            head = root;
            ws.dep[begin + w] = static_cast<uint8_t>(part_label_);
          }
        }
      }
    }
    begin = end;
  }
}

void Network::run_group(Workspace& ws, std::span<const uint32_t> group) const {
  // Row of word t of the b-th sentence: base[t] + b. Sentences come longest first, so the first
  // base[t + 1] - base[t] of them are those that have a word t.
  const size_t steps = ws.pieces[group[0]].size, h = sizes_.hidden;
  ws.base.assign(steps + 1, 0);
  for (const uint32_t s : group) ++ws.base[ws.pieces[s].size];
  uint32_t alive = 0;
  for (size_t t = steps; t > 0; --t) {
    alive += ws.base[t];
    ws.base[t] = alive;
  }
  ws.base[0] = 0;
  for (size_t t = 1; t <= steps; ++t) ws.base[t] += ws.base[t - 1];
  const size_t rows = ws.base[steps];
  ws.row_word.resize(rows);
  for (size_t b = 0; b < group.size(); ++b) {
    const auto& piece = ws.pieces[group[b]];
    for (uint32_t t = 0; t < piece.size; ++t) ws.row_word[ws.base[t] + b] = piece.first + t;
  }
  grow(ws.h1, rows * 2 * h);
  grow(ws.h2, rows * 2 * h);
  grow(ws.pre, kGroupSentences * 4 * h);
  grow(ws.in, (kBlockRows + kGroupSentences) * 4 * h);
  grow(ws.cell, kGroupSentences * h);
  grow(ws.x_rows, kGroupSentences);
  grow(ws.out_rows, kGroupSentences);
  Clock clock(ws.times != nullptr);
  layer_one(ws, steps);
  if (ws.times != nullptr) clock.lap(ws.times->first);
  layer_two(ws, steps);
  if (ws.times != nullptr) clock.lap(ws.times->second);
  run_heads(ws, group, rows);
}

void Network::layer_one(Workspace& ws, size_t steps) const {
  const size_t h = sizes_.hidden;
  for (size_t dir = 0; dir < 2; ++dir) {
    std::fill(ws.cell.begin(), ws.cell.end(), 0.0F);
    size_t before = 0, before_row = 0;  // sentences with a state already, and where it is
    for (size_t k = 0; k < steps; ++k) {
      const size_t t = dir == 0 ? k : steps - 1 - k;
      const size_t row = ws.base[t], m = ws.base[t + 1] - row;
      const size_t known = std::min(before, m);
      multiply(ws, ws.h1.data() + before_row * 2 * h + dir * h, 2 * h, nullptr, known, first_rec_[dir], ws.pre.data(), 4 * h);
      std::fill(ws.pre.begin() + static_cast<ptrdiff_t>(known * 4 * h), ws.pre.begin() + static_cast<ptrdiff_t>(m * 4 * h), 0.0F);
      for (size_t b = 0; b < m; ++b) {
        ws.x_rows[b] = ws.type_in.data() + (size_t{ws.type_of[ws.row_word[row + b]]} * 2 + dir) * 4 * h;
        ws.out_rows[b] = ws.h1.data() + (row + b) * 2 * h + dir * h;
      }
      kernels_->lstm({m, h, ws.pre.data(), ws.x_rows.data(), ws.cell.data(), ws.out_rows.data()});
      before = m;
      before_row = row;
    }
  }
}

void Network::layer_two(Workspace& ws, size_t steps) const {
  const size_t h = sizes_.hidden;
  for (size_t dir = 0; dir < 2; ++dir) {
    std::fill(ws.cell.begin(), ws.cell.end(), 0.0F);
    size_t before = 0, before_row = 0;
    size_t block_begin = 0, block_end = 0;  // rows whose input product is in ws.in
    for (size_t k = 0; k < steps; ++k) {
      const size_t t = dir == 0 ? k : steps - 1 - k;
      const size_t row = ws.base[t], m = ws.base[t + 1] - row;
      if (row < block_begin || row >= block_end) {
        // Whole steps, in the direction of reading, until there are enough rows.
        size_t a = t, b = t + 1;
        if (dir == 0) {
          while (b < steps && ws.base[b] - ws.base[a] < kBlockRows) ++b;
        } else {
          while (a > 0 && ws.base[b] - ws.base[a] < kBlockRows) --a;
        }
        block_begin = ws.base[a];
        block_end = ws.base[b];
        grow(ws.in, (block_end - block_begin) * 4 * h);
        multiply(ws, ws.h1.data() + block_begin * 2 * h, 2 * h, nullptr, block_end - block_begin, second_in_[dir], ws.in.data(), 4 * h);
      }
      const size_t known = std::min(before, m);
      multiply(ws, ws.h2.data() + before_row * 2 * h + dir * h, 2 * h, nullptr, known, second_rec_[dir], ws.pre.data(), 4 * h);
      std::fill(ws.pre.begin() + static_cast<ptrdiff_t>(known * 4 * h), ws.pre.begin() + static_cast<ptrdiff_t>(m * 4 * h), 0.0F);
      for (size_t b = 0; b < m; ++b) {
        ws.x_rows[b] = ws.in.data() + (row + b - block_begin) * 4 * h;
        ws.out_rows[b] = ws.h2.data() + (row + b) * 2 * h + dir * h;
      }
      kernels_->lstm({m, h, ws.pre.data(), ws.x_rows.data(), ws.cell.data(), ws.out_rows.data()});
      before = m;
      before_row = row;
    }
  }
}

void Network::run_heads(Workspace& ws, std::span<const uint32_t> group, size_t rows) const {
  const size_t A = sizes_.arc, L = sizes_.label, T = sizes_.tag, E = sizes_.entity;
  const size_t wide = heads_.n, words = 2 * A + 2 * L;
  constexpr size_t kBlock = 128;
  Clock clock(ws.times != nullptr);
  grow(ws.wide, kBlock * std::max({wide, tags_.n, entities_.n}));
  grow(ws.hidden, rows * words);  // arc dependent (through the arc matrix), arc head, label dependent, label head
  grow(ws.bytes, kBlock * std::max({arc_.k, tags_.k, entities_.k}));
  grow(ws.scale, kBlock);
  grow(ws.sums, kBlock * tags_.n);
  grow(ws.scores, rows * kEntityTags);
  for (size_t begin = 0; begin < rows; begin += kBlock) {
    const size_t n = std::min(kBlock, rows - begin);
    multiply(ws, ws.h2.data() + begin * heads_.k, heads_.k, nullptr, n, heads_, ws.wide.data(), wide);
    kernels_->leaky(ws.wide.data(), n * wide);
    for (size_t i = 0; i < n; ++i) {
      std::memcpy(ws.hidden.data() + (begin + i) * words + A, ws.wide.data() + i * wide + A, (A + 2 * L) * sizeof(float));
      ws.scale[i] = kernels_->quantise(ws.wide.data() + i * wide, A, arc_.k, ws.bytes.data() + i * arc_.k);
    }
    multiply(ws, ws.bytes.data(), arc_.k, ws.scale.data(), n, arc_, ws.hidden.data() + begin * words, words);
    for (size_t i = 0; i < n; ++i) {
      ws.scale[i] = kernels_->quantise(ws.wide.data() + i * wide + words, T, tags_.k, ws.bytes.data() + i * tags_.k);
    }
    multiply(ws, ws.bytes.data(), tags_.k, ws.scale.data(), n, tags_, ws.sums.data(), tags_.n);
    for (size_t i = 0; i < n; ++i) {
      const uint32_t word = ws.row_word[begin + i];
      const float* x = ws.sums.data() + i * tags_.n;
      ws.upos[word] = static_cast<uint8_t>(kernels_->argmax(x, 17));
      ws.feats[word] = static_cast<uint16_t>(kernels_->argmax(x + 17, sizes_.feats));
      ws.script[word] = static_cast<uint16_t>(kernels_->argmax(x + 17 + sizes_.feats, sizes_.scripts));
    }
    for (size_t i = 0; i < n; ++i) {
      ws.scale[i] = kernels_->quantise(ws.wide.data() + i * wide + words + T, E, entities_.k, ws.bytes.data() + i * entities_.k);
    }
    multiply(ws, ws.bytes.data(), entities_.k, ws.scale.data(), n, entities_, ws.sums.data(), entities_.n);
    for (size_t i = 0; i < n; ++i) {
      const float* x = ws.sums.data() + i * entities_.n;
      float* out = ws.scores.data() + (begin + i) * kEntityTags;
      for (size_t t = 0; t < kEntityTags; ++t) out[t] = x[t] + entity_mix_ * x[kEntityTags + t];
    }
  }
  if (ws.times != nullptr) clock.lap(ws.times->heads);
  for (size_t b = 0; b < group.size(); ++b) read_sentence(ws, ws.pieces[group[b]], b);
  if (ws.times != nullptr) clock.lap(ws.times->trees);
}

void Network::read_sentence(Workspace& ws, const Workspace::Piece& piece, size_t column) const {
  const size_t n = piece.size, A = sizes_.arc, L = sizes_.label, words = 2 * A + 2 * L;
  const auto row = [&](size_t t) { return ws.hidden.data() + (ws.base[t] + column) * words; };

  grow(ws.dep_in, n * A);
  grow(ws.head_in, (n + 1) * A);
  std::memcpy(ws.head_in.data(), arc_root_, A * sizeof(float));
  for (size_t t = 0; t < n; ++t) {
    std::memcpy(ws.dep_in.data() + t * A, row(t), A * sizeof(float));
    std::memcpy(ws.head_in.data() + (t + 1) * A, row(t) + A, A * sizeof(float));
  }
  const size_t ldo = n + 1;
  grow(ws.pre, std::max(n * ldo, n * label_words_.n));
  kernels_->dots(ws.dep_in.data(), n, ws.head_in.data(), n + 1, A, ws.pre.data(), ldo);
  grow(ws.heads, n);
  best_tree(ws.pre.data(), n, ldo, std::span(ws.heads).first(n), ws.tree);
  for (size_t t = 0; t < n; ++t) {
    float* scores = ws.pre.data() + t * ldo;
    scores[t + 1] = -1e4F;
    ws.head[piece.first + t] = ws.heads[t];
    ws.arc_score[piece.first + t] = kernels_->share(scores, ldo, ws.heads[t]);
  }

  // Relations: product of the two words' vectors, and both vectors.
  const size_t k1 = label_product_.k, k2 = label_words_.k;
  grow(ws.bytes, n * (k1 + k2));
  grow(ws.scale, n);
  grow(ws.scale2, n);
  grow(ws.x, 3 * L);
  for (size_t t = 0; t < n; ++t) {
    const float* u = row(t) + 2 * A;
    const float* v = ws.heads[t] == 0 ? label_root_ : row(ws.heads[t] - 1) + 2 * A + L;
    for (size_t i = 0; i < L; ++i) {
      ws.x[i] = u[i] * v[i];
      ws.x[L + i] = u[i];
      ws.x[2 * L + i] = v[i];
    }
    ws.scale[t] = kernels_->quantise(ws.x.data(), L, k1, ws.bytes.data() + t * k1);
    ws.scale2[t] = kernels_->quantise(ws.x.data() + L, 2 * L, k2, ws.bytes.data() + n * k1 + t * k2);
  }
  const size_t width = label_words_.n;
  grow(ws.lab_dep, n * width);
  grow(ws.lab_head, n * width);
  multiply(ws, ws.bytes.data(), k1, ws.scale.data(), n, label_product_, ws.lab_dep.data(), width);
  multiply(ws, ws.bytes.data() + n * k1, k2, ws.scale2.data(), n, label_words_, ws.lab_head.data(), width);
  for (size_t t = 0; t < n; ++t) {
    float* x = ws.lab_dep.data() + t * width;
    for (size_t i = 0; i < width; ++i) x[i] += ws.lab_head[t * width + i];
    x[root_label_] = -1e30F;
    ws.dep[piece.first + t] = static_cast<uint8_t>(ws.heads[t] == 0 ? root_label_ : kernels_->argmax(x, sizes_.deprels));
  }

  grow(ws.x, n * kEntityTags);
  for (size_t t = 0; t < n; ++t) {
    std::memcpy(ws.x.data() + t * kEntityTags, ws.scores.data() + (ws.base[t] + column) * kEntityTags, kEntityTags * sizeof(float));
  }
  const auto tags = std::span(ws.tag).subspan(piece.first, n);
  best_tags(ws.x.data(), n, tags, ws.tag_sums, ws.back);
  for (size_t t = 0; t < n; ++t) {
    ws.tag_score[piece.first + t] = tags[t] == 0 ? 0.0F : kernels_->share(ws.x.data() + t * kEntityTags, kEntityTags, tags[t]);
  }
}

}  // namespace readout::syntax
