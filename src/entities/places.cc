#include "entities/places.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "core/utf8.h"
#include "entities/actor_tables.h"

namespace readout::entities {
namespace {

constexpr size_t kLongestPhrase = 8;

double number(std::string_view text) {
  double value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  return parsed.ec == std::errc() ? value : 0;
}

/// One candidate, its columns in common terms.
struct Candidate {
  std::string_view id, name, country, part_of, precision, lat, lon, clash;
  double points = 0;
};

class PlaceReader {
 public:
  PlaceReader(const Knowledge& knowledge, const ActorTables& tables, const Document& doc)
      : knowledge_(knowledge), tables_(tables), doc_(doc), tokens_(*doc.tokens()) {
    const uint32_t n = tokens_.size();
    keys_.reserve(n);
    low_.reserve(n);
    for (uint32_t i = 0; i < n; ++i) {
      keys_.push_back(word_key(doc.word(TokenId{i})));
      low_.push_back(utf8::lower(doc.word(TokenId{i})));
    }
    actor_at_.assign(n, nullptr);
    for (const Mention& m : doc.actors()->mentions) {
      for (uint32_t k = index(m.tokens.begin); k < index(m.tokens.end); ++k) {
        if (m.person == 0 && (actor_at_[k] == nullptr || m.form == MentionForm::Name)) actor_at_[k] = &m;
      }
      for (const ActorId a : m.actors) {
        const std::string_view country = doc.str(doc.actors()->actors[index(a)].country);
        if (country.empty()) continue;
        countries_.insert(country);
        ++named_[country];
        ++all_named_;
      }
    }
    day_ = doc.structure()->published_iso.substr(0, 10);
    location_.assign(n, false);
    if (doc.entities() != nullptr) {
      for (const Entity& e : doc.entities()->entities) {
        if (e.type != EntityType::Location && e.type != EntityType::Gpe) continue;
        for (uint32_t k = index(e.tokens.begin); k < index(e.tokens.end); ++k) location_[k] = true;
      }
    }
  }

  PlaceLayer read(Draft& draft) {
    PlaceLayer layer;
    const Sym by = draft.intern("places.gazetteer/1");
    for (uint32_t i = 0; i < tokens_.size();) {
      if (!upper(i) || !alpha(i)) {
        ++i;
        continue;
      }
      uint32_t end = known(i, draft, layer, by);
      if (end == 0) end = unknown(i, draft, layer, by);
      i = end > i ? end : i + 1;
    }
    // A place that no table knows stands elsewhere in the text, too.
    std::set<std::string> local;
    std::vector<bool> done(tokens_.size(), false);
    for (const Place& p : layer.places) {
      const TokenRange range = doc_.tokens_in(p.span);
      for (uint32_t k = index(range.begin); k < index(range.end); ++k) done[k] = true;
      if (p.id == kNone<Sym> && range.size() <= 3) local.insert(utf8::lower(doc_.text(p.span)));
    }
    for (uint32_t i = 0; !local.empty() && i < tokens_.size(); ++i) {
      for (uint32_t length = 3; length > 0; --length) {
        const uint32_t end = i + length;
        if (end > sentence_end(i) || !upper(i) || !upper(end - 1) || done[i] || done[end - 1]) continue;
        if (!local.contains(utf8::lower(doc_.text(Span{tokens_.span[i].begin, tokens_.span[end - 1].end}))) || !free(i, end, false)) continue;
        Candidate c;
        const std::string name(doc_.text(Span{tokens_.span[i].begin, tokens_.span[end - 1].end}));
        c.name = name;
        add(draft, layer, by, i, end, c, 0.45F);
        for (uint32_t k = i; k < end; ++k) done[k] = true;
        break;
      }
    }
    std::stable_sort(layer.places.begin(), layer.places.end(), [](const Place& a, const Place& b) { return a.span < b.span; });
    infer_countries(draft, layer);
    return layer;
  }

 private:
  bool upper(uint32_t i) const { return i < tokens_.size() && (tokens_.flags[i] & TokenFlags::kUpper) != 0; }
  bool alpha(uint32_t i) const { return i < tokens_.size() && (tokens_.flags[i] & TokenFlags::kAlpha) != 0; }
  bool in(uint32_t i, std::string_view cls) const { return i < tokens_.size() && tables_.in(cls, low_[i]); }
  uint32_t sentence_end(uint32_t i) const { return index(tokens_.sentences[index(tokens_.sentence[i])].end); }
  uint32_t sentence_begin(uint32_t i) const { return index(tokens_.sentences[index(tokens_.sentence[i])].begin); }

  /// Stands behind "in", "at", "near", "to" ...?
  bool located(uint32_t i) const {
    uint32_t k = i;
    while (k > sentence_begin(i) && (low_[k - 1] == "the" || in(k - 1, "direction") || low_[k - 1] == "disputed" || low_[k - 1] == "city" || low_[k - 1] == "of")) {
      if (low_[k - 1] == "of" && !(k >= 2 && in(k - 2, "geo_noun"))) break;
      --k;
    }
    return k > sentence_begin(i) && in(k - 1, "place_preposition");
  }

  /// Behind a town of its own ("Lomé, Togo"), or joined to a place ("to Sweden and Oman").
  bool goes_on(uint32_t i, std::string_view country, const PlaceLayer& layer) const {
    uint32_t k = i;
    while (k > sentence_begin(i) && low_[k - 1] == "the") --k;
    if (k < sentence_begin(i) + 2 || layer.places.empty()) return false;
    const Place& last = layer.places.back();
    if (last.span.end != tokens_.span[k - 2].end) return false;
    if (low_[k - 1] == ",") return last.country != kNone<Sym> && doc_.str(last.country) == country;
    return low_[k - 1] == "and" && located(index(doc_.tokens_in(last.span).begin));
  }

  /// A place that no table knows lies where the nearest known one of its sentence lies, else in the country
  /// that the document is about, if it is about one.
  void infer_countries(Draft& draft, PlaceLayer& layer) const {
    std::string_view leading;
    for (const auto& [country, count] : named_) {
      if (count * 2 > all_named_ && country.size() == 3) leading = country;
    }
    std::vector<Sym> guess(layer.places.size(), kNone<Sym>);
    for (size_t p = 0; p < layer.places.size(); ++p) {
      const Place& place = layer.places[p];
      if (place.id != kNone<Sym> || place.country != kNone<Sym>) continue;
      const SentenceId here = tokens_.sentence[index(doc_.tokens_in(place.span).begin)];
      size_t nearest = SIZE_MAX;
      for (size_t q = 0; q < layer.places.size(); ++q) {
        if (layer.places[q].country == kNone<Sym> || tokens_.sentence[index(doc_.tokens_in(layer.places[q].span).begin)] != here) continue;
        if (nearest == SIZE_MAX || (q > p ? q - p : p - q) <= (nearest > p ? nearest - p : p - nearest)) nearest = q;
      }
      if (nearest != SIZE_MAX) guess[p] = layer.places[nearest].country;
      else if (!leading.empty()) guess[p] = draft.intern(leading);
    }
    for (size_t p = 0; p < layer.places.size(); ++p) {
      if (guess[p] == kNone<Sym>) continue;
      layer.places[p].country = guess[p];
      layer.places[p].made.score = std::min(layer.places[p].made.score, 0.4F);
    }
  }

  /// The state that this land was a part of on the document's day: the Soviet Union for Russia in 1974.
  std::string_view country_then(std::string_view country) const {
    if (day_.empty()) return country;
    for (const NameRef ref : knowledge_.by_id("state:" + std::string(country))) {
      if (ref.table != Table::States) continue;
      const TsvRow now = knowledge_.row(ref);
      if (now[14].empty() || now[14] <= day_) return country;  // there already, or from of old
    }
    for (const FormerState& former : tables_.former_states()) {
      if (std::find(former.successors.begin(), former.successors.end(), country) == former.successors.end()) continue;
      if (holds_on(former.from, former.until, day_)) return former.letters;
      if (day_ < former.from) {
        // Serbia was a part of Serbia and Montenegro, which was one of Yugoslavia.
        const std::string_view before = country_then(former.letters);
        if (before != former.letters) return before;
      }
    }
    return country;
  }


  bool dateline(uint32_t i) const {
    const uint32_t block = index(tokens_.sentence_block[index(tokens_.sentence[i])]);
    const auto& place = doc_.structure()->dateline_place;
    (void)block;
    return place && place->overlaps(tokens_.span[i]);
  }

  /// May these tokens be a place, seeing what the actors are?
  bool free(uint32_t begin, uint32_t end, bool of_state) const {
    for (uint32_t k = begin; k < end; ++k) {
      const Mention* m = actor_at_[k];
      if (m == nullptr) continue;
      if (m->form == MentionForm::Metonym || m->form == MentionForm::Demonym) return false;
      const ActorType type = m->actors.empty() ? ActorType::Person : doc_.actors()->actors[index(m->actors[0])].type;
      if (type == ActorType::State && m->actors.size() == 1 && of_state) continue;
      if (m->form == MentionForm::Description || m->form == MentionForm::Office) continue;  // "the harbour master of Varnstad"
      return false;
    }
    return true;
  }

  std::optional<Candidate> candidate(NameRef ref) const {
    const TsvRow row = knowledge_.row(ref);
    Candidate c;
    switch (ref.table) {
      case Table::Gazetteer: {
        c = {row[0], row[1], row[3], row[4], "city", row[5], row[6], row[9], 0};
        c.points = std::log10(number(row[7]) + 10);
        if (row[8] == "PPLC") c.points += 2.5;
        if (ref.kind == NameKind::Name) c.points += 1;
        break;
      }
      case Table::Admin1:
        c = {row[0], row[1], row[3], row[3], "admin1", row[4], row[5], row[6], 3.5};
        if (ref.kind == NameKind::Name) c.points += 0.5;
        break;
      case Table::Regions: {
        std::string_view country = row[4];
        if (country.find(';') != std::string_view::npos) country = {};
        c = {row[0], row[1], country, {}, row[3], row[5], row[6], {}, 7.5};
        break;
      }
      case Table::Disputed:
        // No country: that is what is disputed.
        c = {row[0], row[1], {}, {}, "territory", row[6], row[7], {}, 7};
        break;
      case Table::States:
        if (ref.kind != NameKind::Name && ref.kind != NameKind::Official && ref.kind != NameKind::Alias) return std::nullopt;
        c = {row[0], row[3], row[0].substr(6), row[10], "country", {}, {}, {}, 9};
        break;
      default:
        return std::nullopt;
    }
    if (!c.country.empty() && countries_.contains(c.country)) c.points += 3;
    return c;
  }

  uint32_t known(uint32_t i, Draft& draft, PlaceLayer& layer, Sym by) const {
    const uint32_t limit = sentence_end(i);
    const std::span<const uint64_t> keys(keys_.data() + i, std::min<size_t>(limit - i, kLongestPhrase));
    const Knowledge::Found found = knowledge_.longest(keys);
    for (uint32_t length = found.length; length > 0; --length) {
      const uint32_t end = i + length;
      if (!upper(end - 1)) continue;
      std::optional<Candidate> best;
      size_t readings = 0;
      for (const NameRef ref : length == found.length ? found.refs : knowledge_.exact(keys.subspan(0, length))) {
        auto c = candidate(ref);
        if (!c) continue;
        ++readings;
        // "Tripoli, Lebanon": what stands behind the comma decides.
        if (end + 1 < limit && (low_[end] == "," || low_[end] == "(") && upper(end + 1)) {
          for (const NameRef behind : knowledge_.longest(std::span(keys_.data() + end + 1, std::min<size_t>(limit - end - 1, kLongestPhrase))).refs) {
            if (behind.table == Table::States && knowledge_.row(behind)[0].substr(6) == c->country) c->points += 6;
            if (behind.table == Table::Admin1 && knowledge_.row(behind)[0] == c->part_of) c->points += 6;
          }
        }
        if (!best || c->points > best->points) best = c;
      }
      if (!best) continue;
      const bool state = best->precision == "country";
      if (!free(i, end, state)) return 0;
      const bool stands = located(i) || dateline(i) || (state && goes_on(i, best->country, layer));
      if (state && !stands) return end;
      const bool single = length == 1;
      bool tagged = location_[i];
      // A name that is an everyday word or a person's too must stand as a place.
      if (!best->clash.empty() && !stands && !tagged) continue;
      // A small place that shares no country with the document must stand as one, too.
      if (single && best->precision != "region" && best->points < 6.5 && !stands && !tagged) continue;
      // A word inside of a longer name: "European Union".
      if (single && best->precision == "city" && i > sentence_begin(i) && upper(i - 1) && !dateline(i) && !tagged) {
        const std::string_view before = doc_.word(TokenId{i - 1});
        const bool shouting = before.size() > 1 && before[1] >= 'A' && before[1] <= 'Z';
        if (!shouting && !in(i - 1, "place_preposition")) continue;
      }
      if (single && (in(i, "function") || in(i, "never_name") || in(i, "not_place"))) return 0;
      if (single && i > sentence_begin(i) && low_[i - 1] == "the" && (best->precision == "city" || best->precision == "admin1") && !in(end, "geo_noun")) continue;
      // Too far from all that the document names: a place, but hardly this one.
      if (single && (best->precision == "city" || best->precision == "admin1") && best->points < 6.2 && !countries_.empty() && !countries_.contains(best->country)) {
        Candidate open;
        open.name = best->name;
        add(draft, layer, by, i, end, open, 0.5F);
        return end;
      }
      uint32_t to = end;
      if (to < limit && in(to, "geo_noun") && best->precision != "country") ++to;  // "Zhambyl region"
      add(draft, layer, by, i, to, *best, readings > 1 ? 0.75F : 0.9F);
      return to;
    }
    return 0;
  }

  /// "in Varnstad", "Hook Shoals", "Toktogul reservoir": a place that no table knows.
  uint32_t unknown(uint32_t i, Draft& draft, PlaceLayer& layer, Sym by) const {
    if (in(i, "never_name") || in(i, "not_place") || in(i, "function") || actor_at_[i] != nullptr) return 0;
    const uint32_t limit = sentence_end(i);
    uint32_t end = i;
    while (end < limit && end < i + 4 && upper(end) && alpha(end) && actor_at_[end] == nullptr && !in(end, "never_name")) ++end;
    if (end == i || in(end - 1, "not_place") || (end - i > 1 && in(end - 1, "not_org"))) return 0;
    const bool noun = in(end - 1, "geo_noun") ? end - 1 > i : end < limit && in(end, "geo_noun");
    if (noun && !in(end - 1, "geo_noun")) ++end;
    const bool strict = i > sentence_begin(i) && (low_[i - 1] == "in" || low_[i - 1] == "near" || (low_[i - 1] == "at" && end > i + 1));
    const bool shouted = doc_.word(TokenId{i}).size() > 3 && low_[i] != doc_.word(TokenId{i}) && std::all_of(doc_.word(TokenId{i}).begin(), doc_.word(TokenId{i}).end(), [](char c) { return c < 'a' || c > 'z'; });
    if (!(noun || (location_[i] && (located(i) || end > i + 1)) || dateline(i) || (strict && !shouted))) return 0;
    Candidate c;
    const std::string name(doc_.text(Span{tokens_.span[i].begin, tokens_.span[end - 1].end}));
    c.name = name;
    c.precision = noun ? "site" : std::string_view();
    add(draft, layer, by, i, end, c, location_[i] ? 0.6F : 0.45F);
    return end;
  }

  void add(Draft& draft, PlaceLayer& layer, Sym by, uint32_t begin, uint32_t end, const Candidate& c, float score) const {
    Place place;
    place.span = Span{tokens_.span[begin].begin, tokens_.span[end - 1].end};
    const auto intern = [&](std::string_view text) { return text.empty() ? kNone<Sym> : draft.intern(text); };
    place.id = intern(c.id);
    place.name = intern(c.name);
    place.country = intern(c.country.empty() ? c.country : country_then(c.country));
    place.part_of = intern(c.part_of);
    place.precision = intern(c.precision);
    if (!c.lat.empty() && !c.lon.empty()) {
      place.lat = number(c.lat);
      place.lon = number(c.lon);
    }
    place.made = {by, score};
    layer.places.push_back(std::move(place));
  }

  const Knowledge& knowledge_;
  const ActorTables& tables_;
  const Document& doc_;
  const TokenLayer& tokens_;
  std::vector<uint64_t> keys_;
  std::vector<std::string> low_;
  std::vector<const Mention*> actor_at_;
  std::vector<bool> location_;
  std::set<std::string_view> countries_;  // looked up only
  std::map<std::string_view, size_t> named_;  // how often a country and its own are named
  size_t all_named_ = 0;
  std::string day_;
};

class PlaceStage : public Stage {
 public:
  PlaceStage(std::shared_ptr<const Knowledge> knowledge, ActorTables tables, LayerSet available)
      : knowledge_(std::move(knowledge)), tables_(std::move(tables)) {
    reads_ = {Layer::Structure, Layer::Tokens, Layer::Actors};
    if (available.has(Layer::Entities)) reads_.add(Layer::Entities);
  }
  std::string_view name() const override { return "entities.places/1"; }
  LayerSet reads() const override { return reads_; }
  Layer writes() const override { return Layer::Places; }
  Result<void> run(std::span<Draft> batch, Scratch&) const override {
    for (Draft& draft : batch) {
      PlaceReader reader(*knowledge_, tables_, draft.doc());
      if (auto set = draft.set(reader.read(draft)); !set) return set.error();
    }
    return {};
  }

 private:
  std::shared_ptr<const Knowledge> knowledge_;
  ActorTables tables_;
  LayerSet reads_;
};

}  // namespace

Result<std::unique_ptr<const Stage>> make_place_stage(std::shared_ptr<const Knowledge> knowledge, LayerSet available) {
  auto tables = ActorTables::open();
  if (!tables) return tables.error();
  return std::unique_ptr<const Stage>(std::make_unique<PlaceStage>(std::move(knowledge), std::move(*tables), available));
}

}  // namespace readout::entities
