#include "server/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace doodled {

using prometheus::BuildCounter, prometheus::BuildGauge, prometheus::BuildHistogram;

struct Metrics::Families {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests = BuildCounter()
                                                          .Name("doodled_http_requests_total")
                                                          .Help("Requests answered, by status class")
                                                          .Register(registry);
  prometheus::Histogram& request_seconds =
      BuildHistogram()
          .Name("doodled_http_request_seconds")
          .Help("Time to answer a request")
          .Register(registry)
          .Add({}, prometheus::Histogram::BucketBoundaries{0.001, 0.005, 0.02, 0.1, 0.5, 2, 10});
  prometheus::Family<prometheus::Counter>& jobs =
      BuildCounter().Name("doodled_jobs_total").Help("Jobs that reached a state").Register(registry);
  prometheus::Family<prometheus::Histogram>& ask_seconds =
      BuildHistogram()
          .Name("doodled_interpreter_seconds")
          .Help("Time from a job's turn at an interpreter to its answer or failure")
          .Register(registry);
  prometheus::Family<prometheus::Counter>& asks = BuildCounter()
                                                      .Name("doodled_interpreter_asks_total")
                                                      .Help("What became of asks: ok, cached, or an error")
                                                      .Register(registry);
  prometheus::Family<prometheus::Counter>& tokens = BuildCounter()
                                                        .Name("doodled_interpreter_tokens_total")
                                                        .Help("Tokens that interpreters counted")
                                                        .Register(registry);
  prometheus::Family<prometheus::Counter>& cost =
      BuildCounter()
          .Name("doodled_interpreter_cost_total")
          .Help("What interpreters cost, in the currency of the settings' prices")
          .Register(registry);
  prometheus::Family<prometheus::Gauge>& queue =
      BuildGauge().Name("doodled_jobs").Help("Jobs that wait or run").Register(registry);
  prometheus::Gauge& sessions =
      BuildGauge().Name("doodled_sessions").Help("Sessions stored").Register(registry).Add({});
  prometheus::Family<prometheus::Gauge>& device_ready =
      BuildGauge().Name("doodled_device_ready").Help("1 when the device is connected").Register(registry);
  prometheus::Family<prometheus::Gauge>& device_packets = BuildGauge()
                                                              .Name("doodled_device_packets_sent")
                                                              .Help("Packets sent since the start")
                                                              .Register(registry);
  prometheus::Family<prometheus::Gauge>& device_late = BuildGauge()
                                                           .Name("doodled_device_late_seconds")
                                                           .Help("How late packets left, by quantile")
                                                           .Register(registry);
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

void Metrics::count_request(int status, double seconds) {
  families_->requests.Add({{"status", std::to_string(status / 100) + "xx"}}).Increment();
  families_->request_seconds.Observe(seconds);
}

void Metrics::count_job(JobState state) {
  families_->jobs.Add({{"state", std::string(to_string(state))}}).Increment();
}

void Metrics::count_ask(const AskReport& report) {
  const std::string id(report.interpreter);
  families_->asks.Add({{"interpreter", id}, {"outcome", std::string(report.outcome)}}).Increment();
  if (report.outcome == "cached") return;
  families_->ask_seconds
      .Add({{"interpreter", id}},
           prometheus::Histogram::BucketBoundaries{0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600})
      .Observe(std::chrono::duration<double>(report.time).count());
  families_->tokens.Add({{"interpreter", id}, {"kind", "input"}})
      .Increment(static_cast<double>(report.input_tokens));
  families_->tokens.Add({{"interpreter", id}, {"kind", "output"}})
      .Increment(static_cast<double>(report.output_tokens));
  families_->cost.Add({{"interpreter", id}}).Increment(report.cost);
}

void Metrics::set_queue(double queued, double running) {
  families_->queue.Add({{"state", "queued"}}).Set(queued);
  families_->queue.Add({{"state", "running"}}).Set(running);
}

void Metrics::set_sessions(double stored) { families_->sessions.Set(stored); }

void Metrics::set_device(const DeviceState& device) {
  families_->device_ready.Add({{"device", device.id}}).Set(device.status == DeviceStatus::ready ? 1 : 0);
  families_->device_packets.Add({{"device", device.id}}).Set(static_cast<double>(device.packets_sent));
  for (const auto& [name, value] :
       {std::pair("0.5", device.late_ms.p50), std::pair("0.99", device.late_ms.p99),
        std::pair("1", device.late_ms.max)})
    families_->device_late.Add({{"device", device.id}, {"quantile", name}}).Set(value / 1000);
}

std::string Metrics::text() const {
  return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace doodled
