// The network: words in, tags, lemma scripts, heads, relations and entity tags out.
//
// A word's vector (features.h) depends on its form alone and is computed once per distinct form of a
// batch, together with its input to the first layer. Two bidirectional LSTM layers follow, run over
// up to 64 sentences of like length at once: words are stored step by step (all first words, all
// second words, ...), so that the hidden state of one step is, in place, the input of the next
// product. Everything after the first layer's input is 8-bit (model/kernels.h). Arcs are scored by a
// biaffine form over all pairs (Dozat and Manning 2017, arXiv:1611.01734), relations for the chosen
// head only, by the element-wise product of the two words' vectors and the vectors themselves.
//
// A sentence's result does not depend on the others of its batch.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/kernels.h"
#include "model/model_file.h"
#include "readout/result.h"
#include "syntax/features.h"
#include "syntax/tree.h"

namespace readout::syntax {

/// A sentence longer than this is read in parts of equal size; the roots of later parts hang on the
/// first part's root.
inline constexpr size_t kMaxSentence = 400;

/// Sizes of the layers, from the model's `meta`.
struct Sizes {
  uint32_t word = 0, affix = 0, shape = 0, gram = 0;  // parts of a word's vector
  uint32_t hidden = 0, arc = 0, label = 0, tag = 0, entity = 0;
  uint32_t deprels = 0, feats = 0, scripts = 0;
};

/// Where the time goes, in nanoseconds of processor time; filled when Workspace::times points here.
struct NetworkTimes {
  uint64_t types = 0, first = 0, second = 0, heads = 0, trees = 0, multiply_ns = 0, multiply_macs = 0;
};

/// Everything that a run changes; grows to the largest batch and stays.
struct Workspace {
  // Results, one entry a word, in the order of the words given.
  std::vector<uint32_t> head;  // 0 = root of its sentence, j = j-th word of its sentence
  std::vector<uint8_t> dep, upos, tag;
  std::vector<uint16_t> feats, script;
  std::vector<float> arc_score, tag_score;  // probability of the arc, of the entity tag

  // Distinct forms.
  std::vector<uint32_t> type_of, slots;
  std::vector<uint64_t> hashes;
  std::vector<std::string_view> forms;
  std::vector<float> type_in;    // [types][8 h]
  // One group of sentences.
  struct Piece {
    uint32_t first, size;        // words
  };
  std::vector<Piece> pieces;     // sentences, or parts of long ones
  std::vector<uint32_t> order, base, row_word;
  std::vector<uint8_t> h1, h2, bytes;
  std::vector<float> x, pre, in, cell, hidden, wide, scores, scale, scale2;
  std::vector<float> dep_in, head_in, lab_dep, lab_head, sums, tag_sums;
  std::vector<const float*> x_rows;
  std::vector<uint8_t*> out_rows;
  std::vector<uint8_t> back;
  std::vector<uint32_t> heads;
  TreeScratch tree;
  SpellingScratch spelling;
  Pieces word_pieces;
  NetworkTimes* times = nullptr;
};

class Network {
 public:
  /// Points into `file`, which must outlive the network. Checks all shapes.
  static Result<Network> create(const model::ModelFile& file, const model::Kernels& kernels);

  /// Reads sentences: words in order, and where each sentence ends (rising, the last is the number
  /// of words). Results are in `ws`. Cost: about 2.7 million multiplications a word.
  void run(std::span<const std::string_view> words, std::span<const uint32_t> ends, Workspace& ws) const;

  const Sizes& sizes() const { return sizes_; }
  /// Multiplications and additions of 8-bit numbers for one word whose form is known already.
  uint64_t macs_per_word() const;

 private:
  struct Table {
    const int8_t* rows = nullptr;
    const float* scale = nullptr;
    const int8_t* row(uint32_t i, size_t width) const { return rows + i * width; }
  };
  Network() = default;
  void compute_types(Workspace& ws) const;
  void run_group(Workspace& ws, std::span<const uint32_t> group) const;
  void layer_one(Workspace& ws, size_t steps) const;
  void layer_two(Workspace& ws, size_t steps) const;
  void run_heads(Workspace& ws, std::span<const uint32_t> group, size_t rows) const;
  void read_sentence(Workspace& ws, const Workspace::Piece& piece, size_t column) const;
  void multiply(Workspace& ws, const uint8_t* a, size_t lda, const float* row_scale, size_t rows, const model::Matrix& m,
                float* out, size_t ldo) const;

  const model::Kernels* kernels_ = nullptr;
  Sizes sizes_;
  size_t word_size_ = 0;  // sum of the parts
  Lexicon lexicon_;
  Table word_, affix_, shape_, gram_;
  std::array<float, kGramSlots + 1> gram_norm_{};
  model::Matrix first_in_;                              // both directions: [8 h][word]
  std::array<model::Matrix, 2> first_rec_, second_in_, second_rec_;
  model::Matrix heads_, arc_, label_product_, label_words_, tags_, entities_;
  const float *arc_root_ = nullptr, *label_root_ = nullptr;
  uint32_t root_label_ = 0, part_label_ = 0;           // part: between the parts of a very long sentence
  float entity_mix_ = 0.0F;                             // weight of the second entity head
};

}  // namespace readout::syntax
