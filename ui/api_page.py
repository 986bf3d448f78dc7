"""The description of the interface for programs as a plain page, made from the schema that they read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse

from ui.frame import definitions, escape, page

SCHEMA = "/api/openapi.json"
Schema = Mapping[str, Any]
TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "object",
    "null": "null",
}


def routes(server: FastAPI) -> APIRouter:
    """`GET /api`, the page about the schema of `server`."""
    router = APIRouter(include_in_schema=False)

    async def describe() -> HTMLResponse:
        return page("For programs", api_html(server.openapi()))

    router.get("/api")(describe)
    return router


def api_html(schema: Schema) -> str:
    """Each call with what is sent and what comes back."""
    calls = (
        _call(f"{method.upper()} {path}", call, schema)
        for path, methods in schema["paths"].items()
        for method, call in methods.items()
    )
    intro = (
        "<h1>For programs</h1>\n<p>The same answers as on the page, as JSON. The whole description in the "
        f'OpenAPI format is at <a href="{SCHEMA}">{SCHEMA}</a>.</p>\n'
    )
    return intro + "".join(calls)


def _call(name: str, call: Schema, schema: Schema) -> str:
    summary = call.get("summary", "")
    said = call.get("description") or summary
    request = call.get("requestBody")
    parts = [f"<h2><code>{escape(name)}</code></h2>\n<p>{escape(said)}</p>\n"]
    if request:
        shape = request["content"]["application/json"]["schema"]
        parts += [f"<h3>What is sent</h3>\n<p>{escape(shape.get('description', ''))}</p>\n"]
        parts += [_fields(shape, schema), _example(shape)]
    parts += ["<h3>What comes back</h3>\n"]
    parts += [_response(code, response, schema) for code, response in call["responses"].items()]
    return "".join(parts)


def _response(code: str, response: Schema, schema: Schema) -> str:
    shape = response["content"]["application/json"]["schema"]
    head = f"<h4>Status {escape(code)}</h4>\n<p>{escape(response['description'])}</p>\n"
    return head + _fields(_resolved(shape, schema), schema)


def _fields(shape: Schema, schema: Schema) -> str:
    """The keys of an object, and below each the keys of the objects that it holds."""
    required = shape.get("required", ())
    return definitions(
        (name, _field(field, schema, optional=name not in required))
        for name, field in shape.get("properties", {}).items()
    )


def _field(field: Schema, schema: Schema, *, optional: bool) -> str:
    kind = _kind(field) + (", may be missing" if optional else "")
    said = f"{escape(kind)}: {escape(field.get('description', ''))}"
    inner = field.get("items", {})
    return said + (_fields(_resolved(inner, schema), schema) if "$ref" in inner else "")


def _kind(field: Schema) -> str:
    """The type in words; for one of several words, those."""
    if "enum" in field or "const" in field:
        return " or ".join(f'"{one}"' for one in field.get("enum", [field.get("const")]))
    if "anyOf" in field:
        return " or ".join(_kind(one) for one in field["anyOf"])
    return TYPES[field["type"]] if "type" in field else "object"


def _example(shape: Schema) -> str:
    examples: Iterable[Any] = [shape["example"]] if "example" in shape else []
    shown = "".join(escape(json.dumps(example, indent=2, ensure_ascii=False)) for example in examples)
    return f'<h3>Example</h3>\n<pre tabindex="0"><code>{shown}</code></pre>\n' if shown else ""


def _resolved(shape: Schema, schema: Schema) -> Schema:
    """The shape itself, where the schema only points to it."""
    if "$ref" not in shape:
        return shape
    found: Schema = schema["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]]
    return found
