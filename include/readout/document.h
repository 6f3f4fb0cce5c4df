// One document: the source bytes, the plain text read from them, and the layers' columns.
//
// A Document is immutable. It is made by a Draft, into which each stage of the pipeline sets
// exactly one layer. Views (string_view, Span) point into the Document and live as long as it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "readout/layers.h"
#include "readout/result.h"
#include "readout/span.h"

namespace readout {

/// Maps plain-text offsets to source offsets. Empty: the two texts are the same bytes.
class OffsetMap {
 public:
  /// Appends a run. Runs come in order of `plain` and, within a document, of `source`.
  /// `identity`: byte i of the run stands at source + i. Otherwise the whole run (an entity, a
  /// converted character, an inserted line break) stands for source bytes [source, source+source_len).
  void append(uint32_t plain, uint32_t plain_len, uint32_t source, uint32_t source_len, bool identity);
  /// Appends one converted character of `plain_len` bytes that stands for `source_len` bytes.
  /// Neighbours of equal lengths share a run, so that a legacy encoding costs a run a word, not a
  /// run a letter. Lengths below 256.
  void append_character(uint32_t plain, uint32_t plain_len, uint32_t source, uint32_t source_len);
  /// Appends [middle, middle + len) of a text that `first` maps to the source.
  void append_through(const OffsetMap& first, uint32_t plain, uint32_t middle, uint32_t len);
  /// This map seen through `first`: it maps to a text that `first` maps to the source.
  OffsetMap composed(const OffsetMap& first) const;
  bool identity() const { return runs_.empty(); }
  SourceSpan to_source(Span span) const;
  /// First plain offset whose source is at or after `source`.
  uint32_t to_plain(uint32_t source) const;

 private:
  /// `plain_step` bytes of plain text stand for `source_step` bytes of the source, over and over;
  /// 1 and 1 is the identity. plain_step 0: the run is one unit.
  struct Run {
    uint32_t plain, source, source_len;
    uint8_t plain_step, source_step;
  };
  void push(const Run& run, uint32_t plain_len);

  std::vector<Run> runs_;
  uint32_t plain_end_ = 0;
};

/// What a reader knows of a stretch of plain text from the markup ("this is a heading").
struct BlockHint {
  Span span;
  BlockRole role = BlockRole::Narration;
};

/// What went wrong inside one document; the work went on.
struct Note {
  Span span;
  std::string code;    // stable: "encoding.damaged", "limit.sentence"
  std::string detail;
};

/// A page of a paged source (PDF): where it begins in the plain text.
struct Page {
  uint32_t begin = 0;
  uint32_t number = 1;
};

/// What the container (file system, archive, HTML head, JSON Lines record, mail header) says.
struct ContainerMeta {
  std::string source_id;   // `id` that a JSON Lines or XML input gave
  std::string file;        // name as given, with members: "batch.zip!/a.html"
  uint64_t line = 0;       // 1-based line of a JSON Lines input, 0 otherwise
  std::string title, publisher, published, author, url, language;
  std::string media_type;  // "text/plain", "text/html", "application/pdf", ...
  std::string encoding;    // IANA name of the source's encoding
  std::string original_sha256;  // of the file, where `source` is text extracted from it (PDF, DOCX, base64 mail)
};

/// The text of one document as a reader hands it over.
struct TextLayer {
  std::string source;      // the bytes that evidence points at
  std::string plain;       // empty when `map.identity()`: the source is the plain text
  OffsetMap map;
  ContainerMeta meta;
  std::vector<BlockHint> hints;  // sorted
  std::vector<Page> pages;       // sorted; empty: not paged
  std::vector<Note> notes;

  std::string_view text() const& { return map.identity() ? std::string_view(source) : plain; }
};

class SymbolTable;

class Document {
 public:
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  /// SHA-256 of the source bytes, 64 hex digits.
  const std::string& id() const& { return id_; }
  std::string_view plain() const& { return text_->text(); }
  std::string_view source() const& { return text_->source; }
  const ContainerMeta& meta() const& { return text_->meta; }
  const TextLayer& text_layer() const& { return *text_; }
  const std::vector<Note>& notes() const& { return text_->notes; }

  std::string_view text(Span span) const& { return plain().substr(span.begin, span.size()); }
  std::string_view text(Span) const&& = delete;  // no views of a temporary
  SourceSpan to_source(Span span) const { return text_->map.to_source(span); }
  std::string_view source_text(SourceSpan span) const& { return source().substr(span.begin, span.size()); }
  /// The string behind an interned symbol; empty for kNone<Sym>.
  std::string_view str(Sym sym) const&;
  /// The symbol of a string, or kNone if this document never interned it.
  Sym find(std::string_view text) const;

  // Null until the stage that writes the layer has run.
  const StructureLayer* structure() const& { return structure_.get(); }
  const TokenLayer* tokens() const& { return tokens_.get(); }
  const SyntaxLayer* syntax() const& { return syntax_.get(); }
  const EntityLayer* entities() const& { return entities_.get(); }
  const SayingLayer* sayings() const& { return sayings_.get(); }
  const ActorLayer* actors() const& { return actors_.get(); }
  const QuoteLayer* quotes() const& { return quotes_.get(); }
  const TimexLayer* timexes() const& { return timexes_.get(); }
  const FigureLayer* figures() const& { return figures_.get(); }
  const PlaceLayer* places() const& { return places_.get(); }
  const EventLayer* events() const& { return events_.get(); }
  const CommitmentLayer* commitments() const& { return commitments_.get(); }
  const AgreementLayer* agreements() const& { return agreements_.get(); }
  const TopicLayer* topics() const& { return topics_.get(); }

  // Shorthands over columns; the layer must be there.
  Span span(TokenId token) const { return tokens_->span[index(token)]; }
  std::string_view word(TokenId token) const& { return text(span(token)); }
  std::string_view lemma(TokenId token) const& { return str(syntax_->lemma[index(token)]); }
  TokenRange sentence_tokens(SentenceId s) const { return tokens_->sentences[index(s)]; }
  Span span(TokenRange range) const;
  Span sentence_span(SentenceId s) const { return span(sentence_tokens(s)); }
  /// First token that ends after `offset`; n if none. O(log n).
  TokenId token_at(uint32_t offset) const;
  /// Tokens that overlap `span`.
  TokenRange tokens_in(Span span) const;
  /// Sentence of the first token at or after `span.begin` (the last sentence if none).
  std::optional<SentenceId> sentence_of(Span span) const;

 private:
  friend class Draft;
  Document();

  std::string id_;
  std::unique_ptr<TextLayer> text_;
  std::unique_ptr<SymbolTable> symbols_;
  std::unique_ptr<StructureLayer> structure_;
  std::unique_ptr<TokenLayer> tokens_;
  std::unique_ptr<SyntaxLayer> syntax_;
  std::unique_ptr<EntityLayer> entities_;
  std::unique_ptr<SayingLayer> sayings_;
  std::unique_ptr<ActorLayer> actors_;
  std::unique_ptr<QuoteLayer> quotes_;
  std::unique_ptr<TimexLayer> timexes_;
  std::unique_ptr<FigureLayer> figures_;
  std::unique_ptr<PlaceLayer> places_;
  std::unique_ptr<EventLayer> events_;
  std::unique_ptr<CommitmentLayer> commitments_;
  std::unique_ptr<AgreementLayer> agreements_;
  std::unique_ptr<TopicLayer> topics_;
};

/// A document in the making. Each `set` takes one finished layer, checks its bounds, and refuses a
/// second writer. Errors are broken promises of a stage: Code::Internal.
class Draft {
 public:
  /// Computes the document id; `text.plain` must be valid UTF-8 (readers see to that).
  explicit Draft(TextLayer text);

  const Document& doc() const& { return doc_; }
  Sym intern(std::string_view text);
  void note(Span span, std::string_view code, std::string_view detail);

  Result<void> set(StructureLayer layer);
  Result<void> set(TokenLayer layer);
  Result<void> set(SyntaxLayer layer);
  Result<void> set(EntityLayer layer);
  Result<void> set(SayingLayer layer);
  Result<void> set(ActorLayer layer);
  Result<void> set(QuoteLayer layer);
  Result<void> set(TimexLayer layer);
  Result<void> set(FigureLayer layer);
  Result<void> set(PlaceLayer layer);
  Result<void> set(EventLayer layer);
  Result<void> set(CommitmentLayer layer);
  Result<void> set(AgreementLayer layer);
  Result<void> set(TopicLayer layer);

  Document finish() &&;

 private:
  Document doc_;
};

}  // namespace readout
