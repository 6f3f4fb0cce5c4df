// A question in the form in which a command line, a URL and a saved alert give it: a verb, and names
// with values. One table says which names a verb takes, and one function answers, so that all faces
// give the same answer in the same bytes.
//
//   Asked asked{"commitments", {{"by", "armenia"}, {"state", "overdue"}, {"as_of", "2021-06-01"}}};
//   auto answer = reply(store, asked, "2021-06-01");
//   auto json = written(*answer, "json");
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "readout/query.h"
#include "readout/result.h"
#include "readout/store.h"

namespace readout {

struct AskedParameter {
  enum class Kind { Text, Day, Count, Truth, Choice };
  std::string_view name;
  Kind kind = Kind::Text;
  std::vector<std::string_view> choices;
  bool required = false;
};

struct AskedVerb {
  std::string_view name;
  std::vector<AskedParameter> parameters;
  std::vector<std::string_view> formats;     // the first is what programs get: json
};

/// Every question there is, in the order of help.
const std::vector<AskedVerb>& asked_verbs();
/// Null if there is no such question.
const AskedVerb* asked_verb(std::string_view name);

struct Asked {
  std::string verb;
  std::map<std::string, std::string, std::less<>> values;  // empty values do not restrict
};

/// Sentences that a search found.
struct Found {
  std::string question;
  std::vector<SearchHit> hits;
  bool more = false;                         // there are further ones behind
};
/// Links of the second pass.
struct Linked {
  std::string question;
  std::vector<Link> links;
  uint64_t total = 0;
};

using Reply = std::variant<Answer, Dossier, Series, Explanation, Found, Linked>;

/// BadInput names the parameter that is unknown or can't be read. `today`: what `as_of` is if it is
/// not given (YYYY-MM-DD).
Result<Reply> reply(const Store& store, const Asked& asked, std::string_view today);
/// The question again, in words.
std::string question_words(const Reply& reply);
bool is_empty(const Reply& reply);
/// In one of the formats of its verb; BadInput for another.
Result<std::string> written(const Reply& reply, std::string_view format);
/// {"verb":...,"values":{...}} and back: how an alert is kept.
std::string to_json(const Asked& asked);
Result<Asked> asked_from_json(std::string_view json);

/// Today by the clock, in UTC.
std::string today_utc();

std::string to_jsonl(const std::vector<SearchHit>& hits);   // readout.search/1
std::string to_jsonl(const std::vector<Link>& links);       // readout.link/1
std::string to_json(const DocumentInfo& document);          // readout.list/1

}  // namespace readout
