#include "entities/actors.h"

#include <algorithm>

#include "entities/actor_reader.h"

namespace readout::entities {

ActorLayer ActorReader::read(Draft& draft) {
  scan_atoms();
  find_local_states();
  find_named_countries();
  find_local_orgs();
  read_names();
  name_publisher();
  name_speakers();
  find_sides();
  find_principals();
  find_countries();
  find_quotes();
  find_default_speaker();
  read_reference(false);
  attribute_quotes();
  read_reference(true);

  // Into columns: actors in the order of their first mention.
  ActorLayer layer;
  std::stable_sort(mentions_.begin(), mentions_.end(), [](const MentionDraft& a, const MentionDraft& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  std::vector<uint32_t> order(actors_.size(), UINT32_MAX);
  const auto place = [&](uint32_t a) {
    if (order[a] != UINT32_MAX) return ActorId{order[a]};
    order[a] = static_cast<uint32_t>(layer.actors.size());
    const ActorDraft& from = actors_[a];
    Actor to;
    to.id = draft.intern(from.id);
    to.name = draft.intern(from.name);
    to.type = from.type;
    if (!from.country.empty()) to.country = draft.intern(from.country);
    for (const std::string& s : from.sectors) to.sectors.push_back(draft.intern(s));
    for (const std::string& s : from.aliases) to.aliases.push_back(draft.intern(s));
    for (const NameRef tenure : from.tenures) {
      const TsvRow held = knowledge_.row(tenure);
      for (const NameRef ref : knowledge_.by_id(held[0])) {
        if (ref.table != Table::Offices) continue;
        const TsvRow office = knowledge_.row(ref);
        Office o;
        o.title = draft.intern(office[3].substr(0, office[3].find(';')));
        o.of = draft.intern(office[1]);
        if (!held[2].empty()) o.from = draft.intern(held[2]);
        if (!held[3].empty()) o.until = draft.intern(held[3]);
        to.offices.push_back(o);
        break;
      }
    }
    if (from.tenures.empty()) {
      for (const std::string& title : from.titles) {
        Office o;
        o.title = draft.intern(title);
        if (!from.country.empty()) o.of = draft.intern("state:" + from.country);
        to.offices.push_back(o);
      }
    }
    to.known = from.known;
    layer.actors.push_back(std::move(to));
    return ActorId{order[a]};
  };
  const auto place_all = [&](const ActorSet& set) {
    std::vector<ActorId> ids;
    for (const uint32_t a : set) ids.push_back(place(a));
    return ids;
  };
  const Sym by = draft.intern("entities.actors/1");
  for (const MentionDraft& m : mentions_) {
    if (m.dropped) continue;
    Mention out;
    out.tokens = {TokenId{m.begin}, TokenId{m.end}};
    out.span = doc_.span(out.tokens);
    out.head = TokenId{m.head};
    out.actors = place_all(m.actors);
    out.alternatives = place_all(m.alternatives);
    out.form = m.form;
    out.person = m.person;
    if (!m.reason.empty()) out.reason = draft.intern(m.reason);
    out.made = {by, m.score};
    layer.mentions.push_back(std::move(out));
  }
  for (const ActorSet& who : turn_speaker_) layer.turn_speaker.push_back(place_all(who));
  for (const ActorSet& who : turn_addressee_) layer.turn_addressee.push_back(place_all(who));
  if (publisher_) layer.publisher = place(*publisher_);
  return layer;
}

namespace {

class ActorStage : public Stage {
 public:
  ActorStage(std::shared_ptr<const Knowledge> knowledge, ActorTables tables, LayerSet available)
      : knowledge_(std::move(knowledge)), tables_(std::move(tables)) {
    reads_ = {Layer::Structure, Layer::Tokens};
    for (const Layer layer : {Layer::Syntax, Layer::Entities, Layer::Sayings}) {
      if (available.has(layer)) reads_.add(layer);
    }
  }
  std::string_view name() const override { return "entities.actors/1"; }
  LayerSet reads() const override { return reads_; }
  Layer writes() const override { return Layer::Actors; }
  Result<void> run(std::span<Draft> batch, Scratch&) const override {
    for (Draft& draft : batch) {
      ActorReader reader(*knowledge_, tables_, draft.doc());
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

Result<std::unique_ptr<const Stage>> make_actor_stage(std::shared_ptr<const Knowledge> knowledge, LayerSet available) {
  auto tables = ActorTables::open();
  if (!tables) return tables.error();
  return std::unique_ptr<const Stage>(std::make_unique<ActorStage>(std::move(knowledge), std::move(*tables), available));
}

}  // namespace readout::entities
