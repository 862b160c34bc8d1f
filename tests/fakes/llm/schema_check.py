"""What breaks a JSON Schema (draft 7, as far as the schemas beside this file use it). Standard library only."""
import re

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool}


def has_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def same(a, b):
    return a == b and isinstance(a, bool) == isinstance(b, bool)


class Checker:
    def __init__(self, schema):
        self.schema = schema

    def faults(self, value, schema=None, place=""):
        schema = self.schema if schema is None else schema
        if "$ref" in schema:
            schema = self.schema["definitions"][schema["$ref"].rsplit("/", 1)[1]]
        yield from self.simple(value, schema, place)
        if isinstance(value, dict):
            yield from self.of_object(value, schema, place)
        if isinstance(value, list):
            yield from self.of_list(value, schema, place)
        yield from self.combined(value, schema, place)

    def fits(self, value, schema):
        return next(self.faults(value, schema), None) is None

    def simple(self, value, schema, place):
        names = schema.get("type", [])
        names = names if isinstance(names, list) else [names]
        if names and not any(has_type(value, name) for name in names):
            yield f"{place}: is no {' or '.join(names)}"
        if "const" in schema and not same(value, schema["const"]):
            yield f"{place}: is not {schema['const']!r}"
        if "enum" in schema and not any(same(value, other) for other in schema["enum"]):
            yield f"{place}: {value!r} is none of {schema['enum']}"
        if isinstance(value, str):
            if len(value) < schema.get("minLength", 0) or len(value) > schema.get("maxLength", 1 << 30):
                yield f"{place}: is of the wrong length"
            if "pattern" in schema and not re.search(schema["pattern"], value):
                yield f"{place}: does not match {schema['pattern']}"
        if has_type(value, "number") and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
            yield f"{place}: {value} is out of range"

    def of_object(self, value, schema, place):
        for name in schema.get("required", []):
            if name not in value:
                yield f"{place}/{name}: is missing"
        if len(value) < schema.get("minProperties", 0):
            yield f"{place}: is empty"
        others = schema.get("additionalProperties", True)
        for name, child in value.items():
            if name in schema.get("properties", {}):
                yield from self.faults(child, schema["properties"][name], f"{place}/{name}")
            elif others is False:
                yield f"{place}/{name}: is not known"
            elif isinstance(others, dict):
                yield from self.faults(child, others, f"{place}/{name}")

    def of_list(self, value, schema, place):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 1 << 30):
            yield f"{place}: has {len(value)} items"
        if "items" in schema:
            for index, child in enumerate(value):
                yield from self.faults(child, schema["items"], f"{place}/{index}")

    def combined(self, value, schema, place):
        for child in schema.get("allOf", []):
            yield from self.faults(value, child, place)
        if "oneOf" in schema:
            yield from self.one_of(value, schema["oneOf"], place)
        if "anyOf" in schema and not any(self.fits(value, child) for child in schema["anyOf"]):
            yield f"{place}: fits none of the forms it may have"
        if "not" in schema and self.fits(value, schema["not"]):
            yield f"{place}: has a form that it may not have"
        if "if" in schema and self.fits(value, schema["if"]):
            yield from self.faults(value, schema.get("then", {}), place)

    def one_of(self, value, forms, place):
        """For a value that fits no form, what breaks the nearest one."""
        found = [list(self.faults(value, form, place)) for form in forms]
        if sum(not faults for faults in found) > 1:
            yield f"{place}: fits more than one of the forms it may have"
        yield from min(found, key=len)


def open_objects(node, place=""):
    """Objects of a schema for structured output that do not require all their properties, in order."""
    if isinstance(node, dict):
        if node.get("type") == "object" and isinstance(node.get("properties"), dict):
            if node.get("required") != list(node["properties"]):
                yield f"{place}: not all properties are required"
        for name, child in node.items():
            yield from open_objects(child, f"{place}/{name}")
    if isinstance(node, list):
        for index, child in enumerate(node):
            yield from open_objects(child, f"{place}/{index}")
