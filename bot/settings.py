"""Every setting, documented where it is defined. The environment is read here and nowhere else.

`deploy/env.example` is made from this file (`gadfly settings`), and a test compares them.
"""

import difflib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    SettingsConfigDict,
    SettingsError,
)
from pydantic_settings import PydanticBaseSettingsSource as Source

from bot import secrets
from bot.errors import Wrong
from bot.names import Names
from bot.written import unreadable


def _commas(value: object) -> object:
    """Plain comma lists: without this, pydantic-settings wants JSON."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


Commas = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_commas)]


class ScheduleSettings(BaseModel):
    """One further schedule, `SCHEDULES__NAME__...`; what it leaves out is as for the first."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    at: str
    rooms: str | None = None
    timezone: str | None = None
    readings: str | None = None
    close_after: str | None = None
    remind_after: str | None = None
    catch_up: str | None = None
    digest_at: str | None = None
    breaks: str | None = None
    names: Names | None = None
    joint: bool | None = None


class Settings(BaseSettings):
    """The environment, then a file `.env` in the working directory, then these defaults."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,  # pydantic's messages quote values, tokens among them
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: Source,
        env_settings: Source,
        dotenv_settings: Source,
        file_secret_settings: Source,
    ) -> tuple[Source, ...]:
        """Secrets may stand in files of their own, whose names stand in the environment or .env."""
        return (
            init_settings,
            FromFiles(env_settings, dotenv_settings),
            env_settings,
            dotenv_settings,
        )

    seeds_dir: Path = Field(Path("seeds"), description="The folder of readings.")
    data_dir: Path = Field(
        Path("data"), description="Where Gadfly keeps its database and what it derived."
    )
    database_url: SecretStr | None = Field(
        None,
        description="Left out: SQLite in DATA_DIR, for one process. For several replicas: "
        "postgresql+asyncpg://user:password@host/name",
    )

    slack_bot_token: SecretStr | None = Field(
        None, description="Slack: the Bot User OAuth Token, xoxb-...; see deploy/slack/README.md."
    )
    slack_app_token: SecretStr | None = Field(
        None, description="Slack in Socket Mode: the app-level token, xapp-... Left out: HTTP mode."
    )
    slack_signing_secret: SecretStr | None = Field(
        None,
        description="Slack in HTTP mode: the signing secret. Requests to WEB_PORT at /slack/events "
        "are taken with Slack's signature alone.",
    )
    slack_api_url: str = Field(
        "https://slack.com/api/", description="Where Slack's Web API is; all else follows from it."
    )

    prompt_at: str = Field(
        "weekdays 09:00",
        description="When a debate is opened: `daily 18:30`, `weekdays 09:00`, `mon,wed 17:00`, "
        "`every 2 weeks on fri 16:00`, `first mon 09:00`, `cron: 0 9 * * 1-5`, or `off`: then only "
        "when a facilitator asks.",
    )
    timezone: str = Field("UTC", description="The zone of these times, such as Europe/Berlin.")
    prompt_rooms: Commas = Field(
        ("page:agora",),
        description="Where: rooms as platform:id, separated by commas, such as "
        "page:agora,slack:C0123,discord:4567",
    )
    readings: str = Field(
        "*", description="Which readings feed it: patterns such as ethics/*, week-03/*, by commas."
    )
    close_after: str = Field("20h", description="How long a debate is open: 20h, 90m, 1d 12h.")
    remind_after: str = Field(
        "off", description="When the thread is reminded, counted from the prompt; or off."
    )
    catch_up: str = Field(
        "6h", description="How late a prompt may still come after a downtime; later is skipped."
    )
    digest_at: str = Field(
        "off",
        description="When the debates closed since the last digest, two at least, are told of in "
        "one post, such as `fri 17:00`; or off.",
    )
    breaks: str = Field(
        "",
        description="Dates without prompts: 2026-12-20..2027-01-06, 2027-05-01, an .ics file, or "
        "the public holidays of a country or a part of it, holidays:DE-BY (extra `holidays`).",
    )
    names: Names = Field(
        Names.NAMES,
        description="How members are called in summaries and exports: names, pseudonyms (Member 1, "
        "Member 2, anew in each debate), or none.",
    )
    joint: bool = Field(
        False,
        description="Whether the rooms hold one debate together: the same prompt, a thread in "
        "each, and one summary of all that was said, posted in all of them.",
    )
    schedules: dict[str, ScheduleSettings] = Field(
        default_factory=dict,
        description="Further schedules, here one called ethics. What they leave out is as above: "
        "SCHEDULES__ETHICS__ROOMS, __READINGS, __TIMEZONE, __CLOSE_AFTER, __REMIND_AFTER, "
        "__CATCH_UP, __DIGEST_AT, __BREAKS, __NAMES, __JOINT.",
        examples=["__ETHICS__AT=mon 17:00"],
    )

    facilitators: Commas = Field(
        ("page:*",),
        description="Who may open, close, skip, swap and pause, by commas: member ids as "
        "platform:id, discord:role:ID for a role; platform:* is everybody there.",
    )
    discord_token: SecretStr | None = Field(
        None, description="The bot's token, for rooms as discord:ID; deploy/discord.md has the way."
    )
    discord_ping_role: int | None = Field(
        None, description="A role, by its id, to call under each new prompt. Left out: nobody."
    )
    discord_notice_channel: int | None = Field(
        None,
        description="A channel, by its id, where roles among the FACILITATORS are told what needs "
        "them, since a role has no private messages. Left out: only persons are told.",
    )
    discord_api_url: str | None = Field(
        None,
        description="Discord's API, where it is reached by another address: a rate-limit proxy "
        "that several replicas share, such as http://proxy:3000, with /api/v10 or without.",
    )
    discord_gateway_url: str | None = Field(
        None, description="Discord's gateway. Left out, the API is asked for it."
    )
    quiet_period: str = Field(
        "60s",
        description="How long a post of unknown outcome rests before it is looked for and, if "
        "missing, sent again. Longer than the platform can still be working on it.",
    )
    retention_days: int = Field(
        90, ge=1, description="Members' words leave the store this long after their debate closed."
    )
    web_host: str = Field(
        "127.0.0.1",
        description="Where the web server listens: health, metrics, Slack's HTTP mode and the "
        "local page, which stays on loopback.",
    )
    web_port: int = Field(8765, ge=0, le=65535, description="Its port; 0 takes any free one.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR; members' words are in none of them."
    )
    log_format: Literal["text", "json"] = Field(
        "text", description="text, or json: one object a line, for log collectors."
    )
    secrets_dir: Path | None = Field(
        None,
        description="A folder with a file per secret, named like its setting, such as "
        "/run/secrets/database_url. One by one: DATABASE_URL_FILE=/path, and so for each secret.",
    )


class FromFiles(Source):
    """The secrets that stand in files: NAME_FILE, or SECRETS_DIR and the setting's name."""

    def __init__(self, env: Source, dotenv: Source) -> None:
        super().__init__(Settings)
        both = [source for source in (dotenv, env) if isinstance(source, EnvSettingsSource)]
        self._seen = {key: value for source in both for key, value in source.env_vars.items()}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        raise NotImplementedError  # asked for by the base class, called by nobody

    def __call__(self) -> dict[str, Any]:
        return secrets.from_files(secret_names(), self._seen)


def secret_names() -> tuple[str, ...]:
    """The fields that hold secrets: never shown, not even in part."""
    fields = Settings.model_fields.items()
    return tuple(name for name, field in fields if "SecretStr" in str(field.annotation))


def secret_values(own: Settings) -> tuple[str, ...]:
    """What must be in no log; only where logs are set up."""
    held = (getattr(own, name) for name in secret_names())
    values = tuple(value.get_secret_value() for value in held if value is not None)
    return (*values, *filter(None, map(_password, values)))


def _password(secret: str) -> str | None:
    """The password in an address: drivers tell it apart from the rest."""
    try:
        return unquote(urlsplit(secret).password or "")
    except ValueError:
        return None


ALONE = "is no setting by itself; write such as SCHEDULES__ETHICS__AT=mon 17:00"

SAID = {  # by pydantic's kinds of errors
    "bool_parsing": "write true or false",
    "int_parsing": "write a whole number",
    "missing": "has to be given, such as mon 17:00",
    "extra_forbidden": "is no setting of a schedule",
    "model_type": ALONE,  # of a schedule, the only setting that is no single value
}


def load() -> Settings:
    """The settings in force. Raises `Wrong`, one line, for the first that cannot be used."""
    if wrong := unreadable(Path(".env")):
        raise Wrong(f".env: {wrong}")
    try:
        return Settings()
    except SettingsError:
        raise Wrong(f"SCHEDULES: {ALONE}") from None
    except ValidationError as error:
        # Only place and reason: a message with the input in it would print half a token.
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        name = "__".join(str(part) for part in first["loc"]).upper()
        open_ = name in os.environ and name.lower() not in secret_names()
        value = f"={os.environ[name]!r}" if open_ else ""
        said = SAID.get(first["type"], first["msg"].replace("Input should be", "has to be"))
        raise Wrong(f"{name}{value}: {said}; see deploy/env.example") from None


def strangers(environ: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Lines about names that look like a setting's with a slip of the finger, in the environment
    and in the file .env."""
    names = {*os.environ, *DotEnvSettingsSource(Settings).env_vars} if environ is None else environ
    known = [name.upper() for name in Settings.model_fields]
    known += [f"{name.upper()}_FILE" for name in secret_names()]
    return tuple(_slips(names, known))


def _slips(names: Iterable[str], known: list[str]) -> Iterable[str]:
    for name in sorted(map(str.upper, names)):
        head, dots, rest = name.partition("__")
        near = difflib.get_close_matches(head, known, n=1, cutoff=0.84)
        meant = [f"{known_name}{dots}{rest}" for known_name in near]
        if head.startswith("SCHEDULES_"):
            meant = ["SCHEDULES__NAME__AT"]
        if meant and head not in known:
            yield f"{name} is not a setting of Gadfly's; did you mean {meant[0]}?"
