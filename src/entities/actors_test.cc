// Actors, persons of speech and places over small texts; properties over mangled ones.
#include "entities/actors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include "entities/actor_reader.h"
#include "entities/petrarch.h"
#include "entities/places.h"
#include "pipeline/batch.h"

namespace readout::entities {
namespace {

/// A folder of invented tables, gone with the test.
class Folder {
 public:
  Folder() {
    path_ = std::filesystem::temp_directory_path() / ("readout-actors-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "-" +
                                                     ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(path_ / "entities");
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << text;
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

Document read_text(const std::string& text, const std::string& folder = {}) {
  EngineOptions options;
  options.data_folder = folder;
  options.layers = {Layer::Actors, Layer::Places};
  auto engine = Engine::open(options);
  EXPECT_TRUE(engine) << (engine ? "" : engine.error().message);
  Scratch scratch;
  text::RawDocument raw;
  raw.bytes = text;
  auto doc = read_one(**engine, std::move(raw), scratch);
  EXPECT_TRUE(doc);
  return std::move(*doc);
}

/// Actor ids of the nth mention with these words ("-" if there is none).
std::string who(const Document& doc, std::string_view words, size_t nth = 1) {
  for (const Mention& m : doc.actors()->mentions) {
    if (doc.text(m.span) != words || --nth != 0) continue;
    std::string out;
    for (const ActorId a : m.actors) out += (out.empty() ? "" : " ") + std::string(doc.str(doc.actors()->actors[index(a)].id));
    return out;
  }
  return "-";
}

TEST(Slug, WritesNamesInAscii) {
  EXPECT_EQ(slug("Milo\xC5\xA1 Mini\xC4\x87"), "milos-minic");
  EXPECT_EQ(slug("\xC3\x9E\xC3\xB3r\xC3\xB0\xC3\xADs"), "thordis");
  EXPECT_EQ(slug("O'Neil-Smith, Jr."), "oneil-smith-jr");
  EXPECT_EQ(slug(""), "");
}

TEST(Actors, StateOfTheDocumentsOwnWithItsPeople) {
  const Document doc = read_text(
      "The Government of Zubrovia recalled its envoy on 3 May 2011.\n\nZubrovian Foreign Minister Anton Keller said the Zubrovian parliament would vote. "
      "Keller did not answer questions.\n");
  EXPECT_EQ(who(doc, "Zubrovian Foreign Minister Anton Keller"), "person:anton-keller");
  EXPECT_EQ(who(doc, "Keller"), "person:anton-keller");
  EXPECT_EQ(who(doc, "Zubrovian"), "state:x-zubrovia");
}

TEST(PersonNames, PartsInitialsAndArticles) {
  EXPECT_TRUE(is_initial("A."));
  EXPECT_TRUE(is_initial("N.V."));
  EXPECT_TRUE(is_initial("Yu."));
  EXPECT_FALSE(is_initial("Al"));
  EXPECT_FALSE(is_initial("Zubrov."));
  const NameParts parts = name_parts("A. N. al-Keller");
  EXPECT_EQ(parts.initials, "an");
  ASSERT_EQ(parts.words.size(), 1U);
  EXPECT_EQ(parts.words[0], "keller");
  EXPECT_TRUE(short_form_of(name_parts("A. Keller"), name_parts("Anton Keller"), {}));
  EXPECT_TRUE(short_form_of(name_parts("A. N. Keller"), name_parts("Anton Keller"), "Nikolayevich"));
  EXPECT_FALSE(short_form_of(name_parts("A. P. Keller"), name_parts("Anton Keller"), "Nikolayevich"));
  EXPECT_FALSE(short_form_of(name_parts("B. Keller"), name_parts("Anton Keller"), {}));
  EXPECT_TRUE(short_form_of(name_parts("Al Nasiri"), name_parts("Omar Nasiri"), {}));
  EXPECT_FALSE(short_form_of(name_parts("Nasiri"), name_parts("Omar Nasiri"), {}));
}

TEST(PersonNames, SpellingsOfOneClass) {
  Spellings spellings;
  spellings.add("sergei;sergey;serhiy", "word");
  spellings.add("kh;h;ch", "any");
  spellings.add("ev;yev", "end");
  EXPECT_TRUE(spellings.same("sergei", "serhiy"));
  EXPECT_TRUE(spellings.same("khamen", "hamen"));
  EXPECT_TRUE(spellings.same("aliev", "aliyev"));
  EXPECT_FALSE(spellings.same("aliev", "aliov"));
  EXPECT_FALSE(spellings.same("khaliev", "haliyev"));  // two classes at once
}

TEST(Actors, InitialsBeforeTheFullName) {
  const Document doc = read_text(
      "B. T. VARENNE RECEIVES GUEST\n\nBern, 4 May 1974 - Benoit Varenne, a member of the council, received the envoy. B. Varenne thanked him.\n");
  EXPECT_EQ(who(doc, "B. Varenne"), "person:benoit-varenne");
}

TEST(Actors, QuoteOfTheOneWhoSaysItIsHisSides) {
  const Document doc = read_text(
      "The Government of Zubrovia and the Government of Karlania met on 3 May 2011.\n\nZubrovian Foreign Minister Anton Keller accused the Karlanian army. "
      "\"They attacked us,\" Karlanian Foreign Minister Berta Olm replied on Friday.\n");
  EXPECT_EQ(who(doc, "us"), "state:x-karlania");
}

TEST(Actors, FormsOfAddressAreWhoeverIsSpokenTo) {
  const Document doc = read_text(
      "President of Zubrovia Anton Keller received Prime Minister of Karlania Berta Olm on 3 May 2011.\n\nPresident Keller: Madam Prime Minister, I am glad to see you.\n\n"
      "Prime Minister Olm: Thank you, Mr. President. We value this.\n\nPresident Keller: You are welcome. Mr. Ambassador, please join us.\n");
  EXPECT_EQ(who(doc, "Mr. President"), "person:anton-keller");
  EXPECT_EQ(who(doc, "Mr. Ambassador"), "?");
}

TEST(Actors, PhraseBeforeTheSubjectSpeaksOfIt) {
  const Document doc = read_text("Zubrovia accused Karlania on 3 May 2011 of firing. For its part, Karlania denied this. The Foreign Ministry of Karlania and the Government of Zubrovia spoke.\n");
  EXPECT_EQ(who(doc, "its"), "state:x-karlania");
}

TEST(Places, LandIsOfTheStateThatItWasIn) {
  const auto country = [](const Document& doc) { return doc.places()->places.empty() ? std::string() : std::string(doc.str(doc.places()->places[0].country)); };
  EXPECT_EQ(country(read_text("LENINGRAD, May 3, 1974 (TASS) - The talks have begun.\n")), "SUN");
  EXPECT_EQ(country(read_text("BELGRADE, May 3, 2014 (Tanjug) - The talks have begun.\n")), "SRB");
}

TEST(Actors, OfficeIsHeldOnTheDocumentsDate) {
  const std::string text = "\n\nThe Russian foreign minister met journalists.\n";
  const Document early = read_text("Published: 12 March 2001" + text);
  const Document late = read_text("Published: 12 March 2015" + text);
  EXPECT_EQ(who(early, "The Russian foreign minister"), "person:igor-ivanov");
  EXPECT_EQ(who(late, "The Russian foreign minister"), "person:sergey-lavrov");
}

TEST(Actors, PatronymicIsOneNamedBefore) {
  const Document doc = read_text(
      "12 May 2019\n\nPresident of Zubrovia Pavel Orlan received Minister Anton Keller.\n\nAnton Keller said:\n\n- Thank you, Pavel Antonovich. I will "
      "tell my Government. We are grateful to you.\n\nThe Government of Zubrovia was informed.\n");
  EXPECT_EQ(who(doc, "Pavel Antonovich"), "person:pavel-orlan");
  EXPECT_EQ(who(doc, "I"), "person:anton-keller");
  EXPECT_EQ(who(doc, "you"), "person:pavel-orlan");
}

TEST(Actors, CapitalIsAGovernmentOnlyWhereItActs) {
  const Document doc = read_text("Moscow rejected the proposal. Talks were held in Moscow on Monday.\n");
  EXPECT_EQ(who(doc, "Moscow", 1), "gov:RUS");
  EXPECT_EQ(who(doc, "Moscow", 2), "-");
  ASSERT_EQ(doc.places()->places.size(), 1U);
  EXPECT_EQ(doc.str(doc.places()->places[0].country), "RUS");
}

TEST(Actors, CapitalActsWhereGovernmentsDo) {
  const Document doc = read_text("Published: 4 June 2018\n\nHanoi protested. Nothing was heard from Canberra. The minister lashed out at Ottawa. He landed at Ottawa's airport.\n");
  EXPECT_EQ(who(doc, "Hanoi"), "gov:VNM");  // not the state that ended in 1976
  EXPECT_EQ(who(doc, "Canberra"), "gov:AUS");
  EXPECT_EQ(who(doc, "Ottawa", 1), "gov:CAN");
  EXPECT_EQ(who(doc, "Ottawa", 2), "-");
}

TEST(Actors, FamilyNameAloneIsTheOneInOffice) {
  EXPECT_EQ(who(read_text("Published: 9 August 2016\n\nRussia was surprised when Putin met the journalists.\n"), "Putin"), "person:vladimir-putin");
  // Another of that name whom the document has introduced.
  const Document other = read_text("Published: 9 August 2016\n\nThe teacher Anna Putin spoke in Russia. Putin asked for help.\n");
  EXPECT_EQ(who(other, "Putin"), "person:anna-putin");
  // Nobody of that name was in office then.
  EXPECT_NE(who(read_text("Published: 9 August 1966\n\nRussia was surprised when Putin met the journalists.\n"), "Putin"), "person:vladimir-putin");
}

TEST(Actors, PartsOfLongerNamesAreNobody) {
  const Document doc = read_text("South American governments met at 2:13 P.M. CEST. The National Front of the Zubrovian North signed.\n");
  for (const Actor& a : doc.actors()->actors) {
    EXPECT_NE(doc.str(a.id), "state:USA");
    EXPECT_NE(doc.str(a.id), "gov:USA");
    EXPECT_NE(doc.str(a.id), "group:rn");
    EXPECT_FALSE(doc.str(a.id).starts_with("person:")) << doc.str(a.id);
  }
}

TEST(Actors, GovernmentOfAPerson) {
  const Document doc = read_text("Published: 17 May 1989\n\nErich Honecker's government expressed its understanding.\n");
  EXPECT_EQ(who(doc, "government"), "gov:DDR");
}

TEST(Actors, PublisherOnlyTheUserKnows) {
  Folder folder;
  folder.write("entities/orgs.tsv", "#: about t\n#: source t\norg:quux\tigo\tQuux Compact\tQXC\t\t\tIGO\t\t\t\t\n");
  const std::string text = "The Quux Compact met. QXC members agreed.\n";
  EXPECT_EQ(who(read_text(text, folder.path()), "Quux Compact"), "org:quux");
  EXPECT_EQ(who(read_text(text, folder.path()), "QXC"), "org:quux");
}

TEST(Petrarch, ReadsWhatItCanAndSaysWhatItCannot) {
  const PetrarchImport import = import_petrarch({{"Test.actors.txt",
                                                  "# a comment\n"
                                                  "MARZIPAN_FRONT_ [XQZREB] # note\n"
                                                  "+FRONT_OF_MARZIPAN\n"
                                                  "OLD_ENVOY_\n"
                                                  "\t[AFGGOV 030101-060531]\n"
                                                  "\t[AFGELI >20060601]\n"
                                                  "BAD_DATE_ [AFGGOV 031301-041231]\n"
                                                  "NO_CODE_\n"},
                                                 {"Test.agents.txt", "!PERSON! = MAN, WOMAN\nFIRE!PERSON! [~CVL]\nTRADER [~BUS]\nBROKEN BUS\n"},
                                                 {"Test.discards.txt", "+SOCCER MATCH\nMARATHON # x\n"},
                                                 {"Test.verbs.txt", "--- ABANDON [345] ---\n"}});
  const std::string& groups = import.tables.at("entities/groups.tsv");
  EXPECT_NE(groups.find("group:marzipan-front\tarmed_group\tMarzipan Front\tFront Of Marzipan\t\tstate:XQZ\tREB\t\t\n"), std::string::npos) << groups;
  EXPECT_NE(groups.find("person:old-envoy\tperson\tOld Envoy\t\t\tstate:AFG\tGOV\t2003-01-01\t2006-05-31\n"), std::string::npos) << groups;
  EXPECT_NE(groups.find("ELI\t2006-06-01\t\n"), std::string::npos) << groups;
  const std::string& agents = import.tables.at("entities/agents.tsv");
  EXPECT_NE(agents.find("firewoman\t"), std::string::npos) << agents;
  EXPECT_NE(agents.find("trader\ttraders\tBUS\t\n"), std::string::npos) << agents;
  EXPECT_NE(import.tables.at("entities/discards.tsv").find("soccer match\tstory\n"), std::string::npos);
  ASSERT_EQ(import.problems.size(), 4U);
  EXPECT_TRUE(import.problems[0].starts_with("Test.actors.txt:7: ")) << import.problems[0];
  EXPECT_EQ(std::count_if(import.problems.begin(), import.problems.end(), [](const std::string& p) { return p.starts_with("Test.agents.txt:4: "); }), 1);
}

TEST(Petrarch, AnActorThatOnlyItsDictionaryKnows) {
  Folder folder;
  const PetrarchImport import = import_petrarch({{"x.actors.txt", "MARZIPAN_FRONT_ [AFGREB]\n"}});
  for (const auto& [path, table] : import.tables) folder.write(path, table);
  const std::string text = "Fighters of Marzipan Front left the village.\n";
  EXPECT_EQ(who(read_text(text, folder.path()), "Marzipan Front"), "group:marzipan-front");
}

/// Whatever the text, the columns keep their promises and every reading is the same.
TEST(Actors, PropertiesOfMangledTexts) {
  const std::string seed =
      "President of Zubrovia Pavel Orlan received a delegation.\n\nHe said: \"We agreed with our neighbours,\" and the two countries will meet in "
      "Moscow. MR KELLER: Dear Pavel, you know that the Zubrovian side, its ministry (MFA) and both presidents, who met, told them so.\nQ: And you?\n";
  EngineOptions options;
  options.layers = {Layer::Actors, Layer::Places};
  auto engine = Engine::open(options);
  ASSERT_TRUE(engine);
  std::mt19937 random(20240511);
  Scratch scratch;
  for (int round = 0; round < 150; ++round) {
    std::string text = seed;
    for (int k = 0; k < 12; ++k) {
      const size_t at = random() % text.size();
      switch (random() % 4) {
        case 0: text.erase(at, random() % 9); break;
        case 1: text.insert(at, "\n\n\"'s, of the "); break;
        case 2: text.insert(at, text.substr(random() % text.size(), random() % 30)); break;
        default: text[at] = " .,:\"A(-"[random() % 8];
      }
      if (text.empty()) text = "x";
    }
    std::vector<std::string> seen;
    for (int again = 0; again < 2; ++again) {
      text::RawDocument raw;
      raw.bytes = text;
      auto doc = read_one(**engine, std::move(raw), scratch);
      ASSERT_TRUE(doc) << text;
      const ActorLayer& layer = *doc->actors();
      EXPECT_EQ(layer.turn_speaker.size(), doc->structure()->turns.size());
      std::string all;
      for (const Mention& m : layer.mentions) {
        ASSERT_FALSE(m.actors.empty()) << text;
        ASSERT_LE(m.span.end, doc->plain().size());
        ASSERT_TRUE(m.made.score >= 0 && m.made.score <= 1);
        ASSERT_TRUE(m.tokens.contains(m.head)) << text;
        for (const ActorId a : m.actors) all += std::string(doc->str(layer.actors[index(a)].id)) + " ";
      }
      seen.push_back(all);
    }
    EXPECT_EQ(seen[0], seen[1]);
  }
}

}  // namespace
}  // namespace readout::entities
