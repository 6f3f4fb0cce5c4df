#include "syntax/lemma.h"

#include <charconv>

#include "core/utf8.h"
#include "syntax/features.h"

namespace readout::syntax {

Result<LemmaScript> parse_lemma_script(std::string_view text) {
  using Case = LemmaScript::Case;
  if (text.starts_with('=')) return LemmaScript{Case::Whole, 0, text.substr(1)};
  LemmaScript script;
  const size_t bar = text.find('|');
  const char op = text.empty() ? ' ' : text.front();
  script.change = op == 'L' ? Case::Lower : op == 'T' ? Case::Title : Case::Keep;
  if ((op != 'K' && op != 'L' && op != 'T') || bar == std::string_view::npos ||
      std::from_chars(text.data() + 1, text.data() + bar, script.drop).ptr != text.data() + bar || bar < 2) {
    return Error{Code::BadModel, "\"" + std::string(text) + "\" is not a lemma script"};
  }
  script.add = text.substr(bar + 1);
  return script;
}

void make_lemma(const LemmaScript& script, std::string_view form, std::string& out) {
  using Case = LemmaScript::Case;
  out.clear();
  if (script.change == Case::Whole) {
    out = script.add;
    return;
  }
  if (script.change == Case::Keep) {
    out = form;
  } else {
    bool first = script.change == Case::Title;
    for (size_t i = 0; i < form.size(); first = false) {
      const char32_t c = fold(utf8::next(form, i));
      utf8::append(out, first ? utf8::to_upper(c) : c);
    }
  }
  size_t end = out.size();
  for (uint32_t k = 0; k < script.drop; ++k) {
    if (end == 0) return;
    utf8::prev(out, end);
  }
  out.resize(end);
  out += script.add;
}

}  // namespace readout::syntax
