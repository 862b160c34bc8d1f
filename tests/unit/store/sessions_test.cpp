#include "core/store/sessions.hpp"

#include <doctest/doctest.h>

#include "core/store/connection.hpp"
#include "core/store/session_rows.hpp"
#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

struct SessionsSetup : StoreFixture {
  Sessions& sessions = store.sessions;
  std::string add(const NewSession& session) { return sessions.append(session).value().id; }
  std::vector<std::string> titles(const SessionFilter& filter) {
    std::vector<std::string> all;
    for (const auto& head : sessions.list(filter, {}).value().items) all.push_back(head.title);
    return all;
  }
};

using Titles = std::vector<std::string>;

}  // namespace

TEST_CASE("a session comes back as it was given, with its place in the chain") {
  SessionsSetup setup;
  auto made = score("Bells", put_picture(setup.store).id);
  made.tags = {"slow", "with \"quotes\""};
  made.interpretation_id = setup.store.interpretations.add(reading());
  const auto first = setup.sessions.append(made).value();
  auto child = score("Child");
  child.parent_id = first.id;

  const auto second = setup.sessions.append(child).value();

  const auto back = setup.sessions.get(first.id).value();
  CHECK(back.title == "Bells");
  CHECK(back.tags == made.tags);
  CHECK(back.mode == "drawing");
  CHECK(back.image_id == made.image_id);
  CHECK(back.interpretation_id == made.interpretation_id);
  CHECK(back.seed == 0xffff'ffff'ffff'fff7);
  CHECK(back.document == made.document);
  CHECK(back.report == made.report);
  CHECK(back.key_name == "C minor");
  CHECK(back.tempo == 120);
  CHECK(back.created_at == noon);
  CHECK(back.hash == first.hash);
  CHECK(back.previous_hash == std::string(64, '0'));
  CHECK(second.previous_hash == first.hash);
  CHECK(setup.sessions.get(second.id)->parent_id == first.id);
}

TEST_CASE("a session's head is found without its body") {
  SessionsSetup setup;
  const auto made = setup.sessions.append(score("Bells", put_picture(setup.store).id)).value();

  const auto head = setup.sessions.head(made.id).value();

  CHECK(head.title == "Bells");
  CHECK(head.image_id == made.image_id);
  CHECK(head.hash == made.hash);
  CHECK(setup.sessions.head("nothing").error().code == "unknown_session");
}

TEST_CASE("changes of stored sessions are counted, new ones are not") {
  SessionsSetup setup;
  const auto made = setup.sessions.append(score("Bells", put_picture(setup.store).id)).value();
  CHECK(setup.sessions.changes() == 0);
  setup.sessions.change(made.id, {"New", {}, {}}).value();
  CHECK(setup.sessions.changes() == 1);
  setup.sessions.hide(made.id, 1).value();
  CHECK(setup.sessions.changes() == 2);
  setup.sessions.forget(made.id, 2).value();
  CHECK(setup.sessions.changes() == 3);
}

TEST_CASE("a session with a reference to nothing, or with an id that is taken, is refused") {
  SessionsSetup setup;
  struct Row {
    std::string NewSession::*field;
    const char* code;
  };
  for (const auto& [field, code] :
       {Row{&NewSession::image_id, "unknown_image"}, Row{&NewSession::job_id, "unknown_job"},
        Row{&NewSession::parent_id, "unknown_parent"},
        Row{&NewSession::interpretation_id, "unknown_interpretation"}}) {
    auto session = score();
    session.*field = "nothing";
    CHECK(setup.sessions.append(session).error().code == code);
  }
  auto twin = score();
  twin.id = setup.add(score());
  CHECK(setup.sessions.append(twin).error().code == "session_exists");
  CHECK(setup.sessions.get("nothing").error().code == "unknown_session");
  CHECK(setup.sessions.count() == 1);
}

TEST_CASE("title, tags and star change and are found; nothing else does") {
  SessionsSetup setup;
  const auto before = setup.sessions.append(score("Old")).value();

  const auto head =
      setup.sessions.change(before.id, {"New", std::vector<std::string>{"b", "a"}, true}).value();
  setup.sessions.change(before.id, {}).value();

  CHECK(head.title == "New");
  const auto after = setup.sessions.get(before.id).value();
  CHECK(after.tags == std::vector<std::string>{"b", "a"});
  CHECK(after.starred);
  CHECK(after.hash == before.hash);
  CHECK(setup.titles({.text = "old"}).empty());
  CHECK(setup.titles({.text = "new"}) == Titles{"New"});
  CHECK(setup.titles({.tag = "a"}) == Titles{"New"});
  setup.sessions.change(before.id, {std::nullopt, std::vector<std::string>{}, false}).value();
  CHECK(setup.titles({.tag = "a"}).empty());
  CHECK(setup.sessions.change("nothing", {}).error().code == "unknown_session");
}

TEST_CASE("the history is filtered by each of its filters, and by several at once") {
  SessionsSetup setup;
  auto a = score("Café bells");
  a.tags = {"slow", "glass"};
  a.search_text = "a frozen lake at night";
  auto b = score("Drum photo");
  b.mode = "photo";
  b.interpreter = "claude";
  b.key_name = "D major";
  b.tempo = 174.5;
  b.created_at = noon + 1000;
  b.tags = {"fast"};
  auto c = score("Cafe drums");
  c.tempo = 90;
  c.created_at = noon + 2000;
  c.tags = {"slow"};
  for (const auto& session : {a, b, c}) setup.add(session);
  setup.sessions.change(setup.sessions.list({.mode = "photo"}, {})->items[0].id, {.starred = true}).value();

  struct Row {
    SessionFilter filter;
    Titles titles;
  };
  const Row rows[] = {
      {{}, {"Cafe drums", "Drum photo", "Café bells"}},
      {{.text = "cafe"}, {"Cafe drums", "Café bells"}},
      {{.text = "CAFÉ dru"}, {"Cafe drums"}},
      {{.text = "froz night"}, {"Café bells"}},
      {{.text = "glass"}, {"Café bells"}},
      {{.text = "\" OR title:*"}, {}},
      {{.text = "!!!"}, {}},
      {{.text = "   "}, {"Cafe drums", "Drum photo", "Café bells"}},
      {{.tag = "slow"}, {"Cafe drums", "Café bells"}},
      {{.tag = "slo"}, {}},
      {{.mode = "photo"}, {"Drum photo"}},
      {{.interpreter = "claude"}, {"Drum photo"}},
      {{.key_name = "C minor"}, {"Cafe drums", "Café bells"}},
      {{.starred = true}, {"Drum photo"}},
      {{.starred = false}, {"Cafe drums", "Café bells"}},
      {{.created_from = noon + 1000}, {"Cafe drums", "Drum photo"}},
      {{.created_before = noon + 1000}, {"Café bells"}},
      {{.tempo_from = 100, .tempo_to = 150}, {"Café bells"}},
      {{.text = "cafe", .tag = "slow", .tempo_to = 100}, {"Cafe drums"}},
      {{.tag = "slow", .mode = "photo"}, {}},
  };
  for (const auto& row : rows) {
    CAPTURE(&row - rows);
    CHECK(setup.titles(row.filter) == row.titles);
  }
}

TEST_CASE("pages follow each other without a gap or a double, also while sessions are added") {
  SessionsSetup setup;
  for (int i = 0; i < 7; ++i) setup.add(score(std::to_string(i)));
  Titles seen;
  PageRequest request{3, {}};

  do {
    const auto page = setup.sessions.list({}, request).value();
    for (const auto& head : page.items) seen.push_back(head.title);
    request.cursor = page.next_cursor;
    setup.add(score("new"));
  } while (!request.cursor.empty());

  CHECK(seen == Titles{"6", "5", "4", "3", "2", "1", "0"});
}

TEST_CASE("no filter makes the database sort or look at every row for a page") {
  SessionsSetup setup;
  const SessionFilter filters[] = {{},
                                   {.text = "bell"},
                                   {.text = "bell", .tag = "slow"},
                                   {.tag = "slow"},
                                   {.mode = "photo"},
                                   {.interpreter = "builtin"},
                                   {.key_name = "C minor"},
                                   {.job_id = "j"},
                                   {.image_id = "i"},
                                   {.parent_id = "p"},
                                   {.starred = true},
                                   {.created_from = noon, .created_before = noon + 1},
                                   {.tempo_from = 100, .tempo_to = 150},
                                   {.mode = "photo", .starred = true, .tempo_from = 100}};

  for (const auto& filter : filters) {
    const auto wanted = store::session_query(filter, {50, 1000});
    std::string plan;
    setup.store.database.read([&](store::Connection& connection) {
      store::Query query(connection, "EXPLAIN QUERY PLAN " + wanted.sql);
      wanted.bind_to(query);
      while (query.step()) plan += query.text(3) + "\n";
    });
    CAPTURE(plan);
    CHECK(plan.find("TEMP B-TREE") == std::string::npos);
    CHECK(plan.find("SCAN s") == std::string::npos);
    CHECK(plan.find("SCAN t") == std::string::npos);
  }
}

TEST_CASE("a hidden session leaves the lists but can still be read") {
  SessionsSetup setup;
  const auto id = setup.add(score());

  CHECK(setup.sessions.hide(id, noon).has_value());
  CHECK(setup.sessions.hide(id, noon).has_value());

  CHECK(setup.titles({}).empty());
  CHECK(setup.titles({.text = "session"}).empty());
  CHECK(setup.sessions.get(id)->hidden);
  CHECK(setup.sessions.count() == 0);
  CHECK(setup.sessions.hide("nothing", noon).error().code == "unknown_session");
}

TEST_CASE("forgetting removes the picture with the last session that shows it") {
  SessionsSetup setup;
  const auto image = put_picture(setup.store);
  const auto first = setup.add(score("1", image.id)), second = setup.add(score("2", image.id));

  CHECK_FALSE(setup.sessions.forget(first, noon + 1)->picture_removed);
  CHECK(setup.store.blobs.contains(image.id));
  CHECK(setup.sessions.forget(second, noon + 2)->picture_removed);

  CHECK_FALSE(setup.store.blobs.contains(image.id));
  CHECK(setup.store.images.get(image.id)->forgotten_at == noon + 2);
  CHECK(setup.store.images.bytes(image.id).error().code == "image_forgotten");
  CHECK(setup.store.jobs.submit(wish(image.id)).error().code == "image_forgotten");
  CHECK(setup.titles({}).empty());
  CHECK_FALSE(setup.sessions.forget(second, noon + 3)->picture_removed);
  CHECK_FALSE(setup.sessions.forget(setup.add(score("no picture")), noon)->picture_removed);
}

TEST_CASE("a picture that a job still needs is not removed") {
  SessionsSetup setup;
  const auto image = put_picture(setup.store);
  const auto session = setup.add(score("1", image.id));
  const auto job = setup.store.jobs.submit(wish(image.id)).value().job;

  CHECK_FALSE(setup.sessions.forget(session, noon)->picture_removed);
  setup.store.jobs.cancel(job.id, noon).value();
  CHECK(setup.sessions.forget(session, noon)->picture_removed);
}

TEST_CASE("a forgotten picture that is sent again is there again") {
  SessionsSetup setup;
  const auto image = put_picture(setup.store);
  setup.sessions.forget(setup.add(score("1", image.id)), noon).value();

  const auto again = put_picture(setup.store);

  CHECK(again.id == image.id);
  CHECK_FALSE(again.forgotten_at);
  CHECK(setup.store.images.bytes(image.id).has_value());
  CHECK_FALSE(audit(setup.store.database, setup.store.blobs).fault);
}

TEST_CASE("the strokes of a drawing are kept with its session and go with its picture") {
  SessionsSetup setup;
  const auto image = put_picture(setup.store);
  NewSession drawn = score("drawn", image.id);
  drawn.strokes = R"({"strokes":[]})";
  const auto session = setup.add(drawn);
  CHECK(setup.sessions.strokes(session).value() == drawn.strokes);
  CHECK(setup.sessions.strokes(setup.add(score("sent"))).error().code == "no_strokes");
  CHECK(setup.sessions.strokes("nothing").error().code == "unknown_session");

  CHECK(setup.sessions.forget(session, noon)->picture_removed);
  CHECK(setup.sessions.strokes(session).error().code == "no_strokes");
}
