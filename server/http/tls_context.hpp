// Included by tls.cpp and channel.cpp only: Asio's TLS is slow to compile.
#pragma once
#include <boost/asio/ssl/context.hpp>

#include "server/http/tls.hpp"

namespace doodled::http {

struct Tls::Context {
  boost::asio::ssl::context ssl{boost::asio::ssl::context::tls_server};
};

}  // namespace doodled::http
