// Success or an error that says where, what was found and what is wanted.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace readout {

/// Few and stable; messages may change.
enum class Code { BadInput, BadData, BadModel, NotFound, Io, Limit, Conflict, Internal };

std::string_view name(Code code);

/// One failure. `message` is for a person: place, what was found, what is wanted.
struct Error {
  Code code = Code::Internal;
  std::string message;

  /// The same error, said from further out: "context: message".
  Error within(std::string_view context) const {
    return Error{code, std::string(context) + ": " + message};
  }
};

/// A T or an Error. g++ 12 has no std::expected in C++20.
template <class T>
class [[nodiscard]] Result {
 public:
  // Implicit on purpose: `return value;` and `return error;` are how a Result is made.
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return state_.index() == 0; }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return !error_; }
  const Error& error() const { return *error_; }

 private:
  std::optional<Error> error_;
};

}  // namespace readout
