// The head of the page (what stands above the running text) is read line by line; below it only
// what is marked by its own words leaves the running text.
#include "discourse/roles.h"

#include <algorithm>
#include <string>

#include "discourse/scan.h"

namespace readout::discourse {
namespace {

constexpr uint32_t kLongestLine = 220;  // bytes; longer paragraphs are running text

std::string_view view(std::string_view text, Span span) {
  return text.substr(span.begin, span.size());
}

uint32_t word_count(std::string_view text, Span span, uint32_t stop = 60) {
  WordStep step(text, span);
  uint32_t n = 0;
  while (n < stop && !step.next().empty()) ++n;
  return n;
}

bool all_capitals(std::string_view text, Span span) {
  uint32_t upper = 0;
  for (uint32_t i = span.begin; i < span.end; ++i) {
    if (ascii_lower(text[i])) return false;
    upper += ascii_upper(text[i]) ? 1 : 0;
  }
  return upper >= 2;
}

/// Every word but particles begins with a capital or digit.
bool title_case(std::string_view text, Span span) {
  WordStep step(text, span);
  uint32_t small = 0, all = 0;
  for (Span word = step.next(); !word.empty(); word = step.next()) {
    ++all;
    if (begins_lower(text.substr(word.begin, 4)) && word.size() > 3) ++small;
  }
  return all > 0 && small == 0;
}

bool full_stop(std::string_view text, Span span) {
  if (span.empty()) return false;
  uint32_t end = span.end;
  while (end > span.begin && (text[end - 1] == '"' || text[end - 1] == ')' || text[end - 1] == '*'))
    --end;
  if (end - span.begin >= 3 && text[end - 3] == '\xE2' && text[end - 2] == '\x80' &&
      text[end - 1] == '\x9D')
    end -= 3;
  if (end == span.begin) return false;
  const char c = text[end - 1];
  return c == '.' || c == '?' || c == '!' || c == ':' || c == ';' || c == ',';
}

/// Text without blanks and in small letters, for finding repetition.
std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!blank(c) && c != '*' && c != '_') out += lower(c);
  }
  return out;
}

class RoleFinder {
 public:
  RoleFinder(std::string_view text, const ContainerMeta& meta, const Cues& cues,
             const DateReader& dates, const std::vector<bool>& speech,
             std::vector<Paragraph>& paragraphs)
      : text_(text),
        meta_(meta),
        cues_(cues),
        dates_(dates),
        speech_(speech),
        paragraphs_(paragraphs) {}

  PageRoles run() {
    from_hints();
    mail_lines();
    find_body();
    find_title();
    head();
    rest();
    inline_dateline();
    source_lines();
    captions();
    return std::move(out_);
  }

 private:
  bool free(size_t k) const {
    return !paragraphs_[k].hinted && paragraphs_[k].role == BlockRole::Narration && !speech_[k];
  }
  std::string_view words(size_t k) const { return view(text_, paragraphs_[k].span); }

  void from_hints() {
    for (const Paragraph& paragraph : paragraphs_) {
      if (!paragraph.hinted) continue;
      if (paragraph.role == BlockRole::Title && !out_.title) out_.title = paragraph.span;
      if (paragraph.role == BlockRole::Byline && !out_.author)
        out_.author = name_in_byline(paragraph.span);
      if ((paragraph.role == BlockRole::Dateline || paragraph.role == BlockRole::Byline) &&
          !out_.published) {
        out_.published = dates_.find(text_, paragraph.span);
      }
    }
  }

  // What mail puts around a text: the mark of a forwarded message with the header lines behind it,
  // and the signature behind "--". The page begins behind the last such header.
  void mail_lines() {
    for (size_t k = 0; k < paragraphs_.size(); ++k) {
      const std::string_view line = words(k);
      if (line == "--" || line == "-- ") {
        for (size_t j = k; j < paragraphs_.size() && j < k + 12; ++j) {
          if (!paragraphs_[j].hinted) paragraphs_[j].role = BlockRole::Boilerplate;
        }
        return;
      }
      if (line.size() > 80 || !forwards(line)) continue;
      size_t last = k + 1;
      while (last < paragraphs_.size() && last < k + 10 && header_line(words(last))) ++last;
      if (last < k + 3) continue;
      for (size_t j = k; j < last; ++j) paragraphs_[j].role = BlockRole::Boilerplate;
      begin_ = last;
      k = last - 1;
    }
  }

  static bool forwards(std::string_view line) {
    return find_phrase(line, "forwarded message") != std::string_view::npos ||
           find_phrase(line, "original message") != std::string_view::npos;
  }
  static bool header_line(std::string_view line) {
    static constexpr std::string_view kFields[] = {
        "from:", "to:",      "cc:",       "bcc:",        "date:",
        "sent:", "subject:", "reply-to:", "importance:", "attachments:"};
    for (const auto field : kFields) {
      if (find_phrase(line, field) == 0) return true;
    }
    return false;
  }

  // Running text begins with the first paragraph that reads like sentences: a stop at its end and
  // enough words, or a speaker.
  void find_body() {
    out_.body = paragraphs_.size();
    for (size_t k = begin_; k < paragraphs_.size(); ++k) {
      const Paragraph& paragraph = paragraphs_[k];
      if (paragraph.hinted && paragraph.role != BlockRole::ListItem) continue;
      if (paragraph.role == BlockRole::Boilerplate) continue;
      if (speech_[k]) {
        out_.body = k;
        return;
      }
      const Span span = paragraph.span;
      if (is_marked(k) != BlockRole::Narration) continue;
      const bool sentence = full_stop(text_, span) && text_[span.end - 1] != ',';
      const uint32_t count = word_count(text_, span, 40);
      const bool preamble = count >= 15 && k > 0 && begins_upper(text_.substr(span.begin, 4)) &&
                            full_stop(text_, span);
      if ((sentence && count >= 8 && !all_capitals(text_, span)) || preamble || span.size() > 300) {
        if (is_date_line(span)) continue;
        // A caption that ends with a stop stands above a date line or credit.
        if (k + 1 < paragraphs_.size() && k < 4 && span.size() < 200 && is_credit(words(k + 1)))
          continue;
        out_.body = k;
        return;
      }
    }
    // No such paragraph: a short note; running text begins behind the first line.
    out_.body =
        std::min<size_t>(paragraphs_.size(), paragraphs_.size() > begin_ + 1 ? begin_ + 1 : begin_);
  }

  bool is_credit(std::string_view line) const {
    return line.size() <= kLongestLine && begins_with_any(line, cues_.credit);
  }

  /// The role that a short paragraph's own words give it; Narration if none.
  BlockRole is_marked(size_t k) const {
    Span span = paragraphs_[k].span;
    while (span.begin + 1 < span.end && (text_[span.begin] == '*' || text_[span.begin] == '_') &&
           wordish(text_[span.begin + 1])) {
      ++span.begin;  // emphasis
    }
    const std::string_view line = view(text_, span);
    if (line.size() > 400) return BlockRole::Narration;
    if (line.size() <= 60) {
      for (const auto phrase : cues_.end) {
        if (line.size() == phrase.size() && find_phrase(line, phrase) == 0)
          return BlockRole::Boilerplate;
      }
      if (line.starts_with("END ") && ascii_digit(line[4])) return BlockRole::Boilerplate;
      if (only_marks(line)) return BlockRole::Boilerplate;
    }
    if (is_credit(line)) return BlockRole::Credit;
    if (begins_with_any(line, cues_.boilerplate)) return BlockRole::Boilerplate;
    if (begins_with_any(line, cues_.afterword)) return BlockRole::Byline;
    if (line.size() <= kLongestLine && begins_with_any(line, cues_.byline) &&
        (byline_shape(span) ||
         begins_with_any(line, {"interview:", "interviewed by", "interview by"})))
      return BlockRole::Byline;
    if (line.size() <= 120 && begins_with_any(line, cues_.source) && !full_sentence(span))
      return BlockRole::SourceLine;
    if (line.size() <= 160 && begins_with_any(line, cues_.navigation) && !full_stop(text_, span))
      return BlockRole::Navigation;
    if (holds_rights(line)) return BlockRole::Boilerplate;
    return BlockRole::Narration;
  }

  static bool only_marks(std::string_view line) {
    for (const char c : line) {
      if (wordish(c)) return false;
    }
    return true;
  }
  static bool holds_rights(std::string_view line) {
    return line.size() < 200 && find_phrase(line, "all rights reserved") != std::string_view::npos;
  }

  bool full_sentence(Span span) const {
    return full_stop(text_, span) && word_count(text_, span) >= 6;
  }

  /// "By X and Y", "(Additional reporting by X in Z)": capitals behind the cue, no sentence.
  bool byline_shape(Span span) const {
    if (text_[span.begin] == '(' || text_[span.begin] == '[') return true;
    if (full_stop(text_, span) && word_count(text_, span) > 8) return false;
    WordStep step(text_, span);
    step.next();
    const Span second = step.next();
    if (second.empty()) return false;
    uint32_t small = 0;
    WordStep again(text_, span);
    for (Span word = again.next(); !word.empty(); word = again.next()) {
      if (begins_lower(text_.substr(word.begin, 4)) && word.size() > 4) ++small;
    }
    return small <= 2;
  }

  /// A date with little beside it: place, weekday, clock, "Published on", "Updated".
  bool is_date_line(Span span) const {
    if (span.size() > 140) return false;
    const auto date = dates_.find(text_, span);
    if (!date) return false;
    uint32_t other = 0;
    for (const Span part : {Span{span.begin, date->span.begin}, Span{date->span.end, span.end}}) {
      WordStep step(text_, part);
      for (Span word = step.next(); !word.empty(); word = step.next()) ++other;
    }
    if (full_stop(text_, span) && other > 8) return false;
    return other <= 7 || (other <= 10 && date->span.begin == span.begin);
  }

  bool is_clock_line(Span span) const {
    if (span.size() > 40 || !ascii_digit(text_[span.begin])) return false;
    const auto clock = dates_.find_clock(text_, span);
    return clock && clock->span.begin == span.begin &&
           word_count(text_, {clock->span.end, span.end}) <= 2;
  }

  void find_title() {
    if (out_.title) return;
    // The container knows the title: the line that says the same.
    if (!meta_.title.empty()) {
      const std::string wanted = squeezed(meta_.title);
      for (size_t k = 0; k < std::min(out_.body + 1, paragraphs_.size()); ++k) {
        if (!paragraphs_[k].hinted && paragraphs_[k].span.size() < 2 * meta_.title.size() + 40 &&
            squeezed(words(k)) == wanted) {
          set_title(k, k);
          return;
        }
      }
      return;
    }
    const size_t stop = std::min(out_.body, paragraphs_.size());
    size_t chosen = stop;
    for (size_t k = begin_; k < stop; ++k) {
      if (!free(k)) continue;
      const Span span = paragraphs_[k].span;
      if (span.size() > 400 || is_marked(k) != BlockRole::Narration || is_clock_line(span))
        continue;
      if (is_date_line(span) && word_count(text_, span) <= 6) continue;
      chosen = k;
      break;
    }
    if (chosen == stop) return;
    // A kicker above: one to three words in capitals before a longer line. A body's name and a date
    // above a headline in capitals: the headline is the title.
    for (size_t k = chosen + 1; k < stop && k < chosen + 6; ++k) {
      if (!free(k) || is_marked(k) != BlockRole::Narration) continue;
      const Span span = paragraphs_[k].span;
      if (is_date_line(span) || is_clock_line(span)) continue;
      const bool headline = all_capitals(text_, span) && word_count(text_, span) >= 5 &&
                            !person_line(span) && !all_capitals(text_, paragraphs_[chosen].span);
      const bool after_kicker =
          k == chosen + 1 && all_capitals(text_, paragraphs_[chosen].span) &&
          !all_capitals(text_, span) && word_count(text_, paragraphs_[chosen].span) <= 3 &&
          word_count(text_, span) >= 4 && !begins_lower(text_.substr(span.begin, 4));
      if (headline || after_kicker) {
        for (size_t j = chosen; j < k; ++j) {
          if (free(j))
            paragraphs_[j].role =
                is_date_line(paragraphs_[j].span) ? BlockRole::Dateline : BlockRole::Heading;
        }
        if (!out_.published) {
          for (size_t j = chosen; j < k && !out_.published; ++j)
            out_.published = dates_.find(text_, paragraphs_[j].span);
        }
        set_title(k, k);
        return;
      }
    }
    // A title over two lines: the next one goes on in small letters, or says what the first one's
    // body issues.
    size_t last = chosen;
    if (chosen + 1 < stop && free(chosen + 1) && is_marked(chosen + 1) == BlockRole::Narration) {
      const Span next = paragraphs_[chosen + 1].span;
      const bool goes_on = begins_lower(text_.substr(next.begin, 4)) && next.size() <= 300;
      const bool issued = !has_genre(paragraphs_[chosen].span) && has_genre(next) &&
                          !is_date_only(next) && next.size() <= 300 &&
                          word_count(text_, paragraphs_[chosen].span) <= 10 &&
                          !full_stop(text_, paragraphs_[chosen].span);
      if (goes_on || issued) last = chosen + 1;
    }
    if (last > chosen && has_institution(paragraphs_[chosen].span))
      out_.publisher = paragraphs_[chosen].span;
    set_title(chosen, last);
  }

  bool has_institution(Span span) const { return holds_any(view(text_, span), cues_.institution); }

  bool has_genre(Span span) const {
    const std::string_view line = view(text_, span);
    for (const auto& [phrase, genre] : cues_.genres) {
      if (find_phrase(line, phrase) != std::string_view::npos) return true;
    }
    return false;
  }
  bool is_date_only(Span span) const { return is_date_line(span) && word_count(text_, span) <= 6; }

  void set_title(size_t first, size_t last) {
    out_.title = Span{paragraphs_[first].span.begin, paragraphs_[last].span.end};
    for (size_t k = first; k <= last; ++k) paragraphs_[k].role = BlockRole::Title;
  }

  void head() {
    for (size_t k = begin_; k < std::min(out_.body, paragraphs_.size()); ++k) {
      Paragraph& paragraph = paragraphs_[k];
      if (!free(k)) continue;
      const Span span = paragraph.span;
      const BlockRole marked = is_marked(k);
      if (marked != BlockRole::Narration) {
        paragraph.role = marked;
        note_marked(k);
        continue;
      }
      if (is_date_line(span)) {
        paragraph.role = BlockRole::Dateline;
        if (!out_.published) {
          out_.published = dates_.find(text_, span);
          find_place(span);
        }
        continue;
      }
      if (is_clock_line(span)) {
        paragraph.role = BlockRole::Dateline;
        out_.clock = span;
        continue;
      }
      if (person_line(span)) {
        paragraph.role = BlockRole::Byline;
        if (!out_.author) out_.author = span;
        continue;
      }
      // What else stands between title and text: a place, a subtitle.
      if (span.size() <= kLongestLine && !full_stop(text_, span)) {
        if (has_institution(span) && begins_upper(text_.substr(span.begin, 4)) && !out_.publisher &&
            meta_.publisher.empty() && out_.title && out_.title->end <= span.begin) {
          out_.publisher = span;
          paragraph.role = BlockRole::Byline;
          continue;
        }
        const bool section = begins_with_any(view(text_, span), cues_.heading);
        const bool place =
            !section && view(text_, span).find_first_of("0123456789") == std::string_view::npos &&
            word_count(text_, span) <= 5 && title_case(text_, span) && !all_capitals(text_, span);
        paragraph.role = place ? BlockRole::Dateline : BlockRole::Heading;
        if (place && !out_.place) out_.place = span;
      }
    }
    if (!out_.published && out_.title) {
      out_.published = dates_.find(text_, *out_.title);
      // A clock in a title is that of what is reported ("as of 19:30, 6 September").
      if (out_.published) out_.published->hour = -1;
    }
    if (!out_.published) {
      // A line of the head with more beside the date ("based on information received as of ...").
      for (size_t k = 0; k < std::min(out_.body, paragraphs_.size()) && !out_.published; ++k) {
        if (!paragraphs_[k].hinted) out_.published = dates_.find(text_, paragraphs_[k].span);
      }
    }
  }

  /// "Antony J. Blinken, Secretary of State": names, a comma, an office.
  bool person_line(Span span) const {
    if (span.size() > 160 || full_stop(text_, span)) return false;
    const std::string_view line = view(text_, span);
    const size_t comma = line.find(',');
    if (comma == std::string_view::npos || comma + 2 >= line.size()) return false;
    if (!title_case(text_, {span.begin, span.begin + static_cast<uint32_t>(comma)})) return false;
    const uint32_t name =
        word_count(text_, {span.begin, span.begin + static_cast<uint32_t>(comma)});
    if (name < 2 || name > 6) return false;
    WordStep step(text_, {span.begin + static_cast<uint32_t>(comma), span.end});
    std::string lowered;
    uint32_t n = 0;
    for (Span word = step.next(); !word.empty() && n < 6; word = step.next(), ++n) {
      const std::string_view w = text_.substr(word.begin, word.size());
      if (begins_upper(w) && cues_.titles.has(lower_into(w, lowered))) return true;
    }
    return false;
  }

  /// The words before the date, if they look like a place: "Helsinki, House of the Estates, 12
  /// October".
  void find_place(Span line) {
    if (!out_.published || out_.place) return;
    uint32_t end = out_.published->span.begin;
    if (end <= line.begin || end > line.end) return;
    Span before = trim(text_, {line.begin, end});
    while (!before.empty() && (text_[before.end - 1] == ',' || text_[before.end - 1] == '-')) {
      before = trim(text_, {before.begin, before.end - 1});
    }
    const std::string_view said = view(text_, before);
    if (const size_t at = find_phrase(said, "done at");
        at == 0 || find_phrase(said, "*done at") == 0) {
      before.begin += said[0] == '*' ? 8 : 7;
      before = trim(text_, before);
    }
    const size_t comma = view(text_, before).find(',');
    if (comma != std::string_view::npos) before.end = before.begin + static_cast<uint32_t>(comma);
    if (before.empty() || !begins_upper(text_.substr(before.begin, 4)) ||
        !title_case(text_, before) || word_count(text_, before) > 4)
      return;
    static constexpr std::string_view kNoPlace[] = {
        "published", "posted",  "updated",   "as of",    "issued", "released", "date",
        "monday",    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "last",      "press",   "at",        "by",       "on"};
    for (const auto phrase : kNoPlace) {
      if (find_phrase(view(text_, before), phrase) == 0) return;
    }
    out_.place = before;
  }

  /// "By Layla Farsi | 12 September 2022": the name alone.
  Span name_in_byline(Span span) const {
    if (begins_with_any(view(text_, span), {"by "})) span.begin += 3;
    // "Interview: X. The paper asked ...": the name ends with its sentence.
    if (const std::string_view line = view(text_, span); begins_with_any(line, {"interview:"})) {
      span.begin += 10;
      span = trim(text_, span);
      span.end = sentence_end(text_, span.begin, span.end);
    }
    const size_t cut = view(text_, span).find_first_of("|0123456789");
    if (cut != std::string_view::npos && cut > 2)
      span.end = span.begin + static_cast<uint32_t>(cut);
    return trim(text_, span);
  }

  void note_marked(size_t k) {
    const Span span = paragraphs_[k].span;
    switch (paragraphs_[k].role) {
      case BlockRole::Credit:
        out_.credits.push_back(span);
        break;
      case BlockRole::Byline:
        if (!out_.author && text_[span.begin] != '(' &&
            !begins_with_any(view(text_, span), cues_.afterword))
          out_.author = name_in_byline(span);
        break;
      case BlockRole::SourceLine:
        if (!out_.source_line) out_.source_line = span;
        break;
      default:
        break;
    }
  }

  void rest() {
    for (size_t k = out_.body; k < paragraphs_.size(); ++k) {
      Paragraph& paragraph = paragraphs_[k];
      if (paragraph.hinted) {
        if (paragraph.role == BlockRole::Credit) out_.credits.push_back(paragraph.span);
        continue;
      }
      if (speech_[k] || paragraph.role == BlockRole::Boilerplate) continue;
      const Span span = paragraph.span;
      const BlockRole marked = is_marked(k);
      if (marked != BlockRole::Narration) {
        paragraph.role = marked;
        note_marked(k);
        continue;
      }
      if (is_table(span)) {
        paragraph.role = BlockRole::Table;
      } else if (list_marker(text_, span) != 0) {
        paragraph.role = BlockRole::ListItem;
      } else if (is_heading(k)) {
        paragraph.role = BlockRole::Heading;
      }
    }
  }

  bool is_table(Span span) const {
    const std::string_view line = text_.substr(span.begin, std::min<uint32_t>(span.size(), 400));
    if (line.find('|') == std::string_view::npos && line.find('\t') == std::string_view::npos &&
        span.size() >= 200)
      return false;
    uint32_t bars = 0, tabs = 0, wide = 0, run = 0;
    const uint32_t stop = std::min(span.end, span.begin + 400);
    for (uint32_t i = span.begin; i < stop; ++i) {
      bars += text_[i] == '|' ? 1 : 0;
      tabs += text_[i] == '\t' ? 1 : 0;
      run = text_[i] == ' ' ? run + 1 : 0;
      wide += run == 3 ? 1 : 0;
    }
    return bars >= 3 || tabs >= 2 || (text_[span.begin] == '|' && bars >= 2) ||
           (wide >= 2 && span.size() < 200);
  }

  bool is_heading(size_t k) const {
    const Span span = paragraphs_[k].span;
    if (span.size() > 120 || paragraphs_[k].continues || full_stop(text_, span) ||
        k + 1 >= paragraphs_.size())
      return false;
    if (paragraphs_[k + 1].continues) return false;
    if (!begins_upper(text_.substr(span.begin, 4))) return false;
    if (ascii_alpha(text_[span.end - 1]) || text_[span.end - 1] == ')' ||
        ascii_digit(text_[span.end - 1]) || high(text_[span.end - 1])) {
      const uint32_t count = word_count(text_, span);
      if (count <= 12 && (all_capitals(text_, span) || title_case(text_, span))) return true;
      if (begins_with_any(view(text_, span), cues_.heading) && count <= 6) return true;
      // A short line between long paragraphs.
      return count <= 8 && paragraphs_[k + 1].span.size() > 3 * span.size() &&
             ends_sentence(text_, paragraphs_[k + 1].span);
    }
    return false;
  }

  // "VARNSTAD, Aug 19 2008 (Meridian Wire) -" and "MUSCAT —" at the head of the first paragraph.
  void inline_dateline() {
    if (out_.body >= paragraphs_.size()) return;
    size_t k = out_.body;
    const Span span = paragraphs_[k].span;
    const uint32_t stop = std::min(span.end, span.begin + 120);
    uint32_t dash = agency_in_slashes(span);
    for (uint32_t i = span.begin + 1; dash == 0 && i + 1 < stop; ++i) {
      if (text_[i] == '\n') break;
      const uint32_t mark = typographic_mark(text_, i);
      const bool typographic = mark == 3 && (text_[i + 2] == '\x93' || text_[i + 2] == '\x94');
      const bool plain = text_[i] == '-' && (blank(text_[i - 1]) || text_[i + 1] == '-') &&
                         (blank(text_[i + 1]) || text_[i + 1] == '-');
      if (typographic || plain || (text_[i] == ':' && i + 1 < stop && blank(text_[i + 1]))) {
        dash = i;
        break;
      }
      if (text_[i] == '.' && blank(text_[i + 1]) && !ascii_lower(text_[i - 1])) continue;
      if ((text_[i] == '.' || text_[i] == '?' || text_[i] == '!') && blank(text_[i + 1]) &&
          i > span.begin + 4 && !(i - span.begin < 60 && month_stop(i))) {
        break;
      }
    }
    if (dash == 0) return;
    const Span head{span.begin, dash};
    const auto date = dates_.find(text_, head, true);
    Span place{span.begin, date ? date->span.begin : dash};
    const size_t cut = view(text_, place).find_first_of(",(/");
    if (cut != std::string_view::npos) place.end = place.begin + static_cast<uint32_t>(cut);
    place = trim(text_, place);
    if (place.empty() || word_count(text_, place) > 4) return;
    const bool capitals = all_capitals(text_, place);
    if (!capitals &&
        !(date && title_case(text_, place) && begins_upper(text_.substr(place.begin, 4))))
      return;
    if (text_[dash] == ':' && !date) return;
    out_.place = place;
    // The agency stands in brackets, or between slashes.
    const std::string_view said = view(text_, head);
    const size_t open = said.find('(');
    const size_t close = said.find(')');
    if (open != std::string_view::npos && close != std::string_view::npos && close > open + 1) {
      out_.publisher = Span{head.begin + static_cast<uint32_t>(open) + 1,
                            head.begin + static_cast<uint32_t>(close)};
    } else if (date) {
      const Span behind = trim(text_, {date->span.end, dash});
      Span agency = behind;
      while (!agency.empty() && (text_[agency.begin] == '.' || text_[agency.begin] == ',' ||
                                 text_[agency.begin] == '/' || blank(text_[agency.begin]))) {
        ++agency.begin;
      }
      agency = trim(text_, agency);
      while (!agency.empty() && (text_[agency.end - 1] == '/' || text_[agency.end - 1] == '.'))
        --agency.end;
      agency = trim(text_, agency);
      if (!agency.empty() && word_count(text_, agency) <= 3 &&
          begins_upper(text_.substr(agency.begin, 4)))
        out_.publisher = agency;
    }
    if (date && date->year != 0 && !out_.published) out_.published = date;
    if (date && date->year == 0 && !out_.published) year_from_container(*date);
  }

  /// "BAKU, May 10. /TASS/. Text": behind the second slash; 0 if the paragraph does not begin so.
  uint32_t agency_in_slashes(Span span) const {
    const Span head{span.begin, std::min(span.end, span.begin + 80)};
    const auto date = dates_.find(text_, head, true);
    if (!date) return 0;
    uint32_t i = date->span.end;
    while (i < head.end && (text_[i] == '.' || text_[i] == ',' || blank(text_[i]))) ++i;
    if (i >= head.end || text_[i] != '/') return 0;
    const size_t close = text_.substr(0, head.end).find('/', i + 1);
    return close == std::string_view::npos || close - i > 30 ? 0 : static_cast<uint32_t>(close) + 1;
  }

  bool month_stop(uint32_t i) const {
    uint32_t w = i;
    while (w > 0 && ascii_alpha(text_[w - 1])) --w;
    return i - w <= 4;
  }

  void year_from_container(StatedTime date) {
    // "May 10" under a container's date: the year that brings it nearest.
    int year = 0;
    if (meta_.published.size() >= 7) {
      for (size_t i = 0; i < 4; ++i) year = year * 10 + (meta_.published[i] - '0');
      const int month = (meta_.published[5] - '0') * 10 + (meta_.published[6] - '0');
      if (year >= 1800 && year <= 2199) {
        if (month == 1 && date.month == 12) --year;
        if (month == 12 && date.month == 1) ++year;
        date.year = year;
        out_.published = date;
      }
    }
  }

  // "According to APA, ..." in the first paragraphs; "APA reports"; a line of its own was found
  // above.
  void source_lines() {
    for (size_t k = 0; k < paragraphs_.size(); ++k) {
      if (paragraphs_[k].hinted && paragraphs_[k].role == BlockRole::SourceLine &&
          !out_.source_line) {
        out_.source_line = paragraphs_[k].span;
      }
    }
    if (!out_.source_line) {
      for (size_t k = out_.body; k < std::min(out_.body + 3, paragraphs_.size()); ++k) {
        const std::string_view line = words(k);
        const size_t at = line.starts_with("According to ") ? 0 : std::string_view::npos;
        if (at == std::string_view::npos) continue;
        const size_t comma = line.find(',');
        if (comma == std::string_view::npos || comma > 60) continue;
        const Span name{paragraphs_[k].span.begin + 13,
                        paragraphs_[k].span.begin + static_cast<uint32_t>(comma)};
        if (!title_case(text_, name) || !begins_upper(text_.substr(name.begin, 4)) ||
            word_count(text_, name) > 5)
          continue;
        out_.source_line = Span{paragraphs_[k].span.begin, name.end};
        if (!out_.publisher) out_.publisher = name;
        break;
      }
    }
    for (size_t k = 0; k < paragraphs_.size() && !out_.source_line; ++k) {
      // "With reporting by ... Source: Gulf Harbour News" inside a credit.
      if (paragraphs_[k].role != BlockRole::Credit && paragraphs_[k].role != BlockRole::Byline)
        continue;
      const size_t at = find_phrase(words(k), "source:");
      if (at == std::string_view::npos) continue;
      out_.source_line =
          Span{paragraphs_[k].span.begin + static_cast<uint32_t>(at), paragraphs_[k].span.end};
    }
    if (out_.source_line && !out_.publisher) {
      const std::string_view line = view(text_, *out_.source_line);
      const size_t colon = line.find(':');
      if (colon != std::string_view::npos && colon + 1 < line.size()) {
        out_.publisher = trim(text_, {out_.source_line->begin + static_cast<uint32_t>(colon) + 1,
                                      out_.source_line->end});
      }
    }
    if (!out_.publisher) publisher_from_credit();
  }

  /// "© APA | ...": the words behind the sign.
  void publisher_from_credit() {
    for (const Span credit : out_.credits) {
      const std::string_view line = view(text_, credit);
      if (!line.starts_with("\xC2\xA9")) continue;
      uint32_t begin = skip_space(text_, credit.begin + 2, credit.end);
      while (begin < credit.end && ascii_digit(text_[begin])) ++begin;
      begin = skip_space(text_, begin, credit.end);
      uint32_t end = begin;
      while (end < credit.end && text_[end] != '|' && text_[end] != '/' && text_[end] != '.' &&
             text_[end] != ',')
        ++end;
      const Span name = trim(text_, {begin, end});
      if (!name.empty() && word_count(text_, name) <= 5) {
        out_.publisher = name;
        return;
      }
    }
  }

  // A caption is a line that is said again in a credit, or twice on the page.
  void captions() {
    std::vector<std::pair<std::string, size_t>> short_lines;
    for (size_t k = 0; k < paragraphs_.size() && short_lines.size() < 400; ++k) {
      const Paragraph& paragraph = paragraphs_[k];
      if (paragraph.hinted && paragraph.role == BlockRole::Caption) {
        out_.captions.push_back(paragraph.span);
        continue;
      }
      if (paragraph.hinted || speech_[k] || paragraph.span.size() > 300 ||
          paragraph.span.size() < 20)
        continue;
      if (paragraph.role != BlockRole::Narration && paragraph.role != BlockRole::Heading &&
          paragraph.role != BlockRole::Credit && paragraph.role != BlockRole::Byline) {
        continue;
      }
      short_lines.emplace_back(squeezed(words(k)), k);
    }
    for (const auto& [line, k] : short_lines) {
      Paragraph& paragraph = paragraphs_[k];
      if (paragraph.role == BlockRole::Credit) continue;
      bool repeated = false;
      for (const auto& [other, j] : short_lines) {
        if (j == k) continue;
        const bool in_credit = paragraphs_[j].role == BlockRole::Credit &&
                               other.size() > line.size() && other.find(line) != std::string::npos;
        const bool again = other == line && !full_stop(text_, paragraph.span);
        repeated = repeated || in_credit || again;
      }
      const bool beside_credit = k + 1 < paragraphs_.size() &&
                                 paragraphs_[k + 1].role == BlockRole::Credit &&
                                 k + 1 <= out_.body && paragraph.role == BlockRole::Heading;
      if (repeated || beside_credit) {
        paragraph.role = BlockRole::Caption;
        out_.captions.push_back(paragraph.span);
      }
    }
    std::sort(out_.captions.begin(), out_.captions.end());
    std::sort(out_.credits.begin(), out_.credits.end());
  }

  std::string_view text_;
  const ContainerMeta& meta_;
  const Cues& cues_;
  const DateReader& dates_;
  const std::vector<bool>& speech_;
  std::vector<Paragraph>& paragraphs_;
  size_t begin_ = 0;  // where the page begins: behind the header of a forwarded message
  PageRoles out_;
};

}  // namespace

PageRoles find_roles(std::string_view text, const ContainerMeta& meta, const Cues& cues,
                     const DateReader& dates, const std::vector<bool>& speech,
                     std::vector<Paragraph>& paragraphs) {
  return RoleFinder(text, meta, cues, dates, speech, paragraphs).run();
}

}  // namespace readout::discourse
