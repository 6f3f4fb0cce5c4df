#include "events/engine.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "core/embedded.h"
#include "events/backoff.h"
#include "events/coder.h"
#include "events/event_dates.h"
#include "events/partners.h"
#include "readout/layer_names.h"

namespace readout::events {
namespace {

/// What one thread keeps between batches.
struct EventScratch {
  SentenceView view;
  WordColumn words;
};

/// "The fighting", "the coup": a telling without any side is of the act of that kind told before.
bool bare_telling(const Document& doc, const Event& earlier, const Event& event) {
  return event.source.empty() && event.target.empty() && earlier.uncoded_reason == kNone<Sym> && earlier.plover == event.plover && earlier.negative == event.negative &&
         doc.str(earlier.cameo).substr(0, 2) == doc.str(event.cameo).substr(0, 2);
}

/// Months from the year on that a value begins with; a year alone counts by its last month. -1 if it begins otherwise.
int months_of(std::string_view value) {
  const auto number = [&](size_t at, size_t size) {
    int n = 0;
    for (size_t i = at; i < at + size; ++i) {
      if (i >= value.size() || value[i] < '0' || value[i] > '9') return -1;
      n = 10 * n + (value[i] - '0');
    }
    return n;
  };
  const int year = number(0, 4), month = value.size() >= 7 ? number(5, 2) : -1;
  if (year < 0 || (value.size() > 4 && month < 1)) return -1;
  return 12 * year + (value.size() == 4 ? 12 : month);
}

/// "I remember your last visit in October", in June: that is not the visit of which the text tells without a date.
bool of_another_time(const Document& doc, const Event& a, const Event& b) {
  if ((a.date_basis == DateBasis::Stated) == (b.date_basis == DateBasis::Stated) || doc.structure() == nullptr) return false;
  const Event& dated = a.date_basis == DateBasis::Stated ? a : b;
  const int told = months_of(std::string_view(doc.structure()->published_iso).substr(0, 10));
  const int then = months_of(doc.str(doc.timexes()->timexes[index(dated.date)].value));
  return told > 0 && then > 0 && told - then >= 2;
}

bool same_act(const Document& doc, const RoleResolver& roles, const Event& a, const Event& b) {
  if (a.uncoded_reason != kNone<Sym> || a.plover != b.plover || a.negative != b.negative) return false;
  if (doc.str(a.cameo).substr(0, 2) != doc.str(b.cameo).substr(0, 2)) return false;
  if (a.status != b.status) return false;
  // Different days are different acts.
  if (of_another_time(doc, a, b)) return false;
  if (a.date_basis == DateBasis::Stated && b.date_basis == DateBasis::Stated) {
    if (doc.timexes()->timexes[index(a.date)].value != doc.timexes()->timexes[index(b.date)].value) return false;
  }
  const auto named = [&](const std::vector<ActorId>& list) {
    std::vector<std::string> ids;
    for (const ActorId id : list) {
      if (roles.id_of(id) != "?") ids.emplace_back(roles.id_of(id));
    }
    std::sort(ids.begin(), ids.end());
    return ids;
  };
  const auto source_a = named(a.source), source_b = named(b.source), target_a = named(a.target), target_b = named(b.target);
  if (source_a.empty() && target_a.empty()) return false;
  // A telling that leaves the other side out is of the same act, in another sentence.
  const bool apart = doc.sentence_of(a.predicate) != doc.sentence_of(b.predicate);
  // Two acts of one side of which nobody tells the other are one only if told in the same words.
  const bool same_words = doc.text(a.predicate) == doc.text(b.predicate);
  if (a.target.empty() && b.target.empty() && !same_words) return false;
  const bool open_target = apart && !source_a.empty() && source_a == source_b && (a.target.empty() || b.target.empty());
  const bool open_source = apart && !target_a.empty() && target_a == target_b && (a.source.empty() || b.source.empty());
  // Words of praise, blame or demand without an addressee are words of their own, not a shorter telling of others.
  const std::string_view plover = doc.str(a.plover);
  const bool words = plover == "SUPPORT" || plover == "ACCUSE" || plover == "REQUEST" || plover == "AGREE" || plover == "REJECT";
  if (open_target || open_source) return !words || same_words;
  const auto agree = [](const std::vector<std::string>& x, const std::vector<std::string>& y) { return x == y; };
  return (agree(source_a, source_b) && agree(target_a, target_b)) || (agree(source_a, target_b) && agree(target_a, source_b) && !source_a.empty() && doc.str(a.plover) == "CONSULT");
}

/// Who takes part, by country where there is one: a minister and his ministry are one side of a meeting.
std::vector<std::string> participants(const RoleResolver& roles, const Event& event) {
  std::vector<std::string> out;
  for (const std::vector<ActorId>* side : {&event.source, &event.target}) {
    for (const ActorId id : *side) {
      if (roles.id_of(id) == "?") continue;
      const std::string_view country = roles.country_of(id);
      out.emplace_back(country.empty() ? roles.id_of(id) : country);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// Do the two name different people of one country? Then a call with a president is not a visit of his minister.
bool other_people(const RoleResolver& roles, const Event& a, const Event& b) {
  const auto people = [&](const Event& event, std::string_view country) {
    std::vector<std::string_view> out;
    for (const std::vector<ActorId>* side : {&event.source, &event.target}) {
      for (const ActorId id : *side) {
        if (roles.id_of(id).starts_with("person:") && roles.country_of(id) == country) out.push_back(roles.id_of(id));
      }
    }
    return out;
  };
  for (const std::vector<ActorId>* side : {&a.source, &a.target}) {
    for (const ActorId id : *side) {
      const std::string_view country = roles.country_of(id);
      if (country.empty() || !roles.id_of(id).starts_with("person:")) continue;
      const auto here = people(a, country), there = people(b, country);
      const bool shared = std::any_of(there.begin(), there.end(), [&](std::string_view who) { return std::find(here.begin(), here.end(), who) != here.end(); });
      if (!there.empty() && !shared) return true;
    }
  }
  return false;
}

/// One meeting told in several sentences: talks of the same sides on the same day, or of some of them.
bool same_meeting(const Document& doc, const RoleResolver& roles, const Event& a, const Event& b) {
  if (doc.str(a.plover) != "CONSULT" || doc.str(b.plover) != "CONSULT" || a.negative || b.negative) return false;
  const auto past = [](Status status) { return status == Status::Happened || status == Status::Ongoing; };
  if (a.status != b.status && !(past(a.status) && past(b.status))) return false;
  if (doc.sentence_of(a.predicate) == doc.sentence_of(b.predicate) || of_another_time(doc, a, b)) return false;
  if (a.date_basis == DateBasis::Stated && b.date_basis == DateBasis::Stated) {
    if (doc.timexes()->timexes[index(a.date)].value != doc.timexes()->timexes[index(b.date)].value) return false;
  }
  const bool call_a = doc.str(a.mode) == "phone", call_b = doc.str(b.mode) == "phone";
  if ((call_a && doc.str(b.mode) == "visit") || (call_b && doc.str(a.mode) == "visit") || other_people(roles, a, b)) return false;
  const auto x = participants(roles, a), y = participants(roles, b);
  if (x.empty() || y.empty()) return false;
  return std::includes(x.begin(), x.end(), y.begin(), y.end()) || std::includes(y.begin(), y.end(), x.begin(), x.end());
}

class EventStage final : public Stage {
 public:
  EventStage(std::shared_ptr<const FrameSet> frames, LayerSet reads, readout::Coder coder, std::optional<BackoffModel> backoff)
      : frames_(std::move(frames)), known_(frames_->lexicon()), reads_(reads), coder_(coder), backoff_(std::move(backoff)) {
    if (backoff_) reader_.emplace(*frames_);
  }

  std::string_view name() const override { return "events.frames/1"; }
  LayerSet reads() const override { return reads_; }
  Layer writes() const override { return Layer::Events; }

  Result<void> run(std::span<Draft> batch, Scratch& scratch) const override {
    EventScratch& mine = scratch.slot<EventScratch>(this);
    for (Draft& draft : batch) {
      const Document& doc = draft.doc();
      mine.words.build(doc, *frames_);
      RoleResolver roles(*frames_);
      roles.begin(draft);
      Matcher matcher(*frames_, roles);
      Coder coder(doc, *frames_, roles, matcher);
      EventLayer layer;
      for (uint32_t s = 0; s < doc.tokens()->sentences.size(); ++s) {
        const SentenceId sentence{s};
        if (!readable(doc, sentence)) continue;
        mine.view.begin(doc, *frames_, mine.words, known_, sentence);
        const size_t before = layer.events.size();
        if (coder_ != readout::Coder::Model) coder.run(draft, mine.view, layer.events);
        if (backoff_) propose(draft, mine.view, roles, coder, before, layer.events);
      }
      complete_partners(draft, roles, layer.events);
      merge(doc, roles, layer.events);
      std::stable_sort(layer.events.begin(), layer.events.end(), [](const Event& a, const Event& b) { return a.predicate < b.predicate; });
      for (Event& event : layer.events) {
        if (event.uncoded_reason != kNone<Sym>) continue;
        if (const std::string day = coder.dates().day(event); !day.empty()) event.day = draft.intern(day);
      }
      layer.actors = roles.take_actors();
      if (auto set = draft.set(std::move(layer)); !set) return set.error();
    }
    return {};
  }

 private:
  static bool readable(const Document& doc, SentenceId sentence) {
    const StructureLayer* structure = doc.structure();
    if (structure == nullptr || structure->blocks.empty()) return true;
    const BlockId block = doc.tokens()->sentence_block[index(sentence)];
    if (block == kNone<BlockId>) return true;
    switch (structure->blocks[index(block)].role) {
      case BlockRole::Navigation: case BlockRole::Boilerplate: case BlockRole::Credit: case BlockRole::Byline: case BlockRole::SourceLine: return false;
      default: return true;
    }
  }

  /// What the model takes for an act among the verbs that no frame had to do with.
  void propose(Draft& draft, SentenceView& view, RoleResolver& roles, const Coder& coder, size_t before, std::vector<Event>& events) const {
    const Document& doc = draft.doc();
    Predicate predicate;
    for (TokenId t = view.range().begin; t < view.range().end; t = static_cast<TokenId>(index(t) + 1)) {
      if (view.upos(t) != Upos::Verb) continue;
      if (coder_ == readout::Coder::Both && coder.touched(view, t)) continue;
      if (!reader_->read(view, roles, t, predicate)) continue;
      const auto guess = backoff_->classify(predicate.features, backoff_->threshold());
      if (!guess) continue;
      Event event;
      event.head = t;
      event.predicate = doc.span(t);
      event.source = predicate.source.actors;
      event.source_spans = predicate.source.spans;
      event.target = predicate.target.actors;
      event.target_spans = predicate.target.spans;
      event.plover = draft.intern(guess->type);
      event.cameo = draft.intern(guess->cameo);
      event.status = predicate.status.status;
      event.negative = predicate.status.negative;
      if (doc.quotes() != nullptr && index(t) < doc.quotes()->token_voice.size()) event.voice = doc.quotes()->token_voice[index(t)];
      event.frame = draft.intern("model");
      std::string why = "no frame; the backoff model proposes " + std::string(guess->type) + ", what spoke for it:";
      for (const std::string& reason : guess->reasons) why += (why.back() == ':' ? " " : ", ") + reason;
      event.explanation.push_back(draft.intern(why));
      event.made = {draft.intern("events.backoff/1"), guess->probability};
      // A sentence that has an act now needs no reason why it had none.
      for (size_t e = events.size(); e-- > before;) {
        if (events[e].uncoded_reason != kNone<Sym>) events.erase(events.begin() + static_cast<std::ptrdiff_t>(e));
      }
      events.push_back(std::move(event));
    }
  }

  /// An act told again in the document is a further evidence of the first telling.
  static void merge(const Document& doc, const RoleResolver& roles, std::vector<Event>& events) {
    std::vector<Event> kept;
    for (Event& event : events) {
      if (event.uncoded_reason != kNone<Sym>) {
        kept.push_back(std::move(event));
        continue;
      }
      const auto it = std::find_if(kept.begin(), kept.end(), [&](const Event& earlier) { return same_act(doc, roles, earlier, event) || same_meeting(doc, roles, earlier, event) || bare_telling(doc, earlier, event); });
      if (it == kept.end()) {
        kept.push_back(std::move(event));
        continue;
      }
      // The fuller telling stays.
      if (participants(roles, event).size() > participants(roles, *it).size()) std::swap(*it, event);
      it->also.push_back(event.predicate);
      for (const Span span : event.also) it->also.push_back(span);
      if (it->date_basis == DateBasis::None || (it->date_basis != DateBasis::Stated && event.date_basis == DateBasis::Stated)) {
        it->date = event.date;
        it->date_basis = event.date_basis;
      }
      if (it->place == kNone<PlaceId>) it->place = event.place;
    }
    events = std::move(kept);
  }

  std::shared_ptr<const FrameSet> frames_;
  SentenceView::Known known_;
  LayerSet reads_;
  readout::Coder coder_;
  std::optional<BackoffModel> backoff_;
  std::optional<PredicateReader> reader_;
};

}  // namespace

Result<std::shared_ptr<const FrameSet>> load_frames(const std::string& data_folder) {
  std::vector<FrameSet::File> files;
  std::vector<std::string> held;  // bytes of the user's files
  held.reserve(256);
  for (const std::string_view path : embedded_paths()) {
    if (path.starts_with("events/") || path == "entities/states.tsv") files.push_back({"data/" + std::string(path), embedded(path)});
  }
  if (!data_folder.empty()) {
    namespace fs = std::filesystem;
    std::error_code none;
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(fs::path(data_folder) / "events", none)) {
      const std::string extension = entry.path().extension().string();
      if (extension == ".rules" || extension == ".tsv") found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    for (const fs::path& path : found) {
      std::ifstream in(path, std::ios::binary);
      std::ostringstream bytes;
      bytes << in.rdbuf();
      held.push_back(std::move(bytes).str());
      const std::string name = "data/events/" + path.filename().string();
      const auto it = std::find_if(files.begin(), files.end(), [&](const FrameSet::File& file) { return file.path == name; });
      if (it != files.end()) *it = {path.string(), held.back()};
      else files.push_back({path.string(), held.back()});
    }
  }
  auto parsed = FrameSet::parse(files);
  if (!parsed) return parsed.error();
  return std::shared_ptr<const FrameSet>(std::make_shared<FrameSet>(std::move(*parsed)));
}

Result<std::unique_ptr<const Stage>> make_event_stage(const std::string& data_folder, LayerSet available, readout::Coder coder) {
  auto frames = load_frames(data_folder);
  if (!frames) return frames.error();
  LayerSet reads = {Layer::Tokens, Layer::Syntax};
  for (const Layer layer : {Layer::Structure, Layer::Entities, Layer::Actors, Layer::Quotes, Layer::Timex, Layer::Places}) {
    if (available.has(layer)) reads.add(layer);
  }
  std::optional<BackoffModel> backoff;
  if (coder != readout::Coder::Frames) {
    auto model = BackoffModel::open();
    if (!model) return model.error();
    backoff = std::move(*model);
  }
  return std::unique_ptr<const Stage>(std::make_unique<EventStage>(std::move(*frames), reads, coder, std::move(backoff)));
}

}  // namespace readout::events
