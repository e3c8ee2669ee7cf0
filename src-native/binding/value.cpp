#include "value.h"

#include <cmath>

namespace gfl {

void check(napi_env env, napi_status status) {
  if (status == napi_ok) return;
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (pending) throw Pending{};
  const napi_extended_error_info* info = nullptr;
  napi_get_last_error_info(env, &info);
  throw std::runtime_error(info && info->error_message ? info->error_message : "Node-API refused a call");
}

void Given::refuse(const std::string& expectation) const { throw BadArgument(name_ + " must be " + expectation); }

bool Given::isDefined() const {
  napi_valuetype type;
  check(env_, napi_typeof(env_, value_, &type));
  return type != napi_undefined;
}

bool Given::boolean() const {
  bool value;
  if (napi_get_value_bool(env_, value_, &value) != napi_ok) refuse("true or false");
  return value;
}

double Given::number() const {
  double value;
  if (napi_get_value_double(env_, value_, &value) != napi_ok) refuse("a number");
  return value;
}

double Given::atLeast(double least) const {
  const double value = number();
  if (!std::isfinite(value) || value < least) refuse("a finite number of at least " + std::to_string(least));
  return value;
}

int Given::integer(int least, int most) const {
  const double value = number();
  if (!(value >= least && value <= most) || value != std::floor(value))
    refuse("a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return int(value);
}

std::string Given::string() const {
  size_t length;
  if (napi_get_value_string_utf8(env_, value_, nullptr, 0, &length) != napi_ok) refuse("a string");
  std::string value(length, ' ');
  check(env_, napi_get_value_string_utf8(env_, value_, value.data(), length + 1, &length));
  return value;
}

void* Given::typed(napi_typedarray_type wanted, const char* name, size_t& size) const {
  napi_typedarray_type type;
  void* data;
  bool isTyped = false;
  check(env_, napi_is_typedarray(env_, value_, &isTyped));
  if (!isTyped) refuse(name);
  check(env_, napi_get_typedarray_info(env_, value_, &type, &size, &data, nullptr, nullptr));
  if (type != wanted) refuse(name);
  return data;
}

Span<const uint8_t> Given::bytes() const {
  size_t size;
  const void* data = typed(napi_uint8_array, "a Uint8Array", size);
  return {static_cast<const uint8_t*>(data), size};
}

Span<const uint32_t> Given::integers() const {
  size_t size;
  const void* data = typed(napi_uint32_array, "a Uint32Array", size);
  return {static_cast<const uint32_t*>(data), size};
}

Span<const float> Given::floats() const {
  size_t size;
  const void* data = typed(napi_float32_array, "a Float32Array", size);
  return {static_cast<const float*>(data), size};
}

Given Given::operator[](const char* key) const {
  napi_valuetype type;
  check(env_, napi_typeof(env_, value_, &type));
  if (type != napi_object) refuse("an object");
  napi_value member;
  check(env_, napi_get_named_property(env_, value_, key, &member));
  return {env_, member, name_ + "." + key};
}

std::vector<Given> Given::elements() const {
  bool isArray = false;
  check(env_, napi_is_array(env_, value_, &isArray));
  if (!isArray) refuse("an array");
  uint32_t length;
  check(env_, napi_get_array_length(env_, value_, &length));
  std::vector<Given> all;
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    check(env_, napi_get_element(env_, value_, i, &element));
    all.emplace_back(env_, element, name_ + "[" + std::to_string(i) + "]");
  }
  return all;
}

napi_value number(napi_env env, double value) {
  napi_value result;
  check(env, napi_create_double(env, value, &result));
  return result;
}

napi_value numbers(napi_env env, const std::vector<double>& values) {
  std::vector<napi_value> all;
  for (double value : values) all.push_back(number(env, value));
  return array(env, all);
}

napi_value text(napi_env env, const std::string& value) {
  napi_value result;
  check(env, napi_create_string_utf8(env, value.data(), value.size(), &result));
  return result;
}

napi_value floats(napi_env env, size_t size, float*& data) {
  napi_value buffer, result;
  void* bytes;
  check(env, napi_create_arraybuffer(env, size * sizeof(float), &bytes, &buffer));
  check(env, napi_create_typedarray(env, napi_float32_array, size, buffer, 0, &result));
  data = static_cast<float*>(bytes);
  return result;
}

napi_value array(napi_env env, const std::vector<napi_value>& values) {
  napi_value result;
  check(env, napi_create_array_with_length(env, values.size(), &result));
  for (size_t i = 0; i < values.size(); i++) check(env, napi_set_element(env, result, uint32_t(i), values[i]));
  return result;
}

void set(napi_env env, napi_value object, const char* key, napi_value value) {
  check(env, napi_set_named_property(env, object, key, value));
}

}  // namespace gfl
