// Asio's types as this room uses them: one executor type, known at compile time, for all sockets and
// coroutines. Coroutines are plain functions that take what they need by value or own it through a shared_ptr
// parameter; a lambda with captures inside a co_await expression is destroyed twice by g++ 12. So is what a
// conditional operator yields there, and both its branches may run: conditions stand in statements of their
// own.
#pragma once
#include <chrono>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace doodled::http {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using TimePoint = std::chrono::steady_clock::time_point;

template <class T>
using Awaitable = asio::awaitable<T, Executor>;

inline constexpr asio::use_awaitable_t<Executor> awaiting;
inline constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> awaiting_tuple{awaiting};

}  // namespace doodled::http
