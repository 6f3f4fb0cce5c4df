#include "model/model_file.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <random>

namespace readout::model {
namespace {

/// A small model in aligned memory, as training/model_file.py writes it.
class Bytes {
 public:
  explicit Bytes(const std::string& body) : size_(body.size()) {
    data_ = static_cast<char*>(std::aligned_alloc(64, (size_ + 127) / 64 * 64));
    std::memcpy(data_, body.data(), size_);
  }
  ~Bytes() { std::free(data_); }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  std::string_view view() const { return {data_, size_}; }

 private:
  char* data_;
  size_t size_;
};

template <class T>
void put(std::string& out, size_t at, T value) {
  std::memcpy(out.data() + at, &value, sizeof value);
}

void seal(std::string& file) {
  put<uint64_t>(file, 16, file.size());
  put<uint64_t>(file, 24, checksum(std::string_view(file).substr(32)));
}

std::string small_model() {
  std::string file(320, '\0');
  std::memcpy(file.data(), "RDOMODEL", 8);
  put<uint32_t>(file, 8, kModelFormat);
  put<uint32_t>(file, 12, 2);
  const std::string meta = "kind\ttoy/1\nsize.x\t12\n";
  std::memcpy(file.data() + 32, "meta", 4);
  put<uint32_t>(file, 32 + 36, static_cast<uint32_t>(meta.size()));
  put<uint32_t>(file, 32 + 40, 1);
  put<uint64_t>(file, 32 + 48, 192);
  put<uint64_t>(file, 32 + 56, meta.size());
  std::memcpy(file.data() + 192, meta.data(), meta.size());
  std::memcpy(file.data() + 96, "numbers", 7);
  put<uint32_t>(file, 96 + 32, 4);  // float32
  put<uint32_t>(file, 96 + 36, 2);
  put<uint32_t>(file, 96 + 40, 3);
  put<uint64_t>(file, 96 + 48, 256);
  put<uint64_t>(file, 96 + 56, 24);
  for (size_t i = 0; i < 6; ++i) put<float>(file, 256 + 4 * i, static_cast<float>(i) / 2);
  seal(file);
  return file;
}

std::string refusal(const std::string& file) {
  const Bytes bytes(file);
  const auto model = ModelFile::view(bytes.view(), "toy.model");
  return model ? "" : model.error().message;
}

TEST(ModelFile, ReadsWhatWasWritten) {
  const Bytes bytes(small_model());
  const auto model = ModelFile::view(bytes.view(), "toy.model");
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->meta("kind"), "toy/1");
  EXPECT_EQ(model->meta("kin"), std::nullopt);
  EXPECT_EQ(*model->number("size.x", 1, 20), 12U);
  EXPECT_FALSE(model->number("size.x", 13, 20));
  EXPECT_FALSE(model->number("kind", 0, 20));
  const auto numbers = model->array<float>("numbers", 2, 3);
  ASSERT_TRUE(numbers);
  EXPECT_EQ((*numbers)[5], 2.5F);
  EXPECT_FALSE(model->array<float>("numbers", 3, 2));
  EXPECT_FALSE(model->array<int32_t>("numbers", 2, 3));
  EXPECT_EQ(model->array<float>("other", 0, 0).error().code, Code::BadModel);
  EXPECT_EQ(model->lines("meta")->size(), 2U);
}

TEST(ModelFile, SaysWhyItRefuses) {
  std::string file = small_model();
  file[0] = 'X';
  EXPECT_NE(refusal(file).find("not a readout model"), std::string::npos);
  EXPECT_NE(refusal("").find("not a readout model"), std::string::npos);

  file = small_model();
  put<uint32_t>(file, 8, kModelFormat + 1);
  EXPECT_NE(refusal(file).find("newer than the program"), std::string::npos);

  file = small_model();
  file.resize(file.size() - 1);
  EXPECT_NE(refusal(file).find("truncated"), std::string::npos);
  EXPECT_NE(refusal(small_model().substr(0, 20)).find("truncated"), std::string::npos);
  EXPECT_NE(refusal(small_model() + "x").find("trailing"), std::string::npos);

  file = small_model();
  file[260] = static_cast<char>(file[260] ^ 1);
  EXPECT_NE(refusal(file).find("checksum"), std::string::npos);

  file = small_model();
  put<uint64_t>(file, 96 + 56, 1U << 20);
  seal(file);
  EXPECT_NE(refusal(file).find("\"numbers\""), std::string::npos);

  file = small_model();
  put<uint32_t>(file, 12, 100000);
  seal(file);
  EXPECT_NE(refusal(file).find("section table"), std::string::npos);
}

TEST(ModelFile, EveryCutAndManyFlippedBitsAreRefused) {
  const std::string good = small_model();
  for (size_t n = 0; n < good.size(); ++n) EXPECT_NE(refusal(good.substr(0, n)), "") << n;
  std::mt19937 random(3);
  for (int i = 0; i < 500; ++i) {
    std::string bad = good;
    bad[random() % bad.size()] ^= static_cast<char>(1 << random() % 8);
    EXPECT_NE(refusal(bad), "");
  }
}

TEST(ModelFile, MissingFileIsNotFound) {
  EXPECT_EQ(ModelFile::open("/no/such/file.model").error().code, Code::NotFound);
}

}  // namespace
}  // namespace readout::model
