"""What is under deploy/: each file passes its own tool, and names only what there is."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot import settings
from bot.__main__ import _parser

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
BIN = Path(sys.executable).parent
MANIFESTS = sorted(DEPLOY.glob("kubernetes/*.yaml"))
COMPOSES = sorted(DEPLOY.glob("compose*.yaml"))
KNOWN = {name.upper() for name in settings.Settings.model_fields}


def run(*command: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False
    )


def documents(path: Path) -> list[Any]:
    return list(YAML(typ="safe").load_all(path.read_text(encoding="utf-8")))


def test_the_dockerfile_has_no_finding() -> None:
    done = run(BIN / "hadolint", "--failure-threshold", "style", DEPLOY / "Dockerfile")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_installs_by_hash_runs_without_rights_and_holds_what_the_program_needs() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    first, last = text.split("\nFROM ")[1:]
    assert "--require-hashes --only-binary :all:" in first
    assert not re.search(r"^RUN", last, re.MULTILINE)  # there is no shell
    assert "USER 65532" in last
    for name in re.findall(r"([A-Z_]+)=/", last):
        assert name in KNOWN or name.startswith("PYTHON"), name
    copied = set(re.findall(r"^COPY (?:--\S+ )*(\S+)", text, re.MULTILINE)) - {"/venv", "/data"}
    kept = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8")
    for path in copied | {"README.md", "LICENSE"}:
        assert (ROOT / path).exists(), path
        assert f"!{path}" in kept.splitlines(), path


def test_the_image_has_every_extra_pinned_by_hash() -> None:
    lock = (DEPLOY / "image.lock").read_text(encoding="utf-8")
    assert "asyncpg==" in lock
    assert "holidays==" in lock
    assert "://" not in lock
    pins = re.findall(r"^[\w.-]+==", lock, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[\w.-]+==.*\\\n    --hash=", lock, re.MULTILINE))


@pytest.mark.parametrize("path", COMPOSES, ids=lambda path: path.name)
def test_a_compose_file_is_valid(path: Path) -> None:
    done = run(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", path)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", COMPOSES, ids=lambda path: path.name)
def test_a_composed_gadfly_has_no_rights_and_only_settings_that_exist(path: Path) -> None:
    (made,) = documents(path)
    for name, service in made["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        for file in (v.split(":")[0] for v in service.get("volumes", ()) if v.startswith("./")):
            assert file == "./secrets" or (DEPLOY / file).exists(), file
    bot = made["services"]["gadfly"]
    assert bot["read_only"]
    assert set(bot["environment"]) <= KNOWN
    assert (DEPLOY / bot["build"]["context"] / bot["build"]["dockerfile"]).exists()


def test_one_replica_on_sqlite_and_three_on_postgres() -> None:
    (one,), (three,) = (documents(path) for path in COMPOSES[::-1])
    assert "deploy" not in one["services"]["gadfly"]
    assert three["services"]["gadfly"]["deploy"]["replicas"] == 3
    assert "healthcheck" in three["services"]["database"]


def analyze(*arguments: str) -> "subprocess.CompletedProcess[str]":
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd-analyze on this machine")
    return run("systemd-analyze", *arguments, DEPLOY / "gadfly.service")


def test_the_systemd_unit_names_only_what_systemd_knows() -> None:
    done = analyze("verify")
    told = (done.stdout + done.stderr).strip().splitlines()
    # It returns 0 whatever it finds; that the program is not installed here is no finding.
    assert [line for line in told if "is not executable" not in line] == []


def test_the_systemd_unit_is_exposed_less_than_two() -> None:
    done = analyze("security", "--offline=true", "--threshold=20")
    assert done.returncode == 0, done.stdout[-400:]
    level = re.search(r"exposure level for gadfly.service: ([\d.]+)", done.stdout)
    assert level
    assert float(level[1]) < 2.0


def test_the_systemd_units_settings_exist() -> None:
    unit = (DEPLOY / "gadfly.service").read_text(encoding="utf-8")
    named = re.findall(r"^Environment=(.*)$", unit, re.MULTILINE)
    names = {pair.split("=")[0] for line in named for pair in line.split()}
    assert names - {"PYTHONUNBUFFERED"} <= KNOWN
    secrets = set(re.findall(r"^LoadCredential=(\w+):", unit, re.MULTILINE))
    assert secrets <= set(settings.secret_names())


def pods(path: Path) -> Iterator[dict[str, Any]]:
    for made in documents(path):
        if made["kind"] == "Deployment":
            assert made["spec"]["selector"]["matchLabels"].items() <= (
                made["spec"]["template"]["metadata"]["labels"].items()
            )
            yield made["spec"]["template"]["spec"]


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_a_manifest_is_for_one_namespace_and_selects_what_it_makes(path: Path) -> None:
    for made in documents(path):
        assert {"apiVersion", "kind", "metadata"} <= made.keys()
        assert made["metadata"].get("namespace", "gadfly") == "gadfly"
        chosen = made.get("spec", {}).get("selector") or made.get("spec", {}).get("podSelector")
        if chosen:
            assert chosen.get("matchLabels", chosen) == {"app": "gadfly"}


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_a_pod_keeps_the_restricted_standard_and_asks_the_true_health(path: Path) -> None:
    (pod,) = pods(path)
    (box,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert box["securityContext"]["readOnlyRootFilesystem"]
    assert box["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert not box["securityContext"]["allowPrivilegeEscalation"]
    assert box["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert box["readinessProbe"]["httpGet"]["path"] == "/readyz"
    mounted = {mount["name"] for mount in box["volumeMounts"]}
    assert mounted == {volume["name"] for volume in pod["volumes"]}


def test_the_settings_of_the_manifests_exist() -> None:
    maps = [m for path in MANIFESTS for m in documents(path) if m["kind"] == "ConfigMap"]
    assert maps
    for made in maps:
        assert set(made["data"]) <= KNOWN
        assert all(isinstance(value, str) for value in made["data"].values())


def test_sqlite_is_for_one_pod_that_ends_before_the_next_begins() -> None:
    (one,) = [m for m in documents(DEPLOY / "kubernetes/gadfly.yaml") if m["kind"] == "Deployment"]
    assert (one["spec"]["replicas"], one["spec"]["strategy"]["type"]) == (1, "Recreate")


PAGES = sorted([*DEPLOY.glob("**/*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
FILLED_IN = {"NAME_FILE", "YOUR_APPLICATION_ID"}  # which a reader puts something else in place of


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.parent.name + path.name)
def test_a_page_names_only_files_verbs_and_settings_that_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (page.parent / link).exists(), link
    verbs = re.findall(r"^    (\w+)", _parser().format_help(), re.MULTILINE)
    typed = "\n".join(re.findall(r"`[^`\n]+`|^    .*$", text, re.MULTILINE))
    for verb in re.findall(r"(?<!/)(?<!-n )\bgadfly ([a-z]+)\b", typed):
        assert verb in verbs, verb
    names = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", text)) - FILLED_IN
    assert {name.removesuffix("_FILE") for name in names} <= KNOWN


def test_what_is_called_json_is_json() -> None:
    for path in DEPLOY.glob("**/*.json"):
        json.loads(path.read_text(encoding="utf-8"))
