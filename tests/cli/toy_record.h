// A small record made by hand: invented towns, two tellings of one meeting and a later note. Rows are
// written from phrases, so that spans are right by construction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/hash.h"
#include "core/json_writer.h"

namespace readout::testing_support {

class ToyDocument {
 public:
  /// Sentences are joined by blanks. `speaker`: of one turn over all of them; empty: narration.
  ToyDocument(std::string title, std::string publisher, std::string published, std::vector<std::string> sentences, std::string speaker = "")
      : title_(std::move(title)), sentences_(std::move(sentences)), speaker_(std::move(speaker)) {
    source_ = title_ + "\n\n";
    for (const std::string& sentence : sentences_) {
      at_.push_back(source_.size());
      source_ += sentence + " ";
    }
    source_ += "\n";
    id_ = sha256_hex(source_);
    begin("document", "document-" + id_.substr(0, 16), 0, title_.size());
    lines_ += ",\"file\":\"toy.txt\",\"title\":\"" + title_ + "\",\"publisher\":\"" + publisher + "\",\"published\":\"" + published +
              "\",\"engine\":\"toy 1\",\"data\":\"d\",\"model\":\"m\"}\n";
    if (!speaker_.empty()) {
      begin("turn", "turn-" + id_.substr(0, 16), at_.front(), source_.size() - 2);
      lines_ += ",\"speaker\":\"" + speaker_ + "\",\"number\":1}\n";
    }
    for (size_t i = 0; i < sentences_.size(); ++i) {
      begin("sentence", sentence_id(i), at_[i], at_[i] + sentences_[i].size());
      if (!speaker_.empty()) lines_ += ",\"turn\":\"turn-" + id_.substr(0, 16) + "\"";
      lines_ += ",\"number\":" + std::to_string(i + 1) + "}\n";
    }
  }

  /// A row over `phrase` (its first occurrence in sentence `s`). `fields`: JSON members. Gives its id.
  std::string row(std::string_view kind, size_t s, std::string_view phrase, const std::string& fields) {
    const size_t from = sentences_[s].find(phrase) + at_[s];
    const std::string row_id = std::string(kind) + "-" + sha256_hex(id_ + std::string(kind) + std::to_string(++count_)).substr(0, 16);
    begin(kind, row_id, from, from + phrase.size());
    lines_ += ",\"sentence\":\"" + sentence_id(s) + "\",\"voice\":[],\"method\":\"toy.rules/1\",\"score\":0.9," + fields + "}\n";
    return row_id;
  }
  /// "key":{"begin":..,"end":..,"text":".."} of a phrase of sentence `s`.
  std::string words(std::string_view key, size_t s, std::string_view phrase) const {
    std::string out;
    JsonWriter json(out);
    const size_t from = sentences_[s].find(phrase) + at_[s];
    json.begin_object().field("begin", from).field("end", from + phrase.size()).field("text", phrase).end_object();
    return "\"" + std::string(key) + "\":" + out;
  }
  const std::string& id() const { return id_; }
  std::string lines() const {
    std::string out = lines_;
    JsonWriter json(out);
    json.begin_object().field("kind", "source").field("doc", id_).field("encoding", "utf-8").field("content", source_).end_object();
    return out + "\n";
  }

 private:
  void begin(std::string_view kind, const std::string& row_id, size_t from, size_t until) {
    JsonWriter json(lines_);
    json.begin_object().field("kind", kind).field("id", row_id).field("doc", id_).field("begin", from).field("end", until);
    json.field("text", source_.substr(from, until - from));
  }
  std::string sentence_id(size_t i) const { return "sentence-" + sha256_hex(id_ + std::to_string(i)).substr(0, 16); }

  std::string title_, source_, id_, lines_;
  std::vector<std::string> sentences_;
  std::vector<size_t> at_;
  std::string speaker_;
  int count_ = 0;
};

struct ToyRecord {
  std::string lines, ours, theirs, later;     // the record and its documents' ids
  std::string visit, promise, kept, quote;    // ids of rows
};

inline ToyRecord toy_record() {
  ToyRecord toy;
  const std::string ann = R"("actor":"person:ann-archer","name":"Ann Archer","type":"person","country":"FRD","sectors":["GOV"],)";
  const std::string baker = R"("actor":"person:bo-baker","name":"Bo Baker","type":"person","country":"SYL","sectors":["GOV"],"aliases":["Baker"],"offices":[])";
  {
    ToyDocument doc("Archer visits Sylvania", "Freedonia Gazette", "2011-03-04T10:00+01:00",
                    {"Foreign Minister Ann Archer visited Bo Baker in Sylvania City on 3 March.",
                     "\"Sylvania will return 12 prisoners by 1 April\", said Bo Baker.",
                     "The Bridge Agreement of 1999 is being implemented."});
    doc.row("actor", 0, "Foreign Minister Ann Archer",
            ann + R"("aliases":["Archer","Minister Archer"],"offices":[{"title":"Foreign Minister","of":"state:FRD","from":"2010-01-01"}])");
    doc.row("mention", 0, "Foreign Minister Ann Archer", R"("actors":["person:ann-archer"],"form":"title","reason":"her name stands behind her title","alternatives":[])");
    doc.row("actor", 0, "Bo Baker", baker);
    doc.row("mention", 0, "Bo Baker", R"("actors":["person:bo-baker"],"form":"name","alternatives":[])");
    toy.visit = doc.row("event", 0, "visited",
                        R"("source":["person:ann-archer"],"target":["person:bo-baker"],)" + doc.words("predicate", 0, "visited") +
                            R"(,"plover":"CONSULT","plover_mode":"visit","plover_context":["diplomatic"],"cameo":"042","quad":1,"status":"happened","polarity":"positive","date":"2011-03-03","place":"Sylvania City","evidentiality":"reported","frame":"consult.visit consult.rules:12","why":["the subject of \"visited\" travels"])");
    doc.row("place", 0, "Sylvania City", R"("place":"geo:1","name":"Sylvania City","country":"SYL","lat":10.5,"lon":20.25,"precision":"city")");
    doc.row("timex", 0, "3 March", R"("type":"DATE","value":"2011-03-03","reason":"the 3 March nearest to publication")");
    toy.quote = doc.row("quote", 1, "Sylvania will return 12 prisoners by 1 April",
                        R"("type":"direct","source":["person:bo-baker"],)" + doc.words("cue", 1, "said") + R"(,"addressee":[])");
    doc.row("actor", 1, "Sylvania", R"("actor":"state:SYL","name":"Sylvania","type":"state","country":"SYL","sectors":[],"aliases":[],"offices":[])");
    doc.row("mention", 1, "Sylvania", R"("actors":["state:SYL"],"form":"name","alternatives":[])");
    toy.promise = doc.row("commitment", 1, "will return 12 prisoners by 1 April",
                          R"("commitment_kind":"pledge","owed_by":["state:SYL"],"owed_to":["state:FRD"],"holder":[],)" +
                              doc.words("what", 1, "return 12 prisoners") + R"(,"strength":"commits","deadline":{"text":"by 1 April","value":"2011-04-01"})");
    doc.row("figure", 1, "12 prisoners", R"("value":12,"comparator":"exact","unit":"people","counted":"prisoner","about":["state:SYL"])");
    doc.row("agreement", 2, "Bridge Agreement of 1999",
            R"("name":"Bridge Agreement","type":"agreement","parties":["state:FRD","state:SYL"],"date":"1999","said":[{"by":["state:FRD"],"status":"being implemented"}])");
    doc.row("topic", 1, "Sylvania will return 12 prisoners by 1 April", R"("topic":"prisoners","weight":"primary")");
    toy.ours = doc.id();
    toy.lines += doc.lines();
  }
  {
    ToyDocument doc("Baker receives Archer", "Sylvania Herald", "2011-03-05",
                    {"President Bo Baker received Ann Archer on 3 March.", "He accused Freedonia of closing the bridge.", "About 15 prisoners are held."});
    doc.row("actor", 0, "Ann Archer", ann + R"("aliases":["Archer"],"offices":[])");
    doc.row("actor", 0, "Bo Baker", baker);
    doc.row("event", 0, "received",
            R"("source":["person:bo-baker"],"target":["person:ann-archer"],)" + doc.words("predicate", 0, "received") +
                R"(,"plover":"CONSULT","plover_mode":"visit","plover_context":[],"cameo":"043","quad":1,"status":"happened","polarity":"positive","date":"2011-03-03","evidentiality":"reported")");
    doc.row("actor", 1, "Freedonia", R"("actor":"state:FRD","name":"Freedonia","type":"state","country":"FRD","sectors":[],"aliases":["F.R.D."],"offices":[])");
    doc.row("mention", 1, "Freedonia", R"("actors":["state:FRD"],"form":"name","alternatives":[])");
    doc.row("event", 1, "accused",
            R"("source":["person:bo-baker"],"target":["state:FRD"],)" + doc.words("predicate", 1, "accused") +
                R"(,"plover":"ACCUSE","plover_context":[],"cameo":"112","quad":3,"status":"happened","polarity":"positive","evidentiality":"reported")");
    doc.row("figure", 2, "About 15 prisoners", R"("value":15,"comparator":"about","unit":"people","counted":"prisoner","about":["state:SYL"])");
    toy.theirs = doc.id();
    toy.lines += doc.lines();
  }
  {
    ToyDocument doc("Archer speaks on prisoners", "Freedonia Gazette", "2011-05-20", {"Sylvania has returned the prisoners.", "We thank Bo Baker."},
                    "person:ann-archer");
    doc.row("actor", 0, "Sylvania", R"("actor":"state:SYL","name":"Sylvania","type":"state","country":"SYL","sectors":[],"aliases":[],"offices":[])");
    doc.row("mention", 0, "Sylvania", R"("actors":["state:SYL"],"form":"name","alternatives":[])");
    doc.row("mention", 1, "Bo Baker", R"("actors":["person:bo-baker"],"form":"name","alternatives":[])");
    toy.kept = doc.row("commitment", 0, "has returned the prisoners",
                       R"("commitment_kind":"fulfilment","owed_by":["state:SYL"],"owed_to":["state:FRD"],"holder":[],)" +
                           doc.words("what", 0, "returned the prisoners") + R"(,"strength":"commits")");
    doc.row("topic", 0, "Sylvania has returned the prisoners.", R"("topic":"prisoners","weight":"primary")");
    toy.later = doc.id();
    toy.lines += doc.lines();
  }
  return toy;
}

}  // namespace readout::testing_support
