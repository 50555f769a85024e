"""The published schemas are those of the models, and what the program writes keeps them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fastjsonschema
import jsonschema
import pytest
from tests.case.rules.samples import accepted_as, agreed, quote
from tests.commandline import diagnose_here as diagnose

from diagnose.case.record.store import Casebook
from diagnose.jobs.schemas import PUBLISHED, reading_schema_of, schema_of
from diagnose.station.signing import station_key

ROOT = Path(__file__).parent.parent.parent
SCHEMAS = {name: schema_of(name) for name in PUBLISHED}
CASE = "20200101-AAAAA"


def keeps(name: str, document: Any, part: str = "") -> bool:
    schema = SCHEMAS[name]
    if part:
        schema = {"$defs": schema["$defs"], "$ref": f"#/$defs/{part}"}
    return jsonschema.Draft202012Validator(schema).is_valid(document)


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_is_published_is_what_the_models_make(name: str) -> None:
    path = ROOT / "schemas" / f"{name}-1.json"
    assert json.loads(path.read_text("utf-8")) == SCHEMAS[name], (
        f"run: diagnose schema {name} > schemas/{path.name}"
    )


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_open_form_is_published_for_readers(name: str) -> None:
    path = ROOT / "schemas" / "reading" / f"{name}-1.json"
    assert json.loads(path.read_text("utf-8")) == reading_schema_of(name), (
        f"run: diagnose schema {name} --reading > schemas/reading/{path.name}"
    )


def test_a_reader_of_today_takes_the_minor_version_of_tomorrow() -> None:
    """What is added must not break whoever pinned the reading schema; two validators agree."""
    report = json.loads((ROOT / "tests/report/golden/complete.json").read_text("utf-8"))
    later = copy.deepcopy(report) | {"schema_version": "1.99", "added": {"later": True}}
    later["device"]["added"] = 1
    later["results"][0]["measurements"][0]["added"] = [1]
    wrong = copy.deepcopy(later)
    wrong["summary"]["outcome"] = "fine"
    other_version = report | {"schema_version": "2.0"}
    for is_valid in (by_jsonschema, by_fastjsonschema):
        strict, reading = schema_of("report"), reading_schema_of("report")
        assert is_valid(strict, report)
        assert is_valid(reading, report)
        assert not is_valid(strict, later)
        assert is_valid(reading, later)
        assert not is_valid(reading, wrong)
        assert not is_valid(reading, other_version)


def test_the_program_itself_reads_the_minor_version_of_tomorrow(tmp_path: Path) -> None:
    report = json.loads((ROOT / "tests/report/golden/complete.json").read_text("utf-8"))
    report |= {"schema_version": "1.99", "added": {"later": True}}
    (tmp_path / "report.json").write_text(json.dumps(report), "utf-8")
    shown = diagnose("report", "show", tmp_path, "--json")
    assert shown.status == 0, shown.err
    assert shown.json["device"] == report["device"]


def by_jsonschema(schema: dict[str, Any], document: Any) -> bool:
    return jsonschema.Draft202012Validator(schema).is_valid(document)


def by_fastjsonschema(schema: dict[str, Any], document: Any) -> bool:
    # It knows drafts up to 7; what pydantic writes differs from that in no more than names.
    plain = json.loads(json.dumps(schema).replace("$defs", "definitions"))
    plain["$schema"] = "http://json-schema.org/draft-07/schema#"
    plain.pop("$id")
    try:
        fastjsonschema.validate(plain, document)
    except fastjsonschema.JsonSchemaException:
        return False
    return True


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    assert diagnose("schema", name).json == SCHEMAS[name]


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A casebook with one case that came all the way."""
    folder = tmp_path_factory.mktemp("schemas")
    env = {
        "DIAGNOSE_CASEBOOK": str(folder / "cases.db"),
        "DIAGNOSE_CONFIG": str(folder / "config"),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIAGNOSE_CONFIG", env["DIAGNOSE_CONFIG"])
        with Casebook.open(env["DIAGNOSE_CASEBOOK"], station_key()) as casebook:
            accepted_as(solved=True).copy_to(casebook, CASE)
    return env


@pytest.mark.parametrize("private", [(), ("--with-private",)], ids=["without", "private"])
def test_an_exported_case_keeps_its_schema(
    env: dict[str, str], tmp_path: Path, private: tuple[str, ...]
) -> None:
    ended = diagnose("case", "export", CASE, "--out", str(tmp_path), *private, env=env)
    assert ended.status == 0, ended.err
    record = json.loads((tmp_path / "case.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(SCHEMAS["case"]).validate(record)
    assert (record["chain"]["private"] is not None) == bool(private)
    changes: tuple[Callable[[dict[str, Any]], object], ...] = (
        lambda record: record["chain"]["events"][0].pop("hash"),
        lambda record: record["case"].update(stage="lost"),
        lambda record: record["case"].update(more=1),
        lambda record: record.pop("flaws"),
    )
    for change in changes:
        wrong = copy.deepcopy(record)
        change(wrong)
        assert not keeps("case", wrong)


def test_what_the_commands_print_keeps_it_too(env: dict[str, str]) -> None:
    shown = diagnose("case", "show", CASE, "--json", env=env).json
    listed = diagnose("case", "list", "--json", env=env).json
    assert keeps("case", shown, "CaseDocument")
    assert keeps("case", listed[0], "CaseDocument")
    assert keeps("quote", shown["quote"])


def test_a_quote_keeps_its_schema_and_floats_do_not() -> None:
    document = quote().model_dump(mode="json")
    jsonschema.Draft202012Validator(SCHEMAS["quote"]).validate(document)
    assert not keeps("quote", document | {"total": 542.4})
    assert not keeps("quote", document | {"currency": "yuan"})


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "captures").glob("*/capture.jsonl")))
def test_every_line_of_a_capture_keeps_its_schema(path: Path) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMAS["capture"])
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        assert validator.is_valid(line), str(line)[:300]
    assert not validator.is_valid(lines[1] | {"status": "fine"})
    assert not validator.is_valid(lines[0] | {"capture": 2})


def test_a_case_that_is_worked_on_keeps_it_as_well(tmp_path: Path) -> None:
    """Fields that stay empty for long: no verification yet, nobody has accepted."""
    from diagnose.cli.case.view import document

    whole = json.loads(json.dumps(document(agreed().case, with_private=True, whole=True)))
    assert keeps("case", whole, "CaseDocument")
