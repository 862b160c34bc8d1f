"""Other people's pictures and JSON texts: whatever is sent, the daemon stays up and answers. Needs the shared corpus."""
import time

from daemon import CORPUS, DaemonTest, corpus, main, run


class Corpus(DaemonTest):
    @corpus
    def test_hostile_pictures_are_answered_in_seconds_with_2xx_or_4xx(self):
        with self.daemon() as d:
            slowest = 0
            for file in sorted((CORPUS / "hostile").rglob("*")):
                if not file.is_file():
                    continue
                begun = time.monotonic()
                answer = d.upload(file.read_bytes())
                with self.subTest(file.name):
                    self.assertTrue(200 <= answer.status < 300 or 400 <= answer.status < 500, (answer.status, answer.body[:300]))
                    if answer.status == 202:
                        self.assertIn(d.finished_job(answer.json()["id"])["state"], ("done", "failed"))
                slowest = max(slowest, time.monotonic() - begun)
            self.assertLess(slowest, 25)
            self.assertEqual(d.get("/healthz").status, 200)

    @corpus
    def test_all_orientations_read_as_the_same_upright_picture(self):
        with self.daemon() as d:
            facts = [d.post("+/images", f.read_bytes()).json() for f in sorted((CORPUS / "orientation").glob("*.jpg"))]
        self.assertEqual(len(facts), 9)
        self.assertEqual(len({(f["width"], f["height"]) for f in facts}), 1, facts)

    @corpus
    def test_json_texts_are_taken_or_refused_as_they_should(self):
        with self.daemon() as d:
            for file in sorted((CORPUS / "json").glob("*.json")):
                with self.subTest(file.name):
                    answer = d.request("POST", "+/sessions", file.read_bytes(), {"Content-Type": "application/json"})
                    self.assertIn(answer.status, (400, 422))
                    if file.name.startswith("n_"):
                        self.assertEqual(answer.status, 400, answer.body)
            self.assertEqual(d.get("/healthz").status, 200)


if __name__ == "__main__":
    main()
