"""schemas/openapi.yaml describes the routes that server/api serves, no more and no fewer, and its codes have the
status that the server gives them. Reads the sources only; needs no daemon."""
import pathlib
import re
import sys
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
METHODS = {"get", "put", "post", "patch", "del", "delete"}


def table_routes(text):
    """Rows such as {Method::get, "/api/v1/jobs", ...}, and prefix + "/healthz" once for each prefix of its loop."""
    prefixes = re.findall(r'for \(const std::string prefix : \{([^}]*)\}\)', text)
    loops = [re.findall(r'"([^"]*)"', listed) for listed in prefixes]
    routes = set()
    for method, prefixed, path in re.findall(r'Method::(\w+),\s*(prefix \+ )?"([^"]+)"', text):
        for prefix in (loops[0] if prefixed else [""]):
            routes.add(("delete" if method == "del" else method, prefix + path))
    return routes


def table_scopes(text):
    """{(method, path): scope} for rows such as {Method::get, "/api/v1/jobs", Scope::play, ...}."""
    scopes = {}
    for method, prefixed, path, scope in re.findall(r'Method::(\w+),\s*(prefix \+ )?"([^"]+)",\s*(?:Scope::(\w+))?', text):
        for prefix in (["", "/api/v1"] if prefixed else [""]):
            scopes["delete" if method == "del" else method, prefix + path] = scope
    return scopes


def api_files():
    return [file for file in sorted((SOURCE / "server" / "api").glob("*.cpp")) if file.name not in ("page.cpp", "mcp_tools.cpp")]


def described_scopes(text):
    scopes, path, method = {}, None, None
    for line in section(text, "paths:"):
        if match := re.fullmatch(r"  (/\S*):", line):
            path = match[1]
        elif (match := re.fullmatch(r"    (\w+):", line)) and match[1] in METHODS:
            method = match[1]
        elif match := re.fullmatch(r"      x-scope: (\w+)", line):
            scopes[method, path] = match[1]
    return scopes


def served_routes():
    """What the page consists of is not part of the API."""
    routes = set()
    for file in sorted((SOURCE / "server" / "api").glob("*.cpp")):
        if file.name != "page.cpp":
            routes |= table_routes(file.read_text())
    sockets = re.findall(r'\.route\("([^"]+)"\)', (SOURCE / "server" / "app.cpp").read_text())
    return routes | {("get", path) for path in sockets}


def section(text, heading):
    """The lines under a heading, up to the next line that is indented no deeper."""
    lines = text.splitlines()
    start = lines.index(heading)
    depth = len(heading) - len(heading.lstrip())
    taken = []
    for line in lines[start + 1:]:
        if line.strip() and len(line) - len(line.lstrip()) <= depth:
            break
        taken.append(line)
    return taken


def described_routes(text):
    routes, path = set(), None
    for line in section(text, "paths:"):
        if match := re.fullmatch(r"  (/\S*):", line):
            path = match[1]
        elif (match := re.fullmatch(r"    (\w+):", line)) and match[1] in METHODS:
            routes.add((match[1], path))
    return routes


def described_codes(text):
    rows = (re.fullmatch(r"\s+(\w+): \{status: (\d+), means: .*\}", line) for line in section(text, "      x-codes:"))
    return {row[1]: int(row[2]) for row in rows if row}


def table_codes():
    text = (SOURCE / "server" / "http" / "message.cpp").read_text()
    return {code: int(status) for code, status in re.findall(r'\{"(\w+)", (\d{3})\}', text)}


def listed(routes):
    return "".join(f"\n  {method.upper()} {path}" for method, path in sorted(routes, key=lambda route: (route[1], route[0])))


class Described(unittest.TestCase):
    text = (SOURCE / "schemas" / "openapi.yaml").read_text()

    def test_every_route_is_described_and_every_description_is_served(self):
        served, described = served_routes(), described_routes(self.text)
        self.assertGreater(len(served), 20, "the tables of server/api were not understood")
        self.assertFalse(served - described, "served, but not in schemas/openapi.yaml:" + listed(served - described))
        self.assertFalse(described - served, "in schemas/openapi.yaml, but not served:" + listed(described - served))

    def test_every_row_names_the_scope_that_its_description_names(self):
        served = {route: scope for file in api_files() for route, scope in table_scopes(file.read_text()).items()}
        described = described_scopes(self.text)
        self.assertGreater(len(served), 20, "the tables of server/api were not understood")
        self.assertEqual([route for route in served if not served[route]], [], "rows without a scope")
        self.assertEqual({route: scope for route, scope in served.items() if described.get(route) != scope}, {})
        self.assertEqual(described_routes(self.text) - described.keys(), set(), "descriptions without a scope")

    def test_codes_have_the_status_that_the_server_gives_them(self):
        given, described = table_codes(), described_codes(self.text)
        self.assertGreater(len(described), 20, "the codes of schemas/openapi.yaml were not understood")
        explicit = {"bad_range": 416}  # answered with its own status, without the table
        wrong = [f"{code}: described as {status}, answered as {status_given}" for code, status in described.items()
                 if (status_given := explicit.get(code, given.get(code, 422))) != status]
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    sys.exit(0 if unittest.main(exit=False, verbosity=2).result.wasSuccessful() else 1)
