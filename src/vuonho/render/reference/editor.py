"""JSON Schema (draft 2020-12) for editors of YAML: keys and words are offered, slips are underlined.

An editor guesses types where the program does not (its phone is a number, its day maybe a text), so a value may
have any type in which a YAML reader would hand it over. What `check` accepts is not underlined, but for words of
a list in unusual letters; what only `check` can know, such as a check digit or a length, is left to it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from vuonho.bilingual import Text
from vuonho.domain.fold import fold
from vuonho.domain.outline import Field, Kind, word_lists
from vuonho.domain.vocabulary.words import WordList

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
Schema: TypeAlias = dict[str, Json]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_LANGUAGE = "^[a-z]{2,3}$"
_ANY: Json = ["string", "number", "boolean"]
_TYPES: Mapping[Kind, Schema] = {
    "line": {"type": _ANY},
    "url": {"type": "string", "pattern": "^\\s*[Hh][Tt][Tt][Pp][Ss]?://"},
    "code": {
        "type": ["string", "integer"], "pattern": "^\\s*[1-9](\\s*[0-9]){4,7}\\s*$",
        "minimum": 10_000, "maximum": 99_999_999,
    },
    "day": {"type": "string"},
    "year": {"type": ["string", "integer"], "minimum": 1900, "maximum": 2100},
    "area": {"type": ["string", "number"], "exclusiveMinimum": 0},
    "count": {"type": ["string", "number"], "minimum": 0},
    "price": {"type": ["string", "number"], "exclusiveMinimum": 0},
    "stars": {"type": ["string", "integer"], "minimum": 3, "maximum": 5},
    "position": {"type": "string"},
    "phone": {"type": ["string", "integer"]},
    "months": {"anyOf": [
        {"type": ["string", "integer"], "minimum": 1, "maximum": 12},
        {"type": "array", "items": {"type": ["string", "integer", "null"], "minimum": 1, "maximum": 12}},
    ]},
    "yes_no": {"anyOf": [{"enum": ["có", "không"]}, {"type": ["string", "boolean", "integer"]}]},
}  # fmt: skip


def render_schema(title: Text, fields: Sequence[Field], leaving: Sequence[Field] = ()) -> str:
    """Return the JSON Schema of a file with these fields, as text.

    `leaving` are fields that stand for a household that left; where one of them has a value, those of `fields`
    that are not among `leaving` need not be there.
    """
    whole = [*fields, *(field for field in leaving if field.key not in {one.key for one in fields})]
    schema: Schema = {"$schema": DRAFT, "title": title.vi, "description": title.en, **_record(whole)}
    if leaving:
        del schema["required"]
        new = [field for field in leaving if field.key not in {one.key for one in fields}]
        schema |= {
            "if": {"anyOf": [_has(field.key) for field in new]},
            "then": {"required": _required(leaving)},
            "else": {"required": _required(fields)},
        }
    schema["$defs"] = {_name(words): _words(words) for words in word_lists(whole)}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _has(key: str) -> Schema:
    return {"required": [key], "properties": {key: {"not": {"type": "null"}}}}


def _required(fields: Iterable[Field]) -> Json:
    return [field.key for field in fields if field.required]


def _record(fields: Sequence[Field]) -> Schema:
    return {
        "type": "object",
        "properties": {field.key: _field(field) for field in fields},
        "required": _required(fields),
        "additionalProperties": False,
    }


def _field(field: Field) -> Schema:
    about: Schema = {
        "title": f"{field.label.vi} / {field.label.en}",
        "description": f"{field.help.vi}\n\n{field.help.en}",
    }
    if field.example:
        about["examples"] = [[field.example] if field.several else field.example]
    value = _one(field)
    if field.several:
        value = {"type": "array", "items": _or_nothing(value)}
        if field.most:
            value["maxItems"] = field.most
    return about | (value if field.required else _or_nothing(value))


def _one(field: Field) -> Schema:
    """Return what one value of the field is."""
    if field.fields:
        record = _record(field.fields)
        return {"anyOf": [{"type": _ANY}, record]} if field.lone else record
    if field.words:
        return {"$ref": f"#/$defs/{_name(field.words)}"}
    if field.is_local:
        text: Schema = {"type": _ANY}
        languages: Schema = {"type": "object", "required": ["vi"], "additionalProperties": False}
        return {"anyOf": [text, languages | {"patternProperties": {_LANGUAGE: _or_nothing(text)}}]}
    return _TYPES[field.kind]


def _or_nothing(value: Schema) -> Schema:
    """Return the schema of a value that may also be left empty; a lone type says so most briefly."""
    kind = value.get("type")
    if isinstance(kind, str | list) and "enum" not in value:
        return value | {"type": [*([kind] if isinstance(kind, str) else kind), "null"]}
    if "anyOf" in value and isinstance(value["anyOf"], list):
        return value | {"anyOf": [*value["anyOf"], {"type": "null"}]}
    return {"anyOf": [value, {"type": "null"}]}


# --- Words -----------------------------------------------------------------------------------------------------


def _name(words: WordList) -> str:
    return words.name.en.replace(" ", "_")


def _words(words: WordList) -> Schema:
    """Return the enumeration: Vietnamese labels and keys are offered; other ways of writing are let pass."""
    offered = dict.fromkeys([*(word.label.vi for word in words), *words.keys])
    passed = dict.fromkeys(way for word in words for name in word.names for way in _ways(name))
    labels: list[Json] = [f"{word.label.vi} / {word.label.en}" for word in words]
    described = [*labels, *labels[: max(0, len(offered) - len(labels))]]
    schema: Schema = {
        "title": f"{words.name.vi} / {words.name.en}",
        "anyOf": [
            {"enum": list(offered), "enumDescriptions": described},
            {"enum": [way for way in passed if way not in offered]},
        ],
    }
    return schema


def _ways(name: str) -> tuple[str, ...]:
    return (name, name.lower(), name[:1].upper() + name[1:], name.replace("_", " "), fold(name))
