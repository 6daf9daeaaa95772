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
    unit = configparser.ConfigParser(interpolation=None)
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
