#pragma once

#include <node_api.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace gfl {

/** What a caller from JavaScript gave was wrong; the message names the argument. Becomes a TypeError there. */
struct BadArgument : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/** A JavaScript exception is pending; it goes on as it is. */
struct Pending {};

void check(napi_env, napi_status);

template <class T>
struct Span {
  T* data;
  size_t size;
};

/** A JavaScript value and what to call it in errors: everything from outside is checked here, once. */
class Given {
 public:
  Given(napi_env env, napi_value value, std::string name) : env_(env), value_(value), name_(std::move(name)) {}

  bool isDefined() const;
  bool boolean() const;
  double number() const;
  /** A finite number of at least `least`. */
  double atLeast(double least) const;
  int integer(int least, int most) const;
  std::string string() const;
  Span<const uint8_t> bytes() const;
  Span<const uint32_t> integers() const;
  Span<const float> floats() const;
  /** A member of an object. */
  Given operator[](const char* key) const;
  std::vector<Given> elements() const;

  const std::string& name() const { return name_; }
  [[noreturn]] void refuse(const std::string& expectation) const;

 private:
  void* typed(napi_typedarray_type, const char* name, size_t& size) const;

  napi_env env_;
  napi_value value_;
  std::string name_;
};

napi_value number(napi_env, double);
napi_value numbers(napi_env, const std::vector<double>&);
napi_value text(napi_env, const std::string&);
/** A Float32Array and where its floats are. */
napi_value floats(napi_env, size_t size, float*& data);
/** An array or object of what `add` is called with. */
napi_value array(napi_env, const std::vector<napi_value>&);
void set(napi_env, napi_value object, const char* key, napi_value);

}  // namespace gfl
