// Each format's reader: the plain text it gives, hints, meta data, and for all of them the one
// property that matters: every span of the plain text leads to its own letters in the source.
#include <gtest/gtest.h>
#include <unistd.h>

#include <random>

#include "core/hash.h"
#include "core/limits.h"
#include "core/utf8.h"
#include "text/dates.h"
#include "text/input.h"
#include "text/pdf.h"
#include "text/sniff.h"
#include "text/testing_pack.h"

namespace readout::text {
namespace {

using namespace std::string_view_literals;

RawDocument raw(std::string bytes, Format format, std::string file = "x") {
  RawDocument doc;
  doc.bytes = std::move(bytes);
  doc.format = format;
  doc.meta.file = std::move(file);
  return doc;
}

bool ascii_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

/// True if the ASCII letters and digits of `text` stand in `source` in this order.
bool leads_to(std::string_view text, std::string_view source) {
  size_t at = 0;
  for (const char c : text) {
    if (!ascii_letter(c) && !(c >= '0' && c <= '9')) continue;
    at = source.find(c, at);
    if (at == std::string_view::npos) return false;
    ++at;
  }
  return true;
}

/// Words lead to themselves; random spans lead to their letters in order; spans grow with spans.
void check_places(const TextLayer& layer, bool one_byte_letters = true) {
  const std::string_view plain = layer.text();
  ASSERT_EQ(utf8::find_invalid(plain), std::string_view::npos);
  const auto source = [&](Span span) {
    const SourceSpan at = layer.map.to_source(span);
    EXPECT_LE(at.begin, at.end);
    EXPECT_LE(at.end, layer.source.size());
    return std::string_view(layer.source).substr(at.begin, at.size());
  };
  for (size_t i = 0; i < plain.size();) {
    size_t end = i;
    while (end < plain.size() && ascii_letter(plain[end])) ++end;
    if (end > i && one_byte_letters) {
      const std::string_view word = plain.substr(i, end - i);
      const std::string_view found = source({static_cast<uint32_t>(i), static_cast<uint32_t>(end)});
      // A soft hyphen, a tag or a line's end may stand inside of a word.
      if (found.size() == word.size()) {
        EXPECT_EQ(found, word);
      } else {
        EXPECT_TRUE(leads_to(word, found)) << word << " -> " << found;
      }
    }
    i = std::max(end, i + 1);
  }
  std::mt19937 random(7);
  for (int k = 0; k < 300; ++k) {
    uint32_t a = static_cast<uint32_t>(random() % (plain.size() + 1));
    uint32_t b = static_cast<uint32_t>(random() % (plain.size() + 1));
    if (a > b) std::swap(a, b);
    while (!utf8::is_boundary(plain, a)) --a;
    while (!utf8::is_boundary(plain, b)) ++b;
    EXPECT_TRUE(leads_to(plain.substr(a, b - a), source({a, b})));
    const uint32_t back = layer.map.to_plain(layer.map.to_source({a, b}).begin);
    EXPECT_LE(back, plain.size());
  }
  uint32_t last = 0;
  for (const BlockHint& hint : layer.hints) {
    EXPECT_LE(last, hint.span.begin);
    EXPECT_LT(hint.span.begin, hint.span.end);
    EXPECT_LE(hint.span.end, plain.size());
    last = hint.span.end;
  }
}

std::string_view hinted(const TextLayer& layer, BlockRole role) {
  for (const BlockHint& hint : layer.hints) {
    if (hint.role == role) return layer.text().substr(hint.span.begin, hint.span.size());
  }
  return {};
}

TextLayer read(std::string bytes, Format format, std::string file = "x") {
  auto layer = extract(raw(std::move(bytes), format, std::move(file)));
  if (!layer) {
    ADD_FAILURE() << layer.error().message;
    return {};
  }
  check_places(*layer, layer->meta.encoding.find("UTF-16") == std::string::npos &&
                           layer->meta.encoding.find("UTF-32") == std::string::npos);
  return std::move(*layer);
}

// ------------------------------------------------------------------------------------ encodings

std::string utf16(std::u16string_view text, bool little, bool mark) {
  std::string out;
  const auto put = [&](char16_t c) {
    const char low = static_cast<char>(c & 0xFF), high = static_cast<char>(c >> 8);
    out += little ? low : high;
    out += little ? high : low;
  };
  if (mark) put(0xFEFF);
  for (const char16_t c : text) put(c);
  return out;
}

TEST(Encoding, ByteOrderMarks) {
  for (const bool little : {true, false}) {
    const TextLayer layer = read(utf16(u"Talks in Köln 😀\r\nend", little, true), Format::Text);
    EXPECT_EQ(layer.text(), "Talks in Köln 😀\nend");
    EXPECT_EQ(layer.meta.encoding, little ? "UTF-16LE" : "UTF-16BE");
    EXPECT_EQ(layer.map.to_source({0, 5}), (SourceSpan{2, 12}));
    EXPECT_EQ(read(utf16(u"Talks in Paris went on", little, false), Format::Text).text(),
              "Talks in Paris went on");
  }
  const TextLayer marked = read("\xEF\xBB\xBFTalks", Format::Text);
  EXPECT_EQ(marked.text(), "Talks");
  EXPECT_EQ(marked.map.to_source({0, 5}), (SourceSpan{3, 8}));
}

TEST(Encoding, LegacyTextIsDetectedAndMapped) {
  // "Министр иностранных дел прибыл в Москву на переговоры." twice, in windows-1251 and KOI8-R.
  const std::string cp1251 =
      "\xCC\xE8\xED\xE8\xF1\xF2\xF0 \xE8\xED\xEE\xF1\xF2\xF0\xE0\xED\xED\xFB\xF5 \xE4\xE5\xEB "
      "\xEF\xF0\xE8\xE1\xFB\xEB \xE2 \xCC\xEE\xF1\xEA\xE2\xF3 \xED\xE0 "
      "\xEF\xE5\xF0\xE5\xE3\xEE\xE2\xEE\xF0\xFB.";
  const TextLayer layer = read(cp1251, Format::Text);
  EXPECT_EQ(layer.meta.encoding, "windows-1251");
  EXPECT_EQ(layer.text(), "Министр иностранных дел прибыл в Москву на переговоры.");
  EXPECT_EQ(layer.map.to_source({0, 14}), (SourceSpan{0, 7}));
  EXPECT_EQ(layer.map.to_source({15, 37}), (SourceSpan{8, 19}));
  const std::string koi8 =
      "\xED\xC9\xCE\xC9\xD3\xD4\xD2 \xC9\xCE\xCF\xD3\xD4\xD2\xC1\xCE\xCE\xD9\xC8 \xC4\xC5\xCC "
      "\xD0\xD2\xC9\xC2\xD9\xCC \xD7 \xED\xCF\xD3\xCB\xD7\xD5 \xCE\xC1 "
      "\xD0\xC5\xD2\xC5\xC7\xCF\xD7\xCF\xD2\xD9.";
  EXPECT_EQ(read(koi8, Format::Text).text(), layer.text());
  const TextLayer western = read(
      "Le pr\xE9sident fran\xE7"
      "ais a re\xE7u son homologue \xE0 l'\xC9lys\xE9"
      "e, a-t-il d\xE9"
      "clar\xE9.",
      Format::Text);
  EXPECT_EQ(western.text(),
            "Le président français a reçu son homologue à l'Élysée, a-t-il déclaré.");
  const TextLayer turkish = read(
      "D\xFD\xFEi\xFEleri Bakan\xFD g\xF6r\xFC\xFEmelerin ba\xFE"
      "ar\xFDl\xFD oldu\xF0unu s\xF6yledi. \xC7"
      "al\xFD\xFEmalar\xFDn s\xFCrece\xF0ini belirtti.",
      Format::Text);
  EXPECT_EQ(
      turkish.text(),
      "Dışişleri Bakanı görüşmelerin başarılı olduğunu söyledi. Çalışmaların süreceğini belirtti.");
}

TEST(Encoding, DamageIsNotedWithItsPlace) {
  const TextLayer layer = read(
      "Gr\xC3\xBC\xC3\x9F"
      "e aus K\xF6ln und M\xC3\xBCnchen",
      Format::Text, "d/a.txt");
  EXPECT_EQ(layer.text(), "Grüße aus K\xEF\xBF\xBDln und München");
  ASSERT_EQ(layer.notes.size(), 1U);
  EXPECT_EQ(layer.notes[0].code, "encoding.damaged");
  EXPECT_EQ(layer.notes[0].span, (Span{13, 16}));
  EXPECT_NE(layer.notes[0].detail.find("d/a.txt"), std::string::npos);
  EXPECT_NE(layer.notes[0].detail.find("byte 13"), std::string::npos);
}

TEST(Encoding, BinaryIsRefused) {
  std::string noise;
  std::mt19937 random(1);
  for (int i = 0; i < 4000; ++i) noise.push_back(static_cast<char>(random()));
  EXPECT_FALSE(extract(raw(noise, Format::Text)));
}

// ----------------------------------------------------------------------------------------- HTML

constexpr std::string_view kPage = R"(<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8">
<title>Ministers meet in Ruritania | The Daily</title>
<meta property="og:site_name" content="The Daily"><meta name="author" content="Jo Doe">
<script type="application/ld+json">{"@context":"x","@graph":[{"@type":["NewsArticle"],
"headline":"Ministers meet in Ruritania","datePublished":"2021-03-04T10:00:00+01:00",
"publisher":{"name":"The Daily Ltd"},"author":[{"name":"Jo Doe"},{"name":"Al Roe"}]}]}</script>
<style>p { color: red }</style><script>if (a < b) document.write("<p>no</p>");</script></head>
<body class="has-sidebar"><div id="cookieBanner">We use cookies to make this page better. Accept them all, please.</div>
<nav><ul><li><a href="/">Home</a><li><a href="/w">World</a></ul></nav>
<article><h1>Ministers meet in&nbsp;Ruritania</h1>
<p class="byline">By Jo Doe</p>
<figure><img src="x"><figcaption>The ministers &amp; their guests</figcaption></figure>
<p>The minis&shy;ters of   two countries met <b>on Monday</b>, and spoke for
three hours about the <a href="/f">ferry line</a>. They agreed to meet again.</p>
<p>&#8220;We are friends,&#x201D; one of them said. Nobody asked how long that would last &mdash; not yet.
<h2>What comes next</h2>
<ul><li>A new treaty on fish, to be signed in June.<li>A bridge.</ul>
<table><tr><th>Year<th>Ships</tr><tr><td>2019<td>14</tr><tr><td>2020<td>3</tr></table>
<div class="share-buttons"><a href="#">Tweet this</a></div>
<p>One<br>Two</p></article>
<aside><h3>Related stories</h3><a href="/1">Ten cats that look like ministers</a></aside>
<footer><p>Copyright The Daily. All rights reserved. Nothing may be copied.</p></footer></body></html>)";

TEST(Html, TheTextAndNotThePage) {
  const TextLayer layer = read(std::string(kPage), Format::Auto, "a.html");
  EXPECT_EQ(layer.text().substr(0, layer.text().find("Related")),
            "Ministers meet in\u00A0Ruritania\n\nBy Jo Doe\n\nThe ministers & their guests\n\n"
            "The ministers of two countries met on Monday, and spoke for three hours about the "
            "ferry line. They agreed "
            "to meet again.\n\n“We are friends,” one of them said. Nobody asked how long that "
            "would last — not yet.\n\n"
            "What comes next\n\nA new treaty on fish, to be signed in June.\n\nA bridge.\n\n"
            "Year\tShips\n2019\t14\n2020\t3\n\nOne\nTwo\n\n");
  for (const std::string_view gone :
       {"cookies", "Home", "color", "document", "Tweet", "Copyright"}) {
    EXPECT_EQ(layer.text().find(gone), std::string_view::npos) << gone;
  }
  EXPECT_EQ(hinted(layer, BlockRole::Title), "Ministers meet in\u00A0Ruritania");
  EXPECT_EQ(hinted(layer, BlockRole::Byline), "By Jo Doe");
  EXPECT_EQ(hinted(layer, BlockRole::Caption), "The ministers & their guests");
  EXPECT_EQ(hinted(layer, BlockRole::Heading), "What comes next");
  EXPECT_EQ(hinted(layer, BlockRole::ListItem), "A new treaty on fish, to be signed in June.");
  EXPECT_EQ(hinted(layer, BlockRole::Table), "Year\tShips\n2019\t14\n2020\t3");
  EXPECT_EQ(hinted(layer, BlockRole::Navigation), "Related stories");
  EXPECT_EQ(layer.meta.title, "Ministers meet in Ruritania");
  EXPECT_EQ(layer.meta.published, "2021-03-04T10:00:00+01:00");
  EXPECT_EQ(layer.meta.publisher, "The Daily Ltd");
  EXPECT_EQ(layer.meta.author, "Jo Doe, Al Roe");
  EXPECT_EQ(layer.meta.language, "en-GB");
  EXPECT_EQ(layer.meta.media_type, "text/html");
}

TEST(Html, EntitiesLeadToTheirBytes) {
  const TextLayer layer =
      read("<p>a &amp; b&copy c &bogus; &lt;x&gt; &#0; &#x80;</p>", Format::Html);
  EXPECT_EQ(layer.text(), "a & b© c &bogus; <x> \uFFFD €");
  EXPECT_EQ(layer.map.to_source({2, 3}), (SourceSpan{5, 10}));
  EXPECT_EQ(layer.map.to_source({4, 5}), (SourceSpan{11, 12}));
}

TEST(Html, LegacyEncodingFromTheMetaTag) {
  const TextLayer layer = read(
      "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; "
      "charset=windows-1251\"></head>"
      "<body><p>\xCC\xEE\xF1\xEA\xE2\xE0 and Baku</p></body></html>",
      Format::Auto);
  EXPECT_EQ(layer.text(), "Москва and Baku");
  EXPECT_EQ(layer.meta.encoding, "windows-1251");
}

TEST(Html, WithoutSemanticTagsDensityDecides) {
  std::string page =
      "<html><body><div><a href=1>Home</a> <a href=2>News</a> <a href=3>Sport</a> <a "
      "href=4>Weather</a></div>"
      "<table width=100%><tr><td><a href=5>Archive of all news</a><br><a href=6>Contact the "
      "office</a></td><td>";
  page += "<b>Foreign ministers hold talks</b><br><br>";
  for (int i = 0; i < 4; ++i) {
    page +=
        "The foreign ministers of both countries discussed trade, fishing and the border on "
        "Tuesday. "
        "They agreed that experts would meet again in two weeks.<br><br>";
  }
  page +=
      "</td></tr></table><div><a href=7>Privacy</a> | <a href=8>Terms</a> | <a "
      "href=9>Help</a></div></body></html>";
  const TextLayer layer = read(page, Format::Html);
  ASSERT_EQ(layer.hints.size(), 3U);  // links above, beside and below
  for (const BlockHint& hint : layer.hints) EXPECT_EQ(hint.role, BlockRole::Navigation);
  EXPECT_NE(layer.text().find("Foreign ministers hold talks\n\nThe foreign ministers"),
            std::string_view::npos);
}

TEST(Html, AShortPageIsKeptWhole) {
  EXPECT_EQ(read("<div>Just a note.</div>", Format::Html).text(), "Just a note.");
  EXPECT_EQ(read("plain words & no tags", Format::Html).text(), "plain words & no tags");
  EXPECT_FALSE(extract(raw("<html><script>x</script></html>", Format::Html)));
}

TEST(Html, DeepAndBrokenMarkup) {
  std::string deep;
  for (int i = 0; i < 10000; ++i) deep += "<div>";
  deep += "Deep words.";
  const TextLayer layer = read(deep, Format::Html, "deep.html");
  EXPECT_EQ(layer.text(), "Deep words.");
  ASSERT_EQ(layer.notes.size(), 1U);
  EXPECT_EQ(layer.notes[0].code, "limit.depth");
  EXPECT_NE(layer.notes[0].detail.find("deep.html"), std::string::npos);
  EXPECT_EQ(read("<b><p>a</b> <i>b</p></i></div></td>c<", Format::Html).text(), "a b\n\nc<");
  EXPECT_EQ(read("x<!-- never closed <p>y", Format::Html).text(), "x");
  EXPECT_EQ(read("x<p title=\"never closed>y", Format::Html).text(), "x");
}

TEST(Html, HostilePagesTakeLinearTime) {
  std::string page;
  for (int i = 0; i < 200000; ++i) page += "<a><b><p><i>";
  page += "words";
  EXPECT_TRUE(extract(raw(page, Format::Html)));
  page.clear();
  for (int i = 0; i < 500000; ++i) page += "<table><tr>";
  page += "words";
  EXPECT_TRUE(extract(raw(page, Format::Html)));
  EXPECT_TRUE(extract(raw("a" + std::string(4000000, '&'), Format::Html)));
  EXPECT_TRUE(extract(raw("a" + std::string(4000000, '<'), Format::Html)));
}

// ------------------------------------------------------------------------------------- Markdown

TEST(Markdown, MarksGoAndWordsStay) {
  const TextLayer layer = read(
      "---\ntitle: \"The title\"\ndate: 2020-01-02\n---\n# Head *line*\n\n**Speaker:** we "
      "[agree](http://x.example) &amp; `go`\n"
      "on.\n\n1. first\n2. **second**\n   more\n\n- dot\n\n> said\n> again\n\n| a | b "
      "|\n|---|---|\n| 1 | 2 |\n\n"
      "![alt](p.png)\n\nx <b>y</b> z\n\n<div>raw &lt; html</div>\n",
      Format::Markdown);
  EXPECT_EQ(layer.text(),
            "Head line\n\nSpeaker: we agree & go\non.\n\n1. first\n\n2. "
            "second\nmore\n\ndot\n\nsaid\nagain\n\na\tb\n1\t2\n\nx y z\n\n"
            "raw < html");
  EXPECT_EQ(layer.meta.title, "The title");
  EXPECT_EQ(layer.meta.published, "2020-01-02");
  EXPECT_EQ(hinted(layer, BlockRole::Title), "Head line");
  EXPECT_EQ(hinted(layer, BlockRole::ListItem), "1. first");
  EXPECT_EQ(hinted(layer, BlockRole::Table), "a\tb\n1\t2");
}

TEST(Markdown, NulBytesSurvive) {
  EXPECT_EQ(read(std::string("a\0b", 3), Format::Markdown).text(), "a\0b"sv);
}

// ----------------------------------------------------------------------------------------- mail

TEST(Mail, HeadersAndQuotedPrintable) {
  const TextLayer layer = read(
      "From: =?UTF-8?Q?J=C3=B3n?= <jon@example.org>\r\nSubject: "
      "=?UTF-8?B?VGFsa3MgaW4gS8O2bG4=?=\r\n"
      "Date: Tue, 3 May 2022 10:41:05 +0400\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
      "quoted-printable\r\n\r\n"
      "The minis=\r\nter met J=C3=B3n.=20\r\nBye\r\n",
      Format::Auto, "m.eml");
  EXPECT_EQ(layer.text(), "The minister met Jón. \nBye\n");
  EXPECT_EQ(layer.meta.title, "Talks in Köln");
  EXPECT_EQ(layer.meta.author, "Jón");
  EXPECT_EQ(layer.meta.published, "2022-05-03T10:41:05+04:00");
  EXPECT_EQ(layer.meta.source_id, "1@example.org");
  EXPECT_EQ(layer.meta.original_sha256, "");
  const size_t minister = layer.text().find("minister");
  const SourceSpan at =
      layer.map.to_source({static_cast<uint32_t>(minister), static_cast<uint32_t>(minister + 8)});
  EXPECT_EQ(layer.source.substr(at.begin, at.size()), "minis=\r\nter");
}

TEST(Mail, HtmlBodyAndBase64) {
  const TextLayer html = read(
      "From: a@example.org\nTo: b@example.org\nSubject: s\nMIME-Version: 1.0\nContent-Type: "
      "multipart/alternative; boundary=\"b\"\n\n"
      "--b\nContent-Type: text/plain\n\n \n--b\nContent-Type: text/html; "
      "charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
      "<p>Talks =\n&amp; more<br>caf=C3=A9</p>\n--b--\n",
      Format::Eml, "m.eml");
  EXPECT_EQ(html.text(), "Talks & more\ncafé");
  const std::string mail =
      "From: a@example.org\nTo: b@example.org\nSubject: s\nMIME-Version: 1.0\nContent-Type: "
      "text/plain; charset=utf-8\n"
      "Content-Transfer-Encoding: base64\n\nVGFsa3MgYmVnYW4u\n";
  const TextLayer packed = read(mail, Format::Eml, "m.eml");
  EXPECT_EQ(packed.text(), "Talks began.");
  EXPECT_EQ(packed.source, "Talks began.");
  EXPECT_EQ(packed.meta.original_sha256, sha256_hex(mail));
}

TEST(Mail, MailsMadeToBurstAreRefused) {
  const std::string head = "Message-ID: <a>\nMIME-Version: 1.0\n";
  std::string parts = head + "Content-Type: multipart/mixed; boundary=b\n\n";
  for (size_t i = 0; i <= limits::kMailParts; ++i) parts += "--b\n\nx\n";
  std::string fields = head;
  for (size_t i = 0; i <= limits::kMailHeaderLines; ++i) fields += "X-A: b\n";
  std::string addresses = head + "To: ";
  while (addresses.size() < limits::kMailAddressBytes + 100) addresses += "a@b.c,\n ";
  for (const std::string& mail : {parts, fields + "\nbody", addresses + "\n\nbody"}) {
    const auto layer = extract(raw(mail, Format::Eml, "m.eml"));
    ASSERT_FALSE(layer);
    EXPECT_EQ(layer.error().code, Code::Limit);
    EXPECT_NE(layer.error().message.find("m.eml"), std::string::npos);
  }
}

TEST(Markdown, BeyondTheLimitIsPlainText) {
  const TextLayer layer =
      read("# Head\n\n" + std::string(limits::kMarkdownBytes, '['), Format::Markdown);
  EXPECT_TRUE(layer.text().starts_with("# Head"));
  ASSERT_EQ(layer.notes.size(), 1U);
  EXPECT_EQ(layer.notes[0].code, "limit.markdown");
}

TEST(Mail, WithoutABodyIsAnError) {
  EXPECT_FALSE(extract(raw("From: a@example.org\nSubject: s\n\n", Format::Eml, "m.eml")));
}

// ----------------------------------------------------------------------------------------- DOCX

std::string docx(const std::string& body) {
  return testing::pack(
      testing::Kind::Zip, ARCHIVE_FILTER_NONE,
      {{"[Content_Types].xml", "<Types/>"},
       {"docProps/core.xml",
        "<cp:coreProperties xmlns:cp='c' xmlns:dc='d' "
        "xmlns:dcterms='t'><dc:title>Note</dc:title><dc:creator>Jo</dc:creator>"
        "<dcterms:created>2021-03-04T05:06:07Z</dcterms:created></cp:coreProperties>"},
       {"word/styles.xml",
        "<w:styles xmlns:w='w'><w:style w:styleId='Titel'><w:name w:val='Title'/></w:style>"
        "<w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style></w:styles>"},
       {"word/document.xml",
        "<w:document xmlns:w='w'><w:body>" + body + "</w:body></w:document>"}});
}

TEST(Docx, ParagraphsListsTablesAndPages) {
  const std::string bytes = docx(
      "<w:p><w:pPr><w:pStyle w:val='Titel'/></w:pPr><w:r><w:t>Joint "
      "</w:t></w:r><w:r><w:t>note</w:t></w:r></w:p>"
      "<w:p><w:pPr><w:pStyle w:val='berschrift1'/></w:pPr><w:r><w:t>Part one</w:t></w:r></w:p>"
      "<w:p><w:r><w:t xml:space='preserve'>They </w:t></w:r><w:del><w:r><w:delText>did not "
      "</w:delText></w:r></w:del>"
      "<w:ins><w:r><w:t>met &amp; spoke.</w:t></w:r></w:ins></w:p>"
      "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>A "
      "point</w:t></w:r></w:p>"
      "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></"
      "w:r></w:p></w:tc></w:tr>"
      "<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></"
      "w:p></w:tc></w:tr></w:tbl>"
      "<w:p><w:r><w:br w:type='page'/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>Second "
      "page.</w:t></w:r></w:p>");
  const TextLayer layer = read(bytes, Format::Auto, "a.docx");
  EXPECT_EQ(layer.text(),
            "Joint note\n\nPart one\n\nThey met & spoke.\n\nA point\n\na\tb\n1\t2\n\nSecond page.");
  EXPECT_EQ(layer.source, layer.text());
  EXPECT_EQ(layer.meta.title, "Note");
  EXPECT_EQ(layer.meta.author, "Jo");
  EXPECT_EQ(layer.meta.published, "2021-03-04T05:06:07Z");
  EXPECT_EQ(layer.meta.original_sha256, sha256_hex(bytes));
  EXPECT_EQ(hinted(layer, BlockRole::Title), "Joint note");
  EXPECT_EQ(hinted(layer, BlockRole::Heading), "Part one");
  EXPECT_EQ(hinted(layer, BlockRole::ListItem), "A point");
  EXPECT_EQ(hinted(layer, BlockRole::Table), "a\tb\n1\t2");
  ASSERT_EQ(layer.pages.size(), 2U);
  EXPECT_EQ(layer.pages[1].number, 2U);
  EXPECT_EQ(layer.text().substr(layer.pages[1].begin), "Second page.");
}

TEST(Docx, IsKnownWhateverPartStandsFirst) {
  const std::string odd = testing::pack(
      testing::Kind::Zip, ARCHIVE_FILTER_NONE,
      {{"mimetype", "x"},
       {"word/document.xml", "<w:document><w:p><w:t>Talks.</w:t></w:p></w:document>"}});
  EXPECT_EQ(container_of(odd, "a"), Container::None);
  EXPECT_EQ(read(odd, Format::Auto, "a").text(), "Talks.");
  const std::string zip = testing::pack(testing::Kind::Zip, ARCHIVE_FILTER_NONE, {{"a.docx", odd}});
  EXPECT_EQ(container_of(zip, "a.zip"), Container::Archive);
}

TEST(Docx, WhatIsNoDocxIsSaidSo) {
  const auto sheet = extract(
      raw(testing::pack(testing::Kind::Zip, ARCHIVE_FILTER_NONE, {{"xl/workbook.xml", "<x/>"}}),
          Format::Docx, "s.docx"));
  ASSERT_FALSE(sheet);
  EXPECT_NE(sheet.error().message.find("spreadsheet"), std::string::npos);
  std::string cut = docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>");
  cut.resize(cut.size() / 2);
  EXPECT_FALSE(extract(raw(cut, Format::Docx, "s.docx")));
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<w:p>";
  const auto too_deep = extract(raw(docx(deep), Format::Docx, "s.docx"));
  ASSERT_FALSE(too_deep);
}

// ------------------------------------------------------------------------------------------ PDF

TEST(Pdf, RunningHeadsGoAndCutWordsAreJoined) {
  std::string pages;
  for (int p = 1; p <= 3; ++p) {
    pages += "REPORT OF THE MISSION            No. " + std::to_string(p) + "\n\n";
    pages +=
        p == 1
            ? "The observ-\ners saw ni\xC2\xADne trucks and a long-\nterm camp. The long-term camp "
              "is old. They\n"
        : p == 2 ? "went on to the bridge. The state-\nowned works were shut.\n\nA new paragraph.\n"
                 : "Last words.\n";
    pages += "\nPage " + std::to_string(p) + " of 3\n\f";
  }
  ContainerMeta meta;
  meta.file = "r.pdf";
  const auto layer = layer_of_pages(pages, meta);
  ASSERT_TRUE(layer);
  check_places(*layer);
  EXPECT_EQ(
      layer->text(),
      "The observers saw nine trucks and a long-term camp. The long-term camp is old. They\n"
      "went on to the bridge. The stateowned works were shut.\n\nA new paragraph.\n\nLast words.");
  EXPECT_EQ(layer->source, pages);
  ASSERT_EQ(layer->pages.size(), 3U);
  EXPECT_EQ(layer->text().substr(layer->pages[1].begin, 7), "went on");
  EXPECT_EQ(layer->text().substr(layer->pages[2].begin), "Last words.");
}

TEST(Pdf, HeadsThatChangeWithTheChapter) {
  std::string pages;
  for (int p = 1; p <= 12; ++p) {
    pages += "Chapter " + std::to_string(1 + p / 3) + ": " +
             (p < 3   ? "Mandate"
              : p < 6 ? "Findings"
              : p < 9 ? "Losses"
                      : "Outlook") +
             "\n\nText of page " + std::string(static_cast<size_t>(p), 'x') + " ends here.\n\n" +
             std::to_string(p + 4) + "\n\f";
  }
  const auto layer = layer_of_pages(pages, {});
  ASSERT_TRUE(layer);
  EXPECT_EQ(layer->text().find("Chapter"), std::string_view::npos);
  EXPECT_TRUE(layer->text().starts_with("Text of page x ends here.\n\nText of page xx ends here."));
}

/// Two pages with a line each. The table of offsets is left out: readers rebuild it.
std::string tiny_pdf() {
  const auto page = [](int n, const std::string& text) {
    const std::string stream = "BT /F 12 Tf 72 700 Td (" + text + ") Tj ET";
    return std::to_string(n) + " 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents " +
           std::to_string(n + 1) + " 0 R/Resources<</Font<</F 9 0 R>>>>>>endobj\n" +
           std::to_string(n + 1) + " 0 obj<</Length " + std::to_string(stream.size()) +
           ">>stream\n" + stream + "\nendstream endobj\n";
  };
  return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count "
         "2/Kids[3 0 R 5 0 R]>>endobj\n" +
         page(3, "The ministers met.") + page(5, "They parted as friends.") +
         "9 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 "
         "R>>\n%%EOF\n";
}

TEST(Pdf, ExtractedByTheProgramWithPages) {
  if (access("/usr/bin/pdftotext", X_OK) != 0) GTEST_SKIP() << "no pdftotext on this machine";
  const std::string bytes = tiny_pdf();
  const TextLayer layer = read(bytes, Format::Auto, "t.pdf");
  EXPECT_EQ(layer.text(), "The ministers met.\n\nThey parted as friends.");
  EXPECT_EQ(layer.meta.original_sha256, sha256_hex(bytes));
  ASSERT_EQ(layer.pages.size(), 2U);
  EXPECT_EQ(layer.pages[1].begin, 20U);
}

TEST(Pdf, GarbageIsAnErrorWithPlace) {
  const auto named = extract(raw("no pdf at all", Format::Pdf, "d/g.pdf"));
  ASSERT_FALSE(named);
  EXPECT_NE(named.error().message.find("d/g.pdf: not a PDF"), std::string::npos);
  if (access("/usr/bin/pdftotext", X_OK) != 0) GTEST_SKIP() << "no pdftotext on this machine";
  std::string noise = "%PDF-1.7\n";
  std::mt19937 random(3);
  for (int i = 0; i < 5000; ++i) noise.push_back(static_cast<char>(random()));
  const auto garbage = extract(raw(noise, Format::Auto, "d/g.pdf"));
  ASSERT_FALSE(garbage);
  EXPECT_EQ(garbage.error().code, Code::BadInput);
  EXPECT_NE(garbage.error().message.find("d/g.pdf"), std::string::npos);
}

// ---------------------------------------------------------------------------------------- dates

TEST(Dates, ContainersWriteThemInManyWays) {
  EXPECT_EQ(iso_date("20210304"), "2021-03-04");
  EXPECT_EQ(iso_date("2021-03-04"), "2021-03-04");
  EXPECT_EQ(iso_date(" 2021-03-04T10:00:00.123Z "), "2021-03-04T10:00:00Z");
  EXPECT_EQ(iso_date("2021-03-04 10:00+0400"), "2021-03-04T10:00+04:00");
  EXPECT_EQ(iso_date("Thu, 04 Mar 2021 10:00:00 +0400 (GST)"), "2021-03-04T10:00:00+04:00");
  EXPECT_EQ(iso_date("Thu, 4 Mar 2021 10:00:00 GMT"), "2021-03-04T10:00:00Z");
  EXPECT_EQ(iso_date("March 4, 2021, 1:05 PM"), "2021-03-04T13:05");
  EXPECT_EQ(iso_date("4th of March 2021"), "2021-03-04");
  EXPECT_EQ(iso_date("yesterday"), "yesterday");
  EXPECT_EQ(iso_date("2021-13-04"), "2021-13-04");
  EXPECT_FALSE(is_iso_date("2021-13-04"));
  EXPECT_FALSE(is_iso_date("03/04/2021"));
}

// ------------------------------------------------------------------------------------- sniffing

TEST(Sniff, ContentGoesBeforeName) {
  EXPECT_EQ(format_of("<!-- x --><!DOCTYPE HTML><p>", "a.txt"), Format::Html);
  EXPECT_EQ(format_of("junk%PDF-1.4", "a.txt"), Format::Pdf);
  EXPECT_EQ(format_of("# Head", "a.md.gz"), Format::Markdown);
  EXPECT_EQ(format_of("# Head", "a"), Format::Text);
  EXPECT_EQ(format_of("From: A\nTo: B\nSubject: C\n\nA memo that looks like a mail", "a.txt"),
            Format::Text);
  EXPECT_EQ(format_of("Received: x\nMessage-ID: <y>\nFrom: z\n\nbody", "a"), Format::Eml);
  EXPECT_EQ(container_of("{\"text\": \"x\"}", "a"), Container::Jsonl);
  EXPECT_EQ(container_of("{curly} prose", "a.txt"), Container::None);
  EXPECT_EQ(container_of("<Sentences>\n<Sentence id='1'>", "a"), Container::PetrarchXml);
  EXPECT_EQ(container_of("PK\x03\x04", "a.docx"), Container::Archive);  // too short to tell
}

// ----------------------------------------------------------------------------------- robustness

TEST(AllFormats, MutatedDocumentsNeverBreakTheirPromises) {
  const std::vector<std::pair<Format, std::string>> seeds = {
      {Format::Html, std::string(kPage)},
      {Format::Markdown,
       "# A *b*\n\n1. x\n2. y\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<div>z</div>\n\n> q\n> w "
       "`c`\n"},
      {Format::Eml,
       "From: a@b.c\nSubject: =?x?Q?y?=\nMIME-Version: 1.0\nContent-Type: multipart/mixed; "
       "boundary=b\n\n--b\n"
       "Content-Transfer-Encoding: quoted-printable\n\nab=C3=A9=\ncd =3D\n--b--\n"},
      {Format::Docx, docx("<w:p><w:r><w:t>one two</w:t></w:r></w:p>")},
      {Format::Text, "Talks \xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0\r\n\r\nwent on"},
  };
  std::mt19937 random(11);
  for (const auto& [format, seed] : seeds) {
    for (int round = 0; round < 400; ++round) {
      std::string bytes = seed;
      for (unsigned k = 1 + random() % 8; k > 0; --k) {
        const size_t at = random() % bytes.size();
        switch (random() % 4) {
          case 0:
            bytes[at] = static_cast<char>(random());
            break;
          case 1:
            bytes.insert(at, 1, "<>&=\"\n\0*|#\xFF"[random() % 11]);
            break;
          case 2:
            bytes.erase(at, random() % 9);
            break;
          default:
            bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 30));
            break;
        }
        if (bytes.empty()) bytes = "x";
      }
      const auto layer = extract(raw(bytes, format));
      if (layer) check_places(*layer, false);
    }
  }
}

}  // namespace
}  // namespace readout::text
