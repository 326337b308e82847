"""Logs: keys and ids as fields, secrets blacked out, nobody's line break begins a line."""

import io
import json
import logging
import subprocess
import sys

import pytest

from bot import logs

SLACK = "xoxb-1111111111-2222222222222-AbCdEfGhIjKlMnOpQrStUvWx"
APP = "xapp-1-A0123456789-1234567890123-0123456789abcdef0123456789abcdef"
DISCORD = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB"
ADDRESS = "postgresql+asyncpg://gadfly:hunter2hunter2@db:5432/gadfly"
ANSWER = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OkFiQ2RFZkdoSWpLbE1uT3BRclN0VXZXeA"
SIGNING = "0123456789abcdef0123456789abcdef"
CANARIES = [SLACK, APP, DISCORD, "hunter2hunter2", SIGNING]


def logged(form: str) -> tuple[logging.Logger, io.StringIO]:
    out, log = io.StringIO(), logging.Logger("bot.test")
    log.addHandler(logs.handler(out, form, [SIGNING, "short"]))
    return log, out


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_secret_is_in_no_line_wherever_it_stands(form: str) -> None:
    log, out = logged(form)
    for secret in (SLACK, APP, DISCORD, ADDRESS, SIGNING):
        log.info("to %s", secret, extra={"where": secret})
        log.info(f"in the middle of{{{secret}}}")
        try:
            raise ValueError(secret) from OSError(f"{secret}\n{secret}")
        except ValueError:
            log.exception("failed")
    told = out.getvalue()
    assert told.count(logs.BLACK) >= 25
    assert not [c[n : n + 6] for c in CANARIES for n in range(len(c) - 5) if c[n : n + 6] in told]


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_librarys_trouble_is_a_line_with_its_reason(form: str) -> None:
    out = io.StringIO()
    log = logging.Logger("discord.client")
    log.addHandler(logs.handler(out, form, []))
    try:
        raise OSError(f"no route to {DISCORD}")
    except OSError:
        log.exception("Attempting a reconnect in %.2fs", 1.5)
    (line,) = out.getvalue().splitlines()
    assert f"Attempting a reconnect in 1.50s (OSError: no route to {logs.BLACK})" in line
    assert "Traceback" not in line


def test_the_address_of_an_answer_on_discord_is_in_no_line() -> None:
    log, out = logged("text")
    log.warning("POST %s", f"https://discord.com/api/v10/webhooks/1/{ANSWER}/messages/@original")
    assert ANSWER[20:] not in out.getvalue()
    assert "/webhooks/1/[secret]/messages" in out.getvalue()


def test_json_is_an_object_a_line_with_the_keys_as_fields() -> None:
    log, out = logged("json")
    log.warning("skipped: %s", "a break\nwith a second line", extra={"effect": "k", "late_s": 3})
    (line,) = out.getvalue().splitlines()
    told = json.loads(line)
    assert (told["effect"], told["late_s"], told["level"]) == ("k", 3, "WARNING")
    assert told["message"] == "skipped: a break\nwith a second line"
    assert told["at"].endswith("+00:00")


def test_text_is_a_line_each_with_the_keys_at_its_end() -> None:
    log, out = logged("text")
    log.info("sent\n2026-01-01 ERROR forged", extra={"effect": "k"})
    (line,) = out.getvalue().splitlines()
    assert line.endswith(r"INFO bot.test sent\n2026-01-01 ERROR forged effect=k")


@pytest.mark.parametrize(
    "words", ["prompt/main/page:agora/2026-11-23", "a sketch-like-thing", "x:y"]
)
def test_what_is_no_secret_is_left_as_it_is(words: str) -> None:
    assert logs.Censor(["short"])(f"{words} short") == f"{words} short"


def test_the_libraries_that_log_bodies_are_quiet_at_debug() -> None:
    code = (
        "import logging; from bot import logs; logs.set_up('DEBUG'); "
        "[logging.getLogger(name).debug('words') for name in "
        "('slack_sdk.web.client', 'slack_bolt.App', 'discord.gateway')]; "
        "logging.getLogger('bot.outbox').debug('ours')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    (line,) = done.stderr.splitlines()
    assert line.endswith("DEBUG bot.outbox ours")
