"""The `guide` command: what it prints, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.cli import main
from sample import Case, make_sample


@pytest.mark.parametrize("order", [["check", "--root", "{}"], ["--root", "{}", "check"]])
def test_a_sound_project(order: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The check says what it looked at; the project's folder may be named before or behind the command."""
    make_sample(tmp_path)
    main([part.format(tmp_path) for part in order])
    assert capsys.readouterr().out.startswith("Sound: 2 entities, 10 records, 2 sources, 2 terms, ")


def test_faults_end_with_exit_code_1(tmp_path: Path) -> None:
    """Faults are told with their count, and the exit code is 1."""
    make_sample(tmp_path)
    Case(about="", values={"change": {"data/terms.yml": [["id: gpu-memory", "id: GPU"]]}}).apply(tmp_path)
    with pytest.raises(SystemExit) as caught:
        main(["check", "--root", str(tmp_path)])
    assert str(caught.value) == (
        "data/terms.yml:8:7: [1].id: 'GPU' is not an id; use lower-case letters, digits and single hyphens, such as "
        "'llama-cpp'\n1 fault"
    )


def test_new_and_schema_say_what_they_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both name what stands there now."""
    make_sample(tmp_path)
    main(["new", "framework", "gamma", "--root", str(tmp_path)])
    main(["schema", "--root", str(tmp_path)])
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "Wrote data/entities/framework/gamma.yml: fill it, and run the check until it is silent."
    assert out[1] == f"Wrote {len(list((tmp_path / 'data/schema').iterdir()))} schemas to data/schema/"


def test_a_date_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong SOURCE_DATE_EPOCH is told, not thrown."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(SystemExit, match="SOURCE_DATE_EPOCH is 'yesterday'; it must be seconds since 1970"):
        main(["check", "--root", str(make_sample(tmp_path))])
