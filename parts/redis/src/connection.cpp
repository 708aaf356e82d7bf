#include "connection.hpp"

#include <hiredis/hiredis.h>
#include <hiredis/sds.h>

#include <array>
#include <cstddef>
#include <type_traits>

namespace segment::inline SEGMENT_ABI::redis {

namespace {

using ReplyPointer = std::unique_ptr<void, decltype(&::freeReplyObject)>;

Reply copy_of(const redisReply& reply) {
  Reply copy{.is_error = reply.type == REDIS_REPLY_ERROR, .integer = reply.integer};
  if (reply.str != nullptr) copy.text.assign(reply.str, reply.len);
  for (std::size_t i = 0; i < reply.elements; ++i) {
    copy.elements.push_back(copy_of(*reply.element[i]));
  }
  return copy;
}

std::string encode(const std::vector<std::string>& words) {
  std::vector<const char*> texts;
  std::vector<std::size_t> lengths;
  for (const std::string& word : words) {
    texts.push_back(word.data());
    lengths.push_back(word.size());
  }
  char* formatted = nullptr;
  const auto length = ::redisFormatCommandArgv(&formatted, static_cast<int>(words.size()),
                                               texts.data(), lengths.data());
  if (length < 0) throw StoreError("There is not enough memory for a command to Redis.");
  std::string bytes(formatted, static_cast<std::size_t>(length));
  ::redisFreeCommand(formatted);
  return bytes;
}

}  // namespace

struct Connection::Reader {
  std::unique_ptr<::redisReader, decltype(&::redisReaderFree)> reader{::redisReaderCreate(),
                                                                      &::redisReaderFree};
};

Connection::Connection(const RateLimiterOptions& options) : reader_(std::make_unique<Reader>()) {
  const Deadline deadline = std::chrono::steady_clock::now() + options.connect_timeout;
  channel_ = Channel::open(options, deadline);
  if (!options.password.empty()) {
    std::vector<std::string> words{"AUTH"};
    if (!options.username.empty()) words.push_back(options.username);
    words.emplace_back(options.password.reveal());
    expect_success(words, "Redis does not accept the password.", deadline);
    segment::detail::wipe(words.back().data(), words.back().size());
  }
  if (options.database != 0) {
    expect_success({"SELECT", std::to_string(options.database)},
                   "Redis does not have the database.", deadline);
  }
}

Connection::~Connection() = default;

Reply Connection::command(const std::vector<std::string>& words, Deadline deadline) {
  std::string bytes = encode(words);
  channel_->send(bytes, deadline);
  if (words.front() == "AUTH") segment::detail::wipe(bytes.data(), bytes.size());
  for (;;) {
    void* reply = nullptr;
    if (::redisReaderGetReply(reader_->reader.get(), &reply) != REDIS_OK) {
      throw StoreError("Redis sent an invalid reply.");
    }
    if (reply != nullptr) {
      const ReplyPointer owned(reply, &::freeReplyObject);
      return copy_of(*static_cast<const redisReply*>(reply));
    }
    std::array<char, 4096> buffer{};
    const std::size_t count = channel_->receive(buffer.data(), buffer.size(), deadline);
    ::redisReaderFeed(reader_->reader.get(), buffer.data(), count);
  }
}

void Connection::expect_success(const std::vector<std::string>& words, const char* what,
                                Deadline deadline) {
  if (command(words, deadline).is_error) throw StoreError(what);
}

}  // namespace segment::inline SEGMENT_ABI::redis
