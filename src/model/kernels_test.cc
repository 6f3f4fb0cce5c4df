#include "model/kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>
#include <vector>

namespace readout::model {
namespace {

std::vector<const Kernels*> versions() {
  std::vector<const Kernels*> out;
  for (const KernelChoice choice : {KernelChoice::Plain, KernelChoice::Avx2, KernelChoice::Avx512, KernelChoice::Neon, KernelChoice::NeonDot}) {
    if (const Kernels* k = find_kernels(choice)) out.push_back(k);
  }
  return out;
}

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

struct RandomMatrix {
  RandomMatrix(size_t n, size_t k, std::mt19937& random) : packed(n * k), scale(n), offset(n), bias(n), weights(n * k) {
    for (size_t j = 0; j < n; ++j) {
      int32_t sum = 0;
      for (size_t i = 0; i < k; ++i) {
        const auto w = static_cast<int8_t>(static_cast<int>(random() % 255) - 127);
        weights[j * k + i] = w;
        packed[(j / 16) * 16 * k + (i / 4) * 64 + (j % 16) * 4 + i % 4] = w;
        sum += w;
      }
      offset[j] = 128 * sum;
      scale[j] = 0.001F * static_cast<float>(random() % 100 + 1);
      bias[j] = static_cast<float>(random() % 100) - 50.0F;
    }
    m = {packed.data(), scale.data(), offset.data(), bias.data(), n, k};
  }
  std::vector<int8_t> packed;
  std::vector<float> scale;
  std::vector<int32_t> offset;
  std::vector<float> bias;
  std::vector<int8_t> weights;
  Matrix m;
};

TEST(Kernels, ProductsAreThoseOfWholeNumbersInEveryVersion) {
  std::mt19937 random(1);
  for (const auto& [rows, n, k] : std::vector<std::array<size_t, 3>>{{1, 16, 4}, {7, 48, 20}, {13, 80, 260}, {6, 64, 256}, {5, 112, 12}, {9, 32, 2060}}) {
    const RandomMatrix w(n, k, random);
    std::vector<uint8_t> a(rows * (k + 3));
    for (auto& x : a) x = static_cast<uint8_t>(random());  // 0 and 255 too: no version may saturate
    std::vector<float> row_scale(rows);
    for (auto& x : row_scale) x = 0.01F * static_cast<float>(random() % 50 + 1);
    std::vector<float> want(rows * n);
    for (size_t r = 0; r < rows; ++r) {
      for (size_t j = 0; j < n; ++j) {
        int32_t sum = 0;
        for (size_t i = 0; i < k; ++i) sum += (int32_t{a[r * (k + 3) + i]} - 128) * w.weights[j * k + i];
        const float v = static_cast<float>(sum) * (w.scale[j] * row_scale[r]);
        want[r * n + j] = v + w.bias[j];
      }
    }
    for (const Kernels* kernels : versions()) {
      std::vector<float> out(rows * n);
      kernels->multiply(a.data(), k + 3, row_scale.data(), rows, w.m, out.data(), n);
      EXPECT_TRUE(same_bits(out, want)) << kernels->name << " " << rows << "x" << n << "x" << k;
    }
  }
}

TEST(Kernels, AllVersionsGiveEqualBits) {
  std::mt19937 random(2);
  std::normal_distribution<float> normal(0.0F, 3.0F);
  constexpr size_t kH = 48, kRows = 3;
  std::vector<float> pre(kRows * 4 * kH), x(kRows * 4 * kH), cell0(kRows * kH), u(5 * 32), v(7 * 32);
  for (auto* values : {&pre, &x, &cell0, &u, &v}) {
    for (float& value : *values) value = normal(random);
  }
  pre[3] = 90.0F;    // far into both tails
  pre[kH + 3] = -90.0F;
  struct Outcome {
    std::vector<uint8_t> hidden, bytes;
    std::vector<float> cell, dots, leaky, sum, share;
    float scale = 0.0F;
    size_t argmax = 0;
  };
  std::vector<Outcome> outcomes;
  for (const Kernels* k : versions()) {
    Outcome o;
    o.cell = cell0;
    o.hidden.resize(kRows * kH);
    std::vector<const float*> xs;
    std::vector<uint8_t*> outs;
    for (size_t r = 0; r < kRows; ++r) {
      xs.push_back(x.data() + r * 4 * kH);
      outs.push_back(o.hidden.data() + r * kH);
    }
    k->lstm({kRows, kH, pre.data(), xs.data(), o.cell.data(), outs.data()});
    o.bytes.resize(60);
    o.scale = k->quantise(pre.data(), 53, 60, o.bytes.data());
    o.dots.resize(5 * 8);
    k->dots(u.data(), 5, v.data(), 7, 32, o.dots.data(), 8);
    o.leaky = pre;
    k->leaky(o.leaky.data(), o.leaky.size());
    o.sum = u;
    k->add_row(o.sum.data(), reinterpret_cast<const int8_t*>(o.bytes.data()), 0.37F, 53);
    for (size_t at = 0; at < 37; ++at) o.share.push_back(k->share(u.data(), 37, at));
    o.argmax = k->argmax(u.data(), 149);
    outcomes.push_back(std::move(o));
  }
  for (const Outcome& o : outcomes) {
    EXPECT_TRUE(same_bits(o.hidden, outcomes[0].hidden));
    EXPECT_TRUE(same_bits(o.cell, outcomes[0].cell));
    EXPECT_TRUE(same_bits(o.bytes, outcomes[0].bytes));
    EXPECT_TRUE(same_bits(o.dots, outcomes[0].dots));
    EXPECT_TRUE(same_bits(o.leaky, outcomes[0].leaky));
    EXPECT_TRUE(same_bits(o.sum, outcomes[0].sum));
    EXPECT_TRUE(same_bits(o.share, outcomes[0].share));
    EXPECT_EQ(o.scale, outcomes[0].scale);
    EXPECT_EQ(o.argmax, outcomes[0].argmax);
  }
  // And the values are right: against the textbook in double precision.
  for (size_t r = 0; r < kRows; ++r) {
    for (size_t i = 0; i < kH; ++i) {
      const auto gate = [&](size_t g) { return double{pre[r * 4 * kH + g * kH + i]} + double{x[r * 4 * kH + g * kH + i]}; };
      const auto sigmoid = [](double z) { return 1.0 / (1.0 + std::exp(-z)); };
      const double c = sigmoid(gate(1)) * double{cell0[r * kH + i]} + sigmoid(gate(0)) * std::tanh(gate(2));
      EXPECT_NEAR(outcomes[0].cell[r * kH + i], c, 1e-5);
      EXPECT_NEAR(int{outcomes[0].hidden[r * kH + i]} - 128, 127.0 * sigmoid(gate(3)) * std::tanh(c), 0.51);
    }
  }
  double total = 0;
  for (const float share : outcomes[0].share) total += double{share};
  EXPECT_NEAR(total, 1.0, 1e-5);
}

TEST(Kernels, FirstOfEqualsWins) {
  const std::vector<float> x = {1, 5, 2, 5, 5};
  for (const Kernels* k : versions()) EXPECT_EQ(k->argmax(x.data(), x.size()), 1U) << k->name;
}

}  // namespace
}  // namespace readout::model
