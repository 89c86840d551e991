"""The workflows run what they name and nothing else, with the least rights."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

FILES = sorted((Path(__file__).resolve().parents[1] / ".github" / "workflows").glob("*.yml"))
USES = re.compile(r"uses: (\S+)(.*)")
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
VERSION = re.compile(r"  # v\d+\.\d+\.\d+")


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    """Every step of every job."""
    return [step for job in workflow["jobs"].values() for step in job.get("steps", ())]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_actions_are_pinned(file: Path):
    """Each action of others is named by the full hash of a commit, its version beside it."""
    found = USES.findall(file.read_text(encoding="utf-8"))
    assert found
    foreign = [(action, rest) for action, rest in found if not action.startswith("./")]
    assert [action for action, rest in foreign if not (PINNED.fullmatch(action) and VERSION.fullmatch(rest))] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_rights_are_least(file: Path):
    """A workflow may read; only the job that publishes may write pages, and it runs nothing of the repository."""
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        assert job.get("permissions") == ({"pages": "write", "id-token": "write"} if name == "deploy" else None)
        assert name != "deploy" or not [step for step in job["steps"] if "run" in step or "checkout" in step["uses"]]
    for step in steps(workflow):
        assert "checkout" not in step.get("uses", "") or step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_pull_requests_get_no_secrets(file: Path):
    """No pull request's code runs with the base's rights, no secret is read, no foreign text gets into a shell."""
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"pull_request_target|workflow_run|secrets\.", text)
    assert [step["run"] for step in steps(yaml.safe_load(text)) if "${{" in step.get("run", "")] == []
