// Builds the rows of one document: common fields, stable ids, order.
//
// Each layer's rows are written by a function of rows_*.cc in any order; `finish` sorts them by
// span and appends them. An id is a hash of document, kind, span and a counter among equal spans,
// so it does not change when another layer gains or loses rows.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/json_writer.h"
#include "readout/document.h"

namespace readout::record {

class RowWriter {
 public:
  explicit RowWriter(const Document& doc);

  /// The id that the n-th row (0-based) of `kind` over `span` has.
  std::string row_id(std::string_view kind, SourceSpan span, uint32_t nth = 0) const;

  /// Starts a row with all common fields; the caller adds its own and calls `close`.
  JsonWriter& open(std::string_view kind, Span span, std::string_view method, float score,
                   VoiceId voice = kNone<VoiceId>);
  void close();

  /// {"begin","end","text"} of a span, as the value of `key`.
  void evidence(std::string_view key, Span span);
  /// [{begin,end,text}...]
  void evidence_list(std::string_view key, const std::vector<Span>& spans);
  /// A list of actor ids.
  void actors(std::string_view key, const std::vector<ActorId>& ids);
  std::string_view actor_id(ActorId id) const;

  /// The id of the last row opened: for references between rows.
  const std::string& last_id() const { return last_id_; }
  const Document& doc() const { return doc_; }
  JsonWriter& json() { return json_; }

  /// Appends the document row's text first, then all rows in order.
  void finish(std::string& out);

 private:
  struct Row {
    uint32_t begin, end;
    uint32_t order;  // rank of the kind, for rows of one span
    size_t from, to;  // in buffer_
  };
  void text_field(Span span, SourceSpan source);
  void span_fields(Span span);

  const Document& doc_;
  std::string buffer_;
  JsonWriter json_;
  std::vector<Row> rows_;
  std::vector<std::string> sentence_ids_;
  std::map<std::tuple<std::string, uint32_t, uint32_t>, uint32_t> seen_;
  std::string last_id_;
};

// One function a group of layers; each does nothing if its layer is not there.
void write_structure(RowWriter& rows);    // blocks, turns, sentences
void write_reference(RowWriter& rows);    // actors, mentions, quotes, timexes, figures, places
void write_events(RowWriter& rows);       // events, commitments, agreements, topics, uncoded

}  // namespace readout::record
