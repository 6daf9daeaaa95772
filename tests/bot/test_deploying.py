"""The guide to running it: its links lead somewhere, and it speaks of what there is."""

import configparser
import re
from pathlib import Path

import pytest
import yaml

from bot.metrics import Metrics
from bot.settings import variables

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "running.md").read_text(encoding="utf-8")
KNOWN = {name for name, _, _ in variables()}


def deployed(name: str) -> str:
    return (DOCS / "deploy" / name).read_text(encoding="utf-8")


def test_every_link_of_the_guide_leads_to_a_file() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", GUIDE)
    assert links
    assert [one for one in links if not (DOCS / one).exists()] == []


def test_every_file_for_deploying_is_spoken_of() -> None:
    text = GUIDE + deployed("compose.yaml")
    assert [one.name for one in (DOCS / "deploy").iterdir() if one.name not in text] == []


def test_every_figure_is_explained_and_no_other() -> None:
    page = Metrics().page().decode()
    shown = {name.removesuffix("_total") for name in re.findall(r"^# TYPE (\S+)", page, re.M)}
    created = {name for name in shown if name.endswith("_created")}
    told = {name.removesuffix("_total") for name in re.findall(r"`(etalon_[a-z_]+)", GUIDE)}
    assert told == shown - created


def test_compose_sets_only_variables_that_are_read() -> None:
    services = yaml.safe_load(deployed("compose.yaml"))["services"]
    assert set(services["etalon"]["environment"]) <= KNOWN
    assert services["etalon"]["build"]["dockerfile"] == "docs/deploy/Dockerfile"
    assert (DOCS.parent / "docs/deploy/Dockerfile").exists()
    volumes = [one.partition(":")[0] for one in services["caddy"]["volumes"]]
    assert [one for one in volumes if one.startswith(".")] == ["./Caddyfile"]


@pytest.mark.parametrize("name", ["etalon.service", "etalon@.service"])
def test_the_units_start_the_command_and_wait_for_its_end(name: str) -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.read_string(deployed(name))
    service = unit["Service"]
    assert service["ExecStart"].endswith("/etalon run")
    assert int(service["TimeoutStopSec"]) > 10
    assert ("HTTP_PORT=%i" in service["ExecStart"]) == ("@" in name)


def test_the_image_copies_every_package() -> None:
    copied = re.findall(r"^COPY (\w+) ", deployed("Dockerfile"), re.M)
    assert set(copied) == {"bot", "handlers", "scoring", "storage"}


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_only_the_webhook_is_let_through(name: str) -> None:
    assert "/telegram" in deployed(name)
    assert "404" in deployed(name)
    assert "metrics" not in deployed(name).replace("health and metrics stay inside", "")


CLOSED = {"cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"], "read_only": True}


@pytest.mark.parametrize("name", ["etalon", "postgres", "caddy"])
def test_a_container_has_no_more_rights_than_it_needs(name: str) -> None:
    service = yaml.safe_load(deployed("compose.yaml"))["services"][name]
    assert {key: service[key] for key in CLOSED} == CLOSED
    assert service["mem_limit"]
    assert "NET_ADMIN" not in service.get("cap_add", [])


@pytest.mark.parametrize("image", ["PYTHON_IMAGE", "POSTGRES_IMAGE", "CADDY_IMAGE"])
def test_every_image_can_be_pinned_by_its_digest(image: str) -> None:
    assert f"${{{image}:-" in deployed("compose.yaml")
    assert image in GUIDE


@pytest.mark.parametrize("name", ["etalon.service", "etalon@.service"])
def test_the_units_are_closed_and_give_up_at_last(name: str) -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.read_string(deployed(name))
    assert int(unit["Unit"]["StartLimitBurst"]) * int(unit["Service"]["RestartSec"]) < int(
        unit["Unit"]["StartLimitIntervalSec"]
    )
    for name_of, value in (
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("CapabilityBoundingSet", ""),
        ("RestrictNamespaces", "yes"),
        ("SystemCallArchitectures", "native"),
        ("UMask", "0077"),
    ):
        assert unit["Service"][name_of] == value
    assert unit["Service"]["MemoryMax"]


def test_what_is_installed_is_pinned_by_hash_and_to_the_same_versions() -> None:
    hashes = deployed("constraints-hashes.txt")
    pinned = dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", hashes, re.M))
    constraints = (DOCS.parent / "constraints.txt").read_text(encoding="utf-8")
    known = {
        name.lower().replace("_", "-"): version
        for name, version in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", constraints, re.M)
    }
    assert pinned
    assert {name: known.get(name) for name in pinned} == pinned
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", hashes)) >= len(pinned)
    assert not re.search(r"https?://|file:|--index|--find-links", hashes)
    assert "--require-hashes" in deployed("Dockerfile")
