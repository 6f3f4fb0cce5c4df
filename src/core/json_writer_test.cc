#include "core/json_writer.h"

#include <gtest/gtest.h>

namespace readout {
namespace {

std::string text(std::string_view value) {
  std::string out;
  JsonWriter(out).value(value);
  return out;
}

TEST(JsonWriter, Escapes) {
  EXPECT_EQ(text("a\"b\\c\n\x01"), "\"a\\\"b\\\\c\\n\\u0001\"");
  EXPECT_EQ(text("\xC6\x8F"), "\"\xC6\x8F\"");
  EXPECT_EQ(text("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
  EXPECT_EQ(text("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");  // a lone surrogate
  EXPECT_EQ(text("\xEF\xBF\xBD"), "\"\xEF\xBF\xBD\"");  // a real U+FFFD stays
}

TEST(JsonWriter, NestsAndSeparates) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("a", 1).key("b").begin_array().value(true).value(0.5).begin_array().end_array().end_array();
  json.field("c", "x").optional_field("d", "").end_object();
  EXPECT_EQ(out, R"({"a":1,"b":[true,0.5,[]],"c":"x"})");
}

TEST(JsonWriter, Numbers) {
  std::string out;
  JsonWriter json(out);
  json.begin_array().value(1600.0).value(3e9).value(-0.25).value(1.0 / 0.0).score(0.98765F).end_array();
  EXPECT_EQ(out, "[1600,3000000000,-0.25,null,0.988]");
}

}  // namespace
}  // namespace readout
