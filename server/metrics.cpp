#include "server/metrics.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace doodled {

using prometheus::BuildCounter, prometheus::BuildGauge, prometheus::BuildHistogram;

namespace {

prometheus::ClientMetric lateness_metric(const std::string& device, const LatenessHistogram& histogram) {
  prometheus::ClientMetric metric;
  metric.label.push_back({"device", device});
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
    const bool last = i == histogram.bounds_ms.size();
    const auto bound = last ? std::numeric_limits<double>::infinity() : histogram.bounds_ms[i] / 1000;
    metric.histogram.bucket.push_back({count += histogram.counts[i], bound});
  }
  metric.histogram.sample_count = count;
  metric.histogram.sample_sum = histogram.sum_ms / 1000;
  return metric;
}

// The runners count by themselves, without a lock; here it is only read off.
prometheus::MetricFamily lateness_family(const std::map<std::string, LatenessHistogram>& of_devices) {
  prometheus::MetricFamily family{"doodled_device_lateness_seconds",
                                  "How late packets left after their due time, since the start",
                                  prometheus::MetricType::Histogram,
                                  {}};
  for (const auto& [device, histogram] : of_devices)
    family.metric.push_back(lateness_metric(device, histogram));
  return family;
}

prometheus::MetricFamily backup_age_family(double seconds) {
  prometheus::ClientMetric metric;
  metric.gauge.value = seconds;
  return {"doodled_backup_age_seconds",
          "Time since the newest backup was made; absent where there is none",
          prometheus::MetricType::Gauge,
          {metric}};
}

}  // namespace

struct Metrics::Families {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests = BuildCounter()
                                                          .Name("doodled_http_requests_total")
                                                          .Help("Requests answered, by status class")
                                                          .Register(registry);
  std::array<prometheus::Counter*, 5> requests_of = each_class();
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
  prometheus::Family<prometheus::Counter>& webhooks =
      BuildCounter()
          .Name("doodled_webhook_total")
          .Help("Messages taken (ok), attempts that failed, messages given up")
          .Register(registry);
  prometheus::Family<prometheus::Gauge>& webhook_backlog = BuildGauge()
                                                               .Name("doodled_webhook_backlog")
                                                               .Help("Messages that wait for their receiver")
                                                               .Register(registry);
  prometheus::Family<prometheus::Gauge>& queue =
      BuildGauge().Name("doodled_jobs").Help("Jobs that wait or run").Register(registry);
  prometheus::Gauge& sessions =
      BuildGauge().Name("doodled_sessions").Help("Sessions stored").Register(registry).Add({});
  prometheus::Family<prometheus::Gauge>& device_ready =
      BuildGauge().Name("doodled_device_ready").Help("1 when the device is connected").Register(registry);
  prometheus::Family<prometheus::Gauge>& device_events =
      BuildGauge()
          .Name("doodled_device_events")
          .Help("Events of plays since the start: sent, or dropped while the device was missing or stuck")
          .Register(registry);
  prometheus::Family<prometheus::Gauge>& store_bytes =
      BuildGauge()
          .Name("doodled_store_bytes")
          .Help("Size of the database, of the pictures, and what is free on their disk")
          .Register(registry);
  prometheus::Gauge& audit_fault =
      BuildGauge()
          .Name("doodled_audit_fault")
          .Help("1 when the last look at the audit chain, after the start or for a backup, found a fault")
          .Register(registry)
          .Add({});
  prometheus::Gauge& backup_failures = BuildGauge()
                                           .Name("doodled_backup_failures")
                                           .Help("Backups that failed in a row; 0 after one that was made")
                                           .Register(registry)
                                           .Add({});
  prometheus::Gauge& resident = BuildGauge()
                                    .Name("process_resident_memory_bytes")
                                    .Help("Resident memory, without the reader's processes")
                                    .Register(registry)
                                    .Add({});
  prometheus::Gauge& started = BuildGauge()
                                   .Name("process_start_time_seconds")
                                   .Help("When the program began, in seconds since 1970")
                                   .Register(registry)
                                   .Add({});
  prometheus::Gauge& cpu = BuildGauge()
                               .Name("process_cpu_seconds_total")
                               .Help("Processor time since the start")
                               .Register(registry)
                               .Add({});
  prometheus::Family<prometheus::Gauge>& device_packets = BuildGauge()
                                                              .Name("doodled_device_packets_sent")
                                                              .Help("Packets sent since the start")
                                                              .Register(registry);
  prometheus::Family<prometheus::Gauge>& device_late = BuildGauge()
                                                           .Name("doodled_device_late_seconds")
                                                           .Help("How late packets left, by quantile")
                                                           .Register(registry);

 private:
  // "1xx" to "5xx", looked up once.
  std::array<prometheus::Counter*, 5> each_class() {
    std::array<prometheus::Counter*, 5> counters{};
    for (std::size_t i = 0; i < counters.size(); ++i)
      counters[i] = &requests.Add({{"status", std::to_string(i + 1) + "xx"}});
    return counters;
  }
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

void Metrics::count_request(int status, double seconds) {
  families_->requests_of[static_cast<std::size_t>(std::clamp(status / 100, 1, 5)) - 1]->Increment();
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
      .Add({{"interpreter", id}}, prometheus::Histogram::BucketBoundaries{0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1,
                                                                          2, 5, 10, 30, 60, 120, 300, 600})
      .Observe(std::chrono::duration<double>(report.time).count());
  families_->tokens.Add({{"interpreter", id}, {"kind", "input"}})
      .Increment(static_cast<double>(report.input_tokens));
  families_->tokens.Add({{"interpreter", id}, {"kind", "output"}})
      .Increment(static_cast<double>(report.output_tokens));
  families_->cost.Add({{"interpreter", id}}).Increment(report.cost);
}

void Metrics::count_webhook(const std::string& hook, std::string_view outcome) {
  families_->webhooks.Add({{"webhook", hook}, {"outcome", std::string(outcome)}}).Increment();
}

void Metrics::set_webhook_backlog(const std::string& hook, double messages) {
  families_->webhook_backlog.Add({{"webhook", hook}}).Set(messages);
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
  families_->device_events.Add({{"device", device.id}, {"result", "sent"}})
      .Set(static_cast<double>(device.events_sent));
  families_->device_events.Add({{"device", device.id}, {"result", "dropped"}})
      .Set(static_cast<double>(device.events_dropped));
  const std::lock_guard lock(mutex_);
  lateness_[device.id] = device.lateness;
}

void Metrics::set_store(const StoreSize& size) {
  for (const auto& [part, bytes] : {std::pair("database", size.database),
                                    std::pair("pictures", size.pictures), std::pair("free", size.free)})
    families_->store_bytes.Add({{"part", part}}).Set(static_cast<double>(bytes));
}

void Metrics::set_upkeep(std::optional<double> backup_age_seconds, int backup_failures, bool audit_fault) {
  families_->backup_failures.Set(backup_failures);
  families_->audit_fault.Set(audit_fault ? 1 : 0);
  const std::lock_guard lock(mutex_);
  backup_age_ = backup_age_seconds;
}

void Metrics::set_process(const ProcessUse& use) {
  families_->resident.Set(static_cast<double>(use.resident_bytes));
  families_->started.Set(use.started);
  families_->cpu.Set(use.cpu_seconds);
}

std::string Metrics::text() const {
  auto families = families_->registry.Collect();
  const std::lock_guard lock(mutex_);
  families.push_back(lateness_family(lateness_));
  if (backup_age_) families.push_back(backup_age_family(*backup_age_));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace doodled
